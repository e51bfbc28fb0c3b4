"""The sources that the house rules read, each parsed once."""

import ast
import dataclasses
import functools
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).parents[2]
PRODUCT = ("market", "market_witness", "verify")
OURS = (*PRODUCT, "tests", "bench", "scripts")


@dataclasses.dataclass(frozen=True)
class Source:
    """One Python file: where it is from the root, its text and its tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """`complaints` for market/complaints/rules.py; empty outside a room."""
        parts = self.name.split("/")
        return parts[1] if parts[0] == "market" and len(parts) > 2 else ""

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


@functools.cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under the folders."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), text := path.read_text(), ast.parse(text))
        for path in paths
    )


@functools.cache
def tracked() -> tuple[str, ...]:
    """Every file that git keeps or would keep."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file()))


def called(node: ast.Call) -> str:
    """The dotted words of what is called: `dt.datetime.now` for dt.datetime.now(UTC)."""
    return dotted(node.func)


def dotted(node: ast.AST) -> str:
    """The dotted words of a name or attribute, "?" where it begins with something else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names; empty for anything else."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []
