"""Draws on their way, for the tests of their pages, values and streams."""

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from tests.factories import selection as made
from tests.selection.promised import values


@pytest.fixture
def notice(app):
    """A published notice with three entries, and a witness: its card."""
    with app.app_context():
        number = made.published_notice()
        made.entered(number)
        made.tick()
        return result_queries.notice(reading(CLOCK), number)


@pytest.fixture
def waiting(app, notice):
    """The sealed draw at its promised instant, no value in yet: (draw number, the values)."""
    known = values(app, notice.draw_number)
    with app.app_context():
        made.sealed(notice.number)
        fabric().clock.instant = notice.draw_at
        made.windows.sweep()
    return notice.draw_number, known
