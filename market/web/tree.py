"""The version of the static files, and their packed copy.

Standard library alone: `scripts/assets.py` packs by it where the rest of the product is not at
hand.
"""

import functools
import hashlib
import os
import pathlib

BUILT = "built"  # below static/: the packed copies, a folder for each version
DIGITS = 16  # hexadecimal, of SHA-256: 64 bits tell versions apart, nobody gains by forging one
ASIDE = "vendor/axe"  # what tests alone load


def files(static: pathlib.Path) -> list[pathlib.Path]:
    """What a browser may ask for below `static`, in one order on every machine."""
    found = []
    for folder, folders, names in os.walk(static):
        folders[:] = [each for each in folders if each != BUILT]
        found += [pathlib.Path(folder, each) for each in names]
    return sorted(path for path in found if not name(static, path).startswith(ASIDE))


def name(static: pathlib.Path, path: pathlib.Path) -> str:
    """A file's name as addresses have it: `css/market.css`."""
    return path.relative_to(static).as_posix()


def version(static: pathlib.Path) -> str:
    """The digest of every name and content below `static`: one byte changed gives another one."""
    stats = ((path, path.stat()) for path in files(static))
    return _version(static, tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in stats))


@functools.lru_cache(maxsize=4)
def _version(static: pathlib.Path, known: tuple[tuple[pathlib.Path, int, int], ...]) -> str:
    whole = hashlib.sha256()
    for path, _, _ in known:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{content} {name(static, path)}\n".encode())
    return whole.hexdigest()[:DIGITS]


def built(static: pathlib.Path) -> pathlib.Path:
    """Where the packed copy of the present files is, or would be: it cannot be one of other files."""
    return static / BUILT / version(static)
