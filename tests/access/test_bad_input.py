"""Whatever is sent, the answer is a sentence and never a fault: hostile values in every field of
every address.
"""

import io
import re
from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule

from tests.access.rows import ANONYMOUS, Row
from tests.access.table import TABLE
from tests.access.test_matrix import kinds_of, path_of, rules, things
from tests.access.world import World

SCRIPT = "<script>alert('canary')</script>"
HOSTILE = {
    "beyond int64": "9" * 40,
    "negative": "-1",
    "not a number": "NaN",
    "a cursor of nobody": "bm9ib2R5",
    "half a cursor": "W10=",
    "a word of no choice": "no-such-choice",
    "NUL": "a\0b",
    "very long": "长" * 70_000,
    "a script": SCRIPT,
    "a template": "{{ 7*7 }}${7*7}%(x)s%s{0}",
    "a quote": "' OR 1=1 --",
    "lone surrogate": "%ED%A0%80",
    "a path": "../../etc/passwd",
    "a formula": '=HYPERLINK("http://x")',
    "bidi": "\u202e\u2066",
    "nothing": "",
    "blank": " \t\n",
    "an infinity": "1e999",
    "a date of no year": "9999999-99-99 99:99",
    "full-width": "９９９",
    "a list": "[]",
    "true": "true",
}
TELLING = (
    "beyond int64",
    "negative",
    "a word of no choice",
    "NUL",
    "very long",
    "a script",
    "lone surrogate",
    "nothing",
)
QUERIES = {
    "/notices": "after tab fund owner category q",
    "/agencies": "after q tier category item",
    "/catalogue": "category q",
    "/complaints": "after q about state body",
    "/complaints/mine": "after",
    "/log": "before type subject",
    "/results": "after",
    "/draws": "after",
    "/draws.json": "after",
    "/search": "q",
    "/calculator": "trigger n unit end close",
    "/inbox": "after",
    "/rulebook/1": "against",
    "/log/proof/inclusion": "index size",
    "/log/proof/consistency": "from to",
    "/tips/new": "notice",
    "/office/erasures": "number",
    "/sign-in": "next",
    "/todo.ics": "key",
    "/verify": "number",
    "/": "lang large contrast after",
    "/account": "lang",
}
"""What each page reads from its address."""
FIELD = re.compile(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"')
LARGE = 3 * 2**20  # bytes: above the limit of every form that takes no file


def someone(row: Row) -> str:
    """An identity that passes the door: the one who has most behind it; where the door is closed to all
    of the table, one who meets it closed.
    """
    asked = ("agency_a", "owner_a", "head", "officer", "person", *row.may.split())
    return next((who for who in asked if row.admits(who)), asked[0])


def routes(world: World, method: str) -> Iterator[tuple[Rule, Row, str, str]]:
    """Each route with that method: its row, an address of a thing that is there, and who asks."""
    for rule in sorted(rules(world.app), key=lambda rule: rule.rule):
        if method in (rule.methods or ()) and rule.endpoint in TABLE:
            row = TABLE[rule.endpoint]
            thing, values = next(iter(things(world, kinds_of(row, rule))))
            who = next(
                (who for who in row.reach.get(thing, "").split() if row.admits(who)), someone(row)
            )
            yield rule, row, path_of(rule, values), who


def fields(world: World, who: str, path: str) -> list[str]:
    """The names of the form's fields, where the address shows one."""
    page = world.ask(who, "GET", path)
    found = (
        FIELD.findall(page.text) if page.status_code == 200 and page.mimetype == "text/html" else []
    )
    return sorted(
        {*found, "reasons", "reason", "note", "text", "value", "membership", "language", "finding"}
        - {"csrf_token"}
    )


def clean(world: World, said: str, answer) -> list[str]:
    """What is wrong with the answer to something hostile."""
    if world.wrote():
        world.restore()
    if answer.mimetype == "text/event-stream":
        answer.close()
        return []
    faults = (
        [f"{said}: {answer.status_code}"]
        if answer.status_code >= 500 and answer.status_code != 503
        else []
    )
    return faults + (
        [f"{said}: the script comes out as it went in"] if SCRIPT.encode() in answer.data else []
    )


def test_no_query_makes_a_fault(world: World):
    """Every page with every name at once: also those that nobody thought would read an address."""
    names = sorted({name for names in QUERIES.values() for name in names.split()})
    faults: list[str] = []
    for rule, _row, path, who in routes(world, "GET"):
        for label in ("beyond int64", "a script", "NUL"):
            query = dict.fromkeys(names, HOSTILE[label])
            faults += clean(
                world,
                f"GET {rule.rule}？…={label}",
                world.ask(who, "GET", path, query_string=query),
            )
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", QUERIES)
def test_each_query_is_bounded_by_itself(world: World, path: str):
    """One hostile value at a time, where the refusal of another does not hide it."""
    faults: list[str] = []
    for name in QUERIES[path].split():
        for label, value in HOSTILE.items():
            answer = world.ask("agency_a", "GET", path, query_string={name: value[:2000]})
            faults += clean(world, f"GET {path}?{name}={label}", answer)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("part", range(4))
def test_no_form_makes_a_fault(world: World, part: int):
    faults: list[str] = []
    for rule, _row, path, who in list(routes(world, "POST"))[part::4]:
        names = fields(world, who, path)
        for label in TELLING:
            value = HOSTILE[label]
            faults += clean(
                world,
                f"POST {rule.rule} {label}",
                world.ask(who, "POST", path, dict.fromkeys(names, value)),
            )
        twice = {name: ["1", SCRIPT, "9" * 40] for name in names}
        faults += clean(world, f"POST {rule.rule} lists", world.ask(who, "POST", path, twice))
        files = {name: (io.BytesIO(b"x" * 20), "x.txt") for name in names}
        faults += clean(world, f"POST {rule.rule} files", world.ask(who, "POST", path, files))
    assert not faults, "\n".join(faults)


PROVES_ITSELF = {
    "selection.hand_in": "a source's value proves itself",
    "api.take_order": "a program's token, which no browser sends by itself (ADR 0086)",
}


def test_every_post_asks_for_its_token(world: World):
    for rule, _row, path, who in routes(world, "POST"):
        answer = world.ask(who, "POST", path, {"csrf_token": "forged"})
        without = world.ask(who, "POST", path, {"csrf_token": None})
        if rule.endpoint not in PROVES_ITSELF:
            assert (answer.status_code, without.status_code) == (400, 400), rule.rule
    assert not world.wrote()


def test_a_form_larger_than_its_limit_is_413(world: World):
    for rule, _row, path, who in routes(world, "POST"):
        if getattr(world.app.view_functions[rule.endpoint], "takes_upload", False):
            continue
        if rule.endpoint == "api.take_order":
            continue  # without a token nothing is read of it
        for content_type in (None, "multipart/form-data"):
            answer = world.ask(who, "POST", path, {"text": "x" * LARGE}, content_type=content_type)
            assert answer.status_code == 413, (rule.rule, content_type, answer.status_code)
    assert not world.wrote()


def test_a_file_larger_than_ten_mebibytes_is_refused(world: World):
    for rule, _row, path, who in routes(world, "POST"):
        if getattr(world.app.view_functions[rule.endpoint], "takes_upload", False):
            answer = world.ask(
                who, "POST", path, {"text": "x" * (12 * 2**20)}, content_type="multipart/form-data"
            )
            assert answer.status_code == 413, (rule.rule, answer.status_code)
    assert not world.wrote()


NO_TEXT = b"\xff\xfe\x00"
BODIES = {
    "application/json": (b"{}", b"[1, null", NO_TEXT, b'{"value": {"a": 1}}'),
    "text/plain": (NO_TEXT,),
    "application/xml": (NO_TEXT,),
    "multipart/form-data": (NO_TEXT, b"--x\r\nContent-Disposition: form-data\r\n"),
    "nonsense": (NO_TEXT,),
}


@pytest.mark.parametrize("content_type", BODIES)
def test_another_kind_of_body_is_no_fault(world: World, content_type: str):
    for rule, _row, path, who in routes(world, "POST"):
        for raw in BODIES[content_type]:
            answer = world.ask_raw(who, path, raw, content_type)
            assert answer.status_code < 500, (rule.rule, raw, answer.status_code)
            if (
                world.wrote()
            ):  # a deed without questions needs no field, and the token stood in the head
                world.restore()


def test_more_parts_than_any_form_has_are_refused(world: World):
    many = {f"f{place}": "x" for place in range(1001)}
    for who, path in ((ANONYMOUS, "/tips/new"), ("agency_a", "/enrolment/basics")):
        assert (
            world.ask(who, "POST", path, many, content_type="multipart/form-data").status_code
            == 413
        )
