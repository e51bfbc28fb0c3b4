"""House rule: nobody signs what he was not shown (ADR 0019).

A deed that asks for another person than the one before, by whatever path, or that stands in BESIDES,
carries the token of what was shown; its page passes on the one that came back.
"""

import ast
import dataclasses
import functools
import importlib
import re
from collections.abc import Iterator

from market.kernel.shown import Sight, sight_of
from tests.house.sources import called, dotted, sources

ASKS = "another_person"
CHECKS = "check_shown"
SAYS_SAME = re.compile(r"(same|second)_person$")
BESIDES = {
    # Any of those who may sign may send back or turn down what he did not propose himself.
    "market.complaints.service.accept.return_proposal",
    "market.complaints.service.erase.return_erasure",
    "market.enrolment.service.standing.drop_standing",
    "market.rulebook.service.reject",
    "market.workdays.service.reject_arrangement",
    "market.selection.notices.service.draft.send_back",
    # Parties, other bodies and colleagues may change what a first person judges.
    "market.accounts.service.identity.refuse_identity",
    "market.accounts.service.identity.verify",
    "market.complaints.service.route.assign",
    "market.complaints.service.route.reassign",
    "market.complaints.service.route.transfer",
    "market.complaints.service.tips.look_at",
    "market.oversight.service.flags.judge",
    "market.complaints.service.accept.propose_acceptance",
    "market.complaints.service.accept.propose_non_acceptance",
    "market.complaints.service.investigate.propose_decision",
    "market.complaints.service.withdraw.propose_withdrawal",
    "market.contracts.service.unsigned.propose_fault",
    "market.enrolment.service.check.propose_refusal",
    "market.enrolment.service.leaving.propose_removal",
    "market.enrolment.service.overdue.propose_new_due",
    "market.enrolment.service.overdue.propose_revocation",
    "market.enrolment.service.standing.propose_reinstatement",
    "market.enrolment.service.standing.propose_suspension",
    "market.selection.notices.service.publish.propose_refusal",
    # A colleague may write in the same draft.
    "market.selection.notices.service.draft.submit",
    # What was amended meanwhile is another notice to cancel, and another change to refuse.
    "market.selection.notices.service.publish.cancel",
    # An applicant corrects what he has said of himself while an officer reads it.
    "market.selection.jurors.service.propose_step",
}
"""Deeds on what others may change meanwhile that ask for no other person."""
BY_ITSELF = {
    # What it stops, or lets go on, is looked at when it is signed, with where the selection stands then.
    "market.oversight.service.suspending.propose_lifting",
    "market.oversight.service.suspending.propose_suspension",
    "market.selection.results.service.pausing.propose_pause",
    # Decided faults, counted anew; whoever issues the card is shown which, and how many still stand.
    "market.cards.service.propose_card",
    # The words that it changes are compared when it is signed.
    "market.selection.notices.service.changing.propose_change",
    # A settled record's article and cap, which change no more.
    "market.reputation.service.suspend.propose_suspension",
    # The text of a closed matter, named by its number, which nobody changes any more.
    "market.complaints.service.erase.propose_erasure",
    # What is typed is the whole of it.
    "market.reputation.service.basis.propose_basis",
    "market.reputation.service.propose.propose",
    "market.reputation.service.propose.propose_found",
    # The second person is shown how it differs from the newest version.
    "market.rulebook.service.propose",
}
"""Proposals that carry nothing: what they are about is not shown with them, and why."""
Key = tuple[str, str]  # module, function


@dataclasses.dataclass(frozen=True)
class Function:
    """A function of a module's own level, with what its module's names stand for."""

    module: str
    node: ast.FunctionDef
    names: dict[str, str]

    @property
    def key(self) -> Key:
        return self.module, self.node.name

    @property
    def path(self) -> str:
        return f"{self.module}.{self.node.name}"

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.node) if isinstance(node, ast.Call))

    def takes(self, name: str) -> bool:
        arguments = self.node.args
        return name in {one.arg for one in (*arguments.args, *arguments.kwonlyargs)}


def module_of(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@functools.cache
def functions() -> dict[Key, Function]:
    """Every function of the rules and services, and of the pages."""
    found = {}
    for source in sources("market"):
        module = module_of(source.name)
        names = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(source.tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef):
                found[module, node.name] = Function(module, node, names)
    return found


@functools.cache
def exported() -> dict[str, str]:
    """Where a package's face has its names from: market.enrolment.service.approve -> ...check.approve."""
    return {
        f"{module_of(source.name)}.{alias.asname or alias.name}": f"{node.module}.{alias.name}"
        for source in sources("market")
        if source.name.endswith("__init__.py")
        for node in source.tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def meant(by: Function, words: str) -> str:
    """The full path of what a function's module calls `words`."""
    first, _, rest = words.partition(".")
    path = by.names.get(first) or f"{by.module}.{first}"
    path = f"{path}.{rest}" if rest else path
    seen = set()
    while path not in seen:
        seen.add(path)
        path = exported().get(path, path)
    return path


@functools.cache
def asking() -> frozenset[str]:
    """Every function that asks for another person, itself or by one that it calls."""
    callees = {
        one.path: {meant(one, called(call)) for call in one.calls()} for one in functions().values()
    }
    reached = {f"market.kernel.shown.{ASKS}"}
    while True:
        more = {path for path, calls in callees.items() if calls & reached} - reached
        if not more:
            return frozenset(reached)
        reached |= more


def deeds() -> list[Function]:
    """What must carry what was shown: public functions of a service that act for somebody."""
    return [
        one
        for one in functions().values()
        if ".service" in one.module
        and not one.node.name.startswith("_")
        and one.takes("work")
        and (one.path in asking() or one.path in BESIDES)
    ]


def hands_on(one: Function) -> bool:
    """Whether a function compares what was shown, or gives it to one that does."""
    return any(
        meant(one, called(call)) == f"market.kernel.shown.{CHECKS}"
        or any(
            other.path == meant(one, called(call)) and other.takes("shown") and hands_on(other)
            for other in functions().values()
        )
        for call in one.calls()
        if any(
            isinstance(value, ast.Name) and value.id == "shown"
            for value in (*call.args, *(keyword.value for keyword in call.keywords))
        )
    )


def test_the_deeds_are_found():
    assert {
        "market.complaints.service.accept.sign",
        "market.complaints.service.erase.sign_erasure",
        "market.owners.service.sign_refusal",
        "market.enrolment.service.leaving.close_exit",
        "market.selection.results.service.exits.confirm_exit",
        "market.selection.notices.service.publish.publish",
        "market.rulebook.service.approve",
        "market.workdays.service.approve_arrangement",
    } <= {one.path for one in deeds()}
    assert {one.path for one in deeds()} >= BESIDES


def test_who_proposes_carries_what_he_judged():
    proposing = {
        one.path
        for one in functions().values()
        if ".service" in one.module
        and re.match(r"propose(_|$)", one.node.name)
        and one.takes("work")
        and "row" not in {each.arg for each in one.node.args.args}  # a step of one that does
    }
    assert proposing - BESIDES == BY_ITSELF


def test_a_second_person_carries_what_was_shown():
    silent = []
    for one in deeds():
        arguments = one.node.args
        required = [
            name.arg
            for name, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            if default is None
        ]
        if "shown" not in required or not hands_on(one):
            silent.append(one.path)
    assert not silent


def test_a_second_persons_deed_says_what_is_shown():
    unmarked = [
        one.path
        for one in deeds()
        if not isinstance(
            sight := sight_of(getattr(importlib.import_module(one.module), one.node.name)), Sight
        )
        or not one.takes(sight.key)
    ]
    assert not unmarked


def test_a_page_passes_on_what_came_back():
    own = {one.path for one in deeds()}
    made_up = []
    for one in functions().values():
        if ".views" not in one.module:
            continue
        for call in one.calls():
            if called(call) != "in_one_transaction" or meant(one, dotted(call.args[0])) not in own:
                continue
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            value = given.get("shown")
            came_back = isinstance(value, ast.Call) and called(value) == "posted"
            if not came_back and None not in given:
                made_up.append(one.path)
    assert not made_up


def test_only_one_function_says_that_the_person_is_the_same():
    others = [
        source.at(node)
        for source in sources("market")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and called(node) in ("Refusal", "Invalid", "NotPermitted")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and SAYS_SAME.search(str(node.args[0].value))
    ]
    assert not others
