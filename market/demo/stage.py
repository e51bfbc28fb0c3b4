"""A stage on which the real services run on a clock that is moved by hand: the town's past year,
the story.

The witness is the regulator's real program, in this process and on the same clock; later it runs on
its own.
"""

import contextlib
import dataclasses
import datetime as dt
import json
import pathlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from flask import Flask, current_app

from market.adapters.beacon import Behind, Forked, NotDue, Unreachable, Unread
from market.adapters.keys import Keys
from market.db import Work, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import CHINA, FixedClock, epoch
from market.kernel.entropy import seeded_entropy
from market.kernel.plain import Json
from market.kernel.shown import looking
from market.ledger import jobs as ledger_jobs
from market.selection.auction import jobs as auction_jobs
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.sources import jobs as source_jobs
from market.selection.sources import service as source_service
from market.windows import jobs as windows
from market_witness import folder as witness_folder
from market_witness.witness import No, Witness

T = TypeVar("T")
OPERATOR = "op-chain-1"
REGULATOR = "reg-chain-1"
WITNESS = "witness.example.org/w1"
PERIOD = 60  # seconds a slot: a visitor should see a draw soon
SLOTS = 2 * 366 * 24 * 60  # two years: the past one and the next


class NearWitness:
    """The regulator's witness, called in this process instead of over HTTP."""

    def __init__(self, folder: pathlib.Path) -> None:
        clock = fabric().clock
        self.inner = Witness(folder, lambda: clock.now().timestamp())

    def cosign(self, old: int, proof: list[str], checkpoint: str) -> str:
        """As over HTTP: Behind on another size, Forked on another history, Unreachable on any other
        no.
        """
        try:
            return self.inner.add_checkpoint(
                f"old {old}\n" + "".join(f"{line}\n" for line in proof) + "\n" + checkpoint
            )
        except No as no:
            if no.status == 409:
                raise Behind(int(no.text)) from no
            if no.status == 424:
                raise Unread(int(no.text)) from no
            if no.status == 422:
                raise Forked(no.text) from no
            raise Unreachable(no.text) from no

    def value(self, slot: int) -> str:
        """The regulator's value of a due slot."""
        try:
            return str(self.inner.value(slot)["value"])
        except No as no:
            raise NotDue(no.text) from no

    def hand_over(self, start: int, page: list[str], proof: list[str], checkpoint: str) -> None:
        """The next leaves of the log, as over HTTP."""
        body = {"from": start, "leaves": page, "proof": proof, "checkpoint": checkpoint}
        try:
            self.inner.add_leaves(json.dumps(body))
        except No as no:
            raise Unreachable(no.text) from no

    def published(self, old: int) -> list[str]:
        """The cosigned checkpoints of sizes beyond `old`."""
        return self.inner.cosignatures(old)

    def listed(self, over: int) -> dict[str, object]:
        """The numbered list from before the first cosignature over a leaf on."""
        return self.inner.listed(over)

    def quote_key(self, draw: str) -> dict[str, object]:
        """The public key of a draw's sealed quotes."""
        try:
            return self.inner.quote_key(draw)
        except No as no:
            raise Unreachable(no.text) from no

    def release(self, draw: str) -> str:
        """The private key of a draw that has closed."""
        try:
            return str(self.inner.release(draw)["sk"])
        except No as no:
            raise (NotDue if no.status == 403 else Unreachable)(no.text) from no

    def newest(self) -> str:
        """The newest checkpoint that it cosigned."""
        return self.inner.newest or ""

    def keys(self) -> dict[str, object]:
        """The witness's keys.json."""
        return self.inner.keys()


class Stage:
    """The clock that is moved, and what the clock's process does whenever it has moved."""

    def __init__(self, clock: FixedClock) -> None:
        self.clock = clock
        self._work: Work | None = None

    @property
    def now(self) -> dt.datetime:
        return self.clock.instant

    def do(self, verb: Callable[..., T], actor: Actor, **given: object) -> T:
        """One use case by one person, in a transaction of its own or in the one of `at_once`; who
        signs has looked at it.
        """

        def act(work: Work) -> T:
            return verb(work, **looking(verb, work, given))

        if self._work is not None:
            return act(dataclasses.replace(self._work, actor=actor))
        return in_one_transaction(act, actor)

    def at_once(self, act: Callable[[], T]) -> T:
        """Several use cases in one transaction: what nobody watches may be loaded faster."""

        def bundle(work: Work) -> T:
            self._work = work
            try:
                return act()
            finally:
                self._work = None

        return in_one_transaction(bundle, CLOCK)

    def tick(self) -> None:
        """What the clock's process does, in its order; a head is witnessed where something rests on
        it.
        """
        windows.sweep()
        if auction_jobs.run_auctions():
            ledger_jobs.witness_head()
        for _ in range(2):  # what is sealed to two keys is closed and witnessed first, then opened
            if not entry_queries.to_seal(reading(CLOCK)):
                break
            entry_jobs.seal_due()
            ledger_jobs.witness_head()
        source_jobs.bring_values()

    def move_to(self, instant: dt.datetime) -> None:
        """Put the clock there, never back, and let the clock's process run."""
        self.clock.instant = max(instant, self.clock.instant)
        self.tick()


@contextlib.contextmanager
def stepped(app: Flask, start: dt.datetime, seed: str) -> Iterator[Stage]:
    """The application on a stepped clock with repeatable bytes of chance, given back as it was."""
    own = fabric(app)
    clock = own.clock
    stopwatch = own.stopwatch
    entropy = own.entropy
    witness = own.witness
    stage = Stage(FixedClock(start))
    own.clock = own.stopwatch = stage.clock  # nobody waits behind a sweep that takes long
    own.entropy = seeded_entropy(seed)
    try:
        yield stage
    finally:
        own.clock = clock
        own.stopwatch = stopwatch
        own.entropy = entropy
        own.witness = witness


def raise_witness(
    operator_id: int, regulator_id: int, *, period: int = PERIOD, slots: int = SLOTS
) -> None:
    """Make keys, chains and the witness in the instance folder, and put both anchors on the log."""
    instance = pathlib.Path(current_app.config["INSTANCE"])
    clock = fabric().clock
    genesis = epoch(clock.now()) // period * period
    keys = Keys(instance)
    origin = current_app.config["ORIGIN"]
    keys.create(
        origin=origin,
        source=OPERATOR,
        genesis=genesis,
        period=period,
        slots=slots,
        entropy=fabric().entropy,
    )
    if not (instance / "witness").exists():
        witness_folder.create(
            instance / "witness",
            name=WITNESS,
            origin=origin,
            log=[keys.log_vkey()],
            source=REGULATOR,
            genesis=genesis,
            period=period,
            slots=slots,
            anchors={OPERATOR: witness_folder.whole(anchor_of(keys))},
            reads=True,
        )
    near = NearWitness(instance / "witness")
    fabric().witness = near
    _anchor(OPERATOR, operator_id, anchor_of(keys))
    _anchor(REGULATOR, regulator_id, near.inner.chain_facts())


def _anchor(source: str, owner_id: int, facts: Json) -> None:
    """Put the anchor of a chain on the log, under its owner's name."""
    in_one_transaction(
        source_service.anchor_chain,
        CLOCK,
        source=source,
        owner_id=owner_id,
        **{name: facts[name] for name in ("anchor", "genesis", "period", "n")},
    )


def renew_keys() -> None:
    """Bring the keys.json of an older town's witness to what it says now: whole anchors, a policy."""
    instance = pathlib.Path(current_app.config["INSTANCE"])
    if (instance / "witness" / "config.json").exists():
        facts = anchor_of(Keys(instance))
        witness_folder.migrate(instance / "witness", {facts["source"]: facts})


def anchor_of(keys: Keys) -> Json:
    """The operator's anchor as its leaf says it."""
    return keys.chain().anchor_leaf()


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """That hour in China on that day, as an instant."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA).astimezone(dt.UTC)
