"""The page of open data, the data dictionary, and the files themselves, which ask no database."""

import dataclasses
import datetime as dt
import json
import pathlib

from flask import Blueprint, render_template, send_from_directory
from werkzeug.exceptions import NotFound as NoFile
from werkzeug.wrappers import Response

from market.db import reading
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound
from market.opendata import files, jobs, queries, words
from market.opendata.rules import TABLES
from market.web.auth import page

bp = Blueprint("opendata", __name__)
SHORT = 600  # seconds that the newest files may be kept by whoever has them
DAY = 86_400
TYPES = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".sqlite": "application/vnd.sqlite3",
    ".json": "application/json",
    "": "text/plain",
}


@dataclasses.dataclass(frozen=True)
class File:
    """One file of the page. `bytes`: how long it is."""

    name: str
    bytes: int


@dataclasses.dataclass(frozen=True)
class Listed:
    """One table of the page: how many rows it has, and its files."""

    title: str
    rows: int
    files: tuple[File, ...]


@bp.get("/opendata")
@page(may="public")
def index() -> str:
    """What may be taken away, under which terms, and how to check it."""
    work = reading(VISITOR)
    terms = queries.terms(work)
    place = jobs.folder()
    days = files.days(place) if terms else []
    newest = queries.newest(work) if days else None
    return render_template(
        "opendata/index.html",
        terms=terms,
        day=days[0] if days else None,
        days=days,
        tables=_tables(place / days[0].isoformat()) if days else [],
        others=_others(place / days[0].isoformat()) if days else [],
        published=newest,
    )


def _tables(folder: pathlib.Path) -> list[Listed]:
    package = json.loads((folder / files.PACKAGE).read_text())
    return [
        Listed(
            resource["title"],
            resource["x_rows"],
            tuple(_file(folder / f"{resource['name']}.{ending}") for ending in ("csv", "jsonl")),
        )
        for resource in package["resources"]
    ]


def _others(folder: pathlib.Path) -> list[File]:
    names = (files.DATABASE, files.RELEASES, files.DICTIONARY, files.PACKAGE, files.DIGESTS)
    return [_file(folder / name) for name in names]


def _file(path: pathlib.Path) -> File:
    return File(path.name, path.stat().st_size)


@bp.get("/opendata/dictionary")
@page(may="public")
def dictionary() -> str:
    """Every table with its columns: what each is called and what it holds."""
    return render_template("opendata/dictionary.html", tables=TABLES.values(), words=words)


@bp.get("/opendata/<day>/<name>")
@page(may="public")
def file(day: str, name: str) -> Response:
    """A file of a day, or of the newest one (`latest`), as it lies there."""
    place = jobs.folder()
    folder = place / _day(place, day).isoformat()
    kept = SHORT if day == "latest" else DAY
    kind = TYPES.get(pathlib.PurePosixPath(name).suffix)
    try:
        return send_from_directory(folder, name, mimetype=kind, max_age=kept)
    except NoFile as no:
        raise NotFound("opendata.no_file") from no


def _day(place: pathlib.Path, asked: str) -> dt.date:
    """The day that an address names. Refuses `opendata.no_file`."""
    there = files.days(place)
    if asked == "latest" and there:
        return there[0]
    for day in there:
        if asked == day.isoformat():
            return day
    raise NotFound("opendata.no_file")
