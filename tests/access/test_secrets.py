"""What nobody may see is nowhere: sealed quotes, who entered, the complainant's name, passwords.

That no answer of the whole matrix shows a sealed quote, an identity number or live markup,
test_matrix.py asks.
"""

import logging
import pathlib

import pytest

from tests.access.rows import ANONYMOUS, EVERYBODY
from tests.access.scene import CANARIES, CANARY
from tests.access.world import World, body
from tests.factories import accounts as people

COMPLAINANT = "王小民"
KNOWS_COMPLAINANT = {
    "person",
    "officer",
    "head",
    "approver",
    "inspector",
}  # docs/rules.md#personal-data: himself, the deciding body, those above
AS_KEPT = (
    *(text.encode() for text in CANARIES),
    CANARY.to_bytes(4, "big"),
    CANARY.to_bytes(4, "little"),
)
WITHOUT_SESSION = (
    "/notices/{notice}",
    "/notices",
    "/draws/{draw}",
    "/draws",
    "/draws.json",
    "/",
    "/results",
    "/search?q={notice}",
    "/agencies",
    "/log?subject={notice}",
)


def files_of(world: World) -> list[pathlib.Path]:
    """The database with its log of writes, and everything in the instance's folder."""
    return [each for each in world.file.parent.rglob("*") if each.is_file()]


def test_a_sealed_quote_is_in_no_file(world: World):
    world.ask("agency_a", "GET", "/entries/mine")
    kept = files_of(world)
    assert any(each.name == "market.sqlite" for each in kept)
    for each in kept:
        content = each.read_bytes()
        assert not [one for one in AS_KEPT if one in content], each


def test_a_quote_that_is_sent_now_is_in_no_answer_no_file_and_no_log(
    world: World, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    number = world.scene.things["notice"]["b"]
    sent = {"quote_fen": f"{CANARY / 100:.2f}", "pledge": "y", "once": "c" * 32}
    answer = world.ask("agency_a", "POST", f"/notices/{number}/entry", sent)
    assert answer.status_code == 303
    receipt = world.ask("agency_a", "GET", answer.location)
    assert receipt.status_code == 200
    for text in (answer.text, receipt.text, caplog.text):
        assert not [canary for canary in CANARIES if canary in text]
    for each in files_of(world):
        assert not [one for one in AS_KEPT if one in each.read_bytes()], each


def test_only_the_deciding_body_and_those_above_it_learn_who_complains(world: World):
    number = world.scene.things["complaint"]["a"]
    notice = world.scene.things["stage"]["announced"]
    told: dict[str, set[str]] = {}
    for path in (
        f"/complaints/{number}",
        f"/complaints?q={number}",
        "/complaints",
        f"/notices/{notice}",
        f"/log?subject={number}",
        f"/log?subject={notice}",
        "/results",
        f"/search?q={number}",
        "/draws",
        "/office/complaints",
    ):
        for who in EVERYBODY.split():
            if COMPLAINANT in world.ask(who, "GET", path).text:
                told.setdefault(who, set()).add(path)
    assert set(told) <= KNOWS_COMPLAINANT, told
    assert {"officer", "inspector"} <= set(told)


def test_pages_are_the_same_whoever_entered(world: World):
    """Byte by byte, but for secrets of the answer itself and numbers: who entered shows nowhere
    before the seal.
    """
    number = world.scene.things["notice"]["b"]
    draw = world.scene.things["notice"]["b"].replace("GG", "XQ")
    shown: list[dict[tuple[str, str], str]] = []
    for entrant in ("agency_a", "agency_b"):
        sent = {"quote_fen": "1000.00", "pledge": "y", "once": "d" * 32}
        assert world.ask(entrant, "POST", f"/notices/{number}/entry", sent).status_code == 303
        asking = (
            ANONYMOUS,
            "person",
            "owner_a",
            "owner_b",
            "checker",
            "head",
            "regulator",
            "inspector",
            "admin",
        )
        shown.append(
            {
                (who, path): body(
                    world.ask(who, "GET", path.format(notice=number, draw=draw)), path
                )
                for who in asking
                for path in WITHOUT_SESSION
            }
        )
        world.restore()
    assert shown[0] == shown[1]
    assert any("1" in text or "#" in text for text in shown[0].values())


def test_passwords_and_tokens_are_kept_as_digests(world: World):
    content = b"".join(each.read_bytes() for each in files_of(world))
    assert people.PASSWORD.encode() not in content
    for name, cookie in world.cookies.items():
        assert cookie.removeprefix("market=").encode() not in content, name
