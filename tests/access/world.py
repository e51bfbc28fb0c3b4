"""The scene behind a client for each identity, put back as it was after every cell that wrote.

One app for the whole session; the database is one SQLite file in memory, copied back in a
millisecond.
"""

import dataclasses
import pathlib
import re
import shutil
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from market.db import Base, db
from tests.access.scene import Scene
from tests.factories import accounts as people

ANONYMOUS = "anonymous"
# What differs between two answers of one page: secrets made for each answer, and the name of what
# was asked for.
FLEETING = re.compile(
    r'nonce="[0-9a-f]+"|name="csrf_token"[^>]*value="[^"]+"|data-token="[^"]+"|value="[0-9a-f]{32}"|content="Imm[^"]+"'
)

NUMBERS = re.compile(r"[0-9]+")


@dataclasses.dataclass
class World:
    """The product, its people and things."""

    app: Flask
    scene: Scene
    file: pathlib.Path
    cookies: dict[str, str] = dataclasses.field(default_factory=dict)
    tokens: dict[str, str] = dataclasses.field(default_factory=dict)

    def settle(self) -> None:
        """Sign everybody in and keep the database as it is now."""
        for name in (ANONYMOUS, *self.scene.actors):
            client = self.app.test_client()
            if name != ANONYMOUS:
                people.sign_in(client, self.scene.actors[name])
            self.tokens[name] = people.token(
                client, "/sign-in" if name == ANONYMOUS else "/account"
            )
            cookie = client.get_cookie("market")
            assert cookie is not None
            self.cookies[name] = f"market={cookie.value}"
        self._client = self.app.test_client(use_cookies=False)
        self._let_go()
        shutil.copyfile(self.file, self._kept)
        self.marked = self.mark()

    @property
    def _kept(self) -> pathlib.Path:
        return self.file.with_suffix(".kept")

    def _let_go(self) -> None:
        with self.app.app_context():
            db.session.remove()
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.engine.dispose()

    def mark(self) -> tuple[tuple[int, int], ...]:
        """Size and time of the database's files: any commit at all changes them."""
        found = [
            self.file.with_name(self.file.name + end).stat()
            for end in ("", "-wal")
            if self.file.with_name(self.file.name + end).exists()
        ]
        return tuple((each.st_size, each.st_mtime_ns) for each in found if each.st_size)

    def wrote(self) -> bool:
        """Whether anything was committed since the scene was kept or put back."""
        return self.mark() != self.marked

    def restore(self) -> None:
        """Put the scene's database back."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for end in ("-wal", "-shm"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)
        shutil.copyfile(self._kept, self.file)
        self.marked = self.mark()

    def counts(self) -> dict[str, int]:
        """Rows of every table, the log among them."""
        with self.app.app_context():
            return {
                table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }

    def ask(
        self,
        who: str,
        method: str,
        path: str,
        data: Mapping[str, object] | None = None,
        **more: Any,
    ) -> TestResponse:
        """One request of one identity, always with the session of the beginning; a POST carries its
        CSRF token.
        """
        sent = {"csrf_token": self.tokens[who], **(data or {})} if method == "POST" else {}
        sent = {name: value for name, value in sent.items() if value is not None}
        headers = {"Cookie": self.cookies[who], **more.pop("headers", {})}  # type: ignore[dict-item]
        return self._client.open(path, method=method, data=sent or None, headers=headers, **more)

    def shown(self, who: str, path: str) -> dict[str, str]:
        """What the page of a deed gives it to carry of what it shows; nothing where none does."""
        page = path
        while page.count("/") > 1:
            for form in people.forms(self.ask(who, "GET", page).text):
                if (form.action or page) == path and "shown" in form.fields:
                    return {"shown": form.fields["shown"]}
            page = page.rpartition("/")[0]
        return {}

    def ask_raw(self, who: str, path: str, raw: bytes, content_type: str) -> TestResponse:
        """A POST of any bytes, with the token where a program would put it."""
        headers = {"Cookie": self.cookies[who], "X-CSRFToken": self.tokens[who]}
        return self._client.post(path, data=raw, content_type=content_type, headers=headers)


def body(answer: TestResponse, path: str) -> str:
    """An answer's text without what differs between two answers of the same page: its own address,
    every number.
    """
    text = FLEETING.sub("", answer.text).replace(path, "").replace(quote(path, safe=""), "")
    return NUMBERS.sub("#", text)
