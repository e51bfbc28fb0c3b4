"""What overseers have done, for the scene of the access matrix."""

from market.db import in_one_transaction
from market.oversight import service
from market.oversight.rules.asking import Addressee
from tests.factories import accounts as people


def asked(number: str, markup: str) -> dict[str, int]:
    """Two questions about a notice: `a` to its owner, `b` to the office."""
    regulator = people.member(people.body("regulator", "自然资源局"), "regulator_officer")
    return {
        name: in_one_transaction(
            service.ask, regulator, number=number, to=to, question=f"请说明报名时间的依据。{markup}"
        )
        for name, to in (("a", Addressee.OWNER), ("b", Addressee.OFFICE))
    }
