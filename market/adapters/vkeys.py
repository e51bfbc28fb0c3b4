"""The verifier keys that this installation publishes: its log's and its witnesses'. All public.

The witnesses' keys stand in `instance/keys/witness.vkeys`, each kept there when the installation
first meets its witness, the chain holder's first; the setting WITNESS_VKEYS, where it is given,
rules alone.
"""

import json
import pathlib

from market.adapters.keys import Keys
from market.kernel.plain import Config, Json
from verify.zjcs import keys, note
from verify.zjcs.faults import Fault


def vkeys(config: Config) -> list[str]:
    """The log's key first, then the witnesses' as this installation knows them."""
    return [Keys(pathlib.Path(config["INSTANCE"])).log_vkey(), *witness_vkeys(config)]


def published(config: Config) -> list[str]:
    """Every key that a signature of this log may be held to: its own, the newest first, then the
    witnesses'.
    """
    return [*Keys(pathlib.Path(config["INSTANCE"])).log_vkeys(), *witness_vkeys(config)]


def witness_vkeys(config: Config) -> list[str]:
    """The witnesses' verifier keys: the setting's, else those kept; none before the witness was
    met.
    """
    given: list[str] | None = config.get("WITNESS_VKEYS")
    if given is not None:
        return list(given)
    path = _kept(config)
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def keep_witness(config: Config, answer: Json, most: int = 1) -> list[str]:
    """Keep the keys of a witness's `keys.json` (rule 13); returns all that are known. None is ever
    replaced from outside.

    Of the first witness all keys are taken; those of a further one only while fewer than `most` are
    known, and of a name that is not. Raises Fault `keys.*` for a misshapen answer, for a witness of
    another log, and for one that trusts another log key.
    """
    told = keys.load(json.dumps(dict(answer)))
    ours = [note.parse_vkey(vkey) for vkey in Keys(pathlib.Path(config["INSTANCE"])).log_vkeys()]
    if told.origin != ours[0].name:
        raise Fault("keys.origin", pinned=ours[0].name, found=told.origin)
    if not set(ours) & set(told.log):
        raise Fault("keys.log", found=",".join(key.vkey for key in told.log))
    known = [note.parse_vkey(vkey) for vkey in witness_vkeys(config)]
    new = [key for key in told.witnesses if key.name not in {each.name for each in known}]
    new = new[: max(0, most - len(known))] if known else new
    if new and config.get("WITNESS_VKEYS") is None:
        with _kept(config).open("a", encoding="utf-8") as file:
            file.write("".join(f"{key.vkey}\n" for key in new))
    return witness_vkeys(config)


def _kept(config: Config) -> pathlib.Path:
    return pathlib.Path(config["INSTANCE"]) / "keys" / "witness.vkeys"
