"""Joint handling (联合办理): one body leads and decides, others give their opinion by a day of
their own (docs/rules.md#investigation).
"""

import datetime as dt

from market.complaints import permissions, queries, rules
from market.complaints.events import BodyJoined, OpinionGiven
from market.complaints.models import Assistant, Complaint
from market.complaints.queries.bodies import free_of
from market.complaints.rules import OPINION
from market.complaints.service.bodies import assistants_of, opinion_of, show_files
from market.complaints.service.route import check_body
from market.complaints.service.steps import keep_out, put, ref, to_handle
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.windows import service as windows
from market.windows.rules import end_of


def join(work: Work, *, number: str, organisation_id: int, due_on: dt.date) -> None:
    """Ask another body to assist, and for its opinion by the end of a day; this one leads and
    answers for the clock.

    Refuses as `to_handle`, `complaint.wrong_state`, `complaint.no_body`,
    `complaint.body_concerned`, `complaint.joined_already`, `complaint.no_free_officer`,
    `complaint.opinion_day_over`, `complaint.opinion_day_late` for a day after the decision is due.
    """
    row = to_handle(work, number, "complaint.handle")
    rules.may_decide(row.state, row.accepted_at is not None)
    check_body(work, row, organisation_id)
    if organisation_id in assistants_of(work, row):
        raise Refusal("complaint.joined_already")
    if not free_of(work, row, organisation_id, "complaint_officer"):
        raise Invalid("complaint.no_free_officer", field="organisation_id")
    due_at = end_of(due_on)
    latest = queries.decided_by(work, number)
    if due_at <= work.now:
        raise Invalid("complaint.opinion_day_over", field="due_on")
    if latest is not None and due_at > latest:
        raise Invalid("complaint.opinion_day_late", field="due_on", latest=rules.ends(latest))
    _ask(work, row, organisation_id, due_at)
    put(work, row, BodyJoined(subject=number, body=ref(organisation_id), due=due_at))


def _ask(work: Work, row: Complaint, organisation_id: int, due_at: dt.datetime) -> None:
    work.session.add(
        Assistant(complaint_id=row.id, organisation_id=organisation_id, since=work.now)
    )
    work.session.flush()  # Who reads the files is asked of the database.
    show_files(work, row, row.body_id)
    windows.open_at(
        work,
        OPINION,
        subject=row.number or "",
        due_at=due_at,
        matter=opinion_of(row, organisation_id),
        responsible_id=organisation_id,
    )


def give_opinion(work: Work, *, number: str, text: str) -> None:
    """The assisting body's opinion, for the leading body, once; a late one is taken.

    Refuses `not_permitted`, `complaint.none`, `complaint.recused_*`, `complaint.wrong_state`,
    `complaint.opinion_given`.
    """
    permissions.require(work.actor, "complaint.handle")
    row = queries.locked(work, number)
    mine = assistants_of(work, row).get(work.actor.organisation_id or 0)
    if mine is None:
        raise NotFound("complaint.none")
    keep_out(work, row)
    if row.state not in rules.HANDLED:
        raise Refusal("complaint.wrong_state", old=row.state.value, new=row.state.value)
    if mine.opinion:
        raise Refusal("complaint.opinion_given")
    mine.opinion = text
    windows.close(work, OPINION, opinion_of(row, mine.organisation_id))
    put(work, row, OpinionGiven(subject=number, body=ref(mine.organisation_id)))
