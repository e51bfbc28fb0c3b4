"""Short hands of the draw's tests: what is refused, what the log holds, a draw at its instant."""

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from market.windows import jobs as windows
from tests.factories import selection as f
from tests.factories.deeds import do
from verify.zjcs import draw as protocol


def check_refused(code, act, actor=VISITOR, **values):
    with pytest.raises(Refusal) as no:
        do(act, actor, **values)
    assert no.value.code == code
    return no.value


def log_of(number, kind):
    return [each for each in ledger.of_subject(reading(CLOCK), number) if each.type == kind]


def draw_of(number):
    work = reading(CLOCK)
    return source_queries.draw(work, result_queries.notice(work, number).draw_number)


def ready(count=3, **changes):
    """A notice whose list is sealed and witnessed; the clock stands at the seal."""
    number = f.published_notice(**changes)
    f.entered(number, count)
    f.sealed(number)
    return number


def values_of(number):
    """What the two chains will say at the draw's instant, from those who hold them."""
    slot = draw_of(number).sources[0]["slot"]
    witness = fabric().witness
    return {
        f.OPERATOR_CHAIN: protocol.value_at(f.keys().chain().secret, f.SLOTS, slot),
        f.REGULATOR_CHAIN: protocol.value_at(witness.inner.chain.secret, f.SLOTS, slot),
    }


def at_the_draw(number):
    fabric().clock.instant = draw_of(number).draw_at
    windows.sweep()
