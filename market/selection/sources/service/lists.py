"""The witness's numbered list of a draw, kept to be handed on with the evidence."""

import json
from collections.abc import Mapping, Sequence

from market.db import Work
from market.kernel.errors import Invalid
from market.selection import permissions
from market.selection.sources.models import WitnessList
from market.selection.sources.queries import rows as source_rows
from verify.zjcs import keys as verifier_keys
from verify.zjcs import note, witnessed
from verify.zjcs.faults import Fault


def keep_list(
    work: Work, *, draw_no: str, sealed: int, given: Mapping[str, object], vkeys: Sequence[str]
) -> bool:
    """Keep a numbered list that shows the first cosignature over the seal (leaf `sealed`); False when
    it does not yet. `vkeys`: the log's verifier keys, the newest first, then its witnesses'.

    Refuses `draw.none`, `draw.list_wrong` for a list that does not prove itself.
    """
    permissions.require(work.actor, "selection.clock")
    draw = source_rows.lot_by_number(work, draw_no, lock=True)
    if work.session.get(WitnessList, draw.id) is not None:
        return True
    text = json.dumps(dict(given))
    kinds = {vkey: note.parse_vkey(vkey) for vkey in vkeys}
    log = [vkey for vkey in vkeys if kinds[vkey].kind == note.ED25519]
    witnesses = [vkey for vkey in vkeys if kinds[vkey].kind == note.COSIGNATURE]
    try:
        known = verifier_keys.claimed(kinds[log[0]].name, log, witnesses)
        found = witnessed.read([text], known)
    except Fault as fault:
        raise Invalid("draw.list_wrong", field="list") from fault
    if not any(found.complete_over(key.name, sealed) for key in known.witnesses):
        return False
    work.session.add(WitnessList(draw_id=draw.id, text=text, kept_at=work.now))
    return True
