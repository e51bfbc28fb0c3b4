"""`python -m market_witness --folder DIR init|serve|anchor|value|release|escrow|lost|trust|pin|migrate|chain|status`: a
regulator's own witness.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from market_witness import folder as store
from market_witness.server import serve
from market_witness.witness import No, Witness
from verify.zjcs import escrow as escrows
from verify.zjcs import logread, note
from verify.zjcs.draw import slot_for
from verify.zjcs.faults import Fault


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked."""
    given = _parser().parse_args(arguments)
    try:
        return int(COMMANDS[given.command](given))
    except No as no:
        print(no.text.strip(), file=sys.stderr)
    except (Fault, OSError, ValueError) as error:
        print(error, file=sys.stderr)
    return 1


def init(given: argparse.Namespace) -> int:
    """Make key and chain; print keys.json, which outsiders should get from the regulator."""
    anchors = {
        source: store.parse_anchor(value)
        for source, _, value in (item.partition("=") for item in given.anchor)
    }
    store.create(
        given.folder,
        name=given.name,
        origin=given.origin,
        log=given.log_vkey,
        source=given.source,
        genesis=given.genesis,
        period=given.period,
        slots=given.slots,
        anchors=anchors,
        reads=not given.blind,
    )
    print(json.dumps(Witness(given.folder).keys(), indent=1))
    return 0


def run(given: argparse.Namespace) -> int:
    """Serve until stopped."""
    server = serve(Witness(given.folder), given.host, given.port)
    print(f"witness {given.host}:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


def anchor(given: argparse.Namespace) -> int:
    """Print what the operator logs as `source.anchor`."""
    print(json.dumps(Witness(given.folder).chain_facts()))
    return 0


def value(given: argparse.Namespace) -> int:
    """Print the 64 hex digits of a due slot, for pasting where no network leads."""
    witness = Witness(given.folder)
    chain = witness.chain
    slot = (
        given.slot
        if given.slot is not None
        else slot_for(given.at, chain.genesis, chain.period, chain.n)
    )
    print(witness.value(slot)["value"])
    return 0


def release(given: argparse.Namespace) -> int:
    """Print the private key of a draw's quotes, for handing in where no network leads; by the same
    conditions as over HTTP.
    """
    print(Witness(given.folder).release(given.draw)["sk"])
    return 0


def escrow(given: argparse.Namespace) -> int:
    """Print this body's root, sealed to whoever keeps it: the file for them, whose digest the operator
    puts on the log (`flask quotes escrowed FILE`).
    """
    witness = Witness(given.folder)
    root = store.quote_root(given.folder)
    if root is None:
        raise ValueError("this folder has no root of quote keys: migrate it first")
    file = escrows.deposit(
        root,
        trustee=witness.signer.name,
        origin=witness.settings["origin"],
        by=given.by,
        pk=given.pk,
    )
    print(file.decode(), end="")
    return 0


def lost(given: argparse.Namespace) -> int:
    """Print this body's signature that a chain is lost; it counts only with the signature of
    another body, and for ever.
    """
    witness = Witness(given.folder)
    print(witness.lost(given.source or witness.chain.source, given.slot), end="")
    return 0


def trust(given: argparse.Namespace) -> int:
    """Take a further key of the log, or of another witness, and print keys.json, to be published
    anew. Start the server again.
    """
    store.trust(given.folder, given.vkey)
    print(json.dumps(Witness(given.folder).keys(), indent=1))
    return 0


def pin(given: argparse.Namespace) -> int:
    """Take the anchor of another body's chain and print keys.json, to be published anew. Start the
    server again.
    """
    source, _, value = given.anchor.partition("=")
    store.pin(given.folder, source, store.parse_anchor(value))
    print(json.dumps(Witness(given.folder).keys(), indent=1))
    return 0


def migrate(given: argparse.Namespace) -> int:
    """Bring an older folder to the keys.json of now and print it, to be published anew: anchors whole
    as the log tells them, whose cosignatures a head needs, the least level. Start the server again.
    """
    witness = Witness(given.folder)
    source = logread.open_source(given.log)
    text = logread.need(source, "checkpoint").decode(errors="replace")
    head, _ = note.open_checkpoint(text, witness.settings["origin"], witness.log_keys)
    own, _ = witness.head()
    if own.size > head.size:
        raise ValueError(f"the log has {head.size} leaves; this witness has seen {own.size}")
    found = logread.read_all(source, head, own if own.size else None, False, lambda *_: None)
    leaves = {
        leaf["source"]: leaf.value
        for leaf in reversed(found.sources)
        if leaf["type"] == "source.anchor"
    }
    since = [store.parse_since(item) for item in given.alg_from]
    store.migrate(
        given.folder,
        leaves,
        policy={"k": given.k} if given.k else None,
        least_level=given.least_level,
        alg_from=since or None,
    )
    print(json.dumps(Witness(given.folder).keys(), indent=1))
    return 0


def new_chain(given: argparse.Namespace) -> int:
    """Make a new chain in the place of a lost one and print keys.json. The server has to be started
    again.
    """
    known = store.settings(given.folder)
    period = given.period or known["period"]
    store.new_chain(
        given.folder,
        source=given.source,
        genesis=int(time.time()) // period * period,
        period=period,
        slots=given.slots or known["slots"],
    )
    print(json.dumps(Witness(given.folder).keys(), indent=1))
    return 0


def status(given: argparse.Namespace) -> int:
    """Print what the witness knows: its key, the newest cosigned size and time, its chain."""
    witness = Witness(given.folder)
    head, time = witness.head()
    print(
        json.dumps(
            {
                "witness": witness.vkey.vkey,
                "origin": head.origin,
                "size": head.size,
                "cosigned_at": time,
                "chain": witness.chain_facts(),
            },
            indent=1,
        )
    )
    return 0


COMMANDS = {
    "init": init,
    "serve": run,
    "anchor": anchor,
    "value": value,
    "release": release,
    "escrow": escrow,
    "lost": lost,
    "trust": trust,
    "pin": pin,
    "migrate": migrate,
    "chain": new_chain,
    "status": status,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="market_witness", description="Witness of the public log, for a regulator."
    )
    parser.add_argument(
        "--folder", type=Path, default=Path("witness"), help="its own folder (default: ./witness)"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    _add_init(commands)
    served = commands.add_parser("serve", help="answer over HTTP")
    served.add_argument("--host", default="127.0.0.1")
    served.add_argument("--port", type=int, default=8011)
    commands.add_parser("anchor", help="print the chain's anchor")
    _add_values(commands)
    _add_keys(commands)
    commands.add_parser("status", help="print what this witness knows")
    return parser


def _add_init(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What a witness is made of."""
    made = commands.add_parser("init", help="make the key and the chain of random values")
    made.add_argument("--origin", required=True, help="origin line of the log")
    made.add_argument(
        "--log-vkey", required=True, action="append", help="key of the log; again for a rotated one"
    )
    made.add_argument(
        "--name", required=True, help="name of this witness, for instance regulator.example/w1"
    )
    made.add_argument("--source", default="reg-chain-1")
    made.add_argument("--genesis", type=int, required=True, help="epoch seconds of slot 0")
    made.add_argument("--period", type=int, default=600, help="seconds a slot")
    made.add_argument("--slots", type=int, default=525_600, help="length of the chain")
    made.add_argument(
        "--blind",
        action="store_true",
        help="cosign without reading the log's leaves, as a plain C2SP witness does",
    )
    made.add_argument(
        "--anchor",
        action="append",
        default=[],
        metavar="SOURCE=HEX:GENESIS:PERIOD:N",
        help="another chain's known anchor, whole",
    )


def _add_values(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What a chain gives: a value that is due, or that none will come any more."""
    revealed = commands.add_parser("value", help="print the value of a slot that is due")
    which = revealed.add_mutually_exclusive_group(required=True)
    which.add_argument("--slot", type=int)
    which.add_argument("--at", type=int, help="epoch seconds of the draw")
    opened = commands.add_parser(
        "release", help="print the private key of a draw's sealed quotes, once they have closed"
    )
    opened.add_argument("draw", help="its number, for instance XQ-360481-2026-00012")
    kept = commands.add_parser("escrow", help="print the root of quote keys sealed to a third body")
    kept.add_argument("--by", required=True, help="who keeps it")
    kept.add_argument("--pk", required=True, help="their public key, by verify/escrow.py new")
    gone = commands.add_parser(
        "lost",
        help="sign that a chain is lost from a slot on (final, with another body's signature)",
    )
    gone.add_argument("--source", help="the chain (default: this witness's own)")
    gone.add_argument(
        "--slot", type=int, required=True, help="the earliest slot whose value will never come"
    )


def _add_keys(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Keys, anchors and chains that come later."""
    trusted = commands.add_parser(
        "trust",
        help="take a further key: the log's after a rotation that the log tells, or that of"
        " another witness that keys.json shall name",
    )
    trusted.add_argument("vkey")
    pinned = commands.add_parser(
        "pin", help="take the anchor of another body's chain, for instance the operator's new one"
    )
    pinned.add_argument("anchor", metavar="SOURCE=HEX:GENESIS:PERIOD:N")
    _migrating(commands)
    fresh = commands.add_parser(
        "chain", help="make a new chain in the place of one that the log calls lost"
    )
    fresh.add_argument("--source", required=True, help="its name, for instance reg-chain-2")
    fresh.add_argument("--period", type=int, help="seconds a slot (default: as before)")
    fresh.add_argument("--slots", type=int, help="length (default: as before)")


def _migrating(commands: Any) -> None:
    moved = commands.add_parser(
        "migrate", help="bring keys.json of an older folder to what it says now; again to change it"
    )
    moved.add_argument("--log", required=True, help="https://host/log, or a mirrored folder")
    moved.add_argument(
        "--k", type=int, help="so many cosignatures a head needs (default: every owner's)"
    )
    moved.add_argument("--least-level", choices=("S0", "S1", "S2", "S3"))
    moved.add_argument(
        "--alg-from",
        action="append",
        default=[],
        metavar="INDEX=ALG,ALG[=T]",
        help="from that entry of the log on notices come under these protocols alone",
    )


if __name__ == "__main__":
    sys.exit(main())
