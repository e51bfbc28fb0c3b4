"""The party speaks; somebody else than the proposer decides; in the end the record leaves."""

from market.agencies.service import end_of
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.reputation import permissions, queries, rules
from market.reputation.events import CreditDecided, CreditExpired, CreditStated
from market.reputation.models import CreditEvent
from market.reputation.rules import LIVING, Act, CreditState
from market.reputation.service.steps import add_step
from market.reputation.service.suspend import end_with_record
from market.reputation.service.talk import cancel_talk
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState

SETTLES = {
    Act.UPHELD: (CreditState.APPEALED, CreditState.VOID, rules.APPEAL_DECISION),
    Act.REJECTED: (CreditState.APPEALED, CreditState.IN_FORCE, rules.APPEAL_DECISION),
    Act.REPAIRED: (CreditState.REPAIRING, CreditState.REPAIRED, rules.REPAIR_DECISION),
    Act.REPAIR_REFUSED: (CreditState.REPAIRING, CreditState.IN_FORCE, rules.REPAIR_DECISION),
}
"""A decision on what a record waits for: where it waits, what it becomes, whose duty is done."""


def own(work: Work, number: str) -> CreditEvent:
    """The record of the actor's organisation, locked. Refuses `credit.none`, for others' too."""
    row = queries.row(work, number, for_update=True)
    if row.organisation_id != work.actor.organisation_id:
        raise NotFound("credit.none")
    return row


def state_case(work: Work, *, number: str, statement: str) -> None:
    """Say what there is to say about a proposed record, once and within its days.

    Refuses `credit.none`, `credit.wrong_state`, `credit.text`, `credit.nothing_to_state` once the
    days are over or used.
    """
    permissions.require(work.actor, "credit.state")
    row = own(work, number)
    said = rules.check_text(statement, "statement")
    if row.state is not CreditState.PROPOSED:
        raise Refusal("credit.wrong_state", old=row.state.value, new=row.state.value)
    if not windows.close(work, rules.STATEMENT, number):
        raise Refusal("credit.nothing_to_state")

    add_step(work, row, Act.STATED, said)
    record(work, CreditStated(subject=number))


@signs(queries.shown, key="number")
def confirm(work: Work, *, number: str, reason: str, shown: str) -> None:
    """Decide that the record stands: it counts from today for its months.

    Refuses `credit.none`, `not_permitted`, `credit.same_person`, `credit.may_still_state` while the
    party's days run, `credit.wrong_state`, `credit.text`.
    """
    row = _deciding(work, number, shown)
    said = rules.check_text(reason, "reason")
    if due := queries.may_still_state(work, number):
        raise Refusal("credit.may_still_state", due=due.last_day)
    row.state = rules.move_event(row.state, CreditState.IN_FORCE)
    row.counts_from = work.today
    row.counts_until = rules.counts_until(work.today, row.months)

    add_step(work, row, Act.CONFIRMED, said)
    record(work, CreditDecided(subject=number, outcome=Act.CONFIRMED.value))
    _open_windows(work, row)


@signs(queries.shown, key="number")
def drop(work: Work, *, number: str, reason: str, shown: str) -> None:
    """Decide that nothing is recorded; it may be said before the party has spoken.

    Refuses as `confirm` does, but for the party's days.
    """
    row = _deciding(work, number, shown)
    said = rules.check_text(reason, "reason")
    row.state = rules.move_event(row.state, CreditState.DROPPED)

    windows.close(work, rules.STATEMENT, number, state=WindowState.CANCELLED)
    add_step(work, row, Act.DROPPED, said)
    record(work, CreditDecided(subject=number, outcome=Act.DROPPED.value))


def _deciding(work: Work, number: str, shown: str) -> CreditEvent:
    """The record that the actor may decide, locked."""
    permissions.require(work.actor, "credit.decide")
    row = queries.row(work, number, for_update=True)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("credit.none")
    rules.check_decider(queries.behaviour(row.behaviour), work.actor.duties)
    another_person(work.actor.person_id, queries.proposer(work, row), code="credit.same_person")
    check_shown(shown, queries.shown(work, number))
    return row


def _open_windows(work: Work, row: CreditEvent) -> None:
    """From the decision on the party may appeal, and the record has an end."""
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.APPEAL,
        subject=row.number,
        span=book.window(Rulebook.credit_appeal_days),
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )
    if row.months and row.counts_until is not None:
        windows.open_at(
            work,
            rules.VALIDITY,
            subject=row.number,
            due_at=end_of(row.counts_until - rules.DAY),
            responsible_id=row.body_id,
        )


def validity_over(work: Work, due: Due) -> None:
    """The record has counted its months: it leaves page, marks and report."""
    row = queries.row(work, due.matter, for_update=True)
    if row.state not in LIVING:
        return
    row.state = rules.move_event(row.state, CreditState.EXPIRED)
    close_all(work, row)
    add_step(work, row, Act.EXPIRED)
    record(work, CreditExpired(subject=row.number))


def settle(work: Work, row: CreditEvent, act: Act, said: str) -> None:
    """Decide what a record waits for, its appeal or its repair: it counts on, or it ends, and then
    nothing about it goes on. Refuses `credit.wrong_state`.
    """
    waits, to, duty = SETTLES[act]
    if row.state is not waits:
        raise Refusal("credit.wrong_state", old=row.state.value, new=to.value)
    row.state = rules.move_event(row.state, to)

    windows.close(work, duty, row.number)
    if to is not CreditState.IN_FORCE:
        close_all(work, row)
    add_step(work, row, act, said)


def close_all(work: Work, row: CreditEvent) -> None:
    """Nothing about a record that has ended goes on."""
    for kind in (rules.APPEAL, rules.APPEAL_DECISION, rules.REPAIR_DECISION, rules.VALIDITY):
        windows.close(work, kind, row.number, state=WindowState.CANCELLED)
    end_with_record(work, row)
    cancel_talk(work, row)
