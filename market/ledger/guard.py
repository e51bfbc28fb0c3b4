"""The fork guard: a database that is behind a head seen outside it must not grow another history
from there.

An old backup, restored and written to, would show two histories to the world. So before the first
write of a process the database is held against the newest checkpoint kept beside it and against
those that the witnesses cosigned; their answers are held against it at every head. What is found is
written to `instance/read-only`, and every process refuses to write while that file is there; a
person removes it when the right database is back (docs/deploy.md).
"""

import dataclasses
import logging
import pathlib
from collections.abc import Iterator
from typing import cast

from flask import current_app
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy.orm import scoped_session

from market.adapters.beacon import AT_START, Unreachable, witnesses
from market.adapters.keys import Keys
from market.db import Work, db
from market.fabric import fabric
from market.kernel.errors import Refusal
from market.ledger import queries, service
from verify.zjcs import note
from verify.zjcs.faults import Fault

log = logging.getLogger(__name__)


class Guard:
    """Stands before every append, and does it: called as the last act before a commit."""

    def __init__(self, instance: pathlib.Path) -> None:
        self._instance = instance
        self._flag = instance / "read-only"
        self._compared = False

    def __call__(self, work: Work) -> None:
        """Append the queued facts, or refuse `ledger.read_only` with the sizes that disagree."""
        if not work.events:
            return
        if trouble := self.trouble(work):
            raise Refusal("ledger.read_only", reason=trouble)
        service.append(work)

    def trouble(self, work: Work) -> str | None:
        """Why this installation only reads, as kept in the flag file; None when all is well."""
        if not self._compared:
            self._compare(work)
            self._compared = True
        return self._flag.read_text(encoding="utf-8") if self._flag.exists() else None

    def lock(self, ours: int, theirs: int, where: str) -> None:
        """Stop all writing: `where` has seen `theirs` entries, the database has `ours` or another
        history.
        """
        self._flag.write_text(
            f"{where}: {theirs} > {ours}" if theirs > ours else f"{where}: {theirs} ≠ {ours}",
            encoding="utf-8",
        )

    def _compare(self, work: Work) -> None:
        try:
            heads = list(self._outside())
        except (Fault, UnicodeDecodeError) as unreadable:
            self._flag.write_text(f"checkpoint: {unreadable}", encoding="utf-8")
            return
        # What was seen outside was committed before: a snapshot that is older than the answer would
        # be behind for nothing.
        with db.engine.connect() as connection:  # to be asked like a session
            fresh = dataclasses.replace(
                work, session=cast("scoped_session[FlaskSession]", connection)
            )
            for where, seen in heads:
                ours = queries.size(fresh)
                if ours < seen.size or queries.root_at(fresh, seen.size) != seen.root:
                    self.lock(ours, seen.size, where)
                    return

    def _outside(self) -> Iterator[tuple[str, note.Checkpoint]]:
        """Heads that this log signed, as others have kept them. A witness that is silent now is
        asked again at the next head.

        Raises Fault or UnicodeDecodeError when the file beside the database is no head of this log:
        nobody can say then that nothing is missing.
        """
        path = self._instance / "checkpoint"
        if path.exists():
            yield "checkpoint", self._ours(path.read_text(encoding="utf-8"))
        for witness in witnesses(current_app.config, fabric().witness, AT_START):
            try:
                if text := witness.newest():
                    yield "witness", self._ours(text)
            except Unreachable as lost:
                log.warning("the witness was not asked for its newest head: %s", lost)
            except Fault as false:
                log.error("the witness's newest head was not signed by this log: %s", false)

    def _ours(self, text: str) -> note.Checkpoint:
        keys = [note.parse_vkey(vkey) for vkey in Keys(self._instance).log_vkeys()]
        return note.open_checkpoint(text, keys[0].name, keys)[0]
