"""Reading the procedures over letters that nobody signed."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import select

from market.contracts.models import AwardLetter, Contract, Unsigned
from market.contracts.queries.awards import letter as readable_letter
from market.contracts.rules.matter import ContractState
from market.contracts.rules.unsigned import OPEN, Fault, UnsignedState
from market.db import Work, under_lock
from market.kernel.shown import Parts
from market.owners import queries as owners


@dataclasses.dataclass(frozen=True)
class Procedure:
    """One round of a procedure, as the parties and the overseers see it."""

    award_number: str
    notice_number: str
    round: int
    state: UnsignedState
    body_id: int
    opened_at: dt.datetime
    owner_statement: str
    owner_stated_at: dt.datetime | None
    agency_statement: str
    agency_stated_at: dt.datetime | None
    fault: Fault | None
    reasons: str
    basis: str
    proposed_at: dt.datetime | None
    proposed_by: int | None
    return_note: str
    decided_at: dt.datetime | None

    @property
    def is_decided(self) -> bool:
        return self.state is UnsignedState.DECIDED


@dataclasses.dataclass(frozen=True)
class Finding:
    """One finding of the public list: who did not sign, and what followed."""

    notice_number: str
    title: str
    owner_name: str
    agency_name: str
    fault: Fault | None
    round: int
    decided_at: dt.datetime | None


def unsigned_row(work: Work, award_id: int) -> Unsigned | None:
    """The open procedure over a letter's row, locked."""
    return work.session.scalar(
        under_lock(select(Unsigned).where(Unsigned.award_id == award_id, Unsigned.state.in_(OPEN)))
    )


def waits_for_other(work: Work, award_id: int) -> bool:
    """Whether a side has registered a contract that the other still looks at."""
    asked = select(Contract.id).where(
        Contract.award_id == award_id, Contract.state == ContractState.PROPOSED
    )
    return work.session.scalar(asked) is not None


def procedure(work: Work, award_number: str) -> Procedure | None:
    """The newest procedure over a letter that the actor may read; None where there is none. Refuses
    `award.none`.
    """
    readable_letter(work, award_number)
    found = _newest(work, award_number)
    return None if found is None else _card(found)


def unsigned_shown(work: Work, award_number: str) -> Parts:
    """A procedure as its page shows it to those who find."""
    found = _newest(work, award_number)
    if found is None:
        return {}
    return {
        "unsigned.id": found.id,
        "unsigned.state": found.state.value,
        "unsigned.owner": found.owner_statement,
        "unsigned.agency": found.agency_statement,
        "unsigned.fault": found.fault.value if found.fault else None,
        "unsigned.reasons": found.reasons,
        "unsigned.basis": found.basis,
        "unsigned.proposed_at": found.proposed_at,
    }


def proposed_faults(work: Work, award_numbers: Collection[str]) -> dict[str, int]:
    """Of some letters those whose finding waits for its signature, with who proposed it."""
    rows = work.session.execute(
        select(Unsigned.award_number, Unsigned.proposed_by).where(
            Unsigned.award_number.in_(award_numbers), Unsigned.state == UnsignedState.PROPOSED
        )
    )
    return {number: person or 0 for number, person in rows}


def findings(work: Work, limit: int = 200) -> list[Finding]:
    """The public list of findings, newest first. An owner that would not sign is named,
    a natural person is not ("")."""
    rows = work.session.execute(
        select(
            Unsigned.notice_number,
            AwardLetter.title,
            owners.public_name(AwardLetter.owner_organisation_id, AwardLetter.owner_name),
            AwardLetter.agency_name,
            Unsigned.fault,
            Unsigned.round,
            Unsigned.decided_at,
        )
        .join(AwardLetter, AwardLetter.id == Unsigned.award_id)
        .where(Unsigned.state == UnsignedState.DECIDED)
        .order_by(Unsigned.id.desc())
        .limit(limit)
    )
    return [Finding(*row) for row in rows]


def _newest(work: Work, award_number: str) -> Unsigned | None:
    return work.session.scalar(
        select(Unsigned)
        .where(Unsigned.award_number == award_number)
        .order_by(Unsigned.id.desc())
        .limit(1)
    )


def _card(row: Unsigned) -> Procedure:
    return Procedure(
        **{field.name: getattr(row, field.name) for field in dataclasses.fields(Procedure)}
    )
