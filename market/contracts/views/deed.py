"""What a deed of a matter is: a page of its own and a button on the matter's page."""

import dataclasses
from collections.abc import Callable, Mapping

from market.contracts.permissions import MAY
from market.contracts.queries import Matter, side_of
from market.contracts.rules.change import Change
from market.contracts.rules.matter import ContractState, Side
from market.db import Work
from market.kernel.actor import Actor
from market.kernel.permits import holds
from market.web.forms import Form

Act = Callable[..., object]
Meant = tuple[Act, Mapping[str, object]]
"""A use case, and its arguments besides the number."""
Shape = Callable[[Work, Matter], type[Form]]
"""The form of a deed whose fields follow from the matter."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that can be done: `meant` reads from the form which use case it is. `whose` says whether
    it is a side's turn. `sees` is that whose token the form carries, None where nothing is signed.
    `change` is what a deed asks to be changed. `shape` makes the form where its fields follow from the matter.
    """

    name: str
    may: str
    title: object
    done: object
    form: type[Form]
    meant: Callable[[Form], Meant]
    whose: Callable[[Matter, Side], bool]
    states: frozenset[ContractState]
    sees: Act | None = None
    shape: Shape | None = None
    of_payment: bool = False
    hint: object = ""
    change: Change | None = None

    def fits(self, actor: Actor, card: Matter, no: int | None = None) -> bool:
        """Whether the reader may do it with this matter now; `no` is a payment's."""
        if no is not None and no not in [each.no for each in card.payments]:
            return False
        side = side_of(card, actor.organisation_id)
        return (
            side is not None
            and self.whose(card, side)
            and card.state in self.states
            and holds(actor, MAY[self.may])
        )
