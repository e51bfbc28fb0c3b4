"""What tests of draws know beside the product: the promised values, as their holders know them."""

from flask import current_app

from market.adapters.keys import Keys
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.selection.sources import queries as source_queries
from verify.zjcs.draw import value_at


def in_context(app, act, *arguments):
    with app.app_context():
        return act(*arguments)


def values(app, draw):
    """The promised values, known to the test as their holders know them."""
    with app.app_context():
        slots = {
            each["id"]: each["slot"] for each in source_queries.draw(reading(CLOCK), draw).sources
        }
        chains = [
            Keys(current_app.config["INSTANCE"]).chain(),
            fabric().witness.inner.chain,
        ]
        return {
            chain.source: value_at(chain.secret, chain.n, slots[chain.source]) for chain in chains
        }
