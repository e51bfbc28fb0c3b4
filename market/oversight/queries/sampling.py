"""Reading samples: what is promised, listed, drawn; what of the drawn matters is done."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.db import Work, under_lock
from market.kernel.clock import epoch, from_epoch
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.kernel.permits import holds
from market.kernel.shown import Parts
from market.ledger import queries as ledger
from market.ledger.queries import along
from market.oversight.events import SamplePublished
from market.oversight.models import Review, Sample, SampleRow
from market.oversight.permissions import MAY
from market.oversight.rules.reviewing import Outcome
from market.oversight.rules.sampling import Called, Label, SampleStanding, is_over
from market.ratings import queries as ratings
from market.selection.sources import queries as source_queries
from market.windows import queries as windows_queries
from market.windows.queries import Due
from market.windows.rules import LIVE
from verify.zjcs import samples

EVERYBODYS = (Kind.AUTHORITY, Kind.INSPECTION)
"""Kinds of bodies whose reviews answer a sample: the office and owners are what is looked at."""
OTHERWISE = "otherwise"
"""Every outcome but "in order", told as one: who is the matter of a clue is not warned by the counts."""
MOST = 120


@dataclasses.dataclass(frozen=True)
class Drawn:
    """A matter that was drawn. `outcome` is None while it is open, of a clue, and for who may not read
    it; `party` and `phone` are for who calls.
    """

    rank: int
    ref: str
    notice: str
    is_done: bool
    outcome: Outcome | Called | None
    said: str = ""
    party: str = ""
    phone: str = ""
    case_number: str | None = None
    may_call: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class SampleCard:
    """A sample as its pages show it."""

    number: str
    label: Label
    period: str
    share: int
    least: int
    most: int
    state: SampleStanding
    planned_at: dt.datetime
    listed_at: dt.datetime | None
    sha256: str | None
    count: int | None
    drawn_at: dt.datetime | None
    published_at: dt.datetime | None
    lot: source_queries.LotCard | None
    rows: tuple[Drawn, ...]
    due: Due | None
    results: dict[str, int]


def sample_row(work: Work, number: str, *, lock: bool = False) -> Sample:
    """A sample by its number CY-... Refuses `sample.none`."""
    asked = select(Sample).where(Sample.number == number)
    found = work.session.scalar(under_lock(asked) if lock else asked)
    if found is None:
        raise NotFound("sample.none")
    return found


def known(work: Work, label: Label, period: str) -> bool:
    """Whether a sample of that period was planned."""
    asked = select(Sample.id).where(Sample.label == label, Sample.period == period)
    return work.session.scalar(asked) is not None


def samples_to_list(work: Work) -> list[str]:
    """Numbers of the samples whose period is over and whose list is not fixed."""
    rows = work.session.scalars(
        select(Sample).where(Sample.listed_at.is_(None)).order_by(Sample.id)
    )
    return [row.number for row in rows if is_over(row.period, epoch(work.now))]


def sample_list(work: Work, row: Sample) -> list[str]:
    """The list of a sample as outsiders compute it from the log."""
    start, end = samples.bounds(row.period)
    kinds = sorted(samples.POOLS[row.label])
    found = along.closed_between(work, kinds, from_epoch(start), from_epoch(end))
    listing = ledger.find(work, "sample.listed", row.number)
    before = listing.index if listing else ledger.size(work)
    closings = [samples.Closing(index, kind, of, epoch(at)) for index, kind, of, at in found]
    return samples.listed(closings, row.label, row.period, before)


def public_list(work: Work, number: str) -> list[str]:
    """The list in full, once the results are out; an empty one at once. Refuses `sample.none`,
    `sample.not_yet`.
    """
    row = sample_row(work, number)
    if row.published_at is None and row.state is not SampleStanding.EMPTY:
        raise NotFound("sample.not_yet")
    return sample_list(work, row)


def sample(work: Work, number: str) -> SampleCard:
    """One sample. Which matters were drawn is for those who work on them until the results are out.
    Refuses `sample.none`.
    """
    return _card(work, sample_row(work, number))


def sample_cards(work: Work) -> list[SampleCard]:
    """The samples, the last first."""
    asked = select(Sample).order_by(Sample.period.desc(), Sample.id).limit(MOST)
    return [_card(work, row) for row in work.session.scalars(asked)]


def _card(work: Work, row: Sample) -> SampleCard:
    windows = windows_queries.of_subject(work, row.number)
    return SampleCard(
        number=row.number,
        label=row.label,
        period=row.period,
        share=row.share,
        least=row.least,
        most=row.most,
        state=row.state,
        planned_at=row.planned_at,
        listed_at=row.listed_at,
        sha256=row.sha256,
        count=row.count,
        drawn_at=row.drawn_at,
        published_at=row.published_at,
        lot=source_queries.lot(work, row.number),
        rows=drawn_rows(work, row),
        due=next((each for each in windows if each.state in LIVE), None),
        results=_told(work, row),
    )


def _told(work: Work, row: Sample) -> dict[str, int]:
    """The results as the log has them: a review that was on its way while they were told changes nothing."""
    told = ledger.find(work, SamplePublished.kind, row.number) if row.published_at else None
    return dict(told.fields["results"]) if told else {}


def results_of(work: Work, sampled: Sample) -> dict[str, int]:
    """Of each result how many, as the log and everybody are told it: they add up to what was done."""
    if sampled.label is Label.CALLBACK:
        asked = select(SampleRow.called).where(SampleRow.sample_id == sampled.id)
        found = [each.value for each in work.session.scalars(asked) if each is not None]
    else:
        found = [
            each.value if each is Outcome.IN_ORDER else OTHERWISE
            for each in _outcomes(work, sampled).values()
        ]
    return dict(sorted(Counter(found).items()))


def drawn_rows(work: Work, row: Sample) -> tuple[Drawn, ...]:
    """The matters that were drawn, in the order of the draw."""
    asked = select(SampleRow).where(SampleRow.sample_id == row.id).order_by(SampleRow.rank)
    rows = work.session.scalars(asked).all()
    if row.label is Label.CALLBACK:
        is_caller = holds(work.actor, MAY["sample.call"])
        return tuple(_called(work, each, is_caller=is_caller) for each in rows)
    return _reviewed(work, row, rows)


def _called(work: Work, row: SampleRow, *, is_caller: bool) -> Drawn:
    found = ratings.served(work, row.ref) if is_caller else None
    is_reader = holds(work.actor, MAY["sample.read"])
    is_own = found is not None and found.staff_id == work.actor.person_id
    return Drawn(
        row.rank,
        row.ref,
        "",
        row.called is not None,
        row.called if is_reader else None,
        row.said if is_caller else "",
        found.party if found else "",
        found.phone if found else "",
        row.case_number if is_reader else None,
        may_call=is_caller and row.called is None and not is_own,
    )


def _reviewed(work: Work, sampled: Sample, rows: Sequence[SampleRow]) -> tuple[Drawn, ...]:
    said = _outcomes(work, sampled)
    is_reader = holds(work.actor, MAY["oversight.read"])
    told = {ref: each for ref, each in said.items() if is_reader and each is not Outcome.CLUE}
    return tuple(
        Drawn(
            row.rank,
            row.ref,
            sibling(row.ref, Prefix.NOTICE),
            row.ref in said,
            told.get(row.ref),
        )
        for row in rows
    )


def _outcomes(work: Work, sampled: Sample) -> dict[str, Outcome]:
    """Of each matter that was reviewed between the draw and the telling, the last outcome."""
    refs = work.session.scalars(select(SampleRow.ref).where(SampleRow.sample_id == sampled.id))
    notices = {sibling(ref, Prefix.NOTICE): ref for ref in refs}
    asked = select(Review.number, Review.outcome).where(
        Review.number.in_(notices),
        Review.body_id.in_(reviewing_bodies(work)),
        Review.made_at >= (sampled.drawn_at or work.now),
        Review.made_at <= (sampled.published_at or work.now),
    )
    found = work.session.execute(asked.order_by(Review.id))
    return {notices[each.number]: each.outcome for each in found}


def reviewing_bodies(work: Work) -> list[int]:
    """Bodies whose reviews answer a sample; in a place with neither authority nor inspection those of
    the sector regulators, or a sample could never be told.
    """
    found = [each.id for kind in EVERYBODYS for each in accounts.organisations(work, kind)]
    return found or [each.id for each in accounts.organisations(work, Kind.REGULATOR)]


def is_sampled(work: Work, notice: str, body_id: int) -> bool:
    """Whether a review of a notice by a body answers a sample that is not told yet. The sample is locked:
    who tells its results at the same time waits for the review, or the review for the results.
    """
    asked = (
        select(SampleRow.sample_id, SampleRow.ref)
        .join(Sample, Sample.id == SampleRow.sample_id)
        .where(Sample.label == Label.REVIEW, Sample.published_at.is_(None))
    )
    of = [one for one, ref in work.session.execute(asked) if sibling(ref, Prefix.NOTICE) == notice]
    locked = work.session.scalars(
        under_lock(select(Sample).where(Sample.id.in_(of)).order_by(Sample.id))
    )
    is_open = any(each.published_at is None for each in locked)
    return is_open and body_id in reviewing_bodies(work)


def drawn_row(work: Work, number: str, rank: int, *, lock: bool = False) -> SampleRow:
    """A matter of a call-back sample by its place in the draw. Refuses `sample.none`."""
    sampled = sample_row(work, number)
    asked = select(SampleRow).where(SampleRow.sample_id == sampled.id, SampleRow.rank == rank)
    row = work.session.scalar(under_lock(asked) if lock else asked)
    if row is None or sampled.label is not Label.CALLBACK:
        raise NotFound("sample.none")
    return row


def drawn(work: Work, number: str, rank: int) -> Drawn:
    """The same for who calls. Refuses `sample.none`."""
    row = drawn_row(work, number, rank)
    return _called(work, row, is_caller=holds(work.actor, MAY["sample.call"]))


def sample_shown(work: Work, number: str) -> Parts:
    """A sample as its page shows it to who publishes its results."""
    row = sample_row(work, number)
    rows = drawn_rows(work, row)
    return {
        "sample.number": row.number,
        "sample.results": ", ".join(
            f"{each.ref} {each.outcome or ('+' if each.is_done else '-')}" for each in rows
        ),
    }
