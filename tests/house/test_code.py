"""House rules that the syntax tree shows. Each failure names the place."""

import ast
import re
from collections.abc import Iterator

from tests.house.sources import OURS, PRODUCT, Source, called, dotted, imported, sources

# lines
LONGEST_FUNCTION = 40
LONGEST_FILE = 400
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
WALL_CLOCK = re.compile(
    r"(^|\.)((datetime|date)\.(now|utcnow|today)|time\.(time|time_ns|localtime|gmtime))$"
)
CHANCE = {"random", "secrets", "uuid"}
MAY_TAKE_CHANCES = ("market/kernel/entropy.py", "market/adapters/", "verify/", "market_witness/")
TYPE_LETTERS = {"TypeVar", "ParamSpec"}
NAMELESS = {"utils.py", "helpers.py", "common.py", "misc.py", "util.py", "helper.py"}


def calls(source: Source) -> list[ast.Call]:
    return [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]


def test_one_place_commits():
    commits = {
        s.name for s in sources("market") for call in calls(s) if called(call).endswith(".commit")
    }
    assert commits == {"market/db.py"}


def test_no_room_opens_a_transaction_of_its_own():
    """Views and services stand inside in_one_transaction; a savepoint (begin_nested) is no
    transaction.
    """
    verbs = (".begin", ".rollback", "sessionmaker")
    found = [
        s.at(call)
        for s in sources("market")
        if s.room
        for call in calls(s)
        if called(call).endswith(verbs)
    ]
    assert not found


def test_one_place_reads_the_clock():
    reads = {s.at(c) for s in sources("market") for c in calls(s) if WALL_CLOCK.search(called(c))}
    assert {place.split(":")[0] for place in reads} == {"market/kernel/clock.py"}, reads


def test_chance_comes_through_one_door():
    found = []
    for source in sources(*PRODUCT):
        if source.name.startswith(MAY_TAKE_CHANCES):
            continue
        for node in ast.walk(source.tree):
            if (
                CHANCE & {name.split(".")[0] for name in imported(node)}
                or dotted(node) == "os.urandom"
            ):
                found.append(source.at(node))
    assert not found


def test_a_number_is_bounded_by_our_own_check():
    """WTForms' `NumberRange` makes a float of the number first, and fails of four hundred digits."""
    found = [
        source.name
        for source in sources("market")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name) and node.id == "NumberRange"
    ]
    assert found == []


def test_no_function_outgrows_a_screenful():
    found = {
        f"{source.name} {node.name}"
        for source in sources(*OURS)
        for node in ast.walk(source.tree)
        if isinstance(node, FUNCTIONS)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert found == set()


def test_no_file_outgrows_four_hundred_lines():
    found = {source.name for source in sources(*OURS) if source.text.count("\n") > LONGEST_FILE}
    assert found == set()


def test_one_thought_a_line():
    """`a, b = b, a` is a swap; any other list of values given to a list of names is two lines."""
    found = [
        source.at(node)
        for source in sources(*OURS)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Tuple)
        and isinstance(node.value, ast.Tuple)
        and not _swaps(node.targets[0], node.value)
    ]
    assert not found


def _swaps(target: ast.Tuple, value: ast.Tuple) -> bool:
    """The same names on both sides, or a list whose own parts are unpacked."""
    if any(isinstance(part, ast.Starred) for part in value.elts):
        return True
    return sorted(map(ast.unparse, target.elts)) == sorted(map(ast.unparse, value.elts))


def test_no_import_hides_in_a_function():
    found = [
        s.at(inner)
        for s in sources(*OURS)
        for node in ast.walk(s.tree)
        if isinstance(node, FUNCTIONS)
        for inner in ast.walk(node)
        if imported(inner)
    ]
    assert not found


def test_the_root_package_is_one_docstring():
    (root,) = [s for s in sources("market") if s.name == "market/__init__.py"]
    assert len(root.tree.body) == 1
    assert ast.get_docstring(root.tree)


def test_every_module_says_what_it_is():
    assert not [s.name for s in sources(*OURS) if not ast.get_docstring(s.tree)]


def test_no_module_without_a_name():
    assert not [s.name for s in sources(*OURS) if s.name.rsplit("/", 1)[-1] in NAMELESS]


def test_a_state_changes_only_by_a_move():
    """`x.state = ...` takes what `move` returns, so that no step leaves the room's NEXT table."""
    found = []
    for source in sources("market"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Assign):
                found += [
                    source.at(node)
                    for target, value in _pairs(node.targets[0], node.value)
                    if isinstance(target, ast.Attribute)
                    and target.attr == "state"
                    and not _moves(value)
                ]
    assert not found


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """`a.state, a.at = x, y` as two assignments."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def _moves(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and called(value).rsplit(".", 1)[-1].startswith("move")


def test_every_test_asserts_and_none_sleeps_or_mocks():
    """A test asserts itself, expects a refusal, or calls a check of its own file that does."""
    silent = []
    asleep = []
    for source in sources("tests"):
        checks = {
            f.name for f in ast.walk(source.tree) if isinstance(f, FUNCTIONS) and _asserts(f, set())
        }
        for node in ast.walk(source.tree):
            if (
                isinstance(node, FUNCTIONS)
                and node.name.startswith("test_")
                and not _asserts(node, checks)
            ):
                silent.append(source.at(node))
            if any(
                name.startswith(("unittest.mock", "pytest_mock")) for name in imported(node)
            ) or (isinstance(node, ast.Call) and called(node) == "time.sleep"):
                asleep.append(source.at(node))
    assert not silent
    assert not asleep


def _asserts(function: ast.AST, checks: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            last = called(node).rsplit(".", 1)[-1]
            if last in checks | {
                "raises",
                "expect",
                "fail",
                "wait_for",
                "wait_for_url",
            } or last.startswith(("assert_", "check_", "verify_")):
                return True
    return False


def test_a_constant_has_a_name():
    """Letters alone are for types that stand for any type."""
    found = [
        source.at(node)
        for source in sources("market", "market_witness", "verify")
        for node in source.tree.body
        if isinstance(node, ast.Assign)
        and any(isinstance(one, ast.Name) and len(one.id) == 1 for one in node.targets)
        and not (isinstance(node.value, ast.Call) and called(node.value) in TYPE_LETTERS)
    ]
    assert not found


SHORT = 10  # lines of a function that one takes in at a glance
NESTED = (*FUNCTIONS, ast.Lambda, ast.ClassDef, ast.comprehension)


def stored(body: ast.AST) -> Iterator[ast.Name]:
    """The names that a function binds by itself, without what runs through a loop."""
    for node in ast.iter_child_nodes(body):
        if isinstance(node, NESTED) or (isinstance(body, ast.For) and node is body.target):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node
        yield from stored(node)


def test_what_lives_longer_than_a_glance_has_a_name():
    found = [
        f"{source.at(name)} {name.id}"
        for source in sources("market")
        for function in ast.walk(source.tree)
        if isinstance(function, FUNCTIONS) and (function.end_lineno or 0) - function.lineno >= SHORT
        for name in stored(function)
        if len(name.id) == 1 and name.id != "_"
    ]
    assert found == []


def test_a_module_has_one_name_everywhere():
    """One import alias for each module; a room's own modules stand there by their bare names."""
    names: dict[str, dict[str, str]] = {}
    modules = {
        source.name.removesuffix(".py").removesuffix("/__init__") for source in sources("market")
    }
    for source in sources("market"):
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            folder = node.module.replace(".", "/")
            for alias in node.names:
                is_own = source.name.startswith(folder) and not alias.asname
                if f"{folder}/{alias.name}" in modules and not is_own:
                    called_so = names.setdefault(f"{folder}/{alias.name}", {})
                    called_so.setdefault(alias.asname or alias.name, source.at(node))
    assert not {module: so for module, so in names.items() if len(so) > 1}
