"""Where the bytes of uploads live: a folder of the instance by default, anything with the same four
verbs otherwise.
"""

import contextlib
import os
import pathlib
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

KEY = re.compile(r"[0-9a-f]{64}")


class BlobStore(Protocol):
    """Keeps bytes under keys of 64 hex digits."""

    def put(self, key: str, chunks: Iterable[bytes]) -> None: ...
    def get(self, key: str) -> BinaryIO: ...
    def delete(self, key: str) -> None: ...
    def exists(self, key: str) -> bool: ...
    def older_than(self, epoch: float) -> Iterator[str]: ...


class Folder:
    """Blobs as files ab/cd/abcd...: whole and on the disk before `put` returns, or not there."""

    def __init__(self, root: pathlib.Path) -> None:
        self._root = root

    def put(self, key: str, chunks: Iterable[bytes]) -> None:
        """Write a blob; a write that fails leaves nothing behind."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(".part")
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                for chunk in chunks:
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            draft.rename(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def get(self, key: str) -> BinaryIO:
        """The blob, open for reading; FileNotFoundError when there is none."""
        return self._path(key).open("rb")

    def delete(self, key: str) -> None:
        """Remove a blob; none is no matter."""
        self._path(key).unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        """Whether there is such a blob."""
        return self._path(key).is_file()

    def older_than(self, epoch: float) -> Iterator[str]:
        """Keys of the blobs that were last written before that instant (seconds since 1970)."""
        for path in self._root.glob("*/*/*"):
            with contextlib.suppress(FileNotFoundError):  # another clock may be deleting
                if KEY.fullmatch(path.name) and path.stat().st_mtime < epoch:
                    yield path.name

    def _path(self, key: str) -> pathlib.Path:
        if KEY.fullmatch(key) is None:
            raise ValueError("not the key of a blob")
        return self._root / key[:2] / key[2:4] / key


def of(instance: str) -> BlobStore:
    """The store of an installation, by the path of its instance folder."""
    return Folder(pathlib.Path(instance) / "uploads")
