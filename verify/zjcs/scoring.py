"""综合评分 and 方案比选: holding entries, jurors and sheets of a log to its notice (rule 16, ADR 0055, 0065).
Quotes and result: `scoring_result`; what hangs on proposals that are files: `proposed`.

Each step says what it saw, or raises the Fault. Where a selection has not come as far, it says "-".
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from . import experts
from . import scored as arithmetic
from .amendments import all_else_stays
from .case import Case, Leaf
from .entries import WITHDRAW
from .faults import Fault

ONCE = (
    "notice.published",
    "entries.closed",
    "jurors.named",
    "sheets.closed",
    "quotes.opened",
    "ranking.result",
    "result.final",
)
EMPTY = "-"


def entries_stand(case: Case) -> str:
    """Every entry is listed, excluded or withdrawn, once; nothing came behind the closed count."""
    for kind in ONCE:
        found = case.of(kind)
        if len(found) > 1:
            first, second = found[:2]
            raise Fault("leaf.second", where=second.where, type=kind, first=first.index)
    all_else_stays(case)
    received = case.of("entry.received")
    if [leaf["no"] for leaf in received] != list(range(1, len(received) + 1)):
        raise Fault("entry.numbers", where=f"draw {case.draw}", numbers=len(received))
    _withdrawals(case, received)
    closed = case.of("entries.closed")
    if not closed:
        return EMPTY
    _closed(case, closed[0], received)
    if case.of("entries.listed"):
        _each_ends_once(case, received)
    return f"{len(received)}; {len(listed(case))}"


def _closed(case: Case, closed: Leaf, received: list[Leaf]) -> None:
    close = case.notice["entry_close"]
    behind = [
        leaf
        for leaf in case.of("entry.received", "entry.withdrawn")
        if leaf.index > closed.index or leaf["received_at"] >= close
    ]
    if behind:
        raise Fault("closed.after", where=behind[0].where, closed=closed.index)
    if closed["count"] != len(received) or closed["at"] < close:
        raise Fault(
            "closed.count", where=closed.where, count=closed["count"], entries=len(received)
        )


def _withdrawals(case: Case, received: list[Leaf]) -> None:
    by_number = {leaf["no"]: leaf for leaf in received}
    for leaf in case.of("entry.withdrawn"):
        entry = by_number.get(leaf["no"])
        opened = hashlib.sha256(WITHDRAW + bytes.fromhex(leaf["token"])).hexdigest()
        if entry is None or entry.index > leaf.index or entry["undo"] != opened:
            raise Fault("entry.token", where=leaf.where, no=leaf["no"])


def _each_ends_once(case: Case, received: list[Leaf]) -> None:
    rows = [
        row for leaf in case.of("entries.listed") for row in (*leaf["entrants"], *leaf["excluded"])
    ]
    ends = Counter([row["no"] for row in rows])
    ends.update(leaf["no"] for leaf in case.of("entry.withdrawn"))
    numbers = {leaf["no"] for leaf in received}
    for number in sorted(numbers | ends.keys()):
        if number not in numbers or ends[number] != 1:
            raise Fault("entry.end", where=f"draw {case.draw}", no=number, ends=ends[number])
    refs = [row["ref"] for row in rows]
    if len(set(refs)) != len(refs):
        raise Fault("entry.ref_twice", where=f"draw {case.draw}")


def listed(case: Case) -> dict[int, str]:
    """Who is on the list: entry number -> ref."""
    return {row["no"]: row["ref"] for leaf in case.of("entries.listed") for row in leaf["entrants"]}


# --- jurors and their sheets --------------------------------------------------------------
def jurors_stand(case: Case) -> str:
    """Jurors were named before anybody entered; reserves followed in their order; each seat has handed in
    one sheet, before the sheets were closed.
    """
    seated = seats(case)
    closed = case.of("sheets.closed")
    if not closed:
        return EMPTY
    sheets = _standing_sheets(case, closed[0])
    if set(sheets) != set(seated) or closed[0]["count"] != len(sheets):
        raise Fault("scored.sheets", where=closed[0].where, count=len(sheets), seats=len(seated))
    replaced = len(case.of("juror.replaced"))
    return f"{len(seated)}; {replaced}"


def seats(case: Case) -> dict[int, str]:
    """Who sits in each seat in the end: seat -> ref. Raises Fault `scored.jurors`, `experts.turn`."""
    if experts.is_by_pool(case):
        return experts.seated(case)
    named = case.the("jurors.named")
    entered = case.of("entry.received")
    seated = {row["seat"]: row["ref"] for row in named["seats"]}
    reserves = list(named["reserves"])
    count = case.notice["jurors"]
    refs = [*seated.values(), *reserves]
    is_early = not entered or named.index < entered[0].index
    is_whole = sorted(seated) == list(range(1, count + 1)) and bool(reserves)
    is_twice = len(seated) < len(named["seats"]) or len(set(refs)) < len(refs)
    if not is_whole or is_twice or not is_early:
        raise Fault("scored.jurors", where=named.where)
    for leaf in case.of("juror.replaced"):
        if not reserves or leaf["ref"] != reserves.pop(0) or leaf["seat"] not in seated:
            raise Fault("scored.jurors", where=leaf.where)
        seated[leaf["seat"]] = leaf["ref"]
    return seated


def _standing_sheets(case: Case, closed: Leaf) -> dict[int, Leaf]:
    """The sheet that counts for each seat: none of a juror who has left it."""
    sheets: dict[int, Leaf] = {}
    found = case.of("sheet.sealed", "juror.replaced")
    for leaf in sorted(found, key=lambda each: each.index):
        if leaf.index > closed.index:
            raise Fault("scored.late", where=leaf.where, closed=closed.index)
        if leaf["type"] == "juror.replaced":
            sheets.pop(leaf["seat"], None)
        elif leaf["seat"] in sheets:
            raise Fault("scored.sheet_twice", where=leaf.where, seat=leaf["seat"])
        else:
            sheets[leaf["seat"]] = leaf
    return sheets


def sheets_stand(case: Case) -> str:
    """Each sheet is the one that was sealed, marks every proposal of the list by levels of the notice, and
    knew it by a letter that was fixed before.
    """
    if not case.of("quotes.opened"):
        return EMPTY
    letters = letters_of(case)
    sealed = _standing_sheets(case, case.the("sheets.closed"))
    opened = sheets_of(case)
    if set(opened) != set(sealed):
        raise Fault(
            "scored.sheets", where=f"draw {case.draw}", count=len(opened), seats=len(sealed)
        )
    seated = seats(case)
    proposals = {letter: row["proposal"] for letter, row in letters.items()}
    for seat, sheet in opened.items():
        _sheet_fits(case, sealed[seat], sheet, seated[seat], proposals)
    return f"{len(opened)} x {len(letters)}"


def _sheet_fits(
    case: Case, sealed: Leaf, sheet: dict[str, Any], juror: str, proposals: dict[str, str]
) -> None:
    rows = [
        {"letter": row["letter"], "proposal": proposals.get(row["letter"]), "marks": row["marks"]}
        for row in sheet["rows"]
    ]
    found = arithmetic.sheet_digest(case.draw, {**sheet, "rows": rows})
    if found != sealed["sha256"] or sheet["juror"] != juror:
        raise Fault("scored.sheet", where=sealed.where, seat=sheet["seat"], computed=found)
    if sorted(row["letter"] for row in rows) != sorted(proposals):
        raise Fault("scored.sheet", where=sealed.where, seat=sheet["seat"], computed=found)
    levels = [each["levels"] for each in case.notice["criteria"]]
    for row in rows:
        is_marked = len(row["marks"]) == len(levels) and all(
            mark in of for mark, of in zip(row["marks"], levels, strict=True)
        )
        if not is_marked:
            raise Fault("scored.mark", where=sealed.where, seat=sheet["seat"], letter=row["letter"])


def letters_of(case: Case) -> dict[str, dict[str, Any]]:
    """The opened letters: letter -> {no, letter, proposal, salt}. Raises Fault `scored.letters`."""
    fixed = {row["no"]: row["commit"] for leaf in case.of("letters.fixed") for row in leaf["rows"]}
    rows = [row for leaf in case.of("letters.opened") for row in leaf["rows"]]
    received = {leaf["no"]: leaf for leaf in case.of("entry.received")}
    who = listed(case)
    numbers = [row["no"] for row in rows]
    sealed = case.of("sheet.sealed")
    is_early = all(leaf.index < sealed[0].index for leaf in case.of("letters.fixed") if sealed)
    if sorted(numbers) != sorted(who) or set(fixed) != set(who) or not is_early:
        raise Fault("scored.letters", where=f"draw {case.draw}", no=len(rows))
    files = has_files(case)
    for row in rows:
        is_own = files or received[row["no"]].value.get("proposal") == row["proposal"]
        if not is_own or arithmetic.letter_commit(case.draw, row) != fixed[row["no"]]:
            raise Fault("scored.letters", where=f"draw {case.draw}", no=row["no"])
    found = {row["letter"]: row for row in rows}
    if len(found) != len(rows):
        raise Fault("scored.letters", where=f"draw {case.draw}", no=len(rows))
    return found


def has_files(case: Case) -> bool:
    """Whether proposals are sealed files: then an entry names a box, and its quote the document in it."""
    return "sealed_proposals" in case.the("notice.published").value


def sheets_of(case: Case) -> dict[int, dict[str, Any]]:
    """The opened sheets by seat, their parts put together."""
    found: dict[int, dict[str, Any]] = {}
    for leaf in case.of("sheet.opened"):
        whole = found.setdefault(
            leaf["seat"],
            {**{name: leaf[name] for name in ("seat", "juror", "salt", "comments")}, "rows": []},
        )
        whole["rows"] = [*whole["rows"], *leaf["rows"]]
    return found
