"""Asking a register whether somebody is who he says (实名核验).

A register of another place, a gateway of the province, a platform's sign-in: each is an `Identities`.
Shipped is a file, which the office exports from wherever people were seen in person.
"""

import logging
import os
import pathlib
import stat
from typing import Protocol

from market.kernel.visible import bare, compared, folded

log = logging.getLogger(__name__)
READABLE_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Identities(Protocol):
    """A register of people."""

    def confirms(self, *, id_number: str, name: str, login: str) -> bool:
        """Whether number, name and e-mail address belong to one person there.

        Number and name alone prove nothing: anybody may know both. The address is the one whose
        mail the claimant has opened. False also where the register knows nothing of him.
        """


class RegisterFile:
    """A text file in UTF-8, one person a line: number, name, e-mail address, parted by tabs.

    It is read anew when it changes. One that others on the machine may read is not read at all.
    """

    def __init__(self, path: pathlib.Path) -> None:
        self._path = path
        self._read_at: tuple[int, int] | None = None
        self._people: frozenset[tuple[str, str, str]] = frozenset()

    def confirms(self, *, id_number: str, name: str, login: str) -> bool:
        """As `Identities` has it."""
        self._refresh()
        return _line(id_number, name, login) in self._people

    def _forget(self) -> None:
        self._people = frozenset()
        self._read_at = None

    def _refresh(self) -> None:
        try:
            state = os.stat(self._path)
        except OSError as error:
            log.warning("the register of people cannot be read: %s", error)
            self._forget()
            return
        if state.st_mode & READABLE_BY_OTHERS:
            log.warning("%s is open to others on this machine: chmod 600", self._path)
            self._forget()
            return
        if self._read_at == (state.st_mtime_ns, state.st_size):
            return
        lines = self._path.read_text("utf-8-sig").splitlines()
        parted = (line.split("\t") for line in lines if line.count("\t") == 2)
        self._people = frozenset(_line(*parts) for parts in parted)
        self._read_at = (state.st_mtime_ns, state.st_size)


def _line(id_number: str, name: str, login: str) -> tuple[str, str, str]:
    return bare(id_number), folded(name), compared(login).strip().casefold()


def of(path: str | None) -> Identities | None:
    """The register of an installation: the file that IDENTITY_REGISTER names, None without one."""
    return RegisterFile(pathlib.Path(path)) if path else None
