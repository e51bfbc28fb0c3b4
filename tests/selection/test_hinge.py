"""A second way of selecting is told what the random draw is told, and nothing of the draw moves."""

import dataclasses

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.selection.kinds import Failure, Method
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from tests.factories import selection as f
from tests.selection.deeds import log_of


@pytest.fixture
def told(context, monkeypatch):
    """Stands in the place of the random draw from the publication on: what it is told, in order."""
    calls = []

    def keep(name):
        return lambda work, of: calls.append((name, of))

    def stand_in():
        own = fabric().ways[Method.RANDOM]
        other = dataclasses.replace(own, drained=keep("drained"), sealed=keep("sealed"))
        monkeypatch.setattr(fabric(), "ways", {Method.RANDOM: other})
        return calls

    return stand_in


@pytest.mark.parametrize(("entrants", "failure"), [(3, None), (1, Failure.TOO_FEW)])
def test_a_way_learns_of_the_drain_and_of_the_list_once(told, entrants, failure):
    number = f.published_notice()
    f.entered(number, entrants)
    calls = told()

    f.sealed(number)

    assert [name for name, _ in calls] == ["drained", "sealed"]
    (drained, sealed) = (of for _, of in calls)
    (leaf,) = log_of(number, "entries.sealed")
    assert drained == number
    assert (sealed.number, sealed.listed, sealed.failure) == (number, entrants, failure)
    assert len(leaf.fields["entrants"]) == entrants


def test_the_seal_moves_the_notice_and_leaves_the_draw_to_its_way(told):
    number = f.published_notice()
    f.entered(number, 3)
    told()

    f.sealed(number)

    card = result_queries.notice(reading(CLOCK), number)
    assert card.state == "sealed"
    assert source_queries.draw(reading(CLOCK), card.draw_number).state == "scheduled"
