"""House rule: a value has the type that it has. `Any` stands where no type can be said, each place by name."""

import ast

from tests.house.sources import sources

UNSAID = {
    "market/complaints/views/deed.py": "each deed of the table reads the fields of its own form",
    "market/evaluations/views/deeds.py": "the same",
    "market/db.py": "the driver's connection, whichever the driver",
    "market/fabric.py": "what rooms above put into its tables; it knows none of them",
    "market/kernel/plain.py": "what JSON and settings hold is known to who reads them",
    "market/kernel/shown.py": "a unit of work and a key of rooms above",
    "market/prepared.py": "values of a driver, of the types that the statement's columns say",
    "market/selection/notices/queries/listing.py": "SQLAlchemy says the types of ten columns at most",
    "market/selection/results/queries/hall.py": "the same",
    "market/selection/results/queries/overseen.py": "the same",
    "market/web/desk.py": "what one column sorts by differs from the next",
    "market/web/paging.py": "columns of whatever type the caller's list is sorted by",
    "market/web/ruled.py": "a rule takes what its field holds",
    "market/web/shown.py": "the keys of a mapping are of one type, and rooms have each their own",
    "market/web/texts.py": "texts and files under one name, as Werkzeug has them",
    "market/windows/queries/__init__.py": "SQLAlchemy's subquery of one value",
    "market/workdays/rules/calendar.py": "what counting.py, which stands above, has counted",
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
