"""May a notice promise this lot? One small function a rule, in one table; each answers with
its own refusal. Pure.
"""

import dataclasses
import datetime as dt
import math
from collections.abc import Callable, Iterator, Sequence

from market.kernel.clock import from_epoch
from market.kernel.errors import Invalid, Refusal
from market.kernel.moments import minute
from market.selection.sources.rules import plan
from market.selection.sources.rules.plan import Chain


@dataclasses.dataclass(frozen=True, kw_only=True)
class Promise:
    """A draw as a notice would promise it, with everything that the rules look at.

    `chains` are those that the notice names or may name; `owner_ids` the organisations that are the
    notice's owner; `can_check_drand` says whether a BLS library is installed.
    """

    draw_at: dt.datetime | None
    has_fiscal_money: bool
    beacon: bool
    chains: Sequence[Chain]
    owner_ids: frozenset[int] = frozenset()
    can_check_drand: bool = True


Check = Callable[[Promise], Iterator[Refusal]]


def problems(promise: Promise) -> list[Refusal]:
    """Everything that stands against the promise, in the table's order."""
    return [refusal for check in CHECKS for refusal in check(promise)]


def is_on_a_slot(promise: Promise) -> Iterator[Refusal]:
    """The draw lies on a slot boundary of every chain, and no slot lies beyond a chain's end (rule
    2).
    """
    draw_at = promise.draw_at
    if draw_at is None:
        return
    if not promise.chains:
        yield Refusal("notice.no_source")
        return
    time = math.ceil(draw_at.timestamp())
    if any(chain.slot(time) is None for chain in promise.chains):
        yield Invalid("notice.beyond_chain", field="draw_at")
        return
    boundary = plan.next_boundary(promise.chains, time)
    if boundary != draw_at.timestamp():
        following = plan.next_boundary(promise.chains, (boundary or time) + 1)
        yield Invalid(
            "notice.off_slot",
            field="draw_at",
            next=minute(from_epoch(boundary or time)),
            following=minute(from_epoch(following or time)),
        )


def is_assured(promise: Promise) -> Iterator[Refusal]:
    """Fiscal money is not drawn below S1: two parties, neither of them the notice's owner
    (docs/rules.md#separation-10), hold a source each.
    """
    independent = [chain for chain in promise.chains if chain.owner_id not in promise.owner_ids]
    if promise.has_fiscal_money and plan.level(independent, promise.beacon) == "S0":
        yield Refusal("notice.below_s1", field="fund")


def has_checkable_beacon(promise: Promise) -> Iterator[Refusal]:
    """A public beacon is a source only where its signatures can be checked: a BLS library is
    installed (rule 9).
    """
    if promise.beacon and not promise.can_check_drand:
        yield Invalid("notice.no_bls", field="beacon")


CHECKS: tuple[Check, ...] = (is_on_a_slot, is_assured, has_checkable_beacon)
