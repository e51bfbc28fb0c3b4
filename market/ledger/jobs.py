"""Signing the log's head and having it witnessed: the clock process alone holds the log's key.

Signed only after the commit, so that no size is ever signed that could roll back.
"""

import base64
import contextlib
import datetime as dt
import logging
import os
import pathlib
from collections.abc import Iterator

from flask import current_app

from market.adapters import vkeys
from market.adapters.beacon import Behind, Forked, Unreachable, Unread, Witness, witnesses
from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.fabric import Memory, fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import epoch, from_epoch
from market.ledger import queries, service
from market.ledger.queries import SignedHead
from verify.zjcs import note
from verify.zjcs.faults import Fault

log = logging.getLogger(__name__)
PAGE = 500  # leaves that a witness which reads them is handed at once
PAGE_BYTES = 1024 * 1024
AT_ONCE = 50  # heads that a further witness is shown in one tick


def sign_head() -> SignedHead | None:
    """Sign the present head when it is new, keep it in the database and in a file outside it; the
    newest signed head.

    A database that is behind signs nothing: the newer head outside, which shows that it is, would
    be written over.
    """
    work = reading(CLOCK)
    size, root = queries.head(work)
    newest = queries.checkpoint(work)
    if size == 0 or (newest and newest.size >= size) or fabric().guard.trouble(work):
        return newest
    signers = Keys(current_app.config["INSTANCE"]).log_signers(epoch(work.now))
    text = note.Checkpoint(signers[0].name, size, root).text
    signed = note.format_note(text, [signer.sign(text) for signer in signers])
    in_one_transaction(service.publish_checkpoint, CLOCK, size=size, note=signed)
    keep_outside(pathlib.Path(current_app.config["INSTANCE"]), signed)
    return SignedHead(size, signed, None)


def keep_outside(instance: pathlib.Path, signed: str) -> None:
    """Write the newest checkpoint beside the database: a restored old database is caught by it
    (fork guard).
    """
    path = instance / "checkpoint"
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(signed)
        file.flush()
        os.fsync(
            file.fileno()
        )  # A power cut must not leave an empty file, which would stop all writing.
    fresh.replace(path)


def witness_head() -> None:
    """Sign the newest head and have it cosigned: by whoever holds the second chain, then by all
    others.
    """
    sign_head()
    first_witness()
    further_witnesses()


def first_witness() -> None:
    """Have the newest signed head cosigned. A witness that does not answer is asked again at the
    next tick.
    """
    signed = queries.checkpoint(reading(CLOCK))
    if signed is None or signed.cosigned_at is not None or not the_witnesses():
        return
    seen = queries.cosigned(reading(CLOCK))
    with _patience("the witness"):
        _keep(signed, _cosign(the_witnesses()[0], seen.size if seen else 0, signed))


FOLLOWED = Memory[dict[int, int]](dict)
"""Up to which size each further witness was asked."""


def further_witnesses() -> None:
    """Have every other witness cosign what the first one did, in that order: level S3 asks for two
    over the same head.

    In a job of its own: one that does not answer holds up neither a head nor the first witness.
    """
    followed = FOLLOWED.of()
    for place, witness in enumerate(the_witnesses()[1:], 1):
        with _patience(f"witness {place + 1}"):
            if not vkeys.witness_vkeys(current_app.config):
                return  # the first one listed is taken for the chain's holder: he is met first
            _follow(witness, place, followed)


def _follow(witness: Witness, place: int, followed: dict[int, int]) -> None:
    """`followed`: the size that each further witness has seen, as far as this process knows."""
    if place not in followed:
        newest = witness.newest()
        followed[place] = note.parse_checkpoint(note.parse_note(newest).text).size if newest else 0
    for head in queries.cosigned_beyond(reading(CLOCK), followed[place], AT_ONCE):
        answer = _cosign(witness, followed.pop(place), head, place)
        _keep(head, answer, place)
        followed[place] = head.size


@contextlib.contextmanager
def _patience(who: str) -> Iterator[None]:
    """What a witness does wrong is said, and tried again later; that it has seen another history
    stops all writing.
    """
    try:
        yield
    except Unreachable as lost:
        log.warning("%s did not cosign: %s", who, lost)
    except Forked as fork:
        log.error("%s has seen another history of this log: %s", who, fork)
    except Fault as false:
        log.error("what %s answered is no cosignature of it: %s", who, false)


def learn_witness(place: int = 0) -> list[str]:
    """The witnesses' verifier keys; asked of the witness itself when its own is not known yet, at
    the first meeting.

    Raises Fault `keys.*` when the witness is one of another log, Unreachable when it does not
    answer.
    """
    known = vkeys.witness_vkeys(current_app.config)
    met = the_witnesses()
    if (
        len(met) <= place
        or len(known) >= (len(met) if place else 1)
        or current_app.config.get("WITNESS_VKEYS") is not None
    ):
        return known
    return vkeys.keep_witness(current_app.config, met[place].keys(), len(met))


def _keep(signed: SignedHead, answer: str, place: int = 0) -> None:
    """Keep a cosignature once it is proved; the first witness's time is the head's. Raises Fault
    when it is none.
    """
    lines, at = _proved(signed, answer, learn_witness(place)[1 if place else 0 :])
    in_one_transaction(
        service.add_cosignature,
        CLOCK,
        size=signed.size,
        lines=lines,
        cosigned_at=None if place else from_epoch(at),
    )


def _proved(signed: SignedHead, answer: str, known_vkeys: list[str]) -> tuple[str, int]:
    """The lines that a known witness signed over this head, and the earliest time in them. Raises
    Fault when none is.
    """
    known = [note.parse_vkey(vkey) for vkey in known_vkeys]
    names = {(key.name, key.id) for key in known}
    times = note.cosignature_times(
        note.parse_note(note.parse_note(signed.note).text + "\n" + answer), known
    )
    lines = [
        line
        for line in answer.splitlines(keepends=True)
        if (made := note.parse_signature(line.rstrip("\n"))) and (made.name, made.key_id) in names
    ]
    if not lines:
        raise Fault("keys.witness", answer=answer[:200])
    return "".join(lines), min(times.values())


def _cosign(witness: Witness, old: int, signed: SignedHead, place: int = 0) -> str:
    """The witness's answer to a head, from whichever size it has seen. Locks all writing when its
    history is another.
    """
    try:
        try:
            return _cosigned(witness, old, signed)
        except Behind as other:
            _stop_if_longer(other.size, signed)
            caught = _catch_up(witness, min(old, signed.size - 1), place)
            if other.size == signed.size:
                caught |= _catch_up(
                    witness, signed.size - 1, place
                )  # of many heads not all stand on one page
            if signed.size in caught:
                return caught[signed.size]
            if other.size == signed.size:
                raise Forked(f"{other.size} entries, none of them in a head of ours") from other
            return _cosigned(witness, other.size, signed)
    except Forked:
        fabric().guard.lock(signed.size, signed.size, "witness")
        raise


def _cosigned(witness: Witness, old: int, signed: SignedHead) -> str:
    """The witness's answer; one that reads what it cosigns gets the leaves that it lacks before."""
    proof = _consistency(old, signed.size)
    try:
        return witness.cosign(old, proof, signed.note)
    except Unread as less:
        _hand_over(witness, less.size, signed)
        return witness.cosign(old, proof, signed.note)


def _hand_over(witness: Witness, start: int, signed: SignedHead) -> None:
    """Give a witness the leaves up to a signed head, page by page."""
    while start < signed.size:
        page: list[str] = []
        length = 0
        for entry in queries.after(reading(CLOCK), start, min(PAGE, signed.size - start)):
            if page and length + len(entry.leaf) > PAGE_BYTES:
                break
            page.append(entry.leaf.decode())
            length += len(entry.leaf)
        end = start + len(page)
        proof = _consistency(end, signed.size) if end < signed.size else []
        witness.hand_over(start, page, proof, signed.note)
        start = end


def _stop_if_longer(theirs: int, signed: SignedHead) -> None:
    """Lock all writing when the witness has seen more entries than there are."""
    if theirs > queries.size(reading(CLOCK)):
        fabric().guard.lock(signed.size, theirs, "witness")
        raise Unreachable("the witness has seen a longer log: this database is behind")
    if theirs > signed.size:
        raise Unreachable("the witness has seen a later head: it is asked about the next one")


def _catch_up(witness: Witness, old: int, place: int) -> dict[int, str]:
    """Keep the cosignatures over sizes beyond `old` whose answers were lost on the way; returns
    them by size.

    The witness publishes each that it makes (rule 2): an earlier one that we do not show would look
    hidden.
    """
    caught: dict[int, str] = {}
    for published in witness.published(old):
        theirs = note.parse_note(published)
        size = note.parse_checkpoint(theirs.text).size
        ours = queries.signed(reading(CLOCK), size)
        if size in caught or ours is None or note.parse_note(ours.note).text != theirs.text:
            continue
        caught[size] = "".join(line.line for line in theirs.signatures)
        _keep(ours, caught[size], place)
    return caught


def _consistency(old: int, new: int) -> list[str]:
    """Base64 hashes that the head of size `new` extends the one of size `old`."""
    if not 0 < old < new:
        return []
    return [
        base64.b64encode(part).decode()
        for part in queries.consistency_proof(reading(CLOCK), old, new)
    ]


def witness_time() -> dt.datetime | None:
    """What time it is now by the first witness: it cosigns the head anew that it knows already.

    None where there is no witness, it does not answer, or it knows another head.
    """
    seen = queries.cosigned(reading(CLOCK))
    if seen is None or not the_witnesses():
        return None
    with _patience("the witness"):
        try:
            answer = the_witnesses()[0].cosign(seen.size, [], seen.note)
        except Behind:
            return None
        lines, at = _proved(seen, answer, learn_witness())
        in_one_transaction(
            service.add_cosignature, CLOCK, size=seen.size, lines=lines, cosigned_at=None
        )
        return from_epoch(at)
    return None


def the_witnesses() -> list[Witness]:
    """The witnesses of this installation: an object that tests and the story put there, or those at
    their addresses.
    """
    return witnesses(current_app.config, fabric().witness)


def forget_old_key() -> bool:
    """Delete the log's former private key once its overlap is over; whether there was one to
    delete.
    """
    return Keys(current_app.config["INSTANCE"]).forget_old(epoch(fabric().clock.now()))


JOBS = [
    ("ledger.checkpoint", dt.timedelta(seconds=1), sign_head),
    ("ledger.witness", dt.timedelta(seconds=1), first_witness),
    ("ledger.cosigners", dt.timedelta(seconds=1), further_witnesses),
    ("ledger.keys", dt.timedelta(hours=1), forget_old_key),
]
