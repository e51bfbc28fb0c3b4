"""直接选取: the list that an owner chooses from, and what became of the choice (ADR 0044).

People choose; arithmetic orders the list. Scores follow from the figures on the log (`ways.py`),
equals from the ticket of the day of publication, which orders lists and never selects. Amounts are
in fen, figures in hundredths.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from typing import Any

from . import ways
from .case import Case, Leaf
from .faults import Fault

RULE = "direct"
NEAR = 5
"""Among the first so many of a list stands a newcomer, where there is one."""
WINNERS = 1
ONCE = ("notice.published", "direct.listed", "ranking.result", "result.final")


def day_ticket(day: str, ref: str) -> str:
    """The ticket (hex) of an agency on a day (YYYY-MM-DD)."""
    return hashlib.sha256(f"zjcs-draw/1/day\n{day}\n{ref}".encode()).hexdigest()


def list_order(
    records: Mapping[str, ways.Record],
    newcomers: Collection[str],
    rule: Mapping[str, Any],
) -> list[str]:
    """The refs in the order in which an owner is shown them.

    `rule` is the notice's: `cap`, `day`, `prior` {matters, stars, on_time}, `weights` in points. The best total
    first, equals by the day's ticket; where no newcomer stands near the top, the one with the lowest
    ticket is put at the fifth place.
    """
    prior = ways.Prior(**rule["prior"])
    weights = {name: 100 * points for name, points in rule["weights"].items()}
    scores = ways.recommended(records, prior, weights, rule["cap"])
    tickets = {ref: day_ticket(rule["day"], ref) for ref in records}
    refs = sorted(records, key=lambda ref: (-scores[ref]["total"], tickets[ref]))
    new = [ref for ref in refs if ref in newcomers]
    if not new or set(refs[:NEAR]) & set(new):
        return refs
    first = min(new, key=lambda ref: tickets[ref])
    refs.remove(first)
    refs.insert(NEAR - 1, first)
    return refs


def record_of(row: Mapping[str, Any]) -> ways.Record:
    """The figures of a row of the list."""
    return ways.Record(row["completed"], row.get("stars"), row.get("on_time"))


# --- checking -----------------------------------------------------------------------------
def list_stands(case: Case) -> str:
    """The list is whole, and in the order that follows from its figures."""
    for kind in ONCE:
        found = case.of(kind)
        if len(found) > 1:
            first, second = found[:2]
            raise Fault("leaf.second", where=second.where, type=kind, first=first.index)
    return f"{len(rows_of(case))}; {case.the('notice.published')['day']}"


def choice_stands(case: Case) -> str:
    """Offers go one after the other to agencies of the list; each is answered by whom it was made to,
    and nobody is asked twice. Says who was asked, and who accepted: people chose that.
    """
    asked, accepted = _offers(case)
    said = ",".join(asked) or "-"
    return f"{said}; {accepted or '-'}"


def result_stands(case: Case) -> str:
    """The order is the one who accepted; who dropped out of it or won is he."""
    _, accepted = _offers(case)
    expected = [accepted] if accepted else []
    found = case.of("ranking.result")
    for leaf in found:
        if leaf["order"] != expected or leaf["winners"] != WINNERS or not expected:
            raise Fault("direct.result", where=leaf.where, found=",".join(leaf["order"]))
    standing = expected if found else []
    for leaf in _sorted(case, "result.skip", "result.final"):
        if not found:
            raise Fault("leaf.missing", where=leaf.where, type="ranking.result")
        standing = _followed(leaf, standing)
    return ",".join(standing) or "-"


CHECKS: tuple[tuple[str, Callable[[Case], str]], ...] = (
    ("direct_list", list_stands),
    ("direct_choice", choice_stands),
    ("direct_result", result_stands),
)
"""The steps of a check by their names; each answers with what was seen, or raises the Fault."""


def rows_of(case: Case) -> list[dict[str, Any]]:
    """The rows of the list as the log has them. Raises Fault `leaf.missing`, `direct.parts`,
    `direct.places`, `direct.order`.
    """
    head = case.the("direct.listed")
    rows = _joined(case, head)
    refs = [row["ref"] for row in rows]
    places = [row["place"] for row in rows]
    if places != list(range(1, len(rows) + 1)) or len(set(refs)) < len(refs):
        raise Fault("direct.places", where=head.where)
    records = {row["ref"]: record_of(row) for row in rows}
    newcomers = {row["ref"] for row in rows if row["new"]}
    computed = list_order(records, newcomers, case.the("notice.published").value)
    for place, (found, expected) in enumerate(zip(refs, computed, strict=True), start=1):
        if found != expected:
            raise Fault(
                "direct.order", where=head.where, place=place, found=found, computed=expected
            )
    return rows


def _joined(case: Case, head: Leaf) -> list[dict[str, Any]]:
    if "rows" in head.value:
        return list(head["rows"])
    parts = [part for part in case.of("direct.part") if part.index < head.index]
    rows = [row for part in parts for row in part["rows"]]
    numbers = [part["part"] for part in parts]
    if (
        [part.hash for part in parts] != head["parts"]
        or numbers != list(range(1, len(parts) + 1))
        or len(rows) != head["count"]
    ):
        raise Fault("direct.parts", where=head.where)
    return rows


def _offers(case: Case) -> tuple[list[str], str | None]:
    """Who was asked, in order, and who accepted."""
    listed = {row["ref"] for row in _joined(case, case.the("direct.listed"))}
    asked: list[str] = []
    waiting: str | None = None
    accepted: str | None = None
    for leaf in _sorted(case, "direct.offered", "direct.answered"):
        ref = leaf["ref"]
        if leaf["type"] == "direct.offered":
            is_free = waiting is None and accepted is None
            if not is_free or ref in asked or ref not in listed:
                raise Fault("direct.offer", where=leaf.where, ref=ref)
            asked.append(ref)
            waiting = ref
        else:
            if waiting != ref:
                raise Fault("direct.answer", where=leaf.where, ref=ref)
            accepted = ref if leaf["accepted"] else None
            waiting = None
    return asked, accepted


def _followed(leaf: Leaf, standing: list[str]) -> list[str]:
    """Who stands after a leaf that takes the first rank out, or says who has won."""
    if leaf["type"] == "result.skip":
        if leaf["rank"] != 1 or [leaf["ref"]] != standing:
            raise Fault("skip.rank", where=leaf.where, rank=leaf["rank"], ref=leaf["ref"])
        return []
    if leaf["winners"] != standing:
        found, computed = (",".join(refs) for refs in (leaf["winners"], standing))
        raise Fault("final.winners", where=leaf.where, found=found, computed=computed)
    return standing


def _sorted(case: Case, *types: str) -> list[Leaf]:
    return sorted(case.of(*types), key=lambda leaf: leaf.index)
