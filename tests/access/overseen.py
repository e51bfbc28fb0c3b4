"""What overseers have done, for the scene of the access matrix."""

from market.db import in_one_transaction
from market.kernel.actor import Actor
from market.oversight import service
from market.oversight.rules.asking import Addressee


def asked(regulator: Actor, number: str, markup: str) -> dict[str, int]:
    """Two questions about a notice: `a` to its owner, `b` to the office."""
    return {
        name: in_one_transaction(
            service.ask, regulator, number=number, to=to, question=f"请说明报名时间的依据。{markup}"
        )
        for name, to in (("a", Addressee.OWNER), ("b", Addressee.OFFICE))
    }
