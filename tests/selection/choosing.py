"""Direct choices on their way, by the real services."""

from market.db import reading
from market.kernel.actor import CLOCK, Actor
from market.selection.direct import queries as direct_queries
from market.selection.direct import service as direct_service
from market.selection.kinds import Fund, Method
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do

PRICE = 8_000_000


def published(agents: int = 3, **terms) -> tuple[str, f.Buyer, dict[str, Actor]]:
    """A notice whose owner chooses among so many agencies: its number, the owner, the agencies'
    signatories by platform number.
    """
    buyer = f.owner()
    made = [f.agency() for _ in range(agents)]
    money = {"fund": Fund.SOCIAL, "fiscal_percent": 0, "method": Method.DIRECT}
    number = f.published_notice(buyer=buyer, **(money | terms))
    signs = {
        str(each.ref): people.member(each.organisation_id, "agency_signatory") for each in made
    }
    return number, buyer, signs


def choice(number: str) -> direct_queries.Choice:
    return direct_queries.choice(reading(CLOCK), number)


def refs(number: str) -> list[str]:
    return [each.ref for each in choice(number).places]


def offered(number: str, buyer: f.Buyer, ref: str, amount_fen: int = PRICE) -> None:
    do(direct_service.offer, buyer.signatory, number=number, ref=ref, amount_fen=amount_fen)


def answered(number: str, by: Actor, *, accepts: bool, reason: str = "") -> None:
    do(direct_service.answer, by, number=number, accepts=accepts, reason=reason)
