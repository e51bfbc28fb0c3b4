"""`evidence.json` of a scored selection, put together from the log alone: leaves verbatim, with proofs."""

import base64
from collections.abc import Mapping, Sequence

from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.ledger.queries import Entry, SignedHead
from market.selection.jurors import queries as pool_queries
from market.selection.jurors.models import PoolEdition
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.queries.outcome import leaves_of
from market.selection.sources.queries import evidence as source_evidence
from market.selection.sources.queries import rows as source_rows
from verify.zjcs import experts, note
from verify.zjcs.draw import RANKED_2

CLOSED = "entries.closed"
SHEETS_CLOSED = "sheets.closed"
OPENED = "quotes.opened"
FIXED = "lot.fixed"


def evidence_of(work: Work, number: str, vkeys: Sequence[str], boxes: Mapping[int, bytes]) -> Json:
    """Everything that an outsider needs to recompute a scoring; `vkeys` the log's verifier key, then its
    witnesses'; `boxes` the sealed quotes by entry number. As of the first cosigned checkpoint over its
    last leaf.

    Refuses `notice.none`, `scored.not_open` before the quotes are open, `draw.evidence_soon` in the
    seconds until a witness has seen them.
    """
    scored_rows.scored_notice(work, number)
    own = leaves_of(work, number)
    first = {entry.type: entry for entry in reversed(own)}
    if OPENED not in first:
        raise NotFound("scored.not_open")
    head = ledger.first_cosigned_over(work, own[-1].index) or ledger.cosigned(work)
    if head is None or head.size <= first[OPENED].index:
        raise NotFound("draw.evidence_soon")
    shown = [entry for entry in own if entry.index < head.size]
    proofs = ledger.inclusion_proofs(work, [entry.index for entry in shown], head.size)
    return {
        "protocol": RANKED_2,
        "version": 2,
        "draw": sibling(number, Prefix.DRAW),
        "log": {
            "origin": note.parse_vkey(vkeys[0]).name,
            "vkey": vkeys[0],
            "witnesses": list(vkeys[1:]),
        },
        "leaves": [{"index": entry.index, "utf8": entry.leaf.decode()} for entry in shown],
        "proofs": {str(index): _hex(proof) for index, proof in proofs.items()},
        "checkpoint": head.note,
        "closed": _view(work, first[CLOSED], head),
        "heads": [_head(work, entry, head) for entry in _of_a_time(shown)],
        "boxes": {
            str(no): base64.b64encode(box).decode()
            for no, box in boxes.items()
            if no in _listed(shown)
        },
    }


def _of_a_time(shown: Sequence[Entry]) -> list[Entry]:
    """Leaves of which it matters when a witness saw them first: the lot, the closed sheets, each amendment and
    each failure of a source.
    """
    first = {entry.type: entry for entry in reversed(shown)}
    late = {source_evidence.AMENDED, *source_evidence.FAILURES}
    others = [entry for entry in shown if entry.type in late]
    return [*(first[kind] for kind in (FIXED, SHEETS_CLOSED) if kind in first), *others]


def cosignatures_of(work: Work, number: str) -> list[object]:
    """When witnesses saw the lot of the experts and each failure of a source of it, with the witness's
    numbered list once it is here. Refuses `notice.none`, `draw.none` where no lot was fixed.
    """
    notice = scored_rows.scored_notice(work, number)
    lot = source_rows.fixed_lot(work, notice.id, experts.LABEL)
    if lot is None:
        raise NotFound("draw.none")
    return source_evidence.cosignatures_over(work, lot, leaves_of(work, number))


def jurors_opened(work: Work, number: str) -> Json:
    """The list of the experts' lot with what opens each digest, and the pool as it was: for entrants and who
    oversees. Refuses `notice.none` where the owner named its jurors, `scored.not_open`.
    """
    notice = scored_rows.scored_notice(work, number)
    row = scored_rows.round_of(work, notice.id)
    edition = work.session.get(PoolEdition, row.edition_id) if row.edition_id else None
    if edition is None:
        raise NotFound("notice.none")
    if row.opened_at is None:
        raise NotFound("scored.not_open")
    return {
        "draw": sibling(number, Prefix.DRAW),
        "members": [
            {
                "number": member.number,
                "categories": categories,
                "ref": listed.ref,
                "salt": listed.salt,
                **({"reason": listed.why.value} if listed.why else {}),
            }
            for listed, member in pool_queries.listing(work, notice.id)
            for categories in (_categories(edition, member.number),)
        ],
    }


def _categories(edition: PoolEdition, number: str) -> list[str]:
    return next(list(each["categories"]) for each in edition.members if each["number"] == number)


def _listed(shown: Sequence[Entry]) -> set[int]:
    """Whose quotes were opened; the boxes of others stay shut."""
    return {
        row["no"]
        for entry in shown
        if entry.type == "entries.listed"
        for row in entry.fields["entrants"]
    }


def _over(work: Work, entry: Entry) -> SignedHead:
    seen = ledger.first_cosigned_over(work, entry.index)
    if seen is None:
        raise NotFound("draw.evidence_soon")
    return seen


def _view(work: Work, entry: Entry, head: SignedHead) -> Json:
    """That a witness saw the entries closed before anything else."""
    seen = _over(work, entry)
    return {
        "inclusion": _hex(ledger.inclusion_proof(work, entry.index, seen.size)),
        **_head(work, entry, head),
    }


def _head(work: Work, entry: Entry, head: SignedHead) -> Json:
    """The first head over a leaf that a witness cosigned."""
    seen = _over(work, entry)
    return {
        "checkpoint": seen.note,
        "consistency": _hex(ledger.consistency_proof(work, seen.size, head.size)),
    }


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [part.hex() for part in hashes]
