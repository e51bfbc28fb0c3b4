"""What the product keeps of a witness's answers: proved cosignatures of a known key, and none that
was lost on the way.
"""

import datetime as dt
import json
import threading

import pytest
from flask import current_app

from market.adapters import vkeys
from market.adapters.beacon import HttpWitness, Unreachable
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import jobs, queries
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market_witness.server import serve
from tests.factories import selection as made
from verify.zjcs import note, receipts
from verify.zjcs.faults import Fault


class LossyWitness:
    """A real witness behind a line that loses its answers while `loses` is true."""

    def __init__(self, inner):
        self.inner = inner
        self.loses = True

    def cosign(self, old, proof, checkpoint):
        answer = self.inner.cosign(old, proof, checkpoint)
        if self.loses:
            raise Unreachable("the answer was lost")
        return answer

    def published(self, old):
        if self.loses:
            raise Unreachable("the answer was lost")
        return self.inner.published(old)

    def __getattr__(self, name):
        return getattr(self.inner, name)


class OtherAnswer:
    """A witness that answers a checkpoint with something else."""

    def __init__(self, inner, answer):
        self.inner = inner
        self.answer = answer

    def cosign(self, old, proof, checkpoint):
        return self.answer(self.inner.cosign(old, proof, checkpoint))

    def __getattr__(self, name):
        return getattr(self.inner, name)


def grow():
    in_one_transaction(
        source_service.anchor_chain,
        CLOCK,
        source=f"x-{queries.size(reading(CLOCK))}",
        anchor=f"{queries.size(reading(CLOCK)):064x}",
        genesis=0,
        period=1,
        n=1,
    )


def test_a_lost_answer_is_fetched_from_what_the_witness_publishes(context):
    """Else the first cosignature of a seal would look hidden: rule 2."""
    number = made.published_notice()
    made.entered(number)
    made.tick()
    near = fabric().witness
    lossy = fabric().witness = LossyWitness(near)
    made.sealed(number)
    sealed_at = fabric().clock.now()
    card = result_queries.notice(reading(CLOCK), number)
    assert source_queries.witnessed_at(reading(CLOCK), card.draw_number) is None
    fabric().clock.advance(dt.timedelta(minutes=3))
    grow()
    made.tick()
    lossy.loses = False
    made.tick()
    assert source_queries.witnessed_at(reading(CLOCK), card.draw_number) == sealed_at
    made.move_to(card.draw_at)
    evidence = source_queries.evidence_of(
        reading(CLOCK), card.draw_number, vkeys.vkeys(current_app.config)
    )
    published = json.dumps(near.inner.cosignatures()).encode()
    assert receipts.nothing_hidden([published], json.dumps(evidence).encode(), None).fault is None


@pytest.mark.parametrize(
    "answer",
    [
        lambda line: "",
        lambda line: "no note",
        lambda line: line.replace("— ", "- "),
        lambda line: line[:-1],
        lambda line: line[:60] + ("A" if line[60] != "A" else "B") + line[61:],
        lambda line: line.replace("witness.example.org/w1", "witness.example.org/w2"),
    ],
)
def test_what_is_no_cosignature_is_not_kept(context, answer):
    made.town()
    made.tick()
    near = fabric().witness
    head = queries.cosigned(reading(CLOCK))
    fabric().witness = OtherAnswer(near, answer)
    grow()
    jobs.witness_head()
    assert queries.cosigned(reading(CLOCK)) == head
    fabric().witness = near
    jobs.witness_head()
    assert queries.cosigned(reading(CLOCK)).size == head.size + 1


def test_lines_of_others_are_left_out(context):
    made.town()
    made.tick()
    other = note.Signer.from_skey(note.new_key("other.example.org/w9")[0])
    near = fabric().witness
    grow()
    text = note.parse_note(jobs.sign_head().note).text
    fabric().witness = OtherAnswer(near, lambda line: other.cosign(text, 1).line + line)
    jobs.witness_head()
    kept = note.parse_note(queries.cosigned(reading(CLOCK)).note)
    assert {line.name for line in kept.signatures} == {
        "zjcs.example.org/log",
        "witness.example.org/w1",
    }


def test_the_setting_rules_over_what_was_learnt(context):
    made.town()
    made.tick()
    learnt = vkeys.witness_vkeys(current_app.config)
    assert vkeys.witness_vkeys({**current_app.config, "WITNESS_VKEYS": []}) == []
    assert vkeys.vkeys({**current_app.config, "WITNESS_VKEYS": ["x"]}) == [
        made.keys().log_vkey(),
        "x",
    ]
    assert vkeys.keep_witness(current_app.config, fabric().witness.keys()) == learnt


@pytest.mark.parametrize(
    "change, code",
    [
        ({"origin": "another.example/log"}, "keys.origin"),
        ({"log": []}, "keys.log"),
        ({"witnesses": ["x"]}, "note.vkey"),
        ({"more": 1}, "keys.shape"),
    ],
)
def test_a_witness_of_another_log_is_not_learnt(context, change, code):
    made.town()
    answer = {**fabric().witness.keys(), **change}
    with pytest.raises(Fault, match=code.replace(".", r"\.")):
        vkeys.keep_witness(current_app.config, answer)
    assert vkeys.witness_vkeys(current_app.config) == []


@pytest.fixture
def at_an_address(context):
    """The witness over HTTP, as in production."""
    made.town()
    server = serve(fabric().witness.inner, "127.0.0.1", 0)
    clock = fabric().clock
    server.RequestHandlerClass.witness.clock = lambda: clock.now().timestamp()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield HttpWitness(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join(timeout=60)
    server.server_close()


def test_the_same_over_http(at_an_address):
    fabric().witness = at_an_address
    jobs.witness_head()
    (known,) = jobs.learn_witness()
    assert known == at_an_address.keys()["witnesses"][0]
    first = queries.cosigned(reading(CLOCK))
    lossy = fabric().witness = LossyWitness(at_an_address)
    grow()
    jobs.witness_head()
    assert queries.cosigned(reading(CLOCK)) == first
    lossy.loses = False
    fabric().clock.advance(dt.timedelta(minutes=1))
    jobs.witness_head()
    newest = queries.cosigned(reading(CLOCK))
    assert (newest.size, newest.cosigned_at) == (first.size + 1, first.cosigned_at)
    assert len(at_an_address.published(first.size)) == 1


def test_a_witness_that_speaks_nonsense_is_unreachable(context):
    silent = HttpWitness("http://127.0.0.1:9")
    for ask in (silent.keys, silent.chain, lambda: silent.published(0), lambda: silent.value(1)):
        with pytest.raises(Unreachable):
            ask()
