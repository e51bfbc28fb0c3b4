"""Selections whose price decides on their way, by the real services."""

from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.kinds import Fund, Method
from market.selection.results import queries as result_queries
from market.selection.results.queries import EntryRow
from tests.factories import agencies
from tests.factories import rulebook as rules
from tests.factories import selection as f
from tests.selection import sealing as s
from verify.zjcs import sealing
from verify.zjcs.openings import Rule

SOCIAL = {"fund": Fund.SOCIAL, "fiscal_percent": 0}


def published(method: Method = Method.LOWEST, **terms: object) -> str:
    """A notice of social money that is open for sealed quotes; returns its number."""
    rules.city()
    s.sealing_town()
    return f.published_notice(method=method, buyer=None, **(SOCIAL | terms))


def entered(number: str, *quotes: int) -> list[agencies.Made]:
    """One agency for each quote (fen), in this order; sealed by a tool that asks for no bounds."""
    promise = sealing.promise_of(s.leaf(number, "notice.published"))
    unbound = promise._replace(rule=Rule(promise.rule.kind, None, None))
    made = [f.agency() for _ in quotes]
    for who, quote in zip(made, quotes, strict=True):
        s.enter_sealed(number, who, sealing.seal_entry(unbound, str(who.ref), quote))
    return made


def ranks(number: str) -> list[EntryRow]:
    """The order as the public reads it."""
    return [row for row in result_queries.entry_list(reading(CLOCK), number) if row.rank]
