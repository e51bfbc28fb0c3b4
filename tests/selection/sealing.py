"""A town whose quotes are sealed to two keys: a witness that reads, keys prepared, boxes of one's own."""

import base64
import json
import pathlib

from flask import current_app

from market.adapters import vkeys
from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.ids import Prefix, sibling
from market.ledger import jobs as ledger
from market.ledger import queries as log
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.rules import boxing
from market.selection.sources import queries as source_queries
from market_witness import folder as witness_folder
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories import witness as near
from verify.zjcs import boxes, evidence, keys, sealing
from verify.zjcs.sealing import Sealed


def reading_witness() -> near.NearWitness:
    """The town with a witness that reads what it cosigns, which alone gives quote keys."""
    f.town()
    witness = fabric().witness
    assert isinstance(witness, near.NearWitness)
    witness_folder.migrate(near.folder(current_app), {})
    witness.begin_anew()
    return witness


def sealing_town() -> near.NearWitness:
    """The same with the keys of the notices to come prepared."""
    witness = reading_witness()
    ledger.witness_head()
    assert entry_jobs.prepare_keys() > 0
    return witness


def leaf(number: str, kind: str) -> dict:
    """The newest leaf of a kind of a notice."""
    return [each.fields for each in log.of_subject(reading(CLOCK), number) if each.type == kind][-1]


def sealed(number: str, who: agencies.Made, quote: int = 10_000_000) -> Sealed:
    """What an entrant's own browser makes of a quote."""
    promise = sealing.promise_of(leaf(number, "notice.published"))
    return sealing.seal_entry(promise, str(who.ref), quote)


def enter_sealed(number: str, who: agencies.Made, made: Sealed) -> entry_service.Receipt:
    """Enter with it."""
    return in_one_transaction(
        entry_service.enter,
        who.actor,
        number=number,
        quote_fen=0,
        sealing_key=b"",
        sealed=boxing.sealed_of(json.dumps(made.posted), boxing.BROWSER),
    )


def draw_of(number: str) -> str:
    """The number of a notice's draw."""
    return sibling(number, Prefix.DRAW)


def file_of(number: str) -> str:
    """The evidence of a draw as the public gets it."""
    work = reading(VISITOR)
    shown = entry_queries.opened_boxes(work, number)
    known = vkeys.vkeys(current_app.config)
    found = source_queries.evidence_of(work, draw_of(number), known, shown)
    return json.dumps(found)


def verified(number: str) -> dict[str, str]:
    """What each rule of the verifier saw, by its name; raises verify's Fault."""
    witness = fabric().witness
    assert witness is not None
    pinned = keys.load(json.dumps(witness.keys()))
    steps = list(evidence.check(file_of(number), pinned))
    assert [step.fault.code for step in steps if step.fault] == []
    return {step.name: step.detail for step in steps}


def torn(made: Sealed) -> Sealed:
    """A box whose first share opens for nobody, named honestly by its hash."""
    box = bytearray(base64.b64decode(made.posted["box"]))
    start = len(boxes.MAGIC)
    head = int.from_bytes(box[start : start + 2], "big")
    box[start + 2 + head + 2 + boxes.POINT + 5] ^= 1
    told = {"box": base64.b64encode(box).decode(), "box_sha256": boxes.box_hash(bytes(box))}
    return made._replace(posted={**made.posted, **told})


def everything_kept() -> list[bytes]:
    """All that this installation keeps: every row of every table, every file beside them."""
    rows = [
        str(row).encode()
        for table in db.metadata.sorted_tables
        for row in db.session.execute(table.select())
    ]
    instance = pathlib.Path(current_app.config["INSTANCE"])
    files = [each for each in instance.parent.rglob("*") if each.is_file()]
    return [*rows, *(each.read_bytes() for each in files)]


def posted(number: str, who: agencies.Made, quote: int) -> str:
    """The file that a tool makes to be sent."""
    return json.dumps(sealed(number, who, quote).posted)
