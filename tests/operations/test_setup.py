"""Set-up for production from the terminal, with a real witness behind real HTTP."""

import pathlib
import stat
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from market.adapters import vkeys
from market.adapters.keys import Keys
from market.catalogue import queries as catalogue
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.operations import queries, service
from market.operations.rules import Mode
from market.rulebook import queries as rulebook
from market.selection.sources.models import ChainAnchor
from market.workdays import queries as workdays
from market_witness import folder as witness_folder
from market_witness.server import serve
from market_witness.witness import Witness
from tests.factories import accounts

ORIGIN = "zjcs.example.org/log"


@pytest.fixture
def office(app) -> int:
    with app.app_context():
        return accounts.organisation("office", "瑞昌市行政审批局")


@pytest.fixture
def flask(app) -> Callable[..., str]:
    """`flask --app app <words>`; the output of what went well, or after "!" of what did not."""

    def run(*words: str) -> str:
        done = app.test_cli_runner().invoke(args=list(words))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        return done.output if done.exit_code == 0 else f"!{done.output}"

    return run


@pytest.fixture
def witness(app, office, flask, tmp_path) -> Iterator[Callable[..., str]]:
    """Makes the regulator's witness of this log and gives its address; settings may be bent."""
    flask("setup", "--slots", "50")
    servers: list[ThreadingHTTPServer] = []

    def make(**bent: object) -> str:
        chain = keys(app).chain()
        facts: dict[str, Any] = {
            "name": "regulator.test/w1",
            "origin": ORIGIN,
            "log": [keys(app).log_vkey().strip()],
            "source": "reg-chain-1",
            "genesis": chain.genesis,
            "period": chain.period,
            "slots": chain.n,
            "anchors": {},
            **bent,
        }
        folder = tmp_path / f"witness-{len(servers)}"
        witness_folder.create(folder, **facts)
        servers.append(serve(Witness(folder), "127.0.0.1", 0))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


def keys(app) -> Keys:
    return Keys(pathlib.Path(app.config["INSTANCE"]))


def anchors(app) -> dict[str, tuple[str, int | None]]:
    with app.app_context():
        return {
            row.source: (row.anchor, row.owner_id)
            for row in reading(CLOCK).session.query(ChainAnchor)
        }


@pytest.mark.databases
def test_set_up_fills_an_empty_database_and_twice_changes_nothing(app, office, flask):
    said = flask("setup", "--slots", "50")
    assert "calendar: 11 new arrangements" in said and "78 items" in said
    assert f"--origin {ORIGIN} --log-vkey '{keys(app).log_vkey().strip()}'" in said
    with app.app_context():
        work = reading(CLOCK)
        assert queries.mode(work) is Mode.PRODUCTION
        assert len(catalogue.items(work)) == 78
        assert rulebook.in_force(work).version == 1
        assert workdays.calendar(work).confirmed_through.year == 2026
        size = ledger.size(work)
    chain = keys(app).chain()
    assert (chain.source, chain.n, chain.period, chain.genesis % 600) == ("op-chain-1", 50, 600, 0)
    assert anchors(app) == {"op-chain-1": (chain.anchor_leaf()["anchor"], office)}
    assert "anchor of op-chain-1: was on the log" in flask("setup", "--slots", "60")
    with app.app_context():
        assert ledger.size(reading(CLOCK)) == size
    assert keys(app).chain().n == 50


def test_the_keys_are_their_owners_and_the_folder_is_the_groups(app, office, flask):
    flask("setup", "--slots", "50")
    folder = keys(app).folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750
    assert {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in folder.iterdir()
        if path.suffix not in (".vkey", ".pub")
    } == dict.fromkeys(("log.skey", "sealing.key", "chain.txt", "quote.root"), 0o600)


def test_set_up_wants_the_office_first(app, flask):
    assert flask("setup").startswith("!Error: make the operating office")
    with app.app_context():
        assert ledger.size(reading(CLOCK)) == 0


def test_production_refuses_a_demo_database_and_the_demo_a_production_one(app, office, flask):
    with app.app_context():
        in_one_transaction(service.install, CLOCK, mode=Mode.DEMO)
    assert "这个数据库是 demo 库" in flask("setup")


def test_the_demo_refuses_a_production_database(app, office, flask):
    flask("setup", "--slots", "50")
    assert "this database is a production one" in flask("demo", "load")


def test_the_witness_is_met_its_key_kept_and_its_chain_anchored_by_its_body(app, witness, flask):
    with app.app_context():
        body = accounts.organisation("regulator", "瑞昌市自然资源局")
    address = witness()
    said = flask("setup", "--witness", address, "--witness-body", "瑞昌市自然资源局")
    assert "anchor of its chain on the log" in said and f'WITNESS_URL = "{address}"' in said
    assert [key.split("+")[0] for key in vkeys.witness_vkeys(app.config)] == ["regulator.test/w1"]
    assert anchors(app)["reg-chain-1"][1] == body != anchors(app)["op-chain-1"][1]
    assert "was on the log" in flask(
        "setup", "--witness", address, "--witness-body", "瑞昌市自然资源局"
    )


@pytest.mark.parametrize(
    ("bent", "sentence"),
    [
        ({"origin": "other.example.org/log"}, "this is no witness of our log"),
        ({"source": "op-chain-1"}, "见证方的随机链不能也叫 op-chain-1"),
    ],
)
def test_a_witness_that_does_not_fit_is_refused(app, witness, flask, bent, sentence):
    with app.app_context():
        accounts.organisation("regulator", "瑞昌市自然资源局")
    said = flask("setup", "--witness", witness(**bent), "--witness-body", "瑞昌市自然资源局")
    assert said.startswith("!") and sentence in said
    assert set(anchors(app)) == {"op-chain-1"}


def test_a_chain_of_another_shape_is_refused(app, witness, flask):
    with app.app_context():
        accounts.organisation("regulator", "瑞昌市自然资源局")
    said = flask(
        "setup", "--witness", witness(genesis="soon"), "--witness-body", "瑞昌市自然资源局"
    )
    assert said.startswith("!") and "anchors" in said


def test_a_silent_witness_and_an_unknown_body_are_named(app, witness, flask, tmp_path):
    address = witness()
    assert "没有名叫“某局”的单位" in flask("setup", "--witness", address, "--witness-body", "某局")
    with app.app_context():
        accounts.organisation("regulator", "瑞昌市自然资源局")
    assert "does not answer" in flask(
        "setup", "--witness", "http://127.0.0.1:9", "--witness-body", "瑞昌市自然资源局"
    )
    assert "go together" in flask("setup", "--witness", address)
