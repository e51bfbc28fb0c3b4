"""Finished steps follow the log; each is rated once, by link or by staff; a bad rating opens a case."""

import datetime as dt
import hashlib
import json

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.agencies import queries as agencies
from market.cases import service as case_service
from market.cases.rules import Source, Told
from market.complaints import queries as complaints
from market.db import Work
from market.enrolment import queries as enrolments
from market.files import service as files
from market.files.service import Received
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix
from market.kernel.visible import trimmed
from market.ledger import queries as ledger
from market.ledger.queries import Entry
from market.ledger.service import move_bookmark, record
from market.owners import queries as owners
from market.ratings import permissions, queries
from market.ratings.events import RatingGiven
from market.ratings.models import ServiceRating
from market.ratings.rules import Channel, Said, Step, check_said
from market.rulebook import queries as rulebooks
from market.selection.results import queries as result_queries

READER = "ratings"
BATCH = 500
RATED = "complaint.rated"
REVIEWED = "reviewed"
PURPOSE = "rating"


def follow(work: Work) -> int:
    """Let every finished step of the next entries on the log be ratable; what complainants said of
    the handling on the complaint's own page is the rating of that step. Returns how many entries
    were read.
    """
    permissions.require(work.actor, "rating.follow")
    entries = ledger.after(work, ledger.position(work, READER), BATCH)
    steps = {each.value for each in Step}
    for entry in entries:
        if entry.type in steps:
            _finished(work, entry, Step(entry.type))
        elif entry.type == RATED:
            row = _finished(work, entry, Step.COMPLAINT_CLOSED)
            if row is not None and row.given_at is None:
                _give(work, row, Said(level=int(entry.fields["level"])), Channel.ONLINE)
    if entries:
        move_bookmark(work, READER, entries[-1].index + 1)
    return len(entries)


def _finished(work: Work, entry: Entry, step: Step) -> ServiceRating | None:
    """The row of a finished step, made where it is not there yet; None where nobody was served."""
    row = queries.known(work, entry.subject, step)
    if row is not None:
        return row
    organisation, person = _served(work, entry, step)
    body = _body(work, entry, step)
    if body is None or (organisation is None and person is None):
        return None
    days = rulebooks.in_force(work).rating_days
    row = ServiceRating(
        division=work.division,
        subject=entry.subject,
        step=step,
        body_id=body,
        staff_id=_staff(work, entry, step),
        rater_organisation_id=organisation,
        rater_person_id=person,
        finished_at=entry.at,
        due_at=entry.at + dt.timedelta(days=days),
    )
    work.session.add(row)
    work.session.flush()  # A second entry of this batch sees it.
    return row


def _served(work: Work, entry: Entry, step: Step) -> tuple[int | None, int | None]:
    """The organisation, or the person, that the step was for."""
    if step is Step.ENROLLED:
        return enrolments.organisation_of(work, entry.subject), None
    if step is Step.OWNER_APPROVED:
        return owners.by_number(work, entry.subject).card.organisation_id, None
    if step is Step.NOTICE_OPENED:
        return result_queries.notice(work, entry.subject).owner_organisation_id, None
    if step is Step.AWARD_ISSUED:
        return agencies.by_ref(work, entry.fields["winner"]).organisation_id, None
    parties = complaints.parties(work, entry.subject)
    return parties.complainant_organisation_id, parties.complainant_person_id


def _body(work: Work, entry: Entry, step: Step) -> int | None:
    """Who served: of complaints the body that heard them, else the operating office; None before
    there is one.
    """
    if step is Step.COMPLAINT_CLOSED:
        return complaints.parties(work, entry.subject).body_id
    return next((each.id for each in accounts.organisations(work, Kind.OFFICE)), None)


def _staff(work: Work, entry: Entry, step: Step) -> int | None:
    """The person who served, where the step has one."""
    if step is Step.COMPLAINT_CLOSED:
        return complaints.parties(work, entry.subject).handler_id
    if step is not Step.NOTICE_OPENED:
        return None
    done = result_queries.steps(work, entry.subject)
    return next((each.person_id for each in done if each.act == REVIEWED), None)


def rate(work: Work, *, subject: str, step: str, said: Said) -> str:
    """Rate a step, once for each matter and step; the link of the letter or paper is all that is
    needed. Returns the rating's number PJ-...

    Refuses `rating.none`, `rating.given_before`, `rating.over`, and what `check_said` refuses.
    """
    check_said(said)
    row = _open_row(work, subject, step)
    if work.received_at >= row.due_at:
        raise Refusal("rating.over")
    return _give(work, row, said, Channel.ONLINE)


def enter(
    work: Work,
    *,
    subject: str,
    step: str,
    said: Said,
    channel: Channel,
    received: Received | None,
) -> str:
    """Enter what came on paper, by telephone or at the counter; what is on paper with its scan.
    Paper may have come in time and be entered later.

    Refuses `not_permitted`, `rating.none`, `rating.given_before`, `rating.own`, `rating.scan`,
    and what `check_said` refuses.
    """
    permissions.require(work.actor, "rating.enter")
    check_said(said)
    row = _open_row(work, subject, step)
    if work.actor.person_id == row.staff_id:
        raise Refusal("rating.own")
    if channel is Channel.PAPER and received is None:
        raise Refusal("rating.scan", field="scan")
    row.entered_by = work.actor.person_id
    if received is not None:
        row.scan_id = files.store(
            work,
            received,
            purpose=PURPOSE,
            organisation_id=work.actor.organisation_id,
            person_id=work.actor.person_id,
        )
    return _give(work, row, said, channel)


def _open_row(work: Work, subject: str, step: str) -> ServiceRating:
    row = queries.row(work, subject, step, for_update=True)
    if row.given_at is not None:
        raise Refusal("rating.given_before")
    return row


def _give(work: Work, row: ServiceRating, said: Said, channel: Channel) -> str:
    row.number = work.next_number(Prefix.RATING)
    row.level = said.level
    row.staff_level = said.staff_level
    row.platform_level = said.platform_level
    row.ticks = list(said.ticks)
    row.text = trimmed(said.text)
    row.channel = channel
    row.given_at = work.now
    row.salt = work.entropy(32).hex()
    row.digest = _digest(row)
    if said.is_bad:
        row.case_number = _open_case(work, row, said)
    record(work, RatingGiven(subject=row.number, digest=row.digest, channel=channel.value))
    return row.number


def _digest(row: ServiceRating) -> str:
    levels = [row.level, row.staff_level, row.platform_level]
    said = [row.salt, row.subject, row.step.value, row.body_id, levels, row.ticks, row.text]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _open_case(work: Work, row: ServiceRating, said: Said) -> str:
    """Who was not content is contacted: the case names whom."""
    told = Told(
        source=Source.RATING,
        source_number=str(row.number),
        matter=row.subject,
        party_name=_party(work, row),
        said=trimmed(said.text),
    )
    return case_service.open_case(work, body_id=row.body_id, of=told)


def _party(work: Work, row: ServiceRating) -> str:
    if row.rater_organisation_id is not None:
        return accounts.organisation(work, row.rater_organisation_id).name
    return accounts.person(work, row.rater_person_id or 0).name
