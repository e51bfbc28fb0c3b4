"""`jurors.json`: the list of an experts' lot with what opens each digest, held to the evidence (ADR 0067).

Entrants, regulators and inspectors get the file when the quotes are open; the public does not, and so
cannot check that each member of the pool stands in the list once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import evidence, experts, shapes
from . import keys as verifier_keys
from .canonical import parse_file
from .case import Case
from .evidence import Step
from .faults import Fault

MEMBER = shapes.Shape(
    {
        "categories": shapes.listed(shapes.text(r"[^\n]{1,60}"), 1, 50),
        "number": shapes.ID,
        "ref": shapes.HASH,
        "salt": shapes.text(r"[0-9a-f]{32}"),
    },
    {"reason": shapes.equal(*experts.EXCLUDED)},
)
SHAPE = shapes.Shape({"draw": shapes.ID, "members": shapes.listed(MEMBER, 0)})


def step(data: bytes | str, shown: bytes | str) -> Step:
    """Hold the list (`data`) to the evidence (`shown`). Raises Fault `experts.file`."""
    found: dict[str, Any] = parse_file(data)
    misfit = SHAPE.misfit(found) if isinstance(found, dict) else "members"
    if misfit:
        raise _fault(f"shape of {misfit}")
    value = evidence.load(shown)
    leaves = evidence.read_leaves(
        ((leaf["index"], leaf["utf8"].encode()) for leaf in value["leaves"]),
        value["draw"],
        value["protocol"],
    )
    keys = verifier_keys.claimed(value["log"]["origin"], [value["log"]["vkey"]], ())
    case = Case(value["draw"], keys, leaves)
    _agrees(case, found)
    return Step("jurors_file", 16, str(len(found["members"])))


def _agrees(case: Case, found: dict[str, Any]) -> None:
    if found["draw"] != case.draw or not experts.is_by_pool(case):
        raise _fault("another draw")
    members = found["members"]
    numbers = [each["number"] for each in members]
    listed = case.the("jurors.listed")
    if len(set(numbers)) != len(numbers) or len(numbers) != listed["pool"]["count"]:
        raise _fault(f"{len(numbers)} members")
    if experts.pool_digest(members) != listed["pool"]["sha256"]:
        raise _fault("pool")
    for each in members:
        if experts.ref_of(case.draw, each["number"], each["salt"]) != each["ref"]:
            raise _fault(each["number"])
    if sorted(each["ref"] for each in members if "reason" not in each) != listed["refs"]:
        raise _fault("refs")
    said = {row["ref"]: row["reason"] for row in listed["excluded"]}
    if {each["ref"]: each["reason"] for each in members if "reason" in each} != said:
        raise _fault("excluded")
    _of_the_category(case.notice["experts"]["category"], members)


def _of_the_category(category: str, members: Iterable[dict[str, Any]]) -> None:
    """Who is out for the category does not judge it; who is in the lot does."""
    for each in members:
        is_in = category in each["categories"]
        is_wrong = each.get("reason") == "category" if is_in else "reason" not in each
        if is_wrong:
            raise _fault(each["number"])


def _fault(reason: str) -> Fault:
    return Fault("experts.file", where="jurors.json", reason=reason)
