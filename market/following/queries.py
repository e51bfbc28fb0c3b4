"""Reading followings: one's own, those of a list, and what a step of the log is about."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.complaints import queries as complaints
from market.complaints.queries import PublicComplaint
from market.complaints.rules import State
from market.db import Work
from market.following.models import FollowedStep, Following
from market.following.rules import COMES, OF_TYPE, Pace, Seen, Wanted, What
from market.kernel import ids
from market.kernel.clock import local_date
from market.kernel.errors import NotFound
from market.ledger.queries import Entry
from market.selection.results import queries as result_queries
from market.selection.results.queries import PublicNotice


@dataclasses.dataclass(frozen=True, kw_only=True)
class Followed:
    """One search that is followed. `owner` and `body` are names, "" for none."""

    id: int
    what: What
    pace: Pace
    by_mail: bool
    wanted: Wanted
    owner: str
    body: str
    since: dt.datetime


WANTED = [field.name for field in dataclasses.fields(Wanted)]


def wanted_of(row: Following) -> Wanted:
    """What a following asks for."""
    return Wanted(**{name: getattr(row, name) for name in WANTED})


def mine(work: Work) -> list[Followed]:
    """The actor's searches, the oldest first."""
    return [_card(work, row) for row in rows_of(work, work.actor.person_id)]


def one(work: Work, following_id: int) -> Followed:
    """One following, whosesoever: for the page of a mail's link. Refuses `following.none`."""
    row = work.session.get(Following, following_id)
    if row is None:
        raise NotFound("following.none")
    return _card(work, row)


def count(work: Work) -> int:
    """How many searches the actor follows."""
    asked = select(func.count(Following.id)).where(Following.person_id == work.actor.person_id)
    return int(work.session.scalar(asked) or 0)


def of_list(work: Work, what: What) -> Sequence[Following]:
    """Every following of a list, the oldest first: for this room's service."""
    asked = select(Following).where(Following.what == what).order_by(Following.id)
    return work.session.scalars(asked).all()


def due_steps(
    work: Work, until: dt.datetime, people: int
) -> dict[int, list[tuple[Following, FollowedStep]]]:
    """What waits for the letter of a day that ended at `until` (excluded), by person, in order; of the
    first so many people.
    """
    first = (
        select(Following.person_id)
        .join(FollowedStep, FollowedStep.following_id == Following.id)
        .where(FollowedStep.at < until)
        .distinct()
        .order_by(Following.person_id)
        .limit(people)
    )
    asked = (
        select(Following, FollowedStep)
        .join(FollowedStep, FollowedStep.following_id == Following.id)
        .where(FollowedStep.at < until, Following.person_id.in_(work.session.scalars(first).all()))
        .order_by(FollowedStep.log_index, Following.id)
    )
    found: dict[int, list[tuple[Following, FollowedStep]]] = {}
    for row, step in work.session.execute(asked):
        found.setdefault(row.person_id, []).append((row, step))
    return found


def seen(work: Work, entries: Collection[Entry]) -> Iterator[tuple[Entry, What, Seen]]:
    """What these steps are about, as everybody may read it; steps that nobody follows are left out."""
    steps = [
        (entry, what) for entry in entries for what in What if what in OF_TYPE.get(entry.type, ())
    ]
    about = {entry.subject for entry, what in steps if what is What.COMPLAINTS}
    filed = complaints.public_complaints(work, about) if about else {}
    numbers = {_notice_of(entry) for entry, what in steps if what is not What.COMPLAINTS}
    numbers |= {each.notice_number for each in filed.values() if each.notice_number}
    notices = result_queries.public_notices(work, numbers) if numbers else {}
    for entry, what in steps:
        if what is What.COMPLAINTS:
            if complaint := filed.get(entry.subject):
                notice = notices.get(complaint.notice_number or "")
                yield entry, what, _complaint_seen(complaint, notice)
        elif found := notices.get(_notice_of(entry)):
            yield entry, what, _notice_seen(found, entry)


def _notice_of(entry: Entry) -> str:
    """The notice of a step of its own or of its draw."""
    subject = entry.subject
    return ids.sibling(subject, ids.Prefix.NOTICE) if ids.NUMBER.fullmatch(subject) else subject


def _notice_seen(found: PublicNotice, entry: Entry) -> Seen:
    """`today` is a heading of those that close on the day of the step."""
    closes = local_date(found.entry_close) == local_date(entry.at)
    headings = COMES[What.NOTICES].keys()
    return Seen(
        number=found.number,
        title=found.title,
        category=found.category,
        fund=found.fund.value,
        owner_id=found.owner_id,
        states=frozenset(headings if closes else headings - {"today"}),
    )


def _complaint_seen(complaint: PublicComplaint, notice: PublicNotice | None) -> Seen:
    """A decision brings into the state of its outcome, and on to what is owed by it."""
    outcome = complaint.outcome.value if complaint.outcome else ""
    after = {State.REMEDYING.value, State.CALLBACK.value} - {complaint.state.value}
    decided = {State.UPHELD.value, State.PARTLY.value, State.DISMISSED.value} - {outcome}
    return Seen(
        number=complaint.number,
        title=notice.title if notice else "",
        about=complaint.about.value,
        body_id=complaint.body_id,
        notice=complaint.notice_number,
        states=frozenset(COMES[What.COMPLAINTS].keys() - after - decided),
    )


def rows_of(work: Work, person_id: int | None) -> Sequence[Following]:
    """A person's rows, the oldest first: for this room's service."""
    asked = select(Following).where(Following.person_id == person_id).order_by(Following.id)
    return work.session.scalars(asked).all()


def _card(work: Work, row: Following) -> Followed:
    return Followed(
        id=row.id,
        what=row.what,
        pace=row.pace,
        by_mail=row.by_mail,
        wanted=wanted_of(row),
        owner=accounts.organisation(work, row.owner_id).name if row.owner_id else "",
        body=accounts.organisation(work, row.body_id).name if row.body_id else "",
        since=row.since,
    )
