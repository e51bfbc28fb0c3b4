"""A canary proposal is looked for everywhere before it may be read: rows, files, a copy, answers, what was
logged. With a fixed price nobody quotes.
"""

import io
import json
import logging

from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.entries import queries as entry_queries
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.operations.test_backup import run
from tests.selection import filing as p
from tests.selection import scoring as s
from tests.selection.deeds import log_of
from tests.selection.sealing import everything_kept
from verify.zjcs import examples

CANARY = "金丝雀七十三号方案"
SPELLINGS = [
    CANARY.encode(),
    CANARY.encode("utf-16-be"),
    CANARY.encode("utf-16-be").hex().encode(),
    CANARY.encode("unicode_escape"),
]


def found_in(texts: list[bytes]) -> list[bytes]:
    return [spelt for spelt in SPELLINGS for text in texts if spelt in text]


def test_a_canary_is_nowhere_before_its_stage_opens(app, client, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    kinds = ("proposal", "proposal_b")
    with app.app_context():
        number, buyer, panel = p.published()
        who = f.agency()
        plain = f.agency()
        named = {kind: p.uploaded(number, who, f"{CANARY}{kind}", kind) for kind in kinds}
        p.enter(number, who, 9_000_000, named)
    upload_without_a_script(client, number, plain)
    assert "uploads" in run(app, tmp_path / "copy")
    copy = [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()]
    said = answers(client, number, (who.actor, plain.actor, buyer.drafter, panel[0]))
    with app.app_context():
        own = entry_queries.own_uploads(reading(CLOCK), number, plain.organisation_id)
        assert own["proposal"].sealed_by == "server"
        assert found_in([*everything_kept(), *copy, *said, caplog.text.encode()]) == []

        f.sealed(number)  # part A is open now, part B is not
        kept = b"".join(everything_kept())
        assert f"{CANARY}proposal_b".encode() not in kept
        assert f"{CANARY}proposal".encode() in kept
    assert found_in(answers(client, number, (who.actor, buyer.drafter, panel[4]))) == []


def upload_without_a_script(client, number: str, who) -> None:
    """What the plain form sends: the file itself, which is sealed here and kept nowhere else."""
    people.sign_in(client, who.actor)
    file = (io.BytesIO(p.pdf(f"{CANARY}proposal")), f"{CANARY}.pdf")
    path = f"/notices/{number}/boxes"
    sent = people.submit(client, path, {"kind": "proposal"}, files={"file": file})
    assert sent.status_code == 303


def answers(client, number: str, readers) -> list[bytes]:
    pages = [
        f"/notices/{number}",
        f"/notices/{number}/boxes",
        f"/notices/{number}/entry",
        f"/notices/{number}/scores",
        f"/notices/{number}/proposals/p1/a",
        f"/notices/{number}/proposals/p1/b",
        f"/judging/{number}",
        "/log",
    ]
    said = []
    for actor in readers:
        people.sign_in(client, actor)
        said += [client.get(page).data for page in pages]
        assert number.encode() in said[-len(pages)]
    return said


def test_a_fixed_price_is_everybodys_and_the_mean_ranks(context):
    number, _, panel = p.published(p.FIXED)
    leaf = json.loads(json.dumps(log_of(number, "notice.published")[0].fields))
    assert leaf["quote_rule"]["floor"] == leaf["quote_rule"]["ceiling"]
    price = entry_queries.terms(reading(CLOCK), number).fixed_fen
    assert price == leaf["quote_rule"]["ceiling"]
    p.entered(number, [price, price, price])
    f.sealed(number)
    for juror in panel[:3]:
        p.judged(number, juror, 100)
    s.opened(number)
    result = scored_queries.result(reading(CLOCK), number)
    assert all(line.ticket for line in result.lines)  # all are equal: the seed orders them
    example = json.loads(json.dumps(scored_queries.example_of(reading(CLOCK), number)))
    ranked = examples.expected(example["method"], example["input"])
    assert ranked["order"] == [line.ref for line in result.lines]
    assert result_queries.notice(reading(CLOCK), number).winner.amount_fen == price
    assert s.verified(number)["scored_result"]
