"""A witness's folder, and a witness at a standing clock."""

import pytest

from market_witness import folder as store
from market_witness.witness import Witness
from tests.verify.forge import LOG
from tests.witness.heads import GENESIS, Clock


@pytest.fixture
def folder(tmp_path):
    """A witness's folder with a chain of 1,000 slots of a minute."""
    store.create(
        tmp_path / "w",
        name="regulator.test/w1",
        origin=LOG.name,
        log=[LOG.key().vkey],
        source="reg-chain-1",
        genesis=GENESIS,
        period=60,
        slots=1000,
        anchors={"op-chain-1": "ab" * 32},
        secret=b"s" * 32,
    )
    return tmp_path / "w"


@pytest.fixture
def witness(folder):
    """A witness at a standing clock."""
    return Witness(folder, Clock())
