"""Both sides are asked; what they say is sealed, and opened for both at once."""

import dataclasses

from market.db import Work
from market.evaluations import permissions, queries
from market.evaluations.events import (
    EvaluationAsked,
    EvaluationCorrected,
    EvaluationOpened,
    EvaluationSealed,
    EvaluationUnrated,
)
from market.evaluations.models import Evaluation
from market.evaluations.rules import (
    APPEAL,
    EVALUATE,
    FIX,
    REPLY,
    By,
    EvaluationState,
    Marks,
    check_said,
    move_evaluation,
    seal_digest,
    text_digest,
)
from market.evaluations.service.clocks import open_window
from market.kernel.errors import NotFound, Refusal
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.rulebook.rules import Rulebook
from market.windows import service as windows
from market.windows.queries import Due

SALT = 32  # bytes


@dataclasses.dataclass(frozen=True, kw_only=True)
class Accepted:
    """A matter whose service was accepted, as the room of contracts knows it. `contract` is HT-...,
    `winner` the agency's platform number.
    """

    contract: str
    notice_number: str
    owner_organisation_id: int
    owner_name: str
    owner_is_person: bool
    agency_organisation_id: int
    agency_name: str
    winner: str
    item_code: str
    item_name: str
    title: str
    rulebook: int


def ask(work: Work, *, accepted: Accepted) -> None:
    """Ask both sides of a matter that was accepted just now; they have `evaluate_days`.

    Refuses `not_permitted`.
    """
    permissions.require(work.actor, "evaluation.ask")
    rows = [
        Evaluation(
            **dataclasses.asdict(accepted),
            division=work.division,
            by=by,
            state=EvaluationState.AWAITED,
            asked_at=work.now,
        )
        for by in By
    ]
    work.session.add_all(rows)
    work.session.flush()  # One row for each side, before its window.

    dues = [
        open_window(
            work,
            row,
            EVALUATE,
            Rulebook.evaluate_days,
            responsible_id=queries.organisation_of(row, row.by),
        )
        for row in rows
    ]
    record(
        work,
        EvaluationAsked(
            subject=accepted.notice_number,
            contract=accepted.contract,
            winner=accepted.winner,
            due=dues[0].due_at,
        ),
    )


def own_side(work: Work, contract: str) -> tuple[list[Evaluation], By]:
    """Both rows of a matter, locked, and the side of the actor's organisation. Refuses
    `evaluation.none`, to others too.
    """
    rows = list(queries.pair(work, contract, for_update=True))
    side = queries.side_of(rows[0], work.actor.organisation_id)
    if side is None:
        raise NotFound("evaluation.none")
    return rows, side


def give(work: Work, *, number: str, marks: Marks, text: str = "", fact: str = "") -> None:
    """Evaluate the other side of a matter, once; within `evaluation_correct_hours` it may be
    corrected. Nobody else reads it before both are fixed or the time is over.

    Refuses `not_permitted`, `evaluation.none`, `evaluation.over` once the days are over,
    `evaluation.fixed` once it can no more be corrected, and what `check_said` refuses.
    """
    permissions.require(work.actor, "evaluation.give")
    check_said(marks, trimmed(text), trimmed(fact))
    rows, side = own_side(work, number)
    row = queries.one_of(rows, side)
    if row.state is EvaluationState.SEALED and row.fixed_at is None:
        _correct(work, row, marks, text, fact)
        return
    if row.state is not EvaluationState.AWAITED:
        raise Refusal("evaluation.fixed")
    if not queries.is_live(work, EVALUATE, number, side):
        raise Refusal("evaluation.over")

    row.state = move_evaluation(row.state, EvaluationState.SEALED)
    row.given_at = work.now
    row.given_by = work.actor.person_id
    _seal(work, row, marks, text, fact)
    windows.close(work, EVALUATE, queries.matter_key(number, side))
    record(
        work,
        EvaluationSealed(
            subject=row.notice_number, contract=number, by=side.value, digest=row.digest or ""
        ),
    )
    open_window(
        work,
        row,
        FIX,
        Rulebook.evaluation_correct_hours,
        responsible_id=queries.organisation_of(row, side),
    )


def _correct(work: Work, row: Evaluation, marks: Marks, text: str, fact: str) -> None:
    """Say it anew; saying the same again changes nothing."""
    said = (trimmed(text), trimmed(fact))
    if said == (row.text, row.fact) and marks.each() == _marks_of(row).each():
        return
    row.corrected_at = work.now
    _seal(work, row, marks, text, fact)
    record(
        work,
        EvaluationCorrected(
            subject=row.notice_number,
            contract=row.contract,
            by=row.by.value,
            digest=row.digest or "",
        ),
    )


def _seal(work: Work, row: Evaluation, marks: Marks, text: str, fact: str) -> None:
    for name, mark in marks.each().items():
        setattr(row, name, mark)
    row.text = trimmed(text)
    row.fact = trimmed(fact)
    row.salt = work.entropy(SALT).hex()
    row.text_salt = work.entropy(SALT).hex()
    row.text_sha256 = text_digest(row.text_salt, row.text, row.fact)
    row.digest = seal_digest(row.salt, row.contract, row.by, marks, row.text_sha256)


def _marks_of(row: Evaluation) -> Marks:
    return Marks(
        quality=row.quality or 0,
        timeliness=row.timeliness or 0,
        attitude=row.attitude or 0,
        fees=row.fees or 0,
        conduct=row.conduct or 0,
    )


def time_over(work: Work, due: Due) -> None:
    """A side said nothing in its days: it is unrated, which is no mark; what the other said opens."""
    rows, row = _of_window(work, due)
    if row.state is not EvaluationState.AWAITED:
        return
    row.state = move_evaluation(row.state, EvaluationState.UNRATED)
    record(
        work,
        EvaluationUnrated(
            subject=row.notice_number,
            contract=row.contract,
            by=row.by.value,
            winner=row.winner,
        ),
    )
    _open_if_ready(work, rows)


def fixed(work: Work, due: Due) -> None:
    """What a side said can no more be corrected; it opens when nothing of the other is awaited."""
    rows, row = _of_window(work, due)
    if row.state is not EvaluationState.SEALED or row.fixed_at is not None:
        return
    row.fixed_at = due.due_at
    _open_if_ready(work, rows)


def _of_window(work: Work, due: Due) -> tuple[list[Evaluation], Evaluation]:
    contract, _, side = due.matter.rpartition(":")
    rows = list(queries.pair(work, contract, for_update=True))
    return rows, queries.one_of(rows, By(side))


def _open_if_ready(work: Work, rows: list[Evaluation]) -> None:
    """Open both at once, when neither side can say or change anything any more: who spoke first
    cannot answer what the other said.
    """
    if any(row.state is EvaluationState.AWAITED for row in rows):
        return
    sealed = [row for row in rows if row.state is EvaluationState.SEALED]
    if any(row.fixed_at is None for row in sealed):
        return
    for row in sealed:
        _open(work, row)


def _open(work: Work, row: Evaluation) -> None:
    marks = _marks_of(row)
    row.state = move_evaluation(row.state, EvaluationState.OPEN)
    row.opened_at = work.now
    row.overall = marks.overall
    record(
        work,
        EvaluationOpened(
            subject=row.notice_number,
            contract=row.contract,
            by=row.by.value,
            winner=row.winner,
            overall=row.overall,
            salt=row.salt or "",
            text_sha256=row.text_sha256 or "",
            **marks.each(),
        ),
    )
    for kind, length in (
        (REPLY, Rulebook.evaluation_reply_days),
        (APPEAL, Rulebook.evaluation_appeal_days),
    ):
        open_window(
            work,
            row,
            kind,
            length,
            responsible_id=queries.organisation_of(row, row.by.other),
        )
