"""What the clock does for entries beyond the sweep: prepare keys, close, open and seal what has drained.
The clock's process alone holds the sealing key and the root of the operator's quote keys.
"""

import contextlib
import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator, Mapping

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from market.adapters import blobs, vkeys
from market.adapters.beacon import NotDue, Unreachable, witnesses
from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.fabric import Witness, fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import from_epoch_ms
from market.kernel.entropy import system_entropy
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.queries.uploads import PART_A
from market.selection.entries.service.documents import Documents
from market.selection.notices import queries as notice_queries
from market.selection.quotes import queries as quote_queries
from market.selection.quotes import rules
from market.selection.quotes import service as quote_service
from verify.zjcs import note, quote_keys
from verify.zjcs.faults import Fault
from verify.zjcs.quote_keys import PRICE, Trustee

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two reports


def seal_due() -> int:
    """Seal every list whose drain is over, and whose keys are there; returns how many."""
    due = entry_queries.to_seal(reading(CLOCK))
    if not due:
        return 0
    private = Keys(current_app.config["INSTANCE"]).sealing_private()
    sealed = 0
    for number in due:
        try:
            in_one_transaction(entry_service.close_entries, CLOCK, number=number)
            erase_unnamed(number)
            bring_keys(number)
            _seal(number, private)
            sealed += 1
        except Refusal as early:  # a web process still holds forms, or a key has not come
            log.info("the list of %s waits: %s", number, early)
        except (Unreachable, NotDue) as late:
            log.warning("the list of %s waits for a key of its quotes: %s", number, late)
    return sealed


def _seal(number: str, private: bytes) -> None:
    documents = opened_documents(number, PART_A)
    try:
        in_one_transaction(
            entry_service.seal,
            CLOCK,
            number=number,
            private_key=private,
            documents=documents,
        )
    finally:
        entry_service.forget_unknown(reading(CLOCK), documents, current_app.instance_path)


def erase_unnamed(number: str) -> int:
    """Erase the sealed files of a closed notice that no live entry names; returns how many."""
    keys = in_one_transaction(entry_service.erase_unnamed, CLOCK, number=number)
    store = blobs.of(current_app.instance_path)
    for key in keys:
        store.delete(key)
    return len(keys)


def erase_remains() -> int:
    """The same for every notice that takes no entry any more; returns how many files."""
    return sum(map(erase_unnamed, entry_queries.with_remains(reading(CLOCK))))


def opened_documents(number: str, kind: str) -> Documents:
    """What is in the sealed files of a notice whose keys are there; nothing where it takes none."""
    asked = entry_queries.to_open(reading(CLOCK), number, kind)
    return entry_service.open_documents(asked, current_app.instance_path)


def bring_keys(number: str) -> None:
    """Have the keys of a closed notice's quotes handed in: the witness's, and only then our own, so that
    nobody opens anything early by holding back.

    Raises Unreachable, NotDue while the witness does not give its key.
    """
    awaited = entry_queries.awaited_keys(reading(CLOCK), number)
    if not awaited or not entry_queries.is_closed_in_sight(reading(CLOCK), number):
        return
    draw = entry_queries.stage(reading(CLOCK), number)
    keys = Keys(current_app.config["INSTANCE"])
    origin = keys.log_signer().name
    for holder in awaited:
        if holder == origin:
            continue
        sk = _witness().release(draw)
        in_one_transaction(entry_service.give_key, CLOCK, number=number, holder=holder, sk=sk)
    if origin in awaited:
        sk = quote_keys.derive(keys.quote_root(), origin, draw, origin)
        in_one_transaction(entry_service.give_key, CLOCK, number=number, holder=origin, sk=sk)


def bring_later_keys() -> int:
    """Have the keys handed in of the quotes that open after the sheets; returns of how many notices."""
    brought = 0
    for number in entry_queries.awaiting_later(reading(CLOCK)):
        try:
            bring_keys(number)
            brought += 1
        except (Unreachable, NotDue) as late:
            log.warning("the quotes of %s wait for a key: %s", number, late)
    return brought


def prepare_keys() -> int:
    """Keep the public quote keys of the notices that are to come, our own and the witness's, each signed
    by its holder; returns of how many. Where no witness gives keys there are none (ADR 0041).
    """
    known = vkeys.witness_vkeys(current_app.config)
    met = witnesses(current_app.config, fabric().witness)
    if not known or not met:
        return 0
    keys = Keys(current_app.config["INSTANCE"])
    signer = keys.log_signer()
    witness = note.parse_vkey(known[0])
    work = reading(CLOCK)
    first = [
        sibling(number, Prefix.DRAW) for number in notice_queries.numbers_ahead(work, rules.AHEAD)
    ]
    draws = [*first, *(f"{draw}{PRICE}" for draw in first)]
    lacking = quote_queries.unprepared(work, draws, [signer.name, witness.name])
    root = keys.quote_root() if lacking else b""
    prepared = 0
    for draw in lacking:
        try:
            theirs = _offered(met[0].quote_key(draw), witness, signer.name, draw)
        except (Unreachable, Fault) as no:
            log.info("no quote keys are prepared: %s", no)
            break
        pk = quote_keys.public_of(quote_keys.derive(root, signer.name, draw, signer.name))
        own = Trustee(signer.name, pk)
        text = quote_keys.note_text(signer.name, draw, own)
        ours = (own, note.format_note(text, [signer.sign(text)]))
        in_one_transaction(quote_service.prepare, CLOCK, draw=draw, offered=[ours, theirs])
        prepared += 1
    return prepared


def _offered(
    answer: Mapping[str, object], witness: note.Key, origin: str, draw: str
) -> tuple[Trustee, str]:
    """The witness's key of a draw with its note, held to the witness's own key. Raises Fault."""
    trustee = Trustee(str(answer.get("id")), str(answer.get("pk")))
    signed = str(answer.get("note"))
    if trustee.id != witness.name:
        raise Fault("quote.unknown", id=trustee.id)
    quote_keys.check_note(signed, witness, origin, draw, trustee)
    return trustee, signed


def _witness() -> Witness:
    met = witnesses(current_app.config, fabric().witness)
    if not met:
        raise Unreachable("no witness is configured")
    return met[0]


def begin_reporting(app: Flask, lowest: Callable[[], int]) -> Callable[[], None]:
    """In a web process: say once a second what it still holds while a close is near, by a thread.

    `lowest` gives the instant (nanoseconds since 1970) before which nothing is unanswered in this
    process. Returns what is to be called when the process has answered everything and ends.
    """
    process = system_entropy(8).hex()
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(EVERY):
            with app.app_context(), suppress_lost_database():
                if entry_queries.is_close_near(reading(CLOCK)):
                    low_water = from_epoch_ms(lowest() // 10**6)
                    in_one_transaction(
                        entry_service.report, CLOCK, process=process, low_water=low_water
                    )

    def leave() -> None:
        ended.set()
        teller.join(timeout=5)
        with app.app_context(), suppress_lost_database():
            in_one_transaction(entry_service.leave, CLOCK, process=process)

    teller = threading.Thread(target=tell, name="low water", daemon=True)
    teller.start()
    return leave


def erase_likeness() -> int:
    """Erase the likeness facts whose months are over."""
    return in_one_transaction(entry_service.erase_likeness, CLOCK)


@contextlib.contextmanager
def suppress_lost_database() -> Iterator[None]:
    """A database that is away is asked again in a second."""
    try:
        yield
    except DBAPIError as lost:
        log.warning("what this process holds could not be told: %s", lost.orig)


JOBS = [
    ("selection.seal", dt.timedelta(seconds=1), seal_due),
    ("selection.later_keys", dt.timedelta(seconds=1), bring_later_keys),
    ("selection.quote_keys", dt.timedelta(seconds=5), prepare_keys),
    ("selection.erase_boxes", dt.timedelta(hours=1), erase_remains),
    ("selection.erase_likeness", dt.timedelta(hours=6), erase_likeness),
]
