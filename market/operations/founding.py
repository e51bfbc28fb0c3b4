"""Setting up a production installation: what stands outside the database, and the order of the
whole.

Every step may be done again: what is there already is left as it is.
"""

import dataclasses
import pathlib

from market.accounts import queries as accounts
from market.accounts.queries import OrganisationCard
from market.accounts.rules import STAFF
from market.adapters import vkeys
from market.adapters.beacon import HttpWitness
from market.adapters.keys import Keys
from market.db import Work, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import Clock, epoch
from market.kernel.entropy import Entropy
from market.kernel.errors import Invalid, NotFound
from market.kernel.plain import Config, Json
from market.kernel.visible import folded
from market.selection.sources import service as source_service

OPERATOR = "op-chain-1"
FACTS = ("anchor", "genesis", "period", "n")


@dataclasses.dataclass(frozen=True)
class Plan:
    """The operator's chain of random values: seconds a slot, and how many slots."""

    period: int
    slots: int


def make_keys(config: Config, clock: Clock, entropy: Entropy, plan: Plan) -> Keys:
    """The log's key, the sealing pair and the operator's chain; what exists is never touched.

    The folder is open to the group (0750), because pages read the public halves; the private files
    are the owner's (0600).
    """
    keys = Keys(pathlib.Path(config["INSTANCE"]))
    keys.create(
        origin=config["ORIGIN"],
        source=OPERATOR,
        genesis=epoch(clock.now()) // plan.period * plan.period,
        period=plan.period,
        slots=plan.slots,
        entropy=entropy,
    )
    keys.folder.chmod(0o750)
    return keys


def anchor_operator(keys: Keys, office_id: int) -> bool:
    """Put the operator's chain on the log, held by the operating office; False when it is there
    already.

    Refused: `draw.other_anchor`.
    """
    return _anchor(keys.chain().anchor_leaf(), office_id)


def meet_witness(config: Config, url: str, body: str) -> bool:
    """Learn the key of the witness at an address and put its chain on the log, held by the body of
    that name.

    False when it is there already. Refused: `operations.no_body`, `operations.same_source`,
    `operations.misshapen_chain`, `draw.other_anchor`. Raises Unreachable when the witness does not
    answer, Fault `keys.*` when it witnesses another log.
    """
    holder = body_named(reading(CLOCK), body)
    witness = HttpWitness(url)
    vkeys.keep_witness(config, witness.keys())
    facts = witness.chain()
    if facts.get("source") == OPERATOR:
        raise Invalid("operations.same_source", source=OPERATOR)
    if not _is_chain(facts):
        raise Invalid("operations.misshapen_chain", url=url)
    return _anchor(facts, holder.id)


def body_named(work: Work, name: str) -> OrganisationCard:
    """The body of that name. Refused: `operations.no_body`."""
    bodies = [
        card
        for kind in STAFF
        for card in accounts.organisations(work, kind)
        if folded(card.name) == folded(name)
    ]
    if not bodies:
        raise NotFound("operations.no_body", name=name)
    return bodies[0]


def _is_chain(facts: Json) -> bool:
    """Whether these are a chain's source, anchor (64 hex digits) and three whole numbers."""
    anchor = facts.get("anchor")
    return (
        isinstance(facts.get("source"), str)
        and isinstance(anchor, str)
        and len(anchor) == 64
        and set(anchor) <= set("0123456789abcdef")
        and all(type(facts.get(name)) is int for name in ("genesis", "period", "n"))
    )


def _anchor(facts: Json, owner_id: int) -> bool:
    return in_one_transaction(
        source_service.anchor_chain,
        CLOCK,
        source=facts["source"],
        owner_id=owner_id,
        **{name: facts[name] for name in FACTS},
    )
