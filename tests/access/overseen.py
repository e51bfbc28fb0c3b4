"""What overseers have done, for the scene of the access matrix."""

from collections.abc import Mapping

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, Actor
from market.oversight import queries, service
from market.oversight.rules.asking import Addressee
from market.oversight.rules.clues import ClueKind, Found
from market.oversight.rules.flags.table import Level, Raised
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


def found(number: str) -> dict[str, int]:
    """Two findings of flags: `a` of the sector about a notice, `b` about the system."""
    sector = people.body("regulator", "自然资源局")
    numbers = {"valid": 1, "received": 1}
    faults = {"draws": 1, "aborted": 1, "after_a_value": 1}
    several = [
        Raised(
            code="RF-02",
            subject=number,
            number=number,
            sector=sector,
            numbers=numbers,
            level=Level.LOW,
        ),
        Raised(code="RF-37", subject="system", numbers=faults, level=Level.HIGH, period="2026-02"),
    ]
    in_one_transaction(service.flags.keep, CLOCK, found=several)
    inspector = people.staff("inspection", "inspector")
    ids = [each.id for each in queries.flagged(reading(inspector), queries.Sieve())]
    return dict(zip(("b", "a"), ids, strict=True))


def handed_over(actors: Mapping[str, Actor], markup: str) -> dict[str, str]:
    """Two clues: `a` of the regulator, `b` of the inspection."""
    found = Found(
        kind=ClueKind.COLLUSION,
        receiver=markup,
        subjects=markup,
        facts=markup,
        checked=markup,
        unchecked=markup,
    )
    return {
        name: in_one_transaction(service.make_clue, actors[who], found=found)
        for name, who in (("a", "regulator"), ("b", "inspector"))
    }


def promised() -> dict[str, str]:
    """The samples of the coming month."""
    numbers = in_one_transaction(service.plan_samples, CLOCK)
    return dict(zip(("a", "b"), numbers, strict=True))
