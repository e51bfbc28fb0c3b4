"""What several files of this folder stand on."""

import pytest

from tests.factories import complaints, selection


@pytest.fixture
def assisted(app):
    """An accepted complaint, the office's desk that leads, the regulator's that may assist."""
    with app.app_context():
        regulator = complaints.regulator_desk()
        desk = complaints.desk()
        notice = selection.published_notice()
        return complaints.accepted(complaints.filed(notice), desk), desk, regulator
