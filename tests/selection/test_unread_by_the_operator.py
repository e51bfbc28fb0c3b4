"""A quote that the entrant's own machine sealed is nowhere at the operator before the close: not in the memory
of web and clock, not under /proc, not in database, its journal, the files beside it, the log or a backup.

Web and clock are processes of their own here; the quote is sealed in this one, which they never see.
"""

import contextlib
import json
import pathlib
import re
import urllib.error
import urllib.parse
import urllib.request

from tests.factories import selection as f
from tests.needs import missing
from tests.selection import sealing as s
from tests.storm.town import Town, children, until

QUOTE = 11_437_693  # fen
SAID = ("cmdline", "environ", "status", "maps", "mountinfo", "io", "net/unix")


class Opened(Town):
    """A town with one notice whose quotes are sealed to two keys, open for a month."""

    def __init__(self, app, url: str) -> None:
        with app.app_context():
            s.sealing_town()
        super().__init__(app, url, agencies=0)
        with app.app_context():
            self.agency = f.agency()
            self.cookie = self._cookie(self.agency.actor)
            self.sealed = s.sealed(self.first, self.agency, QUOTE)


def test_neither_memory_nor_file_nor_row_nor_backup_knows_a_quote_before_the_close(
    app, database, tmp_path
):
    town = Opened(app, database)
    posted = town.sealed.posted
    with town.running():
        assert posts(town) == 303
        heads_settled(town)
        web = children(town.web.process.pid)
        assert town.clock is not None
        places = {
            f"{name} {part}": data
            for name, process in [
                *((f"web {pid}", pid) for pid in (town.web.process.pid, *web)),
                ("clock", town.clock.pid),
            ]
            for part, data in process_knows(process)
        }
        backup = tmp_path / "backup"
        done = app.test_cli_runner().invoke(args=["backup", str(backup)])
        assert done.exit_code == 0, done.output

    with app.app_context():
        places |= {f"kept {n}": data for n, data in enumerate(s.everything_kept())}
    places |= {str(path): path.read_bytes() for path in backup.rglob("*") if path.is_file()}

    mark = re.compile(posted["box_sha256"].encode())
    assert any(name.startswith("web") and mark.search(places[name]) for name in places), (
        "the search finds what the web process has had in its hands"
    )
    assert any(name.startswith("kept") and mark.search(places[name]) for name in places)
    secret = canaries(town.sealed)
    found = {name: which[0] for name, data in places.items() if (which := secret.findall(data))}
    assert found == {}


def canaries(sealed) -> re.Pattern[bytes]:
    """The quote as a number is written, and the random parts of its opening and its token."""
    opening = sealed.kept["opening"]
    token = sealed.kept["token"]
    yuan, fen = divmod(QUOTE, 100)
    numbers = [f"{QUOTE}", f"{yuan}.{fen:02}", f"{yuan:,}.{fen:02}"]
    texts = [opening["nonce"], opening["salt"], token, *numbers]
    whole = [re.escape(text.encode()) for text in texts]
    raw = [re.escape(bytes.fromhex(text)) for text in (opening["nonce"], opening["salt"], token)]
    return re.compile(b"|".join([*whole, *raw]))


def posts(town: Opened) -> int:
    """Enter as the entrant's browser does, with the box alone; the answer's status."""
    form = {
        "csrf_token": token_of(town),
        "once": "7" * 32,
        "sealed": json.dumps(town.sealed.posted),
        "made": "browser",
        "pledge": "y",
    }
    asked = urllib.request.Request(
        f"{town.web.url}/notices/{town.first}/entry",
        urllib.parse.urlencode(form).encode(),
        {"Cookie": town.cookie, "Host": "localhost", "Origin": "http://localhost"},
    )
    try:
        return int(opener().open(asked, timeout=60).status)
    except urllib.error.HTTPError as answer:
        return answer.code


def opener() -> urllib.request.OpenerDirector:
    """A visitor who stays where a redirect came from."""

    class Stays(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_asked):
            return None

    return urllib.request.build_opener(Stays)


def token_of(town: Opened) -> str:
    """The token of the form, as the page of this session carries it."""
    page = urllib.request.Request(
        f"{town.web.url}/notices/{town.first}/entry",
        headers={"Cookie": town.cookie, "Host": "localhost"},
    )
    with urllib.request.urlopen(page, timeout=60) as answer:
        shown = answer.read().decode()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
    assert found, shown[:400]
    return found[1]


def heads_settled(town: Opened) -> None:
    """The clock has had its turn with the entry on the log."""
    assert until(lambda: any(each.type == "entry.received" for each in town.log(town.first)))


def process_knows(process: int):
    """What a process has in its memory, and what the kernel tells of it, part by part."""
    place = pathlib.Path("/proc") / str(process)
    for name in SAID:
        with contextlib.suppress(OSError):
            yield name, (place / name).read_bytes()
    for thread in (place / "task").iterdir():
        with contextlib.suppress(OSError):
            yield f"task {thread.name}", (thread / "comm").read_bytes()
    try:
        memory = (place / "mem").open("rb", buffering=0)
    except PermissionError:
        missing("right to read a child's memory", "let /proc/<pid>/mem be read (ptrace)")
    with memory:
        for line in (place / "maps").read_text().splitlines():
            span, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(each, 16) for each in span.split("-"))
            with contextlib.suppress(OSError, OverflowError, ValueError):
                memory.seek(start)
                yield f"memory {span}", memory.read(end - start)
