"""The English catalogue: `python scripts/messages.py compile|extract|missing`.

compile writes locales/*/LC_MESSAGES/messages.mo where the .po is newer; quick, part of the make
targets. extract gathers every msgid (Chinese) from code and templates and merges them into the
catalogue. missing lists the msgids that have no English yet, and fails when there are some.
"""

import io
import os
import pathlib
import sys
import tempfile

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
KEYWORDS = (
    "_",
    "_l",
    "_n:1,2",
    "N_",
    "gettext",
    "lazy_gettext",
    "ngettext:1,2",
    "Kind:3",
)  # Kind: titles of windows


def compile_all() -> int:
    """Write each .mo that is older than its .po."""
    for po in LOCALES.glob("*/LC_MESSAGES/messages.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        whole = io.BytesIO()
        write_mo(whole, catalogue(po))
        mo.write_bytes(whole.getvalue())
        print(f"compiled {mo.relative_to(ROOT)}")
    return 0


def extract() -> int:
    """Gather the msgids and merge them; a text that is gone goes, one that is new comes without
    English.
    """
    fresh = extracted()
    for po in LOCALES.glob("*/LC_MESSAGES/messages.po"):
        known = catalogue(po)
        known.update(fresh, no_fuzzy_matching=True)
        known.obsolete.clear()
        for message in known:
            message.locations = sorted({(file, 0) for file, _line in message.locations})
        known.header_comment = "# Keys are the Chinese source texts."
        with po.open("wb") as out:
            write_po(out, known, width=0, include_lineno=False, sort_by_file=True)
        print(
            f"{po.relative_to(ROOT)}: {len(known)} texts, {len(untranslated(known))} without English"
        )
    return 0


def missing() -> int:
    """Say which texts of today's code and templates have no translation."""
    fresh = extracted()
    lacking = 0
    for po in LOCALES.glob("*/LC_MESSAGES/messages.po"):
        known = catalogue(po)
        known.update(fresh, no_fuzzy_matching=True)
        for message in untranslated(known):
            lacking += 1
            print(
                f"{po.parent.parent.name}: {message.id}  ({', '.join(sorted({file for file, _line in message.locations}))})"
            )
    return 1 if lacking else 0


def extracted() -> Catalog:
    """Every text of the code and the templates."""
    os.chdir(ROOT)  # The catalogue names files from here.
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder, "messages.pot")
        keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
        CommandLineInterface().run(
            [
                "pybabel",
                "-q",
                "extract",
                "-F",
                "babel.cfg",
                "--no-default-keywords",
                *keywords,
                "-o",
                str(template),
                ".",
            ]
        )
        return catalogue(template)


def untranslated(known: Catalog) -> list[Message]:
    """The texts of a catalogue without a translation."""
    return [
        message
        for message in known
        if message.id
        and not all(message.string if isinstance(message.string, tuple) else (message.string,))
    ]


def catalogue(path: pathlib.Path) -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as file:
        return read_po(file, locale=None if path.suffix == ".pot" else path.parent.parent.name)


COMMANDS = {"compile": compile_all, "extract": extract, "missing": missing}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        raise SystemExit(__doc__)
    raise SystemExit(COMMANDS[sys.argv[1]]())
