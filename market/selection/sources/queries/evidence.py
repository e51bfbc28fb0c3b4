"""`evidence.json` of one draw, put together from the log alone (docs/draws.md): leaves
verbatim, with proofs.

Leaves that a verifier of zjcs-draw/1 knows are shown, all of them: it refuses a file that holds one
back.
"""

import base64
import json
from collections.abc import Mapping, Sequence

from market.db import Work
from market.kernel.clock import epoch
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.ledger.queries import Entry, SignedHead
from market.selection.sources.models import Draw, DrawSource, FixedLot, NoticeLot, WitnessList
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.rules.plan import timely
from verify.zjcs import draw as protocol
from verify.zjcs import note, ranked, shortlisted
from verify.zjcs.leaves import TABLES

SEAL = "entries.sealed"
FIXED = "lot.fixed"
RESULTS = ("draw.result", "ranking.result")
"""Where the order stands: of a random draw, of a way that ranks."""
VALUE = "source.value"
ANCHOR = "source.anchor"
PART = "entries.part"
PUBLISHED = "notice.published"
AMENDED = "notice.amended"
CLOSED = "entries.closed"
FROZEN = "credit.frozen"
CHOSE = "owner.chose"
FAILURES = frozenset({"source.lost", "source.failed"})
OPENED = "auction.opened"
BID = "auction.bid"
SEEN = frozenset(
    {*FAILURES, AMENDED, CLOSED, OPENED}
)  # of which it matters when a witness saw them
# a draw that no witness was to see: the first signed head over the seal stands for the cosigned one
BELOW_WITNESS = "S0"


def evidence_of(
    work: Work, draw_no: str, vkeys: Sequence[str], boxes: Mapping[int, bytes] | None = None
) -> Json:
    """Everything that an outsider needs to recompute a draw; `vkeys` the log's verifier key, then
    its witnesses'; `boxes` the sealed quotes by entry number, of a draw whose keys are out.

    As of the first cosigned checkpoint over its last leaf, so the same file each time until
    something is added. Refuses `draw.none`, `draw.no_result` before the order is out,
    `draw.evidence_soon` in the seconds until a witness has seen it.
    """
    draw = source_rows.draw_by_number(work, draw_no)
    found = leaves(work, draw)
    first = {entry.type: entry for entry in reversed(found)}
    result = result_of(found)
    if result is None:
        raise NotFound("draw.no_result")
    head = _head_over(work, draw, found[-1].index, result.index)
    shown = [entry for entry in found if entry.index < head.size]
    proofs = ledger.inclusion_proofs(work, [entry.index for entry in shown], head.size)
    heads = _heads(work, shown, head.size)
    sealed = first[SEAL].index
    return {
        **({"version": 2, "heads": heads} if heads else {}),
        **_closed(work, first.get(CLOSED), head.size, boxes or {}),
        "protocol": _alg(shown),
        "draw": draw.number,
        "level": _level(work, draw, sealed),
        "log": _log(vkeys),
        "leaves": [{"index": entry.index, "utf8": entry.leaf.decode()} for entry in shown],
        "proofs": {str(index): _hex(proof) for index, proof in proofs.items()},
        "checkpoint": head.note,
        "seal": _view(work, seal_head(work, draw, sealed), sealed, head.size),
        "seed": result.fields["seed"],
        "order": _order(first, shown, result),
    }


def result_of(found: Sequence[Entry]) -> Entry | None:
    """The leaf of an order among those of a draw; None before it is out."""
    return next((entry for entry in found if entry.type in RESULTS), None)


def _order(
    first: Mapping[str, Entry], shown: Sequence[Entry], result: Entry
) -> list[dict[str, str]]:
    """Who stands where, with the tickets of those whom the lot has placed."""
    rows = _rows(first[SEAL], shown)
    seed = str(result.fields["seed"])
    if result.type == RESULTS[0]:
        drawn = protocol.order(seed, [row["ref"] for row in rows])
        return [{"ref": ref, "ticket": ticket} for ref, ticket in drawn]
    said = first[PUBLISHED].fields
    if said["rule"] == shortlisted.RULE:
        return _shortlisted(first, shown, rows, seed)
    basis = ranked.Basis(_amounts(said, rows, shown))
    order = ranked.order_of(said["rule"], basis, seed)
    tickets = order.tickets
    return [
        {"ref": ref, **({"ticket": tickets[ref]} if ref in tickets else {})} for ref in order.refs
    ]


def _shortlisted(
    first: Mapping[str, Entry], shown: Sequence[Entry], rows: list[Json], seed: str
) -> list[dict[str, str]]:
    """The lottery's order with the chosen one before it."""
    frozen = [row for entry in shown if entry.type == FROZEN for row in entry.fields["rows"]]
    chosen = first[CHOSE].fields["ref"] if CHOSE in first else None
    order = shortlisted.order_of(first[PUBLISHED].fields, frozen, rows, seed, chosen)
    return [{"ref": ref, "ticket": ticket} for ref, ticket in order]


def shortlist_scores(work: Work, draw_no: str) -> Json:
    """`scores.json` of a lottery by credit: as an example that verify/rank.py draws again, from the log
    alone. Refuses `draw.none`, `draw.no_result` before the shortlist is drawn.
    """
    draw = source_rows.draw_by_number(work, draw_no)
    found = leaves(work, draw)
    if draw.seed is None:
        raise NotFound("draw.no_result")
    first = {entry.type: entry for entry in reversed(found)}
    frozen = [row for entry in found if entry.type == FROZEN for row in entry.fields["rows"]]
    marks = shortlisted.marks_of(frozen, _rows(first[SEAL], found))
    return shortlisted.scores_of(draw_no, first[PUBLISHED].fields, marks, draw.seed)


def _amounts(said: Json, rows: Sequence[Json], shown: Sequence[Entry]) -> dict[str, int]:
    """What each on the list offers (fen): as its row says, of an auction its last bid."""
    if said["rule"] not in ranked.AUCTIONS:
        return ranked.amounts_of(rows, said["quote_rule"])
    last = {entry.fields["no"]: entry.fields["amount"] for entry in shown if entry.type == BID}
    return {row["ref"]: last[row["no"]] for row in rows}


def _log(vkeys: Sequence[str]) -> Json:
    """Whose log it is: the keys that sign its heads."""
    return {
        "origin": note.parse_vkey(vkeys[0]).name,
        "vkey": vkeys[0],
        "witnesses": list(vkeys[1:]),
    }


def cosignatures_of(work: Work, draw_no: str) -> list[object]:
    """The cosigned heads that show when witnesses saw a draw's seal and each failure of a source:
    signed notes, as witnesses list them; and the witness's numbered list, which shows that no earlier
    one was left out, once it is here (rule 2).

    Empty where no witness has seen anything yet. Refuses `draw.none`.
    """
    draw = source_rows.draw_by_number(work, draw_no)
    return cosignatures_over(work, draw, leaves(work, draw))


def cosignatures_over(work: Work, draw: NoticeLot, found: Sequence[Entry]) -> list[object]:
    """The same of a draw, or of a lot that was fixed later, whose leaves are `found`."""
    numbered = work.session.get(WitnessList, draw.id)
    wanted = [entry.index for entry in found if entry.type in {SEAL, FIXED, *FAILURES}]
    heads = [head for index in wanted if (head := ledger.first_cosigned_over(work, index))]
    notes = dict.fromkeys(head.note for head in heads)
    return [*notes, *([json.loads(numbered.text)] if numbered else [])]


def leaves(work: Work, draw: Draw) -> list[Entry]:
    """Every leaf that a draw rests on, in log order; before its result whatever there is already."""
    notice = sibling(draw.number, Prefix.NOTICE)
    filed = ledger.of_subject(work, notice)
    known = TABLES[_alg(filed)]
    own = [entry for entry in filed if entry.type in known and "subject" not in entry.fields]
    plan = source_rows.plan_of(work, draw.id)
    found = [
        entry for planned in plan if (entry := ledger.find(work, ANCHOR, planned.source))
    ] + own
    at = {entry.type: entry.index for entry in reversed(own)}
    if SEAL in at:
        result = result_of(own)
        end = result.index if result else ledger.size(work)
        found += given(work, plan, at[SEAL], end)
    return sorted(found, key=lambda entry: entry.index)


def behind(work: Work, lot: NoticeLot, first: int, end: int) -> list[Entry]:
    """What the log has behind a lot: the anchors of its chains, and what its sources gave between two places."""
    planned = source_rows.plan_of(work, lot.id)
    anchors = (ledger.find(work, ANCHOR, each.source) for each in planned)
    return [*(entry for entry in anchors if entry), *given(work, planned, first, end)]


def _alg(entries: Sequence[Entry]) -> str:
    """The protocol that a notice's first leaf names."""
    first = next((entry for entry in entries if entry.type == PUBLISHED), None)
    return str(first.fields["alg"]) if first else protocol.PROTOCOL


def given(work: Work, plan: Sequence[DrawSource], first: int, end: int) -> list[Entry]:
    """What the log has between two places of what a draw's sources gave: the promised values, or
    that one has failed.
    """
    promised = {planned.source: planned for planned in plan}
    return [
        entry
        for entry in ledger.between(work, list(promised), first, end)
        if _is_given(promised[entry.subject], entry)
    ]


def _is_given(planned: DrawSource, entry: Entry) -> bool:
    if planned.failed_leaf is not None:
        return entry.hash == planned.failed_leaf
    fields = (
        entry.fields
    )  # A lottery is a source of one draw alone; the others share theirs with all draws.
    return entry.type == VALUE and (
        planned.kind == "lottery" or planned.slot in (fields.get("slot"), fields.get("round"))
    )


def _level(work: Work, draw: Draw, seal: int) -> str:
    """The level as the file itself shows it: a second witness's answer may have been lost on the
    way when the draw was made.
    """
    reached = draw.reached or draw.level
    head = seal_head(work, draw, seal)
    if reached != "S2" or head is None or draw.sealed_at is None:
        return reached
    return (
        "S3"
        if head.cosigned_between(*timely(epoch(draw.sealed_at), epoch(draw.draw_at))) >= 2
        else reached
    )


def seal_of(work: Work, draw: NoticeLot) -> Entry | None:
    """The leaf that a lot's list is bound to: the seal, or the leaf that fixed the lot; None before it."""
    number = source_rows.notice_of(draw)
    if not isinstance(draw, FixedLot):
        return ledger.find(work, SEAL, number)
    found = (entry for entry in ledger.of_subject(work, number) if entry.type == FIXED)
    return next((entry for entry in found if entry.fields["lot"] == draw.number), None)


def seal_head(work: Work, draw: NoticeLot, seal: int) -> SignedHead | None:
    """The sealed checkpoint: the first over the seal that a witness cosigned (below S1: that was
    signed).
    """
    if draw.level == BELOW_WITNESS:
        return ledger.first_signed_over(work, seal)
    return ledger.first_cosigned_over(work, seal)


def _head_over(work: Work, draw: Draw, last: int, result: int) -> SignedHead:
    """The checkpoint that everything is proved in: over all leaves; while the last ones wait for
    it, the newest there is.
    """
    head = ledger.first_cosigned_over(work, last) or ledger.cosigned(work)
    if draw.level == BELOW_WITNESS and (head is None or head.size <= last):
        head = ledger.first_signed_over(work, last) or ledger.checkpoint(work)
    if head is None or head.size <= result:
        raise NotFound("draw.evidence_soon")
    return head


def _heads(work: Work, shown: Sequence[Entry], size: int) -> list[Json]:
    """The first cosigned heads over each failure, each amendment and the close: they show when a witness
    saw them (rules 7, 10 and 16). The first form of the file had no place for them.
    """
    wanted = [each.index for each in shown if each.type in SEEN]
    heads = {
        head.size: head
        for index in wanted
        if (head := ledger.first_cosigned_over(work, index)) and head.size <= size
    }
    return [
        {
            "checkpoint": head.note,
            "consistency": _hex(ledger.consistency_proof(work, head.size, size)),
        }
        for head in heads.values()
    ]


def _closed(work: Work, closed: Entry | None, size: int, boxes: Mapping[int, bytes]) -> Json:
    """That the entries were closed before any key came (rule 16), and the boxes that everybody can open
    since (rule 17); nothing of a draw before zjcs-draw/2.
    """
    if closed is None:
        return {}
    shown = {str(no): base64.b64encode(box).decode() for no, box in boxes.items()}
    head = ledger.first_cosigned_over(work, closed.index)
    return {"closed": _view(work, head, closed.index, size), "boxes": shown}


def _view(work: Work, head: SignedHead | None, index: int, size: int) -> Json:
    if head is None:
        raise NotFound("draw.evidence_soon")
    return {
        "checkpoint": head.note,
        "inclusion": _hex(ledger.inclusion_proof(work, index, head.size)),
        "consistency": _hex(ledger.consistency_proof(work, head.size, size)),
    }


def _rows(seal: Entry, shown: Sequence[Entry]) -> list[Json]:
    """The rows of the sealed list, its parts included."""
    lists = (
        [entry.fields for entry in shown if entry.type == PART]
        if "parts" in seal.fields
        else [seal.fields]
    )
    return [row for part in lists for row in part.get("entrants", ())]


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [part.hex() for part in hashes]
