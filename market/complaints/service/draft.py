"""Drafts: what is written before it is filed. Nothing of a draft is on the log, and nobody else
sees it.
"""

import dataclasses

from sqlalchemy import delete, select

from market.accounts import queries as accounts
from market.complaints import permissions, queries, rules
from market.complaints.models import Complaint, Evidence
from market.complaints.queries.bodies import ended_at, respondent_id
from market.complaints.rules import About, Channel, Complainant, Intake, State, Statement
from market.complaints.service.timely import check_saved
from market.db import Work
from market.files import service as files
from market.kernel.errors import Invalid, Refusal
from market.selection.results import queries as result_queries
from market.selection.results.queries import Selection
from market.submissions import sent

ONLINE = Channel.ONLINE


def save_draft(
    work: Work,
    *,
    said: Statement,
    intake: Intake | None = None,
    draft_id: int | None = None,
    submission_key: str | None = None,
) -> int:
    """Keep what was written so far and return the draft's id; it can be changed until it is filed.

    With `intake` staff register what came by paper, counter, telephone, post or 12345. The same
    submission key again gives the same draft. Refuses `not_permitted`, `complaint.none`,
    `complaint.filed_already`, `notice.none`, `complaint.no_body`, `complaint.not_of_organisation`,
    `complaint.own_number_known`, `complaint.own_number_in_draft`, and as `rules.check_statement`,
    `rules.check_intake` and `check_saved` do.
    """
    permissions.require(work.actor, "complaint.draft" if intake is None else "complaint.register")
    notice = None if said.about is About.CONDUCT else result_queries.notice(work, said.matter)
    rules.check_statement(
        said,
        is_over=notice is not None and ended_at(work, notice) is not None,
        has_winner=notice is not None and notice.winner is not None,
    )
    if intake is not None:
        rules.check_intake(intake)
    row = _row(work, said, draft_id, submission_key)
    _fill(work, row, said, notice)
    if intake is None:
        _sign_for(work, row, said)
    else:
        _take_in(work, row, said, intake)
    check_saved(work, row, notice)
    work.session.add(row)
    work.session.flush()  # The id below.
    return row.id


def discard(work: Work, *, draft_id: int) -> None:
    """Throw one's own draft away; for `rules.DISCARDED_LASTS` it can be taken back. Refuses
    `complaint.none`, `complaint.filed_already`.
    """
    permissions.require(work.actor, "complaint.draft")
    row = queries.locked_draft(work, draft_id)
    if row.state is not State.DRAFT:
        raise Refusal("complaint.filed_already", number=row.number)
    row.discarded_at = work.now


def restore(work: Work, *, draft_id: int) -> None:
    """Take a draft back that was thrown away. Refuses `complaint.none`."""
    permissions.require(work.actor, "complaint.draft")
    queries.locked_draft(work, draft_id, discarded=True).discarded_at = None


def forget_discarded(work: Work) -> int:
    """Delete the drafts whose days to be taken back are over, with their files' rows; the bytes go
    with the clock's sweep of orphans. Returns how many.
    """
    over = list(
        work.session.scalars(
            select(Complaint.id).where(
                Complaint.state == State.DRAFT,
                Complaint.discarded_at <= work.now - rules.DISCARDED_LASTS,
            )
        )
    )
    theirs = Evidence.complaint_id.in_(over)
    gone = list(work.session.scalars(select(Evidence.file_id).where(theirs)))
    work.session.execute(delete(Evidence).where(theirs))
    work.session.execute(delete(Complaint).where(Complaint.id.in_(over)))
    files.remove(work, file_ids=gone)
    return len(over)


def _row(
    work: Work, said: Statement, draft_id: int | None, submission_key: str | None
) -> Complaint:
    if draft_id is None:
        # Of the same notice; the texts may differ, the draft then holds what was sent last.
        matter = "" if said.about is About.CONDUCT else said.matter
        once = sent(work, submission_key, f"complaint.draft {matter}", whose="person")
        known = queries.by_submission(work, once.key) if once.again else None
        if known is None:
            return Complaint(
                division=work.division,
                state=State.DRAFT,
                drafted_by=work.actor.person_id,
                submission_key=once.key,
            )
        known.discarded_at = None  # The same form once more is no farewell.
        draft_id = known.id
    row = queries.locked_draft(work, draft_id)
    if row.state is not State.DRAFT:
        raise Refusal("complaint.filed_already", number=row.number)
    return row


def _fill(work: Work, row: Complaint, said: Statement, notice: Selection | None) -> None:
    body = queries.doors(work, notice).get(said.door)
    if body is None:
        raise Invalid("complaint.no_body", field="door")
    row.notice_number = notice.number if notice else None
    row.notice_title = notice.title if notice else said.matter
    row.act_on = said.act_on if notice is None else None
    row.about = said.about
    row.respondent = said.respondent
    row.respondent_id = respondent_id(work, notice, said.respondent)
    row.matters = said.matters
    row.request = said.request
    row.facts = rules.facts_digest(said.matters, said.request)
    row.has_new_evidence = said.has_new_evidence
    row.hides_complainant = said.hides_complainant
    row.complainant_kind = said.complainant
    row.complainant_phone = said.phone
    row.complainant_organisation_id = None
    row.chosen_body_id = row.body_id = body.id


def _sign_for(work: Work, row: Complaint, said: Statement) -> None:
    """Online one complains under the name that was verified, or under that of the organisation one
    acts for.
    """
    row.channel = ONLINE
    row.complainant_person_id = work.actor.person_id
    if said.complainant is Complainant.PERSON:
        row.complainant_name = accounts.person(work, work.actor.person_id or 0).name
        return
    if work.actor.kind not in ("agency", "owner") or work.actor.organisation_id is None:
        raise Invalid("complaint.not_of_organisation", field="complainant")
    row.complainant_organisation_id = work.actor.organisation_id
    row.complainant_name = accounts.organisation(work, work.actor.organisation_id).name


def _take_in(work: Work, row: Complaint, said: Statement, intake: Intake) -> None:
    known = (
        work.session.scalar(
            select(Complaint).where(
                Complaint.channel == intake.channel,
                Complaint.external_number == intake.external_number,
                Complaint.id != (row.id or 0),
            )
        )
        if intake.external_number
        else None
    )
    if known is not None and known.discarded_at is not None:
        known.external_number = None  # It was thrown away: the number is free.
        work.session.flush()
        known = None
    if known is not None and known.number is None:
        raise Invalid("complaint.own_number_in_draft", field="external_number")
    if known is not None:
        raise Invalid("complaint.own_number_known", field="external_number", number=known.number)
    for field in dataclasses.fields(Intake):
        setattr(row, field.name, getattr(intake, field.name))
    row.complainant_name = said.name
    row.registered_at = work.now
    row.registered_by = work.actor.person_id
