"""New secrets of the clock process in the place of old ones: the log's signing key, a chain that is
lost.

Every step may be done again: what is done already is left as it is.
"""

import datetime as dt
import pathlib

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.adapters import vkeys
from market.adapters.beacon import HttpWitness, Unreachable, Witness, witnesses
from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import Clock, epoch
from market.kernel.entropy import Entropy
from market.kernel.errors import Invalid, Refusal
from market.kernel.plain import Config
from market.ledger import queries as ledger
from market.ledger import service as ledger_service
from market.operations import founding
from market.selection.sources import queries as source_queries
from verify.zjcs import note

OVERLAP = dt.timedelta(days=30)
"""How long both keys sign at the least (docs/rules.md#log): outsiders need the time to take the new
one.
"""
AT_ONCE = 500  # checkpoints signed in one transaction
OPERATORS = "op-chain-"
"""Who has no pinned keys takes chains of this name for the operator's (rule 13)."""


def rotate(config: Config, clock: Clock, overlap: dt.timedelta = OVERLAP) -> str:
    """Make a new key of the log, say so on the log, and sign with both until the overlap is over;
    returns the new vkey.

    The new key signs the heads kept so far too, so that what was proved under the old one is
    provable under it alone.
    Refused: `operations.overlap_short`, `operations.overlap_runs` (until) while a former key still
    signs.
    """
    keys = Keys(pathlib.Path(config["INSTANCE"]))
    now = clock.now()
    if overlap < OVERLAP:
        raise Invalid("operations.overlap_short", days=OVERLAP.days)
    if epoch(now) < keys.old_until() and not keys.is_turning():
        raise Refusal(
            "operations.overlap_runs",
            until=dt.datetime.fromtimestamp(keys.old_until(), dt.UTC).date().isoformat(),
        )
    keys.forget_old(epoch(now))
    present = keys.log_signer()
    following = keys.next_log_key()
    until = now + overlap
    in_one_transaction(
        ledger_service.rotate_key,
        CLOCK,
        origin=present.name,
        old=present.key().vkey,
        new=following.key().vkey,
        until=until,
    )
    sign_again(following)
    keys.turn_log_key(epoch(until))
    sign_again(following)  # what the clock has signed meanwhile by the former key alone
    return following.key().vkey


def sign_again(signer: note.Signer) -> int:
    """Sign every kept head with a further key of the log; returns how many heads there are."""
    seen = count = 0
    while heads := ledger.signed_beyond(reading(CLOCK), seen, AT_ONCE):
        lines = {head.size: signer.sign(note.parse_note(head.note).text).line for head in heads}
        in_one_transaction(ledger_service.add_signatures, CLOCK, lines=lines)
        seen = heads[-1].size
        count = count + len(heads)
    return count


def who_trusts(config: Config, vkey: str, given: Witness | None = None) -> dict[str, bool | None]:
    """Witness -> whether its keys.json names this key of the log; None where it does not answer."""
    found: dict[str, bool | None] = {}
    for place, witness in enumerate(witnesses(config, given), 1):
        try:
            answer = witness.keys()
        except Unreachable:
            found[f"witness {place}"] = None
            continue
        trusted = answer.get("log")
        found[f"witness {place}"] = isinstance(trusted, list) and vkey.strip() in trusted
    return found


def meet_cosigner(config: Config, url: str) -> bool:
    """Learn the key of a further witness, which cosigns and whose chain is not used; False when it
    is known already.

    Refused: `operations.no_witness` before the chain holder's is known. Raises Unreachable, Fault
    `keys.*`.
    """
    known = vkeys.witness_vkeys(config)
    if not known:
        raise Refusal("operations.no_witness")
    answer = HttpWitness(url).keys()
    return len(vkeys.keep_witness(config, answer, len(known) + 1)) > len(known)


def replace_chain(config: Config, clock: Clock, entropy: Entropy, source: str) -> str:
    """Make a new chain of the operator's in the place of one that the log calls lost, and anchor
    it; returns its anchor.

    The old file stays beside it (chain-<source>.txt). Refused: `operations.chain_name`,
    `operations.chain_lives`, `draw.other_anchor` (the name is taken).
    """
    keys = Keys(pathlib.Path(config["INSTANCE"]))
    present = keys.chain()
    if not source.startswith(OPERATORS) or not source[len(OPERATORS) :].isdecimal():
        raise Invalid("operations.chain_name", prefix=OPERATORS)
    if present.source != source:
        if source_queries.chain_card(reading(CLOCK), present.source).lost_at is None:
            raise Refusal("operations.chain_lives", source=present.source)
        genesis = epoch(clock.now()) // present.period * present.period
        keys.new_chain(
            source=source, genesis=genesis, period=present.period, slots=present.n, entropy=entropy
        )
    office = accounts.organisations(reading(CLOCK), Kind.OFFICE)[0]
    founding.anchor_operator(keys, office.id)
    return str(keys.chain().anchor_leaf()["anchor"])
