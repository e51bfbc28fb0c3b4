"""Evaluations as pages see them. Here alone a sealed one is read, for the side that said it."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select

from market.db import Work
from market.evaluations.models import Evaluation, EvaluationAppeal
from market.evaluations.queries.rows import appeal_of, pair, side_of
from market.evaluations.rules import (
    EVALUATE,
    WEIGHTS,
    WINDOW_KINDS,
    By,
    EvaluationState,
    Marks,
    Standing,
    standing_of,
)
from market.evaluations.rules.appeal import AppealState, Effect, Ground
from market.windows import queries as windows_queries
from market.windows.queries import Due
from market.windows.rules import LIVE

SHOWN_AT_MOST = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class Appealed:
    """An appeal as the public sees it; its texts are for the parties and the body."""

    id: int
    state: AppealState
    ground: Ground
    body_id: int
    appealed_at: dt.datetime
    decided_at: dt.datetime | None
    text: str
    answer: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Card:
    """One evaluation. `marks`, `text`, `fact` are None and "" for whoever may not read them (yet);
    `is_hidden` says that the text was taken away by an appeal.
    """

    contract: str
    notice_number: str
    by: By
    state: EvaluationState
    owner_name: str
    owner_is_person: bool
    agency_name: str
    item_name: str
    title: str
    marks: Marks | None
    overall: int | None
    text: str
    fact: str
    is_hidden: bool
    effect: Effect | None
    salt: str
    text_salt: str
    given_at: dt.datetime | None
    corrected_at: dt.datetime | None
    fixed_at: dt.datetime | None
    opened_at: dt.datetime | None
    reply: str
    replied_at: dt.datetime | None
    follow_up: str
    followed_at: dt.datetime | None
    appeal: Appealed | None

    @property
    def is_counted(self) -> bool:
        """Whether it stands in the mean."""
        return self.state is EvaluationState.OPEN and self.effect is not Effect.STRUCK


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pair:
    """Both evaluations of a matter, and which side the reader stands on."""

    contract: str
    notice_number: str
    title: str
    item_name: str
    owner_name: str
    agency_name: str
    owner: Card
    agency: Card
    side: By | None
    dues: tuple[Due, ...]

    @property
    def own(self) -> Card | None:
        """What the reader's side says of the other."""
        return None if self.side is None else self.of_side(self.side)

    @property
    def about_own(self) -> Card | None:
        """What the other side says of the reader's."""
        return None if self.side is None else self.of_side(self.side.other)

    def of_side(self, by: By) -> Card:
        """What one side says."""
        return self.owner if by is By.OWNER else self.agency


def both(work: Work, contract: str) -> Pair:
    """Both evaluations of a matter as the reader may read them. Refuses `evaluation.none`."""
    rows = pair(work, contract)
    first = rows[0]
    side = side_of(first, work.actor.organisation_id)
    cards = {row.by: _card(row, side, appeal_of(work, row.id)) for row in rows}
    return Pair(
        contract=contract,
        notice_number=first.notice_number,
        title=first.title,
        item_name=first.item_name,
        owner_name=first.owner_name,
        agency_name=first.agency_name,
        owner=cards[By.OWNER],
        agency=cards[By.AGENCY],
        side=side,
        dues=_dues(work, contract, side),
    )


def _dues(work: Work, contract: str, side: By | None) -> tuple[Due, ...]:
    """The live windows of a side; the public sees until when both may evaluate."""
    live = [due for due in windows_queries.of_subject(work, contract) if due.state in LIVE]
    if side is None:
        return tuple(due for due in live if due.kind == EVALUATE.name)[:1]
    ours = work.actor.organisation_id
    return tuple(due for due in live if due.kind in WINDOW_KINDS and due.responsible_id == ours)


def _card(row: Evaluation, side: By | None, appeal: EvaluationAppeal | None) -> Card:
    is_open = row.state is EvaluationState.OPEN
    is_read = is_open or side is row.by
    is_hidden = row.effect is Effect.HIDDEN
    is_told = is_read and (not is_hidden or side is row.by)
    return Card(
        **{name: getattr(row, name) for name in PLAIN},
        marks=_marks(row) if is_read else None,
        overall=row.overall if is_open else None,
        text=row.text if is_told else "",
        fact=row.fact if is_told else "",
        is_hidden=is_hidden,
        salt=(row.salt or "") if is_open else "",
        text_salt=(row.text_salt or "") if is_open and is_told else "",
        reply=row.reply,
        follow_up=row.follow_up if is_told else "",
        appeal=None if appeal is None else _appealed(appeal, is_party=side is not None),
    )


PLAIN = (
    "contract",
    "notice_number",
    "by",
    "state",
    "owner_name",
    "owner_is_person",
    "agency_name",
    "item_name",
    "title",
    "effect",
    "given_at",
    "corrected_at",
    "fixed_at",
    "opened_at",
    "replied_at",
    "followed_at",
)


def _marks(row: Evaluation) -> Marks | None:
    if row.given_at is None:
        return None
    return Marks(**{name: getattr(row, name) for name in WEIGHTS})


def _appealed(row: EvaluationAppeal, *, is_party: bool) -> Appealed:
    return Appealed(
        **{name: getattr(row, name) for name in ("id", "state", "ground", "body_id")},
        appealed_at=row.appealed_at,
        decided_at=row.decided_at,
        text=row.text if is_party else "",
        answer=row.answer if is_party else "",
        reason=row.reason if is_party else "",
    )


def of_organisation(work: Work, organisation_id: int, by: By) -> list[Card]:
    """What everybody may read of an organisation: the open evaluations by the other side, newest
    first.
    """
    whose = (
        Evaluation.agency_organisation_id if by is By.OWNER else Evaluation.owner_organisation_id
    )
    rows = work.session.execute(
        select(Evaluation, EvaluationAppeal)
        .outerjoin(EvaluationAppeal, EvaluationAppeal.evaluation_id == Evaluation.id)
        .where(
            whose == organisation_id,
            Evaluation.by == by,
            Evaluation.state == EvaluationState.OPEN,
        )
        .order_by(Evaluation.opened_at.desc(), Evaluation.id.desc())
        .limit(SHOWN_AT_MOST)
    )
    return [_card(row, None, appeal) for row, appeal in rows]


COUNTED = (
    Evaluation.state == EvaluationState.OPEN,
    Evaluation.effect.is_(None) | (Evaluation.effect != Effect.STRUCK),
)


def standing(work: Work, organisation_id: int, by: By) -> Standing:
    """How an organisation is evaluated by the other side: agencies by owners (`by` owner) and the
    other way round.
    """
    whose = (
        Evaluation.agency_organisation_id if by is By.OWNER else Evaluation.owner_organisation_id
    )
    count, total = work.session.execute(
        select(func.count(), func.sum(Evaluation.overall)).where(
            whose == organisation_id, Evaluation.by == by, *COUNTED
        )
    ).one()
    return standing_of(int(count), int(total or 0))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Opened:
    """An open evaluation for programs: marks and moments, no words. `overall` in hundredths; `owner_id`
    is an organisation's, whether it may be named its reader decides.
    """

    contract: str
    by: By
    owner_id: int
    winner: str
    item_code: str
    marks: Marks
    overall: int | None
    given_at: dt.datetime | None
    opened_at: dt.datetime | None
    replied_at: dt.datetime | None
    followed_at: dt.datetime | None
    appeal: AppealState | None
    effect: Effect | None


def opened(work: Work, contracts: Collection[str]) -> dict[tuple[str, str], Opened]:
    """The open evaluations of matters HT-..., by matter and side."""
    asked = (
        select(Evaluation, EvaluationAppeal.state)
        .outerjoin(EvaluationAppeal, EvaluationAppeal.evaluation_id == Evaluation.id)
        .where(Evaluation.contract.in_(contracts), Evaluation.state == EvaluationState.OPEN)
    )
    return {
        (row.contract, row.by.value): Opened(
            **{name: getattr(row, name) for name in OPENED},
            owner_id=row.owner_organisation_id,
            marks=Marks(**{name: getattr(row, name) for name in WEIGHTS}),
            appeal=appeal,
        )
        for row, appeal in work.session.execute(asked)
    }


OPENED = (
    "contract",
    "by",
    "winner",
    "item_code",
    "overall",
    "given_at",
    "opened_at",
    "replied_at",
    "followed_at",
    "effect",
)
