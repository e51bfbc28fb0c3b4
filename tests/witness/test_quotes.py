"""A witness's share of sealed quotes: it signs a public key for each draw, and gives the private one only
after the close, by what it has read under the heads that it cosigned.
"""

import json

import pytest

from market_witness import folder as store
from market_witness.__main__ import main
from market_witness.server import PAGES, TAKES
from market_witness.witness import No, Witness
from tests.verify.forge import LOG
from tests.witness.test_reading import NAMES, NOW, cosign, hand_over, status
from verify.zjcs import quote_keys
from verify.zjcs.canonical import jcs
from verify.zjcs.quote_keys import Trustee

DRAW = "XQ-360481-2026-00012"
CLOSE = NOW + 100


class Later:
    """A clock that is moved by hand."""

    def __init__(self):
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Later()


@pytest.fixture
def witness(tmp_path, clock):
    store.create(tmp_path / "w", **NAMES, anchors={}, reads=True)
    return Witness(tmp_path / "w", clock)


def leaf(kind: str, **fields) -> bytes:
    return jcs({"v": 1, "type": kind, "draw": DRAW, **fields})


def notice(witness: Witness, kind: str = "notice.published", **fields) -> bytes:
    given = witness.quote_key(DRAW)
    keys = [{key: given[key] for key in ("id", "note", "pk")}]
    said = {"entry_close": CLOSE, "sealed_quotes": {"keys": keys, "suite": "x", "t": 1}}
    return leaf(kind, **{**said, **fields})


def closed(at: int = CLOSE) -> bytes:
    return leaf("entries.closed", at=at, count=0)


def told(witness: Witness, leaves: list[bytes]) -> None:
    """Everything is handed over and cosigned."""
    assert witness.reader is not None
    hand_over(witness, leaves, witness.reader.size)
    cosign(witness, leaves, witness.head()[0].size)


def test_it_signs_a_key_of_its_own_for_each_draw(witness):
    given = witness.quote_key(DRAW)
    quote_keys.check_note(
        given["note"], witness.vkey, LOG.name, DRAW, Trustee(given["id"], given["pk"])
    )
    assert given == witness.quote_key(DRAW) == PAGES["/quote-key"](witness, {"draw": DRAW})
    assert witness.quote_key("XQ-other")["pk"] != given["pk"]
    assert status(witness.quote_key, "two\nlines") == 400
    assert witness.quote_key(f"{DRAW}.price")["pk"] != given["pk"]  # of the stage that opens last


def test_the_key_is_given_after_the_close_and_then_to_everybody(witness, clock, tmp_path, capsys):
    leaves = [notice(witness)]
    told(witness, leaves)
    assert status(witness.release, DRAW) == 403
    assert status(witness.released, DRAW) == 404

    clock.now = CLOSE + 60
    leaves.append(closed(CLOSE + 60))
    hand_over(witness, leaves, 1)
    assert status(witness.release, DRAW) == 403  # read and not cosigned yet
    cosign(witness, leaves, 1)
    answer, _ = TAKES["/quote-key/release"]
    given = json.loads(answer(witness, json.dumps({"draw": DRAW})))

    assert quote_keys.public_of(given["sk"]) == witness.quote_key(DRAW)["pk"]
    again = Witness(tmp_path / "w", clock)
    assert again.released(DRAW) == given == again.release(DRAW)
    assert main(["--folder", str(tmp_path / "w"), "release", DRAW]) == 0
    assert capsys.readouterr().out.strip() == given["sk"]


@pytest.mark.parametrize(
    ("leaves", "code"),
    [
        (lambda w: [closed()], 404),
        (lambda w: [notice(w)], 403),
        (lambda w: [notice(w), closed(CLOSE - 1)], 403),
        (
            lambda w: [notice(w), notice(w, "notice.amended", entry_close=CLOSE + 999), closed()],
            403,
        ),
        (lambda w: [notice(w), notice(w, entry_close=NOW), closed(NOW)], 403),
        (lambda w: [notice(w, subject="GG-1"), closed()], 404),
        (lambda w: [notice(w, sealed_quotes={"keys": "x"}), closed()], 404),
    ],
    ids=["no notice", "open", "closed early", "amended", "second notice", "talk", "misshapen"],
)
def test_it_is_given_by_nothing_else(witness, clock, leaves, code):
    clock.now = CLOSE + 60
    told(witness, leaves(witness))
    assert status(witness.release, DRAW) == code


def scored(witness: Witness, **fields) -> bytes:
    """A notice of one seat whose quotes open after the sheets."""
    given = witness.quote_key(f"{DRAW}.price")
    keys = [{key: given[key] for key in ("id", "note", "pk")}]
    said = {"jurors": 1, "sealed_prices": {"keys": keys, "suite": "x", "t": 1}}
    return leaf("notice.published", **{"entry_close": CLOSE, **said, **fields})


SHEET = leaf("sheet.sealed", at=CLOSE, seat=1)
REPLACED = leaf("juror.replaced", at=CLOSE, seat=1)
SHEETS_CLOSED = leaf("sheets.closed", at=CLOSE, count=1)


@pytest.mark.parametrize(
    ("leaves", "code"),
    [
        ([closed(), SHEET, SHEETS_CLOSED], None),
        ([closed(), SHEET, REPLACED, SHEET, SHEETS_CLOSED], None),
        ([closed(), SHEET], 403),
        ([closed(), SHEETS_CLOSED], 403),
        ([closed(), SHEET, REPLACED, SHEETS_CLOSED], 403),
        ([closed(), SHEETS_CLOSED, SHEET], 403),
    ],
    ids=["judged", "replaced", "not closed", "no sheet", "sheet of who left", "closed before"],
)
def test_the_key_of_the_last_stage_is_given_behind_every_sheet(witness, clock, leaves, code):
    clock.now = CLOSE + 60
    told(witness, [scored(witness), *leaves])
    assert status(witness.release, DRAW) == 404  # no such promise
    if code:
        assert status(witness.release, f"{DRAW}.price") == code
    else:
        given = witness.release(f"{DRAW}.price")
        assert quote_keys.public_of(given["sk"]) == witness.quote_key(f"{DRAW}.price")["pk"]


@pytest.mark.parametrize(
    ("leaves", "first", "last"),
    [
        ([], 403, 403),
        ([closed()], None, 403),
        ([closed(), SHEET], None, 403),
        ([closed(), SHEET, SHEETS_CLOSED], None, None),
        ([SHEET, SHEETS_CLOSED], 403, None),
        ([closed(CLOSE - 1)], 403, 403),
    ],
    ids=["open", "closed", "a sheet", "judged", "judged before the close", "closed early"],
)
def test_of_a_notice_with_files_each_stage_has_its_key_and_its_hour(
    witness, clock, leaves, first, last
):
    clock.now = CLOSE + 60
    given = witness.quote_key(DRAW)
    keys = [{key: given[key] for key in ("id", "note", "pk")}]
    files = {"sealed_proposals": {"keys": keys, "suite": "x", "t": 1}}
    told(witness, [scored(witness, **files), *leaves])
    for draw, code in ((DRAW, first), (f"{DRAW}.price", last)):
        if code:
            assert status(witness.release, draw) == code
        else:
            assert (
                quote_keys.public_of(witness.release(draw)["sk"]) == witness.quote_key(draw)["pk"]
            )


def test_what_was_cosigned_before_the_close_does_not_open_after_it(witness, clock):
    """The operator called the entries closed early, with an instant that lies."""
    told(witness, [notice(witness), closed(CLOSE + 60)])
    clock.now = CLOSE + 60
    assert status(witness.release, DRAW) == 403


def test_what_it_has_read_outlives_a_restart(witness, clock, tmp_path):
    leaves = [notice(witness), notice(witness, "notice.amended", entry_close=CLOSE + 500)]
    told(witness, leaves)
    with (tmp_path / "w" / "promises.jsonl").open("a") as file:
        file.write('{"index": 2, "type": "entries.closed", "dr')  # a power cut
    again = Witness(tmp_path / "w", clock)
    leaves.append(closed(CLOSE + 100))
    clock.now = CLOSE + 100
    told(again, leaves)
    assert status(Witness(tmp_path / "w", clock).release, DRAW) == 403  # the later close counts


def test_a_witness_that_does_not_read_gives_no_key(tmp_path):
    store.create(tmp_path / "blind", **NAMES, anchors={})
    blind = Witness(tmp_path / "blind", lambda: NOW)
    assert status(blind.quote_key, DRAW) == status(blind.release, DRAW) == 404
    assert status(blind.released, DRAW) == 404
    with pytest.raises(No, match="draw"):
        TAKES["/quote-key/release"][0](blind, "[]")


def test_an_older_folder_gets_its_root_when_it_is_migrated(tmp_path):
    folder = tmp_path / "w"
    store.create(folder, **NAMES, anchors={}, reads=True)
    (folder / "quote.root").unlink()
    assert status(Witness(folder, lambda: NOW).quote_key, DRAW) == 404
    store.migrate(folder, {})
    assert (folder / "quote.root").stat().st_mode & 0o777 == 0o600
    assert Witness(folder, lambda: NOW).quote_key(DRAW)["draw"] == DRAW
