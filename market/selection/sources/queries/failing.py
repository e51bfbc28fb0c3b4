"""What is asked about sources that give no value: which are lost or have failed, what draws wait
for, who has read a lottery.
"""

import dataclasses
import datetime as dt

from sqlalchemy import and_, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.clock import from_epoch
from market.kernel.errors import NotFound
from market.kernel.shown import Parts, token
from market.ledger import queries as ledger
from market.selection.sources.models import (
    DrawSource,
    LotteryReport,
    NoticeLot,
    SourceFailure,
    SourceValue,
)
from market.selection.sources.queries import carried
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.rules import plan
from market.selection.sources.rules.plan import Chain
from market.selection.sources.rules.states import DrawState
from verify.zjcs import drand
from verify.zjcs import draw as protocol
from verify.zjcs.sources import lost_text

PENDING = (DrawState.WAITING_SLOT, DrawState.WAITING_VALUE, DrawState.SOURCE_LOST)
PATIENCE = dt.timedelta(seconds=protocol.PATIENCE)


def can_check_drand() -> bool:
    """Whether a BLS library is installed, so that a round of drand can be believed (rule 9)."""
    return drand.verify(1, "0" * 96) is not None


def failure(work: Work, source: str, kind: str, slot: int) -> SourceFailure | None:
    """Why a source will give nothing for a slot; None while it has not failed. A round that is
    there after all voids it.
    """
    if kind == "chain":
        lost = loss(work, source)
        return lost if lost and lost.slot <= slot else None
    return (
        None
        if work.session.get(SourceValue, (source, slot))
        else work.session.get(SourceFailure, (source, slot))
    )


def loss(work: Work, source: str) -> SourceFailure | None:
    """The first and final loss of a chain."""
    return work.session.scalar(
        select(SourceFailure)
        .where(SourceFailure.source == source)
        .order_by(SourceFailure.failed_at)
        .limit(1)
    )


def living_chains(work: Work) -> list[Chain]:
    """The chains that a new notice may name: those that are not lost."""
    return [chain for chain in source_rows.chains(work) if loss(work, chain.source) is None]


def waited_slot(work: Work, source: str) -> int | None:
    """The earliest slot of a chain whose time has come and whose value a sealed draw, or a lot with a list
    of its own, lacks.
    """
    lots = (each.slot for each in carried.lots_wanting(work) if each.source == source)
    return min((slot for slot in (_draws_slot(work, source), *lots) if slot), default=None)


def _draws_slot(work: Work, source: str) -> int | None:
    return work.session.scalar(
        select(DrawSource.slot)
        .join(NoticeLot, NoticeLot.id == DrawSource.draw_id)
        .outerjoin(
            SourceValue,
            and_(SourceValue.source == DrawSource.source, SourceValue.slot == DrawSource.slot),
        )
        .where(
            NoticeLot.state.in_(PENDING),
            NoticeLot.draw_at <= work.now,
            DrawSource.source == source,
            SourceValue.value.is_(None),
        )
        .order_by(DrawSource.slot)
        .limit(1)
    )


def derived_value(work: Work, source: str, slot: int) -> str | None:
    """A chain's value of a slot from the next value known, hashed down: a withheld value does not
    stay hidden.
    """
    later = work.session.execute(
        select(SourceValue.value, SourceValue.slot)
        .where(SourceValue.source == source, SourceValue.slot > slot)
        .order_by(SourceValue.slot)
        .limit(1)
    ).first()
    return protocol.value_at(bytes.fromhex(later.value), later.slot, slot) if later else None


@dataclasses.dataclass(frozen=True)
class LotteryWaiting:
    """A draw that waits for a lottery issue: the first one of that day (ordinal) or after."""

    draw_no: str
    source: str
    slot: int


def lottery_waiting(work: Work, day: int) -> list[LotteryWaiting]:
    """Draws whose fallback is the lottery of that day (ordinal) or of an earlier one that saw no
    draw.
    """
    found = work.session.execute(
        select(NoticeLot.number, DrawSource.source, DrawSource.slot)
        .join(NoticeLot, NoticeLot.id == DrawSource.draw_id)
        .outerjoin(
            SourceValue,
            and_(SourceValue.source == DrawSource.source, SourceValue.slot == DrawSource.slot),
        )
        .where(
            NoticeLot.state == DrawState.SOURCE_LOST,
            DrawSource.kind == "lottery",
            DrawSource.slot <= day,
            SourceValue.value.is_(None),
        )
        .order_by(NoticeLot.id)
    )
    return [LotteryWaiting(*row) for row in found]


@dataclasses.dataclass(frozen=True)
class ChainCard:
    """A chain on the desk: its holder, the slot that draws wait for, since when and from when on it
    may be called lost, the text to be signed then; when it was lost, and where the log says so.
    """

    source: str
    holder: str
    slot: int | None
    due: dt.datetime | None
    may_be_lost_at: dt.datetime | None
    text: str | None
    lost_slot: int | None
    lost_at: dt.datetime | None
    entry: int | None


@dataclasses.dataclass(frozen=True)
class ReportCard:
    """A lottery issue that one officer has read and another has to confirm."""

    id: int
    issue: str
    day: dt.date
    numbers: str
    proposed_at: dt.datetime
    proposed_by: int
    shown: str  # the token that a confirmation carries


def chain_card(work: Work, source: str) -> ChainCard:
    """One chain. Refuses `draw.no_source`."""
    chain = next((each for each in source_rows.chains(work) if each.source == source), None)
    if chain is None:
        raise NotFound("draw.no_source")
    slot = waited_slot(work, source)
    lost = loss(work, source)
    due = from_epoch(chain.due_at(slot)) if slot is not None else None
    entry = ledger.find(work, "source.lost", source) if lost else None
    return ChainCard(
        source,
        accounts.organisation(work, chain.owner_id).name if chain.owner_id else source,
        None if lost else slot,
        due,
        due + PATIENCE if due else None,
        lost_text(source, slot) if slot is not None and not lost else None,
        lost.slot if lost else None,
        lost.failed_at if lost else None,
        entry.index if entry else None,
    )


def chain_cards(work: Work) -> list[ChainCard]:
    """Every chain."""
    return [chain_card(work, chain.source) for chain in source_rows.chains(work)]


def chains_to_lose(work: Work) -> list[str]:
    """Chains whose value draws have waited for longer than patience: somebody says that it is lost."""
    return [
        card.source
        for card in chain_cards(work)
        if card.lost_at is None
        and card.may_be_lost_at is not None
        and card.may_be_lost_at <= work.now
    ]


def days_waited(work: Work) -> list[tuple[str, dt.date]]:
    """Draws that wait for a lottery issue, each with the first day whose issue counts."""
    return [
        (row.draw_no, dt.date.fromordinal(row.slot))
        for row in lottery_waiting(work, dt.date.max.toordinal())
    ]


def lottery_shown(work: Work, report_id: int) -> Parts:
    """A lottery issue as one officer has read it."""
    report = work.session.get(LotteryReport, report_id)
    if report is None:
        return {}
    return {
        "lottery.id": report.id,
        "lottery.issue": report.issue,
        "lottery.day": report.day,
        "lottery.value": report.value,
    }


def reports(work: Work) -> list[ReportCard]:
    """Lottery issues that wait for the second officer."""
    asked = (
        select(LotteryReport).where(LotteryReport.confirmed_at.is_(None)).order_by(LotteryReport.id)
    )
    return [
        ReportCard(
            row.id,
            row.issue,
            dt.date.fromordinal(row.day),
            row.value.split("/")[2].replace(".", " "),
            row.proposed_at,
            row.proposed_by,
            token(lottery_shown(work, row.id)),
        )
        for row in work.session.scalars(asked)
    ]


def overdue_rounds(work: Work) -> list[tuple[str, int]]:
    """Rounds of public beacons that sealed draws have lacked for a day and of which the log does
    not say so yet.
    """
    found = work.session.execute(
        select(DrawSource.source, DrawSource.slot)
        .distinct()
        .join(NoticeLot, NoticeLot.id == DrawSource.draw_id)
        .outerjoin(
            SourceValue,
            and_(SourceValue.source == DrawSource.source, SourceValue.slot == DrawSource.slot),
        )
        .where(
            NoticeLot.state.in_(PENDING),
            DrawSource.kind == "drand",
            SourceValue.value.is_(None),
            DrawSource.failed_leaf.is_(None),
        )
        .order_by(DrawSource.slot)
    )
    return [
        (source, number)
        for source, number in found
        if from_epoch(plan.DUE_AT["drand"](number)) + PATIENCE <= work.now
    ]
