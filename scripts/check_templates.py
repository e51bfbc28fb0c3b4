"""Compile every template with the product's own Jinja: unknown filters and tags are found before a
visitor does.
"""

import pathlib
import sys
import tempfile

from jinja2 import TemplateSyntaxError

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

from market.factory import create_app

SUFFIXES = ["html", "txt", "xml", "svg", "ics"]


def main() -> int:
    """Print what does not compile; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"INSTANCE": folder})
        names = app.jinja_env.list_templates(extensions=SUFFIXES)
        faults = [fault for name in names if (fault := compiled(app.jinja_env, name))]
    print("\n".join(faults) or f"{len(names)} templates compile")
    return 1 if faults else 0


def compiled(environment, name: str) -> str | None:
    """None when the template compiles, else where and why not."""
    try:
        environment.get_template(name)
    except TemplateSyntaxError as fault:
        return f"{fault.filename}:{fault.lineno}: {fault.message}"
    return None


if __name__ == "__main__":
    sys.exit(main())
