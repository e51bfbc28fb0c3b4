"""The verifier keys that this installation publishes: its log's and its witnesses'. All public.

The witness's key stands in `instance/keys/witness.vkeys`, kept there when the installation first meets its witness; the
setting WITNESS_VKEYS, where it is given, rules alone.
"""
import json
import pathlib
from collections.abc import Mapping
from typing import Any

from market.adapters.keys import Keys
from verify.zjcs import keys, note
from verify.zjcs.faults import Fault


def vkeys(config: Mapping[str, Any]) -> list[str]:
    """The log's key first, then the witnesses' as this installation knows them."""
    return [Keys(pathlib.Path(config["INSTANCE"])).log_vkey(), *witness_vkeys(config)]


def witness_vkeys(config: Mapping[str, Any]) -> list[str]:
    """The witnesses' verifier keys: the setting's, else those kept; none before the witness was met."""
    given: list[str] | None = config.get("WITNESS_VKEYS")
    if given is not None:
        return list(given)
    path = _kept(config)
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def keep_witness(config: Mapping[str, Any], answer: Mapping[str, Any]) -> list[str]:
    """Keep the keys of a witness's `keys.json` (rule 13); returns them. A key once kept is never replaced from outside.

    Raises Fault `keys.*` for a misshapen answer, for a witness of another log, and for one that trusts another log key.
    """
    told = keys.load(json.dumps(dict(answer)))
    ours = note.parse_vkey(Keys(pathlib.Path(config["INSTANCE"])).log_vkey())
    if told.origin != ours.name:
        raise Fault("keys.origin", pinned=ours.name, found=told.origin)
    if ours not in told.log:
        raise Fault("keys.log", found=",".join(key.vkey for key in told.log))
    known = [note.parse_vkey(vkey) for vkey in witness_vkeys(config)]
    if not known:
        _kept(config).write_text("".join(f"{key.vkey}\n" for key in told.witnesses), encoding="utf-8")
    return witness_vkeys(config)


def _kept(config: Mapping[str, Any]) -> pathlib.Path:
    return pathlib.Path(config["INSTANCE"]) / "keys" / "witness.vkeys"
