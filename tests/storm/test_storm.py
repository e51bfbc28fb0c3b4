"""Two rounds on each database; many more by `make storm`."""

import random

import pytest

from tests.storm.rounds import storm
from tests.storm.town import Town


@pytest.mark.databases
def test_killed_in_the_last_seconds_nothing_is_lost_and_nothing_doubled(app, database):
    with Town(app, database, agencies=8).running() as town:
        assert storm(town, 2, random.Random(11), print) > 0
