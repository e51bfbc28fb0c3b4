"""Reading cards: which are due, those of a desk, of a body, of everybody; one with what may be done."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from market.accounts import queries as accounts
from market.cards.models import Card
from market.cards.permissions import MAY
from market.cards.rules import (
    IN_FORCE,
    STANDING,
    STATEMENT,
    CardState,
    Colour,
    Due,
    Fault,
    due_cards,
)
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.permits import holds
from market.kernel.shown import Parts
from market.reputation import queries as reputation
from market.reputation.rules import Behaviour
from market.rulebook import queries as rulebooks
from market.windows import queries as windows_queries
from market.windows.queries import Due as Window

AT_ONCE = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class CardView:
    """A card as its body and the managing authority see it."""

    number: str
    body_id: int
    body: str
    behaviour: Behaviour
    colour: Colour
    grounds: tuple[str, ...]
    document: str
    state: CardState
    is_public: bool
    proposed_at: dt.datetime
    statement: str
    reason: str
    decided_at: dt.datetime | None
    plan: str
    planned_at: dt.datetime | None
    talk: str
    talked_at: dt.datetime | None
    referral: str
    referred_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    due: Window | None
    deeds: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class DueView:
    """A card that nobody has proposed yet."""

    due: Due
    body: str
    behaviour: Behaviour


ADDED = {"body", "behaviour", "grounds", "due", "deeds"}
PLAIN = {field.name for field in dataclasses.fields(CardView)} - ADDED


def is_on(work: Work) -> bool:
    """Whether this place gives cards: it has named the document."""
    return bool(rulebooks.in_force(work).cards_document)


def row(work: Work, number: str, *, for_update: bool = False) -> Card:
    """A card by its number KP-... Refuses `card.none`."""
    asked = select(Card).where(Card.number == number)
    if for_update:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = work.session.scalar(asked)
    if found is None:
        raise NotFound("card.none")
    return found


def body_name(work: Work, number: str) -> str:
    """The name of the body that a card is about. Refuses `card.none`."""
    return accounts.organisation(work, row(work, number).body_id).name


def card(work: Work, number: str) -> CardView:
    """A card that the actor may read: of his body, any for those who issue and inspect. Refuses
    `card.none`, to others too.
    """
    found = row(work, number)
    if not (holds(work.actor, MAY["card.desk"]) or found.body_id == work.actor.organisation_id):
        raise NotFound("card.none")
    return _view(work, found)


def desk(work: Work) -> list[CardView]:
    """All cards, the newest first."""
    return _views(work)


def mine(work: Work) -> list[CardView]:
    """The cards of the actor's body that were ever proposed."""
    return _views(work, Card.body_id == work.actor.organisation_id)


def public(work: Work) -> list[CardView]:
    """The cards that the place has made public: in force, and those that were corrected."""
    seen = Card.state.in_([*IN_FORCE, CardState.WITHDRAWN])
    return _views(work, Card.is_public.is_(True), seen)


def opened(work: Work) -> list[Card]:
    """Every card that the place has made public, in their order: for whoever takes data away."""
    seen = Card.state.in_([*IN_FORCE, CardState.WITHDRAWN])
    return list(
        work.session.scalars(select(Card).where(Card.is_public.is_(True), seen).order_by(Card.id))
    )


def due(work: Work) -> list[DueView]:
    """The cards that decided faults make due and nobody has proposed; none where cards are off."""
    if not is_on(work):
        return []
    known = work.session.scalars(
        select(Card.trigger).where(Card.state != CardState.WITHDRAWN)
    ).all()
    return [
        DueView(
            each,
            accounts.organisation(work, each.trigger.body_id).name,
            reputation.behaviour(each.trigger.code),
        )
        for each in due_cards(_faults(work), set(known))
    ]


def to_issue(work: Work) -> list[str]:
    """The numbers that wait for the actor's signature: proposed by another, the body heard."""
    rows = work.session.scalars(
        select(Card)
        .where(Card.state == CardState.PROPOSED, Card.proposed_by != work.actor.person_id)
        .order_by(Card.id)
    )
    return [each.number for each in rows if not may_still_state(work, each.number)]


def standing(work: Work) -> list[Card]:
    """The cards that stand on their faults: for this room's service."""
    return list(
        work.session.scalars(
            select(Card).where(Card.state.in_(STANDING)).order_by(Card.id).with_for_update()
        )
    )


def left(work: Work, found: Card) -> int:
    """How many of a card's faults have not fallen."""
    numbers = grounds_of(found)
    return len(numbers) - len(reputation.fallen(work, numbers))


def grounds_of(found: Card) -> tuple[str, ...]:
    """The numbers of the records that a card stands on."""
    return tuple(found.grounds.split("\n"))


def may_still_state(work: Work, number: str) -> Window | None:
    """The days in which the body may still explain, None where they are over or used."""
    return windows_queries.live(work, STATEMENT, number)


def shown(work: Work, number: str) -> Parts:
    """A card as its page shows it to who decides."""
    found = row(work, number)
    return {
        "efficiency_card.number": found.number,
        "efficiency_card.colour": found.colour.value,
        "efficiency_card.state": found.state.value,
        "efficiency_card.grounds": list(grounds_of(found)),
        "efficiency_card.left": left(work, found),
        "efficiency_card.statement": found.statement,
    }


def _faults(work: Work) -> list[Fault]:
    return [
        Fault(found.number, found.organisation_id, found.behaviour, found.happened_on)
        for found in reputation.faults(work)
    ]


def _views(work: Work, *where: ColumnElement[bool]) -> list[CardView]:
    asked = select(Card).where(*where).order_by(Card.id.desc()).limit(AT_ONCE)
    return [_view(work, found) for found in work.session.scalars(asked)]


def _view(work: Work, found: Card) -> CardView:
    live = [
        each for each in windows_queries.of_subject(work, found.number) if each.closed_at is None
    ]
    return CardView(
        **{name: getattr(found, name) for name in PLAIN},
        body=accounts.organisation(work, found.body_id).name,
        behaviour=reputation.behaviour(found.code),
        grounds=grounds_of(found),
        due=live[0] if live else None,
        deeds=_deeds(work, found),
    )


def _deeds(work: Work, found: Card) -> tuple[str, ...]:
    """What the reader may do now, in the order of the page."""
    actor = work.actor
    is_body = found.body_id == actor.organisation_id and holds(actor, MAY["card.state"])
    follows = holds(actor, MAY["card.follow"]) and found.state in IN_FORCE
    asked: Sequence[tuple[str, bool]] = (
        ("state", is_body and may_still_state(work, found.number) is not None),
        (
            "issue",
            found.state is CardState.PROPOSED
            and holds(actor, MAY["card.issue"])
            and found.proposed_by != actor.person_id,
        ),
        ("plan", is_body and found.state is CardState.ISSUED),
        ("talk", follows and found.colour is Colour.RED and found.talked_at is None),
        ("refer", follows and found.referred_at is None),
    )
    return tuple(name for name, may in asked if may)
