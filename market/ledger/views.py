"""The log in public: pages for people, C2SP addresses for programs (docs/draws.md;
stable).
"""

import re

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from market.adapters import vkeys
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import VISITOR
from market.kernel.errors import Malformed, NotFound
from market.ledger import queries, receipts, rules
from market.web.auth import page
from market.web.errors import wants_json

bp = Blueprint("ledger", __name__, url_prefix="/log")
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
WHOLE = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)


def whole(name: str, default: int | None = None) -> int:
    """A query value as a whole number within int64; refuses `ledger.number`."""
    text = request.args.get(name, "")
    if not text and default is not None:
        return default
    if WHOLE.fullmatch(text) is None:
        raise Malformed("ledger.number", name=name)
    return int(text)


@bp.get("")
@page(may="public")
def index() -> str:
    """The log, newest first, by type or subject."""
    work = reading(VISITOR)
    before = whole("before", 2**53)
    kind = request.args.get("type", "")[:60]
    subject = request.args.get("subject", "").strip()[:60]
    entries = queries.latest(work, before, type=kind or None, subject=subject or None)
    return render_template(
        "ledger/index.html",
        entries=entries,
        size=queries.size(work),
        kind=kind,
        subject=subject,
        signed=queries.checkpoint(work),
        labels=fabric().event_labels,
        more=entries[-1].index if len(entries) == queries.PAGE else None,
    )


@bp.get("/entries/<int:number>")
@bp.get("/entries/<int:number>.json", endpoint="entry_json")
@page(may="public")
def entry(number: int) -> ResponseReturnValue:
    """One entry: for people, or as JSON by `Accept` or `.json`."""
    if number >= 2**53:
        raise NotFound("ledger.no_entry", index=number)
    work = reading(VISITOR)
    found = queries.entry(work, number)
    erased = queries.erasure(work, found)
    if wants_json():
        more = {"payload_erased_by": erased.index} if erased else {}
        return jsonify(index=found.index, leaf=found.leaf.decode(), hash=found.hash, **more)
    signed = queries.first_cosigned_over(work, number) or queries.checkpoint(work)
    return render_template(
        "ledger/entry.html",
        entry=found,
        size=queries.size(work),
        signed=signed,
        erased=erased,
        labels=fabric().event_labels,
    )


@bp.get("/checkpoint")
@page(may="public")
def checkpoint() -> Response:
    """The newest signed checkpoint, with whatever cosignatures it has."""
    work = reading(VISITOR)
    signed = queries.checkpoint(work)
    if signed is None:
        raise NotFound("ledger.not_signed")
    return plain(signed.note, {"Cache-Control": "no-store"})


@bp.get("/keys")
@page(may="public")
def verifier_keys() -> Response:
    """Signed-note verifier keys, the log's first, one a line."""
    return plain("".join(f"{vkey}\n" for vkey in vkeys.published(current_app.config)))


@bp.get("/tile/<int:level>/<path:place>")
@page(may="public")
def tile(level: int, place: str) -> Response:
    """A hash tile."""
    asked = rules.read_tile_path(place)
    if asked is None or level > 5:
        raise NotFound("ledger.no_tile")
    return binary(queries.tile(reading(VISITOR), level, *asked))


@bp.get("/tile/entries/<path:place>")
@page(may="public")
def bundle(place: str) -> Response:
    """An entry bundle."""
    asked = rules.read_tile_path(place)
    if asked is None:
        raise NotFound("ledger.no_tile")
    return binary(queries.bundle(reading(VISITOR), *asked))


@bp.get("/proof/inclusion")
@page(may="public")
def inclusion() -> Response:
    """?index=&size=: the audit path, hashes in hex, nearest sibling first."""
    index = whole("index")
    size = whole("size")
    return jsonify(
        index=index,
        size=size,
        hashes=[part.hex() for part in queries.inclusion_proof(reading(VISITOR), index, size)],
    )


@bp.get("/proof/consistency")
@page(may="public")
def consistency() -> Response:
    """?from=&to=: the proof that the smaller log is a prefix of the larger."""
    old = whole("from")
    new = whole("to")
    proof = queries.consistency_proof(reading(VISITOR), old, new)
    return jsonify({"from": old, "to": new, "hashes": [part.hex() for part in proof]})


@bp.get("/receipts/<int:number>.tlog-proof")
@page(may="public")
def receipt(number: int) -> Response:
    """A C2SP tlog-proof of one entry, checkable offline: `python verify/verify_draw.py --receipt`
    reads it.
    """
    if number >= 2**53:
        raise NotFound("ledger.no_entry", index=number)
    text = receipts.receipt(reading(VISITOR), number)
    return plain(text, {"Content-Disposition": f'attachment; filename="entry-{number}.tlog-proof"'})


def plain(text: str, headers: dict[str, str] | None = None) -> Response:
    """Text for programs."""
    return Response(text, mimetype="text/plain", headers=headers)


def binary(data: bytes) -> Response:
    """Bytes that never change."""
    return Response(data, mimetype="application/octet-stream", headers=FOR_EVER)
