"""A release says one version everywhere, and the image is built of what is in the repository."""

import re

from market.version import VERSION
from tests.house.sources import ROOT, tracked


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text().splitlines()


def test_the_newest_release_of_the_changelog_is_the_version_and_has_its_day():
    headings = [line for line in lines("CHANGELOG.md") if line.startswith("## ")]
    assert headings[0] == "## Unreleased"
    assert re.fullmatch(rf"## {re.escape(VERSION)} \(\d{{4}}-\d\d-\d\d\)", headings[1])


def test_the_version_is_said_once():
    """A number that stands twice is wrong in one place after the next release."""
    said = re.compile(rf'version["\'= :]+{re.escape(VERSION)}', re.IGNORECASE)
    files = [name for name in tracked() if name.endswith((".py", ".toml", ".yaml", "Dockerfile"))]
    assert [name for name in files if said.search((ROOT / name).read_text())] == [
        "market/version.py"
    ]


def test_the_image_gets_what_the_builder_is_given_and_nothing_else():
    given = {line[1:] for line in lines(".dockerignore") if line.startswith("!")}
    copied = {
        word.split("/")[0]
        for line in lines("Dockerfile")
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    }
    assert given == copied
    assert all(any(name.split("/")[0] == each for name in tracked()) for each in given)


def test_the_server_is_told_each_setting_once():
    """What gunicorn.conf.py says stands in no command line besides."""
    (command,) = [line for line in lines("Dockerfile") if line.startswith("CMD ")]
    assert command == 'CMD ["gunicorn"]'
    assert "--no-control-socket" not in (ROOT / "docs/deploy.md").read_text()
