"""House rules of answering: refusals are caught in one place, and a page that is shown again says what
stood against it.
"""

import ast
from collections.abc import Iterator

from tests.house.sources import ROOT, called, dotted, sources

SHOWS = "form_page"
CATCH_THEMSELVES = {
    "market/web/answering.py": "this is the one way",
    "market/web/ruled.py": "a room's rule as the check of one field",
    "market/web/typed.py": "too many visitors' forms are not kept, and nobody is told",
    "market/accounts/views/blueprint.py": "a try at a password is settled, and the refusal flies on",
}
"""What of the glass front catches a refusal by hand, and why."""


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


def refusals() -> set[str]:
    """The names of Refusal and of every class made of it."""
    made_of = [
        (node.name, {dotted(base).rsplit(".", 1)[-1] for base in node.bases})
        for source in sources("market")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
    ]
    known = {"Refusal"}
    while more := {name for name, bases in made_of if bases & known} - known:
        known |= more
    return known


def test_refusals_of_a_form_are_caught_in_one_way():
    """`attempt` and `caught` of market/web/answering.py know which refusal a form can show."""
    refused = refusals()
    assert {"NotFound", "Changed", "TooOften"} <= refused
    by_hand = {
        source.name
        for source in sources("market")
        if "/views" in source.name or source.name.startswith("market/web/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and node.type is not None
        for name in ast.walk(node.type)
        if dotted(name).rsplit(".", 1)[-1] in refused
    }
    assert by_hand == set(CATCH_THEMSELVES)
