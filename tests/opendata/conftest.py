"""A town whose data are open."""

import pytest
from flask import Flask

from tests.factories import rulebook


@pytest.fixture
def opened(context: Flask) -> Flask:
    """The app with its context, its data open from the first version of the rulebook on."""
    rulebook.open_data()
    return context
