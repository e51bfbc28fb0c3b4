"""What a witness does, without HTTP: decide on a checkpoint, cosign it, publish what it cosigned,
reveal due values.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from market_witness import folder as store
from market_witness.quotes import Quotes, Withheld
from market_witness.reading import Reader
from verify.zjcs import keys as verifier_keys
from verify.zjcs import merkle, note, shapes, witnessed
from verify.zjcs.canonical import parse
from verify.zjcs.faults import Fault
from verify.zjcs.sources import lost_text
from verify.zjcs.words import sentence

PAGE = 100  # cosignatures in one answer
UNREAD = "text/x.zjcs.unread"
PAGE_SHAPE = shapes.Shape(
    {
        "from": shapes.whole(0),
        "leaves": shapes.listed(shapes.text(r"(?s).{1,65535}"), 1, 1000),
        "proof": shapes.listed(shapes.text(r".{1,100}"), 0, 64),
        "checkpoint": shapes.text(r"(?s).{1,65536}"),
    }
)
OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


class No(Exception):
    """A refusal with its HTTP status and a sentence (or, for 409, the size that the witness knows)."""

    def __init__(self, status: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.kind = kind


class Witness:
    """One witness over its folder. Thread-safe: decisions are taken one at a time."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.settings = store.settings(folder)
        self.signer = store.signer(folder)
        self.chain = store.chain(folder)
        self.log_keys = [note.parse_vkey(vkey) for vkey in self.settings["log"]]
        self.vkey = self.signer.key(note.COSIGNATURE)
        self.journal = store.Journal(folder / "journal.jsonl")
        self.reader = (
            Reader(folder, self._own_anchors(), self.signer.name)
            if self.settings.get("reads")
            else None
        )
        self.quotes = Quotes(folder, self)
        self.clock = clock
        self._lock = threading.Lock()
        self.newest = self.journal.last()

    def add_checkpoint(self, body: str) -> str:
        """Decide on a C2SP add-checkpoint request; gives the cosignature line. Raises No: 400, 403,
        404, 409, 422, 503.
        """
        old, proof, text = _request(body)
        checkpoint, signed = self._trusted(text)
        with self._lock:
            head, since = self.head()
            if old > checkpoint.size:
                raise No(400, "the old size is larger than the checkpoint's")
            if old != head.size:
                raise _conflict(head.size)
            if checkpoint.size == old and old and checkpoint.root != head.root:
                raise _conflict(head.size)
            _require_consistent(head, checkpoint, proof)
            self._require_read(checkpoint)
            # A clock that was set back must not make a later cosignature look earlier than the one
            # before it.
            line = self.signer.cosign(signed.text, max(int(self.clock()), since))
            self._remember(note.format_note(signed.text, (*self._log_lines(signed), line)))
        return line.line

    def add_leaves(self, body: str) -> dict[str, Any]:
        """Read the next leaves of the log, which the operator hands over with a signed head and the
        proof that they are its beginning. Raises No: 400, 403 (the head is not the log's; a leaf
        misstates this body's chain), 404 (this witness does not read), 409 with the size read, 422.
        """
        if self.reader is None:
            raise No(404, "this witness does not read leaves\n")
        start, page, proof, text = _page(body)
        checkpoint, _ = self._trusted(text)
        with self._lock:
            if start != self.reader.size:
                raise _conflict(self.reader.size)
            try:
                found = self.reader.take(page, checkpoint, proof)
            except Fault as fault:
                raise No(422, f"{sentence(fault)} ({fault.code})\n") from None
            if found:
                raise No(403, f"{found}: nothing over it is cosigned, and no value is given\n")
            return {"size": self.reader.size}

    def _require_read(self, checkpoint: note.Checkpoint) -> None:
        """A witness that reads cosigns only over leaves that it has read (424 with the size read)."""
        if self.reader is None:
            return
        if self.reader.misstated:
            raise No(403, f"{self.reader.misstated}: nothing over it is cosigned\n")
        if self.reader.size < checkpoint.size:
            raise No(424, f"{self.reader.size}\n", UNREAD)
        if self.reader.size > checkpoint.size:
            raise No(503, "a newer head was read already: ask for its cosignature\n")
        if self.reader.edge.root() != checkpoint.root:
            raise No(422, "the leaves that were read are not those of this head\n")

    def _own_anchors(self) -> dict[str, dict[str, Any]]:
        """The anchors of this body's chains, the former ones as far as they are known whole."""
        own = {self.settings["source"]: store.whole(self.chain_facts())}
        for source in self.settings.get("former", ()):
            if isinstance(known := self.settings["anchors"][source], dict):
                own[source] = known
        return own

    def _remember(self, signed: str) -> None:
        try:
            self.journal.append(signed)
        except OSError:
            # Whatever reached the disk is what this witness stands by: the next decision starts
            # from there.
            self.journal = store.Journal(self.journal.path)
            self.newest = self.journal.last()
            raise No(503, "the journal cannot be written; nothing was cosigned\n") from None
        self.newest = signed

    def head(self) -> tuple[note.Checkpoint, int]:
        """The newest cosigned checkpoint and the time of its cosignature; size 0 before the first."""
        if self.newest is None:
            return note.Checkpoint(self.settings["origin"], 0, merkle.EMPTY_ROOT), 0
        signed = note.parse_note(self.newest)
        return note.parse_checkpoint(signed.text), note.verify_signature(signed, self.vkey) or 0

    def cosignatures(self, over: int = -1, since: int = 0) -> list[str]:
        """Published cosignatures (rule 2), oldest first, at most 100: of trees that hold leaf
        `over`, from number `since`.
        """
        listed = (
            text for text in itertools.islice(self.journal, since, None) if _size(text) > over
        )
        return list(itertools.islice(listed, PAGE))

    def listed(self, over: int = -1) -> dict[str, Any]:
        """A page of the numbered list (rule 2): from the last cosignature that does not cover leaf
        `over`, or the first one, at most 100. Each is chained to the one before it by hash, and the
        end is signed with its number, so that a cut list shows. Raises No 404 while it is empty.
        """
        name = self.signer.name
        origin = str(self.settings["origin"])
        digest = witnessed.start_of(origin, name)
        before = digest
        first = 1
        page: list[str] = []
        for number, text in enumerate(self.journal, 1):
            if not page or (_size(text) <= over and len(page) == 1):
                first = number
                before = digest
                page = []
            page.append(text)
            digest = witnessed.link(digest, text)
            if len(page) == witnessed.PAGE:
                break
        if not page:
            raise No(404, "nothing was cosigned yet\n")
        text = witnessed.head_text(origin, name, first + len(page) - 1, digest)
        return {
            "v": 1,
            "witness": self.vkey.vkey,
            "first": first,
            "before": before,
            "checkpoints": page,
            "head": note.format_note(text, [self.signer.sign(text)]),
        }

    def keys(self) -> dict[str, Any]:
        """`keys.json` of rule 13."""
        known = self.settings
        facts = self.chain_facts()
        also: dict[str, Any] = {
            key: known[key] for key in ("least_level", "alg_from") if key in known
        }
        return {
            "origin": known["origin"],
            "log": known["log"],
            "witnesses": [self.vkey.vkey, *known.get("witnesses", ())],
            "anchors": {**known["anchors"], known["source"]: store.whole(facts)},
            "owner_of": dict.fromkeys((*known.get("former", ()), known["source"]), known["name"]),
            "policy": known.get("policy", verifier_keys.EVERY_OWNER),
            **also,
        }

    def chain_facts(self) -> dict[str, Any]:
        """The anchor of the regulator's chain, as its leaf says it: never the secret, never a
        value.
        """
        known = self.settings
        return {
            "source": known["source"],
            "hash": "sha256",
            "n": known["slots"],
            "genesis": known["genesis"],
            "period": known["period"],
            "anchor": store.hash_of(known["anchors"][known["source"]]),
        }

    def value(self, slot: int) -> dict[str, Any]:
        """The value of a slot that is due by this machine's clock. Raises No: 403 before its time,
        and once the log misstates this chain; 404 outside the chain.
        """
        if self.reader is not None and self.reader.misstated:
            raise No(403, f"{self.reader.misstated}: no value is given\n")
        try:
            return {
                "source": self.chain.source,
                "slot": slot,
                "value": self.chain.due_value(slot, self.clock()),
            }
        except Fault as fault:
            if fault.code != "chain.not_due":
                raise No(404, f"the chain has slots 1 to {self.chain.n}\n") from None
            due = dt.datetime.fromtimestamp(fault.facts["due"], dt.UTC).isoformat()
            raise No(
                403, f"slot {slot} is due at {fault.facts['due']} ({due}); it is not given before\n"
            ) from None

    def quote_key(self, draw: str) -> dict[str, Any]:
        """The public key of a draw's sealed quotes. Raises No: 400, 404."""
        return self._given(lambda: self.quotes.key(draw))

    def release(self, draw: str) -> dict[str, Any]:
        """The private key of a draw that has closed. Raises No: 400; 403 not yet; 404 not ours."""
        with self._lock:
            return self._given(lambda: self.quotes.release(draw))

    def released(self, draw: str) -> dict[str, Any]:
        """The private key of a draw once it was given. Raises No: 400, 404."""
        return self._given(lambda: self.quotes.released(draw))

    def _given(self, asked: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        try:
            return asked()
        except Withheld as no:
            raise No(no.status, no.text) from None

    def lost(self, source: str, slot: int) -> str:
        """A signed note that a chain, this body's own or the operator's, is lost for ever from a
        slot on (rule 10).
        """
        text = lost_text(source, slot)
        return note.format_note(text, [self.signer.cosign(text, int(self.clock()))])

    def _trusted(self, text: str) -> tuple[note.Checkpoint, note.Note]:
        try:
            origin = note.parse_checkpoint(note.parse_note(text).text).origin
            if origin != self.settings["origin"]:
                raise No(404, "this witness does not know the origin\n")
            return note.open_checkpoint(text, origin, self.log_keys)
        except Fault as fault:
            status = 403 if fault.code in ("checkpoint.unsigned", "note.signature") else 400
            raise No(status, f"{sentence(fault)} ({fault.code})\n") from None

    def _log_lines(self, signed: note.Note) -> list[note.Signature]:
        trusted = {(key.name, key.id) for key in self.log_keys}
        return [line for line in signed.signatures if (line.name, line.key_id) in trusted]


def _page(body: str) -> tuple[int, list[bytes], list[bytes], str]:
    """(from, leaves, proof, checkpoint) of a page of leaves."""
    try:
        given = parse(body)
        misfit = PAGE_SHAPE.misfit(given)
        if misfit:
            raise Fault("evidence.shape", key=misfit)
        proof = [note.decode_base64(line) for line in given["proof"]]
    except Fault as fault:
        raise No(400, f"{sentence(fault)} ({fault.code})\n") from None
    return given["from"], [leaf.encode() for leaf in given["leaves"]], proof, given["checkpoint"]


def _request(body: str) -> tuple[int, list[bytes], str]:
    head, separator, text = body.partition("\n\n")
    lines = head.split("\n")
    old = OLD.fullmatch(lines[0])
    if not separator or not old or len(lines) > 64:
        raise No(400, "the body is not: old size, proof lines, empty line, checkpoint\n")
    try:
        return int(old[1]), [note.decode_base64(line) for line in lines[1:]], text
    except Fault as fault:
        raise No(400, f"{sentence(fault)} ({fault.code})\n") from None


def _require_consistent(
    head: note.Checkpoint, checkpoint: note.Checkpoint, proof: list[bytes]
) -> None:
    if head.size == 0:
        if proof:
            raise No(422, "nothing was cosigned before: the proof must be empty\n")
        return
    try:
        merkle.verify_consistency(head.size, checkpoint.size, head.root, checkpoint.root, proof)
    except Fault as fault:
        raise No(422, f"{sentence(fault)} ({fault.code})\n") from None


def _conflict(size: int) -> No:
    return No(409, f"{size}\n", "text/x.tlog.size")


def _size(text: str) -> int:
    return note.parse_checkpoint(note.parse_note(text).text).size
