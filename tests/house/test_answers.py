"""House rule: a page that is shown again with a refusal says the refusal."""

import ast
from collections.abc import Iterator

from tests.house.sources import ROOT, called, sources

SHOWS = "form_page"


def shown_again() -> Iterator[tuple[str, str]]:
    """Where a form's page is shown again (market/web/answering.py), and its template."""
    for source in sources("market"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and called(node) == SHOWS and node.args:
                template = node.args[0]
                if isinstance(template, ast.Constant):
                    yield source.at(node), str(template.value)


def test_the_template_of_a_form_says_what_stood_against_it():
    pages = list(shown_again())
    assert len(pages) > 20
    silent = [
        (place, template)
        for place, template in pages
        if "refusal" not in (ROOT / "templates" / template).read_text()
    ]
    assert silent == []
