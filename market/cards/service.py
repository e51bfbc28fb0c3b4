"""The use cases of a card: proposed from counted faults, explained, issued by a second person, planned,
talked about, referred; withdrawn when a fault falls.
"""

from market.cards import permissions, queries, rules
from market.cards.events import (
    CardDecided,
    CardPlanned,
    CardProposed,
    CardReferred,
    CardStated,
    CardTalked,
    CardWithdrawn,
)
from market.cards.models import Card
from market.cards.rules import IN_FORCE, PLAN, STATEMENT, CardState, Colour, Due
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import service as windows
from market.windows.rules import State as WindowState

PLAN_DAYS = {
    Colour.YELLOW: Rulebook.card_plan_days,
    Colour.RED: Rulebook.card_red_plan_days,
}


def propose_card(work: Work, *, trigger: str) -> str:
    """Propose the card that a fault has made due (`trigger`: its record's number); returns its
    number KP-….

    The body explains within `card_statement_days`; another person issues. Refuses `not_permitted`,
    `card.off` where the place has named no document, `card.not_due`.
    """
    permissions.require(work.actor, "card.propose")
    book = rulebooks.in_force(work)
    if not book.cards_document:
        raise Refusal("card.off")
    found = [each.due for each in queries.due(work) if each.due.trigger.number == trigger]
    if not found:
        raise Refusal("card.not_due")

    row = _new(work, found[0])
    record(work, CardProposed(subject=row.number, colour=row.colour.value))
    windows.open_counted(
        work,
        STATEMENT,
        subject=row.number,
        span=book.window(Rulebook.card_statement_days),
        rulebook=book.version,
        responsible_id=row.body_id,
    )
    return row.number


def _new(work: Work, due: Due) -> Card:
    """The row of a card that is due, there before its window."""
    book = rulebooks.in_force(work)
    row = Card(
        division=work.division,
        number=work.next_number(Prefix.CARD),
        body_id=due.trigger.body_id,
        code=due.trigger.code,
        colour=due.colour,
        trigger=due.trigger.number,
        grounds="\n".join(each.number for each in due.faults),
        document=book.cards_document,
        state=CardState.PROPOSED,
        rulebook=book.version,
        proposed_at=work.now,
        proposed_by=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()
    return row


def state_case(work: Work, *, number: str, statement: str) -> None:
    """Explain what happened, once and within the days. Refuses `not_permitted`, `card.none`,
    `card.text`, `card.nothing_to_state`.
    """
    row = _own(work, number)
    said = rules.check_text(statement, "statement")
    if not windows.close(work, STATEMENT, number):
        raise Refusal("card.nothing_to_state")
    row.statement = said
    row.stated_at = work.now
    row.stated_by = work.actor.person_id
    record(work, CardStated(subject=number))


@signs(queries.shown, key="number")
def issue(work: Work, *, number: str, reason: str, shown: str) -> None:
    """Issue it as the second person: the body owes a plan from now on.

    Refuses `not_permitted`, `card.none`, `card.same_person`, `card.may_still_state`, `card.fallen`
    where a fault has fallen meanwhile, `card.wrong_state`, `card.text`, `shown.changed`.
    """
    row = _deciding(work, number, shown)
    if due := queries.may_still_state(work, number):
        raise Refusal("card.may_still_state", due=due.last_day)
    if rules.has_fallen(row.colour, queries.left(work, row)):
        raise Refusal("card.fallen")
    _decide(work, row, CardState.ISSUED, reason)

    book = rulebooks.in_force(work)
    row.is_public = book.cards_public
    windows.open_counted(
        work,
        PLAN,
        subject=number,
        span=book.window(PLAN_DAYS[row.colour]),
        rulebook=book.version,
        responsible_id=row.body_id,
    )


@signs(queries.shown, key="number")
def drop(work: Work, *, number: str, reason: str, shown: str) -> None:
    """Do not issue it; the faults stay on record. Refuses as `issue`, but for the body's days."""
    row = _deciding(work, number, shown)
    _decide(work, row, CardState.DROPPED, reason)
    windows.close(work, STATEMENT, number, state=WindowState.CANCELLED)


def plan(work: Work, *, number: str, plan: str) -> None:
    """Hand in how it is mended, late too. Refuses `not_permitted`, `card.none`, `card.text`,
    `card.wrong_state`.
    """
    row = _own(work, number)
    row.plan = rules.check_text(plan, "plan")
    row.state = rules.move_card(row.state, CardState.PLANNED)
    row.planned_at = work.now
    row.planned_by = work.actor.person_id
    windows.close(work, PLAN, number)
    record(work, CardPlanned(subject=number))


def note_talk(work: Work, *, number: str, talk: str) -> None:
    """Note the talk (约谈) that follows a red card, once. Refuses `not_permitted`, `card.none`,
    `card.text`, `card.wrong_state`.
    """
    row = _following(work, number)
    if row.colour is not Colour.RED or row.talked_at is not None:
        raise Refusal("card.wrong_state")
    row.talk = rules.check_text(talk, "talk")
    row.talked_at = work.now
    row.talked_by = work.actor.person_id
    record(work, CardTalked(subject=number))


def refer(work: Work, *, number: str, referral: str) -> None:
    """Refer the matter to a body that is entitled to it, once: which, and under which number of a
    hand-over form. Always a person's act. Refuses as `note_talk` does.
    """
    row = _following(work, number)
    if row.referred_at is not None:
        raise Refusal("card.wrong_state")
    row.referral = rules.check_text(referral, "referral")
    row.referred_at = work.now
    row.referred_by = work.actor.person_id
    record(work, CardReferred(subject=number))


def correct(work: Work) -> int:
    """Withdraw every card whose faults that are left no more make its colour; returns how many. What
    is left may be a card of its own.
    """
    permissions.require(work.actor, "card.correct")
    gone = [
        row
        for row in queries.standing(work)
        if rules.has_fallen(row.colour, queries.left(work, row))
    ]
    for row in gone:
        row.state = rules.move_card(row.state, CardState.WITHDRAWN)
        row.withdrawn_at = work.now
        for kind in (STATEMENT, PLAN):
            windows.close(work, kind, row.number, state=WindowState.CANCELLED)
        record(work, CardWithdrawn(subject=row.number))
    return len(gone)


def _own(work: Work, number: str) -> Card:
    """A card of the actor's body, locked."""
    permissions.require(work.actor, "card.state")
    row = queries.row(work, number, for_update=True)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("card.none")
    return row


def _deciding(work: Work, number: str, shown: str) -> Card:
    permissions.require(work.actor, "card.issue")
    row = queries.row(work, number, for_update=True)
    another_person(work.actor.person_id, row.proposed_by, code="card.same_person")
    check_shown(shown, queries.shown(work, number))
    return row


def _decide(work: Work, row: Card, outcome: CardState, reason: str) -> None:
    row.reason = rules.check_text(reason, "reason")
    row.state = rules.move_card(row.state, outcome)
    row.decided_at = work.now
    row.decided_by = work.actor.person_id
    record(work, CardDecided(subject=row.number, outcome=outcome.value))


def _following(work: Work, number: str) -> Card:
    """A card in force, locked."""
    permissions.require(work.actor, "card.follow")
    row = queries.row(work, number, for_update=True)
    if row.state not in IN_FORCE:
        raise Refusal("card.wrong_state")
    return row
