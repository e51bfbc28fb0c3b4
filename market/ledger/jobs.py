"""Signing the log's head and having it witnessed: the clock process alone holds the log's key.

Signed only after the commit, so that no size is ever signed that could roll back.
"""
import base64
import datetime as dt
import logging
import pathlib

from flask import current_app

from market.adapters import vkeys
from market.adapters.beacon import Behind, HttpWitness, Unreachable, Witness
from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import from_epoch
from market.ledger import queries, service
from market.ledger.queries import SignedHead
from verify.zjcs import note
from verify.zjcs.faults import Fault

log = logging.getLogger(__name__)


def sign_head() -> SignedHead | None:
    """Sign the present head when it is new, keep it in the database and in a file outside it; the newest signed head."""
    work = reading(CLOCK)
    size, root = queries.head(work)
    newest = queries.checkpoint(work)
    if size == 0 or (newest and newest.size >= size):
        return newest
    signer = Keys(current_app.config["INSTANCE"]).log_signer()
    text = note.Checkpoint(signer.name, size, root).text
    signed = note.format_note(text, [signer.sign(text)])
    in_one_transaction(service.publish_checkpoint, CLOCK, size=size, note=signed)
    keep_outside(pathlib.Path(current_app.config["INSTANCE"]), signed)
    return SignedHead(size, signed, None)


def keep_outside(instance: pathlib.Path, signed: str) -> None:
    """Write the newest checkpoint beside the database: a restored old database is caught by it (fork guard)."""
    path = instance / "checkpoint"
    fresh = path.with_suffix(".new")
    fresh.write_text(signed, encoding="utf-8")
    fresh.replace(path)


def witness_head() -> None:
    """Have the newest head cosigned. A witness that does not answer is asked again at the next tick."""
    signed = sign_head()
    witness = the_witness()
    if signed is None or signed.cosigned_at is not None or witness is None:
        return
    seen = queries.cosigned(reading(CLOCK))
    try:
        _keep(signed, _cosign(witness, seen.size if seen else 0, signed))
    except Unreachable as lost:
        log.warning("the witness did not cosign: %s", lost)
    except Fault as false:
        log.error("what the witness answered is no cosignature of it: %s", false)


def learn_witness() -> list[str]:
    """The witness's verifier keys; asked of the witness itself when none is known yet, at set-up or at the first meeting.

    Raises Fault `keys.*` when the witness is one of another log, Unreachable when it does not answer.
    """
    known, witness = vkeys.witness_vkeys(current_app.config), the_witness()
    return known if known or witness is None else vkeys.keep_witness(current_app.config, witness.keys())


def _keep(signed: SignedHead, answer: str) -> None:
    """Keep a cosignature once it is proved. Raises Fault when it is none."""
    lines, at = _proved(signed, answer, learn_witness())
    in_one_transaction(service.add_cosignature, CLOCK, size=signed.size, lines=lines, cosigned_at=from_epoch(at))


def _proved(signed: SignedHead, answer: str, known_vkeys: list[str]) -> tuple[str, int]:
    """The lines that a known witness signed over this head, and the earliest time in them. Raises Fault when none is."""
    known = [note.parse_vkey(vkey) for vkey in known_vkeys]
    names = {(key.name, key.id) for key in known}
    times = note.cosignature_times(note.parse_note(signed.note + answer), known)
    if not times:
        raise Fault("keys.witness", answer=answer[:200])
    lines = [line for line in answer.splitlines(keepends=True)
             if (made := note.parse_signature(line.rstrip("\n"))) and (made.name, made.key_id) in names]
    return "".join(lines), min(times.values())


def _cosign(witness: Witness, old: int, signed: SignedHead) -> str:
    try:
        return witness.cosign(old, _consistency(old, signed.size), signed.note)
    except Behind as other:
        if other.size > signed.size:
            current_app.extensions["append"].lock(signed.size, other.size, "witness")
            raise Unreachable("the witness has seen a longer log: this database is behind") from other
        caught = _catch_up(witness, old)
        if signed.size in caught:
            return caught[signed.size]
        return witness.cosign(other.size, _consistency(other.size, signed.size), signed.note)


def _catch_up(witness: Witness, old: int) -> dict[int, str]:
    """Keep the cosignatures over sizes beyond `old` whose answers were lost on the way; returns them by size.

    The witness publishes each that it makes (rule 2): an earlier one that we do not show would look hidden.
    """
    caught: dict[int, str] = {}
    for published in witness.published(old):
        theirs = note.parse_note(published)
        size = note.parse_checkpoint(theirs.text).size
        ours = queries.signed(reading(CLOCK), size)
        if size in caught or ours is None or note.parse_note(ours.note).text != theirs.text:
            continue
        caught[size] = "".join(line.line for line in theirs.signatures)
        _keep(ours, caught[size])
    return caught


def _consistency(old: int, new: int) -> list[str]:
    """Base64 hashes that the head of size `new` extends the one of size `old`."""
    if not 0 < old < new:
        return []
    return [base64.b64encode(part).decode() for part in queries.consistency_proof(reading(CLOCK), old, new)]


def the_witness() -> Witness | None:
    """The witness of this installation: an object that tests and the story put there, or the one at WITNESS_URL."""
    given: Witness | None = current_app.extensions.get("witness")
    url = current_app.config.get("WITNESS_URL")
    return given or (HttpWitness(url) if url else None)


JOBS = [("ledger.checkpoint", dt.timedelta(seconds=1), witness_head)]
