"""What was deleted, and what waits for the second signature."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints.models import Erasure
from market.complaints.rules import ErasureGround, ProposalState
from market.db import Work
from market.kernel.shown import Parts, token
from market.ledger import queries as ledger


@dataclasses.dataclass(frozen=True)
class Erased:
    """That the text of a complaint or a tip is gone: since when, why, and where the log says so."""

    at: dt.datetime
    ground: ErasureGround
    entry: int


@dataclasses.dataclass(frozen=True)
class ErasureCard:
    """A proposal on the desk of the body that made it. `state` proposed, signed, returned."""

    subject: str
    ground: ErasureGround
    basis: str
    state: ProposalState
    proposed_at: dt.datetime
    proposed_by: str
    settled_at: dt.datetime | None
    return_note: str
    shown: str  # the token that a signature carries


def erased(work: Work, subjects: Collection[str]) -> dict[str, Erased]:
    """Of these complaints and tips those that were erased."""
    rows = work.session.scalars(
        select(Erasure).where(Erasure.subject.in_(subjects), Erasure.state == ProposalState.SIGNED)
    )
    found = {}
    for row in rows:
        entry = ledger.erasure(work, ledger.entry(work, row.log_index))
        if row.settled_at is not None and entry is not None:
            found[row.subject] = Erased(row.settled_at, row.ground, entry.index)
    return found


def erasures_to_sign(work: Work) -> list[str]:
    """The complaints and tips of the actor's body whose erasure somebody else proposed and nobody
    has signed.
    """
    return list(
        work.session.scalars(
            select(Erasure.subject)
            .where(
                Erasure.body_id == work.actor.organisation_id,
                Erasure.state == ProposalState.PROPOSED,
                Erasure.proposed_by != work.actor.person_id,
            )
            .order_by(Erasure.id)
        )
    )


def erasure_shown(work: Work, subject: str) -> Parts:
    """The erasure that waits for a signature, as the desk shows it."""
    row = work.session.scalar(
        select(Erasure).where(Erasure.subject == subject, Erasure.state == ProposalState.PROPOSED)
    )
    return {} if row is None else _parts(row)


def _parts(row: Erasure) -> Parts:
    return {"erasure.id": row.id, "erasure.ground": row.ground, "erasure.basis": row.basis}


def erasures(work: Work, limit: int = 100) -> list[ErasureCard]:
    """The proposals of the actor's body, newest first."""
    rows = work.session.scalars(
        select(Erasure)
        .where(Erasure.body_id == work.actor.organisation_id)
        .order_by(Erasure.id.desc())
        .limit(limit)
    )
    return [
        ErasureCard(
            row.subject,
            row.ground,
            row.basis,
            row.state,
            row.proposed_at,
            accounts.person(work, row.proposed_by).name,
            row.settled_at,
            row.return_note,
            token(_parts(row)),
        )
        for row in rows
    ]
