"""The town in which enrolment happens."""

import pytest

from tests.factories import accounts as people
from tests.factories import agencies as factory


@pytest.fixture
def people_here(app):
    """A town with an office; gives (assistant's person id, checker, head)."""
    with app.app_context():
        factory.town()
        return people.person(), factory.checker(), factory.head()
