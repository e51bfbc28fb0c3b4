"""Build static/verify/seal.html, the page that seals a quote from a disk; `make assets` does it.

A page that is opened from a disk may load no module, so those that it needs stand in it, each in a
function of its own; its policy allows this script, this style and no connection at all.
"""

import base64
import hashlib
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scripts" / "seal"
MODULES = ROOT / "static" / "verify"
TARGET = MODULES / "seal.html"

ORDER = ("sha256.js", "canonical.js", "boxes.js", "sealing.js", "seal-page.js")
"""The modules, each behind those that it imports."""
IMPORT = re.compile(r'^import \{ ([^}]+) \} from "\./([^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function|class) (\w+))", re.MULTILINE)
NAME = re.compile(r"^export (?:async )?(?:const|function|class) (\w+)", re.MULTILINE)


def build() -> str:
    """The whole page."""
    script = "\n".join(_wrapped(name) for name in ORDER)
    style = (SOURCE / "page.css").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "form-action 'none'; base-uri 'none'"
    )
    page = (SOURCE / "page.html").read_text(encoding="utf-8")
    for name, value in (("policy", policy), ("style", style), ("script", script)):
        page = page.replace(f"{{{name}}}", value, 1)
    return page


def _wrapped(name: str) -> str:
    """A module as a function that gives what it exports."""
    source = (MODULES / name).read_text(encoding="utf-8")
    exported = ", ".join(NAME.findall(source))
    body = EXPORT.sub("", IMPORT.sub(_taken, source))
    if re.search(r"^(?:import|export)\b", body, re.MULTILINE) or "</script" in body:
        raise SystemExit(f"{name} imports or exports in a way that this script does not know")
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {exported} }};\n}})();"


def _taken(found: re.Match[str]) -> str:
    names = found[1].replace(" as ", ": ")
    return f"const {{ {names} }} = {_variable(found[2])};\n"


def _variable(module: str) -> str:
    return re.sub(r"\W", "_", module)


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def write() -> None:
    """Put the page where it is served from, when it is another than what is there."""
    page = build()
    if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != page:
        TARGET.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write()
