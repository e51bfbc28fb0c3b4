"""The arrangements in the box: one JSON file a version, in the form in which new ones are imported
too.
"""

import datetime as dt
import json
import pathlib

from market.workdays.rules import Arrangement, parse

FOLDER = pathlib.Path(__file__).parent / "data"


def texts() -> tuple[str, ...]:
    """The files as they are, by region, year and version."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.json")))


def read(text: str) -> Arrangement:
    """A shipped file, which besides its days says what it is."""
    head = json.loads(text)
    parsed = parse(text)
    return Arrangement(
        head["region"],
        parsed.year,
        head["version"],
        head["document_number"],
        head["title"],
        parsed.papers[0],
        dt.date.fromisoformat(head["issued_on"]),
        parsed.days,
    )


def arrangements() -> tuple[Arrangement, ...]:
    """Every shipped version, corrections too."""
    return tuple(read(text) for text in texts())
