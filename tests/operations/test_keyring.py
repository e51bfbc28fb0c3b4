"""A new key of the log, a new chain for a lost one, a further witness: by the commands, held to
both verifiers.
"""

import datetime as dt
import json
import pathlib
import stat

import pytest
from flask import current_app

from market.adapters import vkeys
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import epoch
from market.kernel.errors import Invalid, Refusal
from market.ledger import jobs, queries
from market.operations import keyring
from market.selection.results import service as result_service
from market.selection.sources import service as source_service
from market_witness import folder as store
from market_witness.witness import Witness
from tests.factories import selection as made
from tests.factories import witness as near
from tests.operations.readers import shown
from tests.selection.test_evidence import file_of
from verify.zjcs import evidence, logcheck, note
from verify.zjcs import keys as verifier_keys

DAY = dt.timedelta(days=1)


def grow(number):
    in_one_transaction(
        source_service.anchor_chain,
        CLOCK,
        source=f"x-{number}",
        anchor=f"{number:064x}",
        genesis=0,
        period=1,
        n=1,
    )


def signers_of(head):
    """Ids (hex) of the log's keys that signed a head."""
    signed = note.parse_note(head.note)
    return [line.key_id.hex() for line in signed.signatures if line.name == "zjcs.example.org/log"]


def rotate(**more):
    return keyring.rotate(current_app.config, fabric().clock, **more)


@pytest.mark.databases
def test_both_keys_sign_for_the_overlap_and_then_the_old_one_stops(context, clock):
    made.town()
    made.tick()
    old = made.keys().log_vkey().strip()
    before = queries.checkpoint(reading(CLOCK))
    new = rotate()
    said = queries.latest(reading(CLOCK), type="key.rotated")[0].fields
    assert (said["old"], said["new"], said["until"]) == (old, new, epoch(clock.now() + 30 * DAY))
    ids = [note.parse_vkey(vkey).id.hex() for vkey in (new, old)]
    assert (
        signers_of(queries.signed(reading(CLOCK), before.size)) == ids[::-1]
    )  # what stood signed is signed again
    jobs.witness_head()
    head = queries.checkpoint(reading(CLOCK))
    assert (signers_of(head), head.cosigned_at is not None) == (ids, True)
    clock.advance(30 * DAY - dt.timedelta(seconds=1))
    assert jobs.forget_old_key() is False
    grow(1)
    assert signers_of(jobs.sign_head()) == ids
    clock.advance(dt.timedelta(seconds=1))
    grow(2)
    assert signers_of(jobs.sign_head()) == ids[:1]
    assert jobs.forget_old_key() is True
    assert not list(made.keys().folder.glob("log-old.skey"))
    assert vkeys.published(current_app.config)[:2] == [new, old]


def test_the_keys_page_lists_both_and_the_private_ones_stay_private(app, client):
    with app.app_context():
        made.town()
        made.tick()
        old = made.keys().log_vkey().strip()
        new = rotate()
        witness = fabric().witness.inner.vkey.vkey
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode)
            for path in made.keys().folder.glob("*.skey")
        }
    assert client.get("/log/keys").text.split() == [new, old, witness]
    assert modes == {"log.skey": 0o600, "log-old.skey": 0o600}


def test_a_second_rotation_waits_for_the_end_of_the_first(context, clock):
    made.town()
    first = rotate()
    with pytest.raises(Refusal, match="operations.overlap_runs"):
        rotate()
    with pytest.raises(Invalid, match="operations.overlap_short"):
        rotate(overlap=29 * DAY)
    clock.advance(31 * DAY)
    second = rotate(overlap=60 * DAY)
    assert [vkey.strip() for vkey in made.keys().log_vkeys()][:2] == [second, first]
    assert len(made.keys().log_vkeys()) == 3
    assert made.keys().old_until() == epoch(clock.now() + 60 * DAY)


@pytest.mark.parametrize("step", ["log-old.until", "log-earlier.vkeys", "log.vkey"])
def test_a_rotation_that_was_broken_off_is_done_again(context, step, monkeypatch):
    made.town()
    made.tick()
    old = made.keys().log_vkey().strip()
    verb = "open" if step == "log-earlier.vkeys" else "write_text"
    whole = getattr(pathlib.Path, verb)

    def breaks(path, *words, **more):
        if path.name == step:
            raise OSError("the power went")
        return whole(path, *words, **more)

    monkeypatch.setattr(pathlib.Path, verb, breaks)
    with pytest.raises(OSError, match="power"):
        rotate()
    monkeypatch.undo()
    grow(1)
    assert len(signers_of(jobs.sign_head())) >= 1
    new = rotate()
    assert [vkey.strip() for vkey in made.keys().log_vkeys()] == [new, old]
    assert len(queries.latest(reading(CLOCK), type="key.rotated")) == 1
    assert made.keys().log_signer().key().vkey == new


def test_a_draw_across_a_rotation_is_verified_by_pinned_keys(context, tmp_path, clock):
    number, _ = made.announced_notice()
    before = file_of(number)
    old = fabric().witness.inner.keys()
    new = rotate()
    witness = fabric().witness.inner
    clock.advance(31 * DAY)
    in_one_transaction(
        result_service.annul_to_next, CLOCK, number=number, reason="false_statement", by="O000001"
    )
    store.trust(pathlib.Path(current_app.config["INSTANCE"]) / "witness", new)
    fabric().witness.inner = Witness(
        pathlib.Path(current_app.config["INSTANCE"]) / "witness", witness.clock
    )
    jobs.witness_head()
    after = file_of(number)
    assert json.loads(after)["log"]["vkey"].strip() == new
    both = fabric().witness.inner.keys()
    assert both["log"] == [*old["log"], new]
    assert shown(tmp_path, before, both) == shown(tmp_path, after, both) == [0, 0]
    assert shown(tmp_path, after, old) == [
        1,
        1,
    ]  # who has not taken the new key yet is not asked to trust it
    assert shown(tmp_path, after, {**both, "log": [new]}) == [0, 0]
    assert [step.fault for step in evidence.check(after) if step.fault] == []


def test_the_whole_log_is_verified_across_a_rotation(app, live_server, clock):
    with app.app_context():
        made.announced_notice()
        since = queries.checkpoint(reading(CLOCK)).note
        rotate()
        jobs.witness_head()
        pinned = verifier_keys.load(
            json.dumps(
                {
                    **fabric().witness.keys(),
                    "log": [vkey.strip() for vkey in made.keys().log_vkeys()],
                }
            )
        )
    for keys in (None, pinned):
        steps = list(logcheck.check(logcheck.open_source(f"{live_server.url}/log"), keys, since))
        assert [step.fault for step in steps if step.fault] == []


def test_a_witness_that_does_not_trust_the_new_key_refuses_it_after_the_overlap(context, clock):
    made.town()
    made.tick()
    new = rotate()
    assert keyring.who_trusts(current_app.config, new, fabric().witness) == {"witness 1": False}
    clock.advance(31 * DAY)
    grow(1)
    jobs.witness_head()
    assert queries.checkpoint(reading(CLOCK)).cosigned_at is None
    said = current_app.test_cli_runner().invoke(args=["keys", "show"]).output
    assert new in said and "does NOT trust" in said
    near.take_away()
    current_app.config["WITNESS_URL"] = "http://127.0.0.1:9"
    assert (
        "witness 1: does not answer"
        in current_app.test_cli_runner().invoke(args=["keys", "show"]).output
    )


def test_the_command_says_what_the_witness_has_to_do(context):
    made.town()
    done = current_app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert done.exit_code == 0 and f"trust '{made.keys().log_vkey()}'" in done.output
    assert "signs too until" in current_app.test_cli_runner().invoke(args=["keys", "show"]).output
    again = current_app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert again.exit_code == 1 and "上一次更换" in again.output
