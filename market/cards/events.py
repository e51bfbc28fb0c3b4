"""What happens to cards, as the log says it: a number and what was done. Whose it is stays in the
register, unless the place makes cards public.
"""

import dataclasses

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class CardProposed(Event):
    """`subject` is the card's number; the body may explain before anybody decides."""

    kind = "card.proposed"
    colour: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CardStated(Event):
    """The body has explained."""

    kind = "card.stated"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CardDecided(Event):
    """`outcome` is issued or dropped."""

    kind = "card.decided"
    outcome: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CardPlanned(Event):
    """The body has handed in how it mends what went wrong."""

    kind = "card.planned"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CardTalked(Event):
    """Somebody of the managing authority has talked with the body (约谈)."""

    kind = "card.talked"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CardReferred(Event):
    """Somebody has referred the matter, under a document's number."""

    kind = "card.referred"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CardWithdrawn(Event):
    """A fault fell on which it stood: the card is withdrawn and corrected."""

    kind = "card.withdrawn"
