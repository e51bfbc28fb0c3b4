"""House rules about words: what sources, templates and documents may not say."""

import re
import subprocess
import sys

from tests.house.sources import ROOT, tracked

# In pieces, so that this file does not say them itself.
MACHINE = re.compile("|".join(["/wo" + "rk/", "/tmp/" + "brief", "/ro" + "ot/"]))
HOSTS = ["py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", r"deb\.deb" + "ian"]
REGISTRY = re.compile("|".join(HOSTS))
OTHER_TRADE = re.compile("招" + "标|投" + "标|中" + "标")
SEVERAL_DECLARATIONS = re.compile(r";\s*[a-z-]+\s*:|\{[^}]*:[^}]*\}")
TITLE_OF_LAW = re.compile("《[^》]*》")
# The refusal that names the right channel (docs/rules.md#decision-28), where the words are the point.
NAMES_THE_CHANNEL = {"market/selection/notices/words/steps.py"}
UNNUMBERED = re.compile(r"(#|//|/\*|<!--).*\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b(?!\s*\(?#\d+)")
TEXT = (
    ".py",
    ".html",
    ".txt",
    ".md",
    ".js",
    ".css",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".sh",
    ".cfg",
    ".ini",
    ".svg",
)
NAMES = (
    "Makefile",
    "Dockerfile",
    "NOTICE",
    ".ci/run",
    ".importlinter",
    ".gitignore",
    ".dockerignore",
)


def texts(*endings: str) -> list[tuple[str, int, str]]:
    """Every line of our tracked text files with such endings: (file, line number, line)."""
    return [
        (name, number, line)
        for name in tracked()
        if name.endswith(endings)
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1)
    ]


def found(pattern: re.Pattern[str], *endings: str) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, number, line in texts(*endings)
        if pattern.search(line)
    ]


def test_nothing_tells_of_one_machine():
    assert not found(MACHINE, *TEXT, *NAMES)


def test_nothing_names_a_package_registry():
    assert not found(REGISTRY, *TEXT, *NAMES)


def test_a_style_sheet_has_one_declaration_a_line():
    assert not found(SEVERAL_DECLARATIONS, ".css")


def test_the_words_of_tendering_stay_in_titles_of_law():
    places = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, number, line in texts(".py", ".html", ".txt")
        if OTHER_TRADE.search(TITLE_OF_LAW.sub("", line)) and name not in NAMES_THE_CHANNEL
    ]
    assert not places


def test_what_is_left_to_do_has_a_number():
    assert not found(UNNUMBERED, ".py", ".html", ".js", ".css")


def test_the_english_catalogue_is_complete():
    done = subprocess.run(
        [sys.executable, "scripts/messages.py", "missing"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
