"""What thousands do in the last minute asks only statements that stay prepared, never whole rows."""

import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import event, text

from market.db import db, glance
from market.kernel.actor import VISITOR
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.selection.test_views import QUOTE, inside


@pytest.fixture
def whole_rows():
    """The queries of whole rows that are asked meanwhile."""
    asked = []

    def note(state):
        asked.append(str(state.statement))

    event.listen(db.session, "do_orm_execute", note)
    yield asked
    event.remove(db.session, "do_orm_execute", note)


@pytest.mark.databases
def test_an_entry_reads_no_whole_row(client, whole_rows):
    number = inside(client, f.published_notice)
    url = f"/notices/{number}/entry"
    people.sign_in(client, inside(client, f.agency).actor)
    form = people.forms(client.get(url).text)[-1].fields
    assert whole_rows, "the page itself reads rows: the listener hears them"
    whole_rows.clear()
    answer = client.post(url, data={**form, "quote_fen": QUOTE, "pledge": "y"})
    assert answer.status_code == 303
    rows = [
        each for each in whole_rows if "log_node" not in each
    ]  # the log's edge, read once a process
    assert rows == []


@pytest.mark.databases
def test_a_glance_leaves_no_transaction_open_and_the_next_user_of_its_connection_has_one(app):
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("SQLite's readers hold nothing up")
        with glance(VISITOR) as work:
            assert work.connection is not None
            driver = work.connection.connection.dbapi_connection
            work.connection.execute(text("SELECT 1"))
            assert driver.autocommit
            assert driver.info.transaction_status == TransactionStatus.IDLE
        assert not driver.autocommit
