"""Every route, every method, every identity, own and other's and absent and malformed: the answer
is the table's.
"""

import collections
import dataclasses
import itertools
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.access.rows import ANONYMOUS, EVERYBODY, KINDS, Row
from tests.access.scene import CANARIES, MARKUP, SECRET_ID
from tests.access.table import TABLE
from tests.access.world import World, body

WHO = EVERYBODY.split()
CHIEF = [
    ANONYMOUS,
    *[
        "person",
        "agency_a",
        "agency_b",
        "owner_a",
        "owner_b",
        "checker",
        "head",
        "officer",
        "regulator",
        "inspector",
        "admin",
    ],
]
METHODS = ("GET", "POST")
LEAST_CELLS = 8
STREAM = "text/event-stream"
ABSENT = "absent"
MALFORMED = "malformed"


@dataclasses.dataclass(frozen=True)
class Cell:
    """One question: who asks for what, and the name of the thing in the address."""

    who: str
    method: str
    path: str
    thing: str


def rules(app: Flask) -> Iterator[Rule]:
    """Our routes; files of the skin are everybody's and no route of ours."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")


def kinds_of(row: Row, rule: Rule) -> dict[str, str]:
    """The kind that each parameter names, in the order of the address: a rule's own set has none."""
    names = [part for is_dynamic, part in rule._trace if is_dynamic]
    return {name: row.of if isinstance(row.of, str) else row.of[name] for name in names}


def things(world: World, kinds: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The things that an address can name: own and other's, absent ones, malformed ones."""
    if not kinds:
        yield "", {}
        return
    known = {
        name: {**STATIC.get(kind, {}), **world.scene.things.get(kind, {})}
        for name, kind in kinds.items()
    }
    first, *others = kinds
    for thing, value in known[first].items():
        yield (
            thing,
            {first: value, **{name: known[name].get(thing) or known[name]["a"] for name in others}},
        )
    for label, among in (
        (ABSENT, lambda kind: KINDS[kind].absent),
        (MALFORMED, lambda kind: KINDS[kind].malformed),
    ):
        for value in among(kinds[first]):
            yield label, {first: value, **{name: known[name]["a"] for name in others}}


STATIC = {
    "item": {"a": "301"},
    "token": {"a": "0" * 64},
    "year": {"a": "2026"},
    "ending": {"a": "csv", "b": "xlsx"},
    "log": {"a": "0"},
    "tile": {"a": "000.p/1"},
    "doubt": {},
    "proposal_letter": {"a": "p1"},
    "proposal_part": {"a": "a", "b": "b"},
    "snapshot": {"a": "2026-03-01"},
    "lottery": {},
    "evaluation_appeal": {},
    "seat": {"a": "1", "b": "2"},
    "case": {},
    "answer": {},
    "pain": {},
    "card": {},
    "place": {"a": "1"},
    "box": {"a": "1", "b": "1"},
    "source": {"a": "op-chain-1", "b": "nobody"},
}


def path_of(rule: Rule, values: dict[str, str]) -> str:
    """The address, also for values that the router would refuse to build."""
    parts = [
        quote(values[part], safe="%/") if is_dynamic else part for is_dynamic, part in rule._trace
    ]
    return "".join(parts).removeprefix("|")


def cells(world: World, rule: Rule, row: Row) -> Iterator[Cell]:
    """Every question about one route."""
    nth: collections.Counter[str] = collections.Counter()
    for thing, values in things(world, kinds_of(row, rule)):
        place = "known" if thing not in (ABSENT, MALFORMED) else thing
        for method in sorted(rule.methods or set()):
            if method in METHODS:
                path = path_of(rule, values)
                yield from (
                    Cell(who, method, path, thing) for who in asking(row, thing, nth[place])
                )
        nth[place] += 1


def asking(row: Row, thing: str, nth: int) -> list[str]:
    """Who asks. All of them at every door; once one knows the door, those whom it lets in ask for
    every thing behind it.
    """
    if thing == MALFORMED:
        return [ANONYMOUS, "agency_a", "head"]
    if row.may == EVERYBODY and not row.reach:
        return CHIEF if nth == 0 else [ANONYMOUS, "agency_a"]
    let_in = [who for who in WHO if row.admits(who)]
    if thing == ABSENT and nth:
        return let_in[:2]
    return let_in if nth else WHO


def expected(row: Row, cell: Cell) -> frozenset[int]:
    """The statuses that the table allows."""
    if cell.thing == MALFORMED:
        return frozenset({404, 400})
    if not row.admits(cell.who):
        return frozenset({303 if cell.who == ANONYMOUS else 403})
    if cell.thing == ABSENT or not row.reaches(cell.who, cell.thing):
        return row.none
    return row.get if cell.method == "GET" else row.post


def fault(row: Row, cell: Cell, answer: TestResponse, world: World) -> str | None:
    """What is wrong with an answer, or None."""
    said = f"{cell.who} {cell.method} {cell.path} ({cell.thing or 'own'}): {answer.status_code}"
    if answer.status_code not in expected(row, cell):
        return f"{said}, expected {sorted(expected(row, cell))}"
    if (
        answer.status_code == 303
        and not row.admits(cell.who)
        and not answer.location.startswith("/sign-in?next=")
    ):
        return f"{said} to {answer.location}"
    if (answer.status_code >= 400 or cell.method == "GET") and world.wrote():
        return f"{said} and something was written: {world.counts()}"
    if answer.is_streamed and answer.mimetype == STREAM:
        answer.close()  # it would go on for ten minutes
        return None
    text = (
        answer.get_data(as_text=True)
        if (answer.mimetype or "").startswith(("text/", "application/json"))
        else ""
    )
    if any(secret in text for secret in (MARKUP, SECRET_ID, *CANARIES)):
        return f"{said} shows what nobody may see"
    return None


@pytest.mark.parametrize("endpoint", sorted(TABLE))
def test_each_identity_gets_what_the_table_says(world: World, endpoint: str):
    row = TABLE[endpoint]
    asked = 0
    faults = []
    absent = {}
    unreached = []
    for rule in (rule for rule in rules(world.app) if rule.endpoint == endpoint):
        for cell in cells(world, rule, row):
            answer = world.ask(cell.who, cell.method, cell.path, dict(row.form))
            asked += 1
            if found := fault(row, cell, answer, world):
                faults.append(found)
            if not row.admits(cell.who) or answer.status_code not in row.none:
                pass
            elif cell.thing == ABSENT:
                absent[cell.who, cell.method] = body(answer, cell.path)
            elif not row.reaches(cell.who, cell.thing) and not row.is_known:
                unreached.append((cell, body(answer, cell.path)))
            if world.wrote():
                world.restore()
    faults += [
        f"{cell.who} {cell.path}: another's thing answers other than an absent one"
        for cell, text in unreached
        if text != absent.get((cell.who, cell.method), text)
    ]
    assert not faults, f"{len(faults)} of {asked} answers:\n" + "\n".join(faults)
    assert asked >= LEAST_CELLS


def test_the_table_has_every_route_and_no_other(world: World):
    routes = {rule.endpoint for rule in rules(world.app)}
    assert routes - TABLE.keys() == set(), (
        "routes that nobody has reviewed: add them to tests/access/table.py"
    )
    assert TABLE.keys() - routes == set(), "rows of routes that are gone"


def test_every_kind_that_the_table_names_is_there(world: World):
    for endpoint, row in TABLE.items():
        for rule in (rule for rule in rules(world.app) if rule.endpoint == endpoint):
            for kind in kinds_of(row, rule).values():
                assert kind in world.scene.things or kind in STATIC, (endpoint, kind)
                assert kind in KINDS, (endpoint, kind)


def test_each_identity_is_let_in_somewhere_and_kept_out_elsewhere():
    doors = collections.Counter(
        (who, row.admits(who)) for row, who in itertools.product(TABLE.values(), WHO)
    )
    for who in WHO:
        assert doors[who, True] >= LEAST_CELLS, who
        assert doors[who, False] >= LEAST_CELLS, who


def test_no_address_takes_another_method(world: World):
    for rule in rules(world.app):
        values = next(iter(things(world, kinds_of(TABLE[rule.endpoint], rule))))[1]
        for method in ("PUT", "DELETE"):
            answer = world.ask("head", method, path_of(rule, values))
            assert answer.status_code in (400, 405), (method, rule.rule, answer.status_code)
    assert not world.wrote()


def test_a_head_request_says_no_more_than_its_page(world: World):
    for path in (
        "/office/complaints",
        "/account",
        f"/entries/{world.scene.things['receipt']['b']}",
    ):
        for who in ("agency_a", ANONYMOUS):
            assert (
                world.ask(who, "HEAD", path).status_code == world.ask(who, "GET", path).status_code
            )
