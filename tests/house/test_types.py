"""House rule: a value has the type that it has. `Any` stands where no type can be said, each place by name."""

import ast

from tests.house.sources import sources

UNSAID = {
    "market/complaints/views/deed.py": "each deed of one table reads its own form: some form, unknown which",
    "market/evaluations/views/deeds.py": "the same",
    "market/fabric.py": "a unit of work, which is defined above it; what rooms put in is `object`",
    "market/kernel/plain.py": "what JSON and settings hold is known to who reads them",
    "market/prepared.py": "values of a driver, of the types that the statement's columns say",
    "market/selection/results/queries/overseen.py": "SQLAlchemy: columns of several types in one table",
    "market/web/paging.py": "SQLAlchemy: columns of whatever type the caller's list is sorted by",
    "market/web/shown.py": "the keys of a mapping are of one type, and rooms have each their own",
    "market/web/texts.py": "texts and files under one name, as Werkzeug has them",
}
"""The files that say Any, and why."""


def test_any_stands_where_no_type_can_be_said():
    """A new one wants a type first: a row's, a form's, `Json` of market/kernel/plain.py, `object`."""
    found = {
        source.name
        for source in sources("market")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name) and node.id == "Any"
    }
    assert found == set(UNSAID)
