"""`evidence.json` of a direct choice, put together from the log alone: leaves verbatim, with proofs."""

from collections.abc import Sequence

from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.selection.direct.queries.cards import direct_notice
from verify.zjcs import note
from verify.zjcs.draw import RANKED_2
from verify.zjcs.leaves import LEAVES_2


def evidence_of(work: Work, number: str, vkeys: Sequence[str]) -> Json:
    """Everything that an outsider needs to check a choice; `vkeys` the log's verifier key, then its
    witnesses'. As of the first cosigned checkpoint over its last leaf.

    Refuses `notice.none`, `draw.evidence_soon` in the seconds until a witness has seen its list.
    """
    direct_notice(work, number)
    own = [
        entry
        for entry in ledger.of_subject(work, number)
        if entry.type in LEAVES_2 and "draw" in entry.fields
    ]
    head = ledger.first_cosigned_over(work, own[-1].index) or ledger.cosigned(work)
    listed = next(entry.index for entry in own if entry.type == "direct.listed")
    if head is None or head.size <= listed:
        raise NotFound("draw.evidence_soon")
    shown = [entry for entry in own if entry.index < head.size]
    proofs = ledger.inclusion_proofs(work, [entry.index for entry in shown], head.size)
    return {
        "protocol": RANKED_2,
        "draw": sibling(number, Prefix.DRAW),
        "log": {
            "origin": note.parse_vkey(vkeys[0]).name,
            "vkey": vkeys[0],
            "witnesses": list(vkeys[1:]),
        },
        "leaves": [{"index": entry.index, "utf8": entry.leaf.decode()} for entry in shown],
        "proofs": {str(index): [each.hex() for each in proof] for index, proof in proofs.items()},
        "checkpoint": head.note,
    }
