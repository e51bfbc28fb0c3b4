"""Who has a thing now: the stage that a running window is in, and the people who may meet it."""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence

from market.accounts import queries as accounts
from market.accounts.queries import PersonCard
from market.complaints import queries as complaints
from market.complaints.rules import ACCEPT, DECIDE
from market.contracts import queries as contracts
from market.contracts.rules.unsigned import FIND
from market.db import Work
from market.kernel.permits import SIGNED_IN, Permits
from market.owners import queries as owners
from market.owners.rules import CHECK
from market.owners.rules import State as OwnerState
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules import QUESTION, REVIEW
from market.tasks import rules
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class Stage:
    """What is to be done now (`rules.desk` says where), and the first of two persons, who may not."""

    name: str
    first: int | None = None


Stages = dict[int, Stage]
"""By the id of the window."""


def _notice_stages(work: Work, dues: Sequence[Due]) -> Stages:
    ids = {int(due.matter.rpartition(":")[2]): due.id for due in dues}
    found = notice_queries.stages(work, ids)
    return {ids[row]: Stage(f"notice.{name}", first) for row, (name, first) in found.items()}


def _question_stages(work: Work, dues: Sequence[Due]) -> Stages:
    ids = {int(due.matter.rpartition(":")[2]): due.id for due in dues}
    found = notice_queries.drafted(work, ids)
    return {ids[row]: Stage("question.publish", first) for row, first in found.items()}


def _complaint_stages(work: Work, dues: Sequence[Due]) -> Stages:
    proposed = complaints.proposed(work, {due.subject for due in dues})
    return {
        due.id: Stage("complaint.sign", proposed[due.subject])
        for due in dues
        if due.subject in proposed
    }


def _owner_stages(work: Work, dues: Sequence[Due]) -> Stages:
    refusing = {
        found.card.number: found.proposed_by for found in owners.in_state(work, OwnerState.REFUSING)
    }
    return {
        due.id: Stage("owner.second", refusing[due.subject])
        for due in dues
        if due.subject in refusing
    }


def _unsigned_stages(work: Work, dues: Sequence[Due]) -> Stages:
    proposed = contracts.proposed_faults(work, {due.subject for due in dues})
    return {
        due.id: Stage("unsigned.sign", proposed[due.subject])
        for due in dues
        if due.subject in proposed
    }


STAGES: Mapping[str, Callable[[Work, Sequence[Due]], Stages]] = {
    REVIEW.name: _notice_stages,
    QUESTION.name: _question_stages,
    ACCEPT.name: _complaint_stages,
    DECIDE.name: _complaint_stages,
    CHECK.name: _owner_stages,
    FIND.name: _unsigned_stages,
}
"""Kinds of windows that run on while their matter passes from hand to hand."""


def stages(work: Work, dues: Collection[Due]) -> Stages:
    """For each window what is to be done now: its stage, else its own kind. Windows that nobody has
    to meet are left out.
    """
    found = {due.id: Stage(due.kind) for due in dues if due.kind in rules.OF_WINDOWS}
    for kind, asked in STAGES.items():
        of_kind = [due for due in dues if due.kind == kind]
        if of_kind:
            found |= asked(work, of_kind)
    return found


def holders(work: Work, due: Due, stage: Stage, permissions: Permits) -> list[PersonCard]:
    """The people who may do what is to be done now: the person it waits for, or the members of the
    organisation with a duty for it, but for the first of two; all of them where nobody there has one.
    """
    if due.person_id is not None:
        return [accounts.person(work, due.person_id)]
    if due.responsible_id is None:
        return []
    may = rules.desk(stage.name).may
    duties = () if may == SIGNED_IN else permissions[may]
    able = accounts.members(work, due.responsible_id, *duties)
    free = [one for one in able if one.id != stage.first]
    return free or accounts.members(work, due.responsible_id)
