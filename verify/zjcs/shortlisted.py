"""信用择优: credit that was fixed before anybody entered, the lottery by it, and the owner's choice among
the few that the lottery gave (ADR 0061).

The market calls `drawn` and `root` when it freezes and draws, verifiers when they check: there is no
second copy. Marks are hundredths of a point; None stands for a newcomer, who is given the mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import draw, examples, merkle, score, ways
from .canonical import jcs
from .faults import Fault
from .ways import Shortlist

if TYPE_CHECKING:
    from .case import Case, Leaf

RULE = "credit_shortlist"
ROW = b"zjcs-rank/2/credit\n"
FIRST = "first"
FAILS = "fails"
"""What the owner's silence does, as the notice says it: place 1 stands, or the selection fails."""
EMPTY = "-"


# --- credit -------------------------------------------------------------------------------
def row_hash(draw: str, ref: str, marks: int | None, salt: str) -> bytes:
    """The leaf of one agency in the tree of a notice: what it had when the notice was published."""
    known = {} if marks is None else {"marks": marks}
    return merkle.leaf_hash(ROW + jcs({"draw": draw, "ref": ref, "salt": salt, **known}))


def paths(hashes: Sequence[bytes]) -> tuple[bytes, list[list[bytes]]]:
    """The root of a tree of leaf hashes, and the inclusion proof of each: one walk over all levels."""
    proofs: list[list[bytes]] = [[] for _ in hashes]
    level = list(hashes)
    spans = [range(place, place + 1) for place in range(len(hashes))]
    while len(level) > 1:
        above = []
        wider = []
        for place in range(0, len(level) - 1, 2):
            left = level[place]
            right = level[place + 1]
            for leaf in spans[place]:
                proofs[leaf].append(right)
            for leaf in spans[place + 1]:
                proofs[leaf].append(left)
            above.append(merkle.node_hash(left, right))
            wider.append(range(spans[place].start, spans[place + 1].stop))
        if len(level) % 2:  # an odd one goes up as it is: RFC 6962
            above.append(level[-1])
            wider.append(spans[-1])
        level = above
        spans = wider
    return (level[0] if level else merkle.EMPTY_ROOT), proofs


def drawn(notice: Mapping[str, Any], marks: Mapping[str, int | None], seed: str) -> Shortlist:
    """What the lottery gives: longlist, weights, tickets, order, shortlist. `notice`: its leaf; `marks`: of
    each entrant on the list, by ref.
    """
    mean = int(notice["credit"]["mean"])
    used = {ref: mean if own is None else own for ref, own in marks.items()}
    promised = notice["shortlist"]
    return ways.shortlist(
        used, longest=promised["longlist"], shortest=promised["shortlist"], seed=seed
    )


def best(found: Shortlist) -> dict[str, str]:
    """The lowest ticket (hex) of each, by ref: its place in the lottery."""
    tickets: dict[str, str] = {}
    for ticket, ref, _ in found.tickets:
        tickets.setdefault(ref, ticket)
    return tickets


def ball_ticket(seed: str, ref: str, ball: int) -> str:
    """The ticket (hex) of one weight of an agency, numbered from 1."""
    return draw.ticket(seed, f"{ref}\n{ball}", ways.BALL)


def recipe(seed: str, ref: str, ball: int) -> str:
    """The one line with which anybody recomputes the ticket of a weight in a shell."""
    return f"printf '{ways.BALL}\\n%s\\n%s\\n%s' {seed} {ref} {ball} | sha256sum"


def chosen_first(found: Shortlist, chosen: str | None) -> list[str]:
    """The order after the choice: the chosen one, then the lottery's order. Raises Fault
    `choice.outside` for one who is not on the shortlist.
    """
    if chosen is None:
        return list(found.refs)
    if chosen not in found.shortlist:
        raise Fault("choice.outside", ref=chosen)
    return [chosen, *(ref for ref in found.refs if ref != chosen)]


def order_of(
    notice: Mapping[str, Any],
    frozen: Iterable[Mapping[str, Any]],
    entrants: Iterable[Mapping[str, Any]],
    seed: str,
    chosen: str | None,
) -> list[tuple[str, str]]:
    """The order of a notice as (ref, ticket), best first; `frozen` are the rows of its credit, `entrants`
    those of its list.
    """
    found = drawn(notice, marks_of(frozen, entrants), seed)
    tickets = best(found)
    return [(ref, tickets[ref]) for ref in chosen_first(found, chosen)]


def marks_of(
    frozen: Iterable[Mapping[str, Any]], entrants: Iterable[Mapping[str, Any]]
) -> dict[str, int | None]:
    """What each entrant on the list had, by ref. Raises Fault `credit.row` where one was not frozen."""
    by_number = {row["no"]: row for row in frozen}
    marks: dict[str, int | None] = {}
    for row in entrants:
        if row["no"] not in by_number:
            raise Fault("credit.row", no=row["no"])
        marks[row["ref"]] = by_number[row["no"]].get("marks")
    return marks


def scores_of(
    draw: str, notice: Mapping[str, Any], marks: Mapping[str, int | None], seed: str
) -> dict[str, Any]:
    """`scores.json`: the lottery as an example that `rank.py` computes again, with what it gives."""
    given = {
        "credit": {ref: None if own is None else score.shown(own) for ref, own in marks.items()},
        "platform_mean": score.shown(notice["credit"]["mean"]),
        "longlist": notice["shortlist"]["longlist"],
        "shortlist": notice["shortlist"]["shortlist"],
        "balls": ways.DIVISIONS,
        "seed": seed,
    }
    return {"id": draw, "method": RULE, "input": given, "expected": examples.expected(RULE, given)}


# --- holding a case -----------------------------------------------------------------------
def rows_of(case: Case) -> list[dict[str, Any]]:
    """The rows of the frozen credit, their parts included."""
    return [row for leaf in case.of("credit.frozen") for row in leaf["rows"]]


def choice_of(case: Case) -> str | None:
    """Whom the owner chose; None where nobody."""
    found = case.of("owner.chose")
    return found[0]["ref"] if found else None


def ranking(case: Case) -> list[tuple[str, str | None]]:
    """The order of a case. Raises the Fault of whatever it lacks."""
    _promise(case)
    return list(
        order_of(case.notice.value, rows_of(case), case.entrants, case.seed, choice_of(case))
    )


def marks_in(case: Case) -> dict[str, int | None]:
    """What each entrant on the list of a case had."""
    return marks_of(rows_of(case), case.entrants)


def _promise(case: Case) -> None:
    notice = case.notice
    promised = notice.value.get("shortlist")
    if "credit" not in notice.value or promised is None:
        raise Fault("credit.promise", where=notice.where)
    if promised["shortlist"] >= promised["longlist"]:
        raise Fault("credit.promise", where=notice.where)


def credit_stands(case: Case) -> str:
    """Every entry has one row of the credit that the notice has fixed, opened behind the closed count and
    before any key of the quotes.
    """
    _promise(case)
    refs = {
        row["no"]: row["ref"] for row in (*case.entrants, *case.excluded, *case.rows("unopened"))
    }
    return frozen_stand(case, refs, case.seal)


def frozen_stand(case: Case, refs: Mapping[int, str], sealed: Leaf) -> str:
    """The same of any way: `refs` of all entries that stood at the close, by number; `sealed` the leaf of their
    list.
    """
    closed = case.the("entries.closed")
    keys = case.of("quote.key")
    last = min((leaf.index for leaf in keys), default=sealed.index)
    for leaf in case.of("credit.frozen"):
        if not closed.index < leaf.index < last:
            raise Fault("credit.place", where=leaf.where, closed=closed.index, before=last)
    rows = rows_of(case)
    where = (case.of("credit.frozen") or [sealed])[0].where
    if sorted(row["no"] for row in rows) != sorted(refs):
        raise Fault("credit.rows", where=where, rows=len(rows), entries=len(refs))
    for row in rows:
        _row_stands(case, where, refs[row["no"]], row)
    placed = [row["place"] for row in rows if "place" in row]
    if len(set(placed)) != len(placed):
        raise Fault("credit.place_twice", where=where)
    new = sum("marks" not in row for row in rows)
    return f"{len(rows) - new} + {new}; {score.shown(case.notice['credit']['mean'])}"


def _row_stands(case: Case, where: str, ref: str, row: Mapping[str, Any]) -> None:
    """A row is the one of the tree; who came after the publication has none, and is listed ("!")."""
    if "salt" not in row:
        case.mark("credit.later", 16, where, ref=ref)
        return
    leaf = row_hash(case.draw, ref, row.get("marks"), row["salt"])
    promised = case.notice["credit"]
    proof = [bytes.fromhex(each) for each in row["path"]]
    root = bytes.fromhex(promised["sha256"])
    try:
        merkle.verify_inclusion(leaf, row["place"], promised["count"], proof, root)
    except Fault:
        raise Fault("credit.other", where=where, no=row["no"], ref=ref) from None


def choice_stands(case: Case) -> str:
    """The lottery's shortlist stood on the log before the owner chose, the choice lies in it, and silence
    did what the notice had said.
    """
    for kind in ("shortlist.drawn", "owner.chose"):
        found = case.of(kind)
        if len(found) > 1:
            first, second = found[:2]
            raise Fault("leaf.second", where=second.where, type=kind, first=first.index)
    listed = case.the("shortlist.drawn")
    expected = drawn(case.notice.value, marks_in(case), case.seed).shortlist
    if listed["seed"] != case.seed or listed["order"] != expected:
        raise Fault("choice.shortlist", where=listed.where, computed=",".join(expected))
    chose = case.of("owner.chose")
    end = chose[0] if chose else case.result
    if not listed.index < end.index <= case.result.index:
        raise Fault("choice.order", where=end.where, listed=listed.index)
    if chose:
        _chosen_in_time(case, chose[0], listed)
        return str(chose[0]["ref"])
    if case.notice["shortlist"]["silence"] != FIRST:
        raise Fault("choice.silence", where=case.result.where)
    if case.result["at"] < listed["choose_by"]:
        raise Fault("choice.early", where=case.result.where, at=case.result["at"])
    return EMPTY


def _chosen_in_time(case: Case, chose: Leaf, listed: Leaf) -> None:
    if chose["ref"] not in listed["order"]:
        raise Fault("choice.outside", where=chose.where, ref=chose["ref"])
    if chose["at"] > listed["choose_by"]:  # working days may be added while they run
        case.mark("choice.late", 16, chose.where, at=chose["at"], until=listed["choose_by"])
