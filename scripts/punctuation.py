"""Chinese texts carry Chinese punctuation: `python scripts/punctuation.py` says where they do not,
`... fix` mends it.

Half-width , ; : ? ! ( ) beside Chinese become full-width in strings of code and tests, in templates
and in the keys of the catalogue, all by the same rule, so that they go on matching. Left alone: raw
strings, docstrings and comments, scripts, data files.
"""

import io
import pathlib
import re
import subprocess
import sys
import tokenize

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHINESE = "\u3007\u3400-\u9fff\u300a-\u3011\u201c\u201d\u3001\u3002\u2026\u2014"
FULL = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "?": "\uff1f", "!": "\uff01"}
AFTER = re.compile(rf"(?<=[{CHINESE}\uff09]) ?([,;:?!]) ?(?![/\\])")
BEFORE = re.compile(rf"(?<=[\w)}}%>\uff09])([,;:?!])(?=[{CHINESE}])")
LED = re.compile(rf"^([,;:?!])(?=[{CHINESE}])")
HOLE = re.compile(r"%\(\w+\)[sd]|%%|\{[^{}]*\}")
PIECES = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<script.*?</script>)", re.DOTALL)
QUOTED = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
PLAIN = re.compile(r"[bBuUfF]?(['\"])(?!\1\1)")


def mended(text: str) -> str:
    """One text of Chinese with its punctuation full-width; placeholders stay as they are."""
    if not re.search(f"[{CHINESE}]", text):
        return text
    holes: list[str] = []

    def keep(found: re.Match[str]) -> str:
        holes.append(found[0])
        return chr(0xE000 + len(holes) - 1)

    text = HOLE.sub(keep, text)
    text = AFTER.sub(lambda found: FULL[found[1]], text)
    text = re.sub(
        rf"(?<=[\ue000-\uf8ff])([,;:?!])(?=[{CHINESE}\ue000-\uf8ff])",
        lambda found: FULL[found[1]],
        text,
    )
    text = parentheses(BEFORE.sub(lambda found: FULL[found[1]], text))
    text = AFTER.sub(lambda found: FULL[found[1]], text)
    return re.sub("[\ue000-\uf8ff]", lambda found: holes[ord(found[0]) - 0xE000], text)


def parentheses(text: str) -> str:
    """Pairs that hold Chinese or follow it."""
    signs = list(text)
    opened = []
    for place, sign in enumerate(text):
        if sign == "(":
            opened.append(place)
        elif sign == ")" and opened:
            first = opened.pop()
            is_call = text[first + 1] in "'\"`"  # of a script in a string
            if not is_call and re.search(f"[{CHINESE}]", text[max(first - 1, 0) : place]):
                signs[first] = "\uff08"
                signs[place] = "\uff09"
    return "".join(signs)


def python(text: str) -> str:
    """A source file: its plain one-line strings."""
    lines = text.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(text).readline))):
        (row, begin) = token.start
        (last, end) = token.end
        if token.type == tokenize.STRING and row == last and PLAIN.match(token.string):
            line = lines[row - 1]
            lines[row - 1] = line[:begin] + mended(token.string) + line[end:]
    return "".join(lines)


def template(text: str) -> str:
    """A template: its text, and the quoted texts inside its tags."""
    pieces = PIECES.split(text)
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            pieces[place] = (
                LED.sub(lambda found: FULL[found[1]], mended(piece)) if place else mended(piece)
            )
        elif not piece.startswith(("<script", "{#")):
            pieces[place] = QUOTED.sub(lambda found: mended(found[0]), piece)
    return "".join(pieces)


def keys(text: str) -> str:
    """A catalogue: the lines of each msgid."""
    lines = text.splitlines(keepends=True)
    inside = False
    for place, line in enumerate(lines):
        inside = line.startswith("msgid") or (inside and line.startswith('"'))
        lines[place] = mended(line) if inside else line
    return "".join(lines)


KINDS = {".py": python, ".html": template, ".txt": template, ".xml": template, ".po": keys}
FOLDERS = ("market", "templates", "tests", "locales", "bench")


def main(fix: bool) -> int:
    """Mend every file, or say which lines are wrong; the exit status."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *FOLDERS], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    wrong = 0
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix not in KINDS or not path.exists():
            continue
        old = path.read_text()
        new = KINDS[path.suffix](old)
        if new == old:
            continue
        if fix:
            path.write_text(new)
        for number, (before, after) in enumerate(
            zip(old.splitlines(), new.splitlines(), strict=True), 1
        ):
            if before != after:
                wrong += 1
                print(f"{name}:{number}: {after.strip()[:120]}")
    return 0 if fix or not wrong else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] == ["fix"]))
