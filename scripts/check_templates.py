"""Compile every template with the product's own Jinja, and hold its lines to a screen's width.

Unknown filters and tags are found here before a visitor does.
"""

import pathlib
import sys
import tempfile

from jinja2 import TemplateSyntaxError, nodes

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

from market.factory import create_app

SUFFIXES = ["html", "txt", "xml", "svg", "ics"]
WIDEST = 140  # characters


def main() -> int:
    """Print what does not compile; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"INSTANCE": folder})
        names = app.jinja_env.list_templates(extensions=SUFFIXES)
        faults = [fault for name in names if (fault := compiled(app.jinja_env, name))]
        faults += [fault for name in names for fault in unknown(app.jinja_env, name)]
        faults += [fault for name in names for fault in too_wide(app.jinja_env, name)]
    print("\n".join(faults) or f"{len(names)} templates compile")
    return 1 if faults else 0


def compiled(environment, name: str) -> str | None:
    """None when the template compiles, else where and why not."""
    try:
        environment.get_template(name)
    except TemplateSyntaxError as fault:
        return f"{fault.filename}:{fault.lineno}: {fault.message}"
    return None


def unknown(environment, name: str) -> list[str]:
    """Each filter and test that is none: within a condition Jinja says so only when it comes there."""
    text, _, _ = environment.loader.get_source(environment, name)
    tree = environment.parse(text)
    return [
        f"{name}:{node.lineno}: there is no {kind.__name__.lower()} {node.name}"
        for kind, known in ((nodes.Filter, environment.filters), (nodes.Test, environment.tests))
        for node in tree.find_all(kind)
        if node.name not in known
    ]


def too_wide(environment, name: str) -> list[str]:
    """Each line of more than WIDEST characters."""
    text, _, _ = environment.loader.get_source(environment, name)
    return [
        f"{name}:{number}: {len(line)} characters, at most {WIDEST}"
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > WIDEST
    ]


if __name__ == "__main__":
    sys.exit(main())
