"""House rules about rooms: who sees whom, and what the program needs from outside."""

import ast
import re
import sys

import grimp
import pytest

from tests.house.sources import PRODUCT, ROOT, imported, sources

FACE = {"service", "queries", "events", "rules"}
KIN = {"enrolment": "agencies", "oversight": "selection"}
"""An enrolment is of its agency: the room above writes the rows of the one below (ADR 0021). Oversight reads selections in the
words of their own pages."""
FOLDERS = {
    "selection": {
        "sources",
        "notices",
        "credit",
        "shortlist",
        "entries",
        "results",
        "draws",
        "quotes",
        "direct",
        "jurors",
        "lots",
        "prices",
        "scored",
        "auction",
    }
}
# Rooms of one folder are parts of one case: they see each other's rows and words as well.
SHARED_IN_A_FOLDER = {
    "models",
    "words",
    *("kinds", "leaves", "pages", "permissions", "rows", "way"),
}
PLUMBING = {
    "",
    "kernel",
    "db",
    "fabric",
    "gathering",
    "prepared",
    "submissions",
    "unsent",
    "version",
    "web",
    "adapters",
    "factory",
}  # Not rooms: everybody may see all of them.
COMPOSES = {"factory", "demo"}  # the demo plays every part, the clock's included
# Needed at run time without being imported: a server, a driver, time zones.
NOT_IMPORTED = {"gunicorn", "psycopg", "tzdata"}
OWN_SCRIPTS = {"scripts", "zjcs"}  # verify/ is also run by outsiders, from its own folder.
MODULES = {"argon2-cffi": "argon2", "phonenumberslite": "phonenumbers", "python-stdnum": "stdnum"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("market", cache_dir=None)


def room_and_piece(module: str) -> tuple[str, str]:
    """(`enrolment`, `service`) for market.enrolment.service.check, (`selection.entries`, `service`)
    for market.selection.entries.service.seal: a folder of rooms is no room, and what stands in it
    beside its rooms is theirs.
    """
    words = [*module.split("."), "", "", ""]
    if words[1] not in FOLDERS:
        return words[1], words[2]
    if words[2] in FOLDERS[words[1]]:
        return f"{words[1]}.{words[2]}", words[3]
    return words[1], words[2]


def folder(room: str) -> str:
    """`selection` for `selection.entries` and for what the rooms of selection share; one name for
    an enrolment and its agency.
    """
    first = room.split(".")[0]
    return first if first in FOLDERS else KIN.get(room, room)


def test_rooms_meet_only_at_their_faces(graph):
    found = []
    for importer in graph.modules:
        for seen in graph.find_modules_directly_imported_by(importer):
            (mine, _) = room_and_piece(importer)
            (theirs, piece) = room_and_piece(seen)
            face = FACE | SHARED_IN_A_FOLDER if folder(mine) == folder(theirs) else FACE
            if mine not in COMPOSES | {theirs} and theirs not in PLUMBING and piece not in face:
                found.append(f"{importer} reaches into {seen}")
    assert not found


def test_every_package_is_pinned_and_every_pin_is_used():
    text = (ROOT / "requirements.txt").read_text()
    direct, _, rest = text.partition("# needed by the above")
    pins = modules_of(direct)
    all_pins = modules_of(direct + rest)
    used = {
        name.split(".")[0]
        for s in sources(*PRODUCT, "scripts")
        for node in ast.walk(s.tree)
        if not getattr(node, "level", 0)
        for name in imported(node)
    }
    outside = used - set(sys.stdlib_module_names) - set(PRODUCT) - OWN_SCRIPTS
    not_pinned = outside - all_pins
    not_used = pins - outside - NOT_IMPORTED
    assert (not_pinned, not_used) == (set(), set())


def modules_of(requirements: str) -> set[str]:
    """The import names of pinned packages."""
    names = re.findall(r"^([A-Za-z0-9._-]+)(?:\[\w+\])?==", requirements, re.MULTILINE)
    return {MODULES.get(name, name.lower().replace("-", "_")) for name in names}


def test_every_pin_is_exact():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert re.match(r"[A-Za-z0-9._-]+(\[\w+\])?==[0-9][^ ]*(; .*)?$", line), (
                    f"{name}: {line}"
                )
