"""评审专家: from the application to the result of a notice of public money, by the real services."""

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger.queries.integrity import compare
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from tests.selection import jurying as j
from tests.selection import scoring as s
from tests.selection.deeds import log_of


@pytest.mark.databases
def test_from_the_pool_to_the_result(context):
    j.town()
    j.pool(j.body())
    number, _ = j.published()
    made = s.entered(number, [10_000_000, 9_876_543, 8_000_000])
    j.drawn(number)
    assert len(log_of(number, "jurors.drawn")) == 1
    seated = j.seated(number)
    assert len(seated) == 3
    in_one_transaction(scored_service.decline, seated[1], number=number)
    assert len(j.seated(number)) == 3 and j.seated(number)[1] != seated[1]
    j.finished(number, {"0": 100, "1": 60, "2": 60})

    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.winner.ref) == ("announced", made[0].ref)
    said = s.verified(number)
    assert (said["scored_experts"], said["scored_jurors"]) == ("15; 0", "3; 1")
    assert scored_queries.result(reading(CLOCK), number).lines[0].rank == 1
    assert compare(reading(CLOCK), fabric().held).first == ()
