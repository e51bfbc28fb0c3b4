"""The fork guard: a database that is behind a head seen outside it must not grow another history from there.

An old backup, restored and written to, would show two histories to the world. So before the first write of a process the
database is held against the newest checkpoint kept beside it, and the witness's answer is held against it at every head.
What is found is written to `instance/read-only`, and every process refuses to write while that file is there; a person
removes it when the right database is back (docs/deploy.md).
"""
import pathlib

from market.adapters.keys import Keys
from market.db import Work
from market.kernel.errors import Refusal
from market.ledger import queries, service
from verify.zjcs import note


class Guard:
    """Stands before every append."""

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
        """Stop all writing: `where` has seen `theirs` entries, the database has `ours` or another history."""
        self._flag.write_text(f"{where}: {theirs} > {ours}", encoding="utf-8")

    def _compare(self, work: Work) -> None:
        path = self._instance / "checkpoint"
        if not path.exists():
            return
        key = note.parse_vkey(Keys(self._instance).log_vkey())
        seen, _ = note.open_checkpoint(path.read_text(encoding="utf-8"), key.name, [key])
        ours = queries.size(work)
        if ours < seen.size or queries.root_at(work, seen.size) != seen.root:
            self.lock(ours, seen.size, "checkpoint")
