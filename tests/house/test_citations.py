"""What a comment cites can be opened: each .md is a file of the repository, each anchor is in it."""

import functools
import io
import re
import tokenize

import pytest

from tests.house.sources import ROOT, sources, tracked

CITED = re.compile(r"(?<![\w/.-])((?:[\w.-]+/)*[\w-]+\.md)(?:#([\w-]+))?")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
NAMED = re.compile(r'<a id="([\w-]+)">')
RULES = "docs/rules.md"
# "decision 18", "separations 2, 4", "rule 7", "R8": a number of docs/rules.md
NUMBERED = re.compile(r"\b(decision|separation|rule)s? (\d+(?:(?:, | and |-)\d+)*)")
COUNTED = re.compile(r"(?<![\w-])R(\d{1,2})\b")
ADR = re.compile(r"\bADR[- ](\d{4})\b")
TEMPLATES = (".html", ".txt", ".js", ".css")
NOT_OURS = ("static/vendor/",)


@functools.cache
def anchors(name: str) -> frozenset[str]:
    """What may stand behind the # of a document: its headings as GitHub spells them, and its ids."""
    text = (ROOT / name).read_text()
    spelt = {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in HEADING.findall(text)
    }
    return frozenset(spelt | set(NAMED.findall(text)))


def spoken(text: str) -> list[tuple[int, str]]:
    """The comments and strings of a Python file with their first lines."""
    kinds = (tokenize.COMMENT, tokenize.STRING)
    return [
        (token.start[0], token.string)
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type in kinds
    ]


def texts() -> list[tuple[str, str]]:
    """Every comment and string of ours, and every template and script, with its place."""
    found = [
        (f"{source.name}:{line}", said)
        for source in sources("market", "market_witness", "verify", "tests", "bench", "scripts")
        if source.name != "tests/house/test_citations.py"
        for line, said in spoken(source.text)
    ]
    return found + [
        (name, (ROOT / name).read_text())
        for name in tracked()
        if name.endswith(TEMPLATES) and not name.startswith(NOT_OURS)
    ]


def missing(said: str, beside: str = "") -> list[str]:
    """Which of the documents that a text cites, or of their anchors, are not there."""
    lost = []
    for path, anchor in CITED.findall(said):
        here = next((p for p in (path, f"{beside}{path}") if (ROOT / p).is_file()), None)
        if here is None or (anchor and anchor not in anchors(here)):
            lost.append(f"{path}#{anchor}")
    return lost


def unknown_numbers(said: str) -> list[str]:
    """Which decisions, separations, rules and R-numbers a text names that docs/rules.md lacks."""
    named = [
        f"{word}-{number}"
        for word, numbers in NUMBERED.findall(said)
        for number in re.findall(r"\d+", numbers)
    ]
    named += [f"r{number}" for number in COUNTED.findall(said)]
    return [name for name in named if name not in anchors(RULES)]


def test_every_cited_document_is_in_the_repository():
    lost = [f"{place} {each}" for place, said in texts() for each in missing(said)]
    assert not lost


def test_every_cited_number_is_in_the_rules():
    lost = [
        f"{place} {each}"
        for place, said in texts()
        if not place.startswith("tests/")
        for each in unknown_numbers(said)
    ]
    assert not lost


def test_every_cited_decision_record_exists():
    known = {name.split("/")[-1][:4] for name in tracked() if name.startswith("docs/adr/")}
    lost = [
        f"{place} {number}"
        for place, said in texts()
        for number in ADR.findall(said)
        if number not in known
    ]
    assert not lost


@pytest.mark.parametrize(
    "name", [name for name in tracked() if name.endswith(".md") and "/guides/" not in name]
)
def test_links_between_documents_lead_somewhere(name):
    folder = name.rpartition("/")[0]
    lost = []
    for path, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([\w-]+))?\)", (ROOT / name).read_text()):
        there = (ROOT / folder / path).resolve() if path else ROOT / name
        if not there.exists():
            lost.append(path)
        elif anchor and there.suffix == ".md":
            inside = there.relative_to(ROOT).as_posix()
            lost += [] if anchor in anchors(inside) else [f"{path}#{anchor}"]
    assert not lost


def test_a_citation_that_leads_nowhere_is_found():
    assert missing("see docs/rules.md#decision-99") == ["docs/rules.md#decision-99"]
    assert missing("as domain.md says") == ["domain.md#"]
    assert unknown_numbers("(decisions 18-99; R3, R44)") == ["decision-99", "r44"]


WAYS_IN = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    *sorted((ROOT / "docs/dev").glob("*.md")),
)
# `web/auth.py` or `windows/`, and the name that may follow: `web/auth.py` `deny`
POINTED = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.\w+)?)`(?: `(\w+)`)?")
FIRST = {path.name for path in ROOT.iterdir()} | {path.name for path in (ROOT / "market").iterdir()}


@pytest.mark.parametrize("guide", WAYS_IN, ids=str)
def test_what_a_newcomer_is_pointed_to_is_there(guide):
    """A path begins at the root or in market/, unless it names what every room has."""
    found = []
    for path, name in POINTED.findall((ROOT / guide).read_text()):
        if path.split("/")[0] not in FIRST:
            continue
        place = next((at for at in (ROOT / path, ROOT / "market" / path) if at.exists()), None)
        if place is None:
            found.append(path)
        elif name and not re.search(
            rf"^(async def|def|class) {name}\b|^{name}\b", place.read_text(), re.M
        ):
            found.append(f"{path} {name}")
    assert not found
