"""The log where nothing comes, or something twice."""

import pytest
import sqlalchemy as sa

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.ledger import queries, service
from market.ledger.models import Checkpoint
from tests.ledger.test_service import note

pytestmark = pytest.mark.databases


def test_a_deed_without_a_fact_leaves_the_log_as_it_is(context):
    in_one_transaction(note, CLOCK, 1)
    before = queries.head(reading(CLOCK))
    in_one_transaction(lambda work: None, CLOCK)
    assert queries.head(reading(CLOCK)) == before


def test_of_two_checkpoints_of_one_size_the_first_stays(context):
    in_one_transaction(note, CLOCK, 1, 2)
    for text in ("first", "second"):
        in_one_transaction(service.publish_checkpoint, CLOCK, size=2, note=text)
    assert db.session.scalars(sa.select(Checkpoint.note)).all() == ["first"]
