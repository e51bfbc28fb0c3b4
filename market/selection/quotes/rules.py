"""The law of quote keys: who holds one, how many open a box, how many are prepared ahead. Pure.

Source: sealed quotes of `zjcs-quote/1` (docs/draws.md#sealed-quotes).
"""

from collections.abc import Collection, Sequence

from verify.zjcs.quote_keys import Trustee

HOLDERS = 2
"""The operator's clock and the regulator's witness: both are needed to open (2 of 2)."""
AHEAD = 20
"""For so many numbers to come keys are prepared, so that a publication waits for nobody."""


def is_whole(trustees: Sequence[Trustee]) -> bool:
    """Whether these are the keys of two different holders."""
    return (
        len(trustees) == HOLDERS
        and len({each.id for each in trustees}) == HOLDERS
        and len({each.pk for each in trustees}) == HOLDERS
    )


def lacking(trustees: Sequence[Trustee], given: Collection[str]) -> list[str]:
    """The holders (ids) whose private key has not been handed in."""
    return [each.id for each in trustees if each.id not in given]
