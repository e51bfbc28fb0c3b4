"""What may be scored: a closed list, each criterion with a weight and with levels in words that have their
points. Pure.

Sources: 政府采购法实施条例 34 (levels and points correspond); domain rules: what is said of an agency's
place, past works, capital, number of people or brand is no criterion (docs/rules.md#methods).
"""

import enum
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from market.kernel.errors import Invalid, Refusal
from market.kernel.plain import Json
from market.kernel.visible import trimmed
from market.selection.kinds import FIXED
from market.selection.notices.rules import conditions
from verify.zjcs import score
from verify.zjcs.scored import FORMULAS, PRICE, PROPOSED_RULE, RULE

SEATS = (1, 3)
"""An owner of social funds names one reviewer of its own, or three."""
POOL_SEATS = (3, 5, 7)
"""Of public money: experts drawn from the pool, with the owner's own at most one third."""
LEVELS = (3, 5)
FULL = 100
LONGEST_LEVEL = 120


class Criterion(enum.StrEnum):
    """What jurors judge of a proposal; there is no free criterion."""

    UNDERSTANDING = "understanding"
    METHOD = "method"
    SCHEDULE = "schedule"
    QUALITY = "quality"
    CONFIDENTIALITY = "confidentiality"
    TEAM = "team"


class Level(NamedTuple):
    """One level of a criterion: its points (0..100) and its words."""

    points: int
    words: str


class Scored(NamedTuple):
    """A criterion of a notice: weight in points, levels from the best to the worst."""

    code: Criterion
    weight: int
    levels: tuple[Level, ...]


SEALED = "sealed"
"""What a notice keeps under `price` where the quote is sealed within the ceiling and scores nothing."""


class Scoring(NamedTuple):
    """How a notice scores: `pass_mark` (0..100) on what jurors judge, `jurors` how many sit. Without a
    formula the proposals alone rank; `is_fixed`: then the ceiling is the price for everybody.
    """

    criteria: tuple[Scored, ...]
    formula: str | None
    price_weight: int
    pass_mark: int
    jurors: int
    is_fixed: bool = False

    @property
    def has_price(self) -> bool:
        """Whether the quote is scored."""
        return self.formula is not None

    @property
    def kept(self) -> Json:
        """As a notice keeps and publishes it."""
        return {
            "criteria": [
                {
                    "code": each.code.value,
                    "weight": each.weight,
                    "levels": [[level.points, level.words] for level in each.levels],
                }
                for each in self.criteria
            ],
            "price": self._price,
            "pass_mark": self.pass_mark,
            "jurors": self.jurors,
        }

    @property
    def _price(self) -> object:
        if self.has_price:
            return {"formula": self.formula, "weight": self.price_weight}
        return FIXED if self.is_fixed else SEALED


def read(way: Json) -> Scoring | None:
    """What a notice keeps; None where nothing is written yet."""
    if not way.get("criteria"):
        return None
    price = way["price"]
    formula, weight = (None, 0) if isinstance(price, str) else (price["formula"], price["weight"])
    return Scoring(
        tuple(
            Scored(
                Criterion(each["code"]),
                each["weight"],
                tuple(Level(points, words) for points, words in each["levels"]),
            )
            for each in way["criteria"]
        ),
        formula,
        weight,
        way["pass_mark"],
        way["jurors"],
        price == FIXED,
    )


def promised(scoring: Scoring, ceiling_fen: int) -> Json:
    """What the leaf of a notice says of it, and the arithmetic reads: without words, whose digest
    stands beside it. The ceiling is in fen.
    """
    priced = {"price": {"formula": scoring.formula, "weight": scoring.price_weight}}
    floor = ceiling_fen if scoring.is_fixed else 0
    return {
        "criteria": [
            {
                "code": each.code.value,
                "weight": each.weight,
                "levels": [level.points for level in each.levels],
            }
            for each in scoring.criteria
        ],
        "jurors": scoring.jurors,
        "pass_mark": scoring.pass_mark,
        **(priced if scoring.has_price else {}),
        "quote_rule": {"kind": "quote_fen", "floor": floor, "ceiling": ceiling_fen},
        "rule": RULE if scoring.has_price else PROPOSED_RULE,
    }


def problems(
    scoring: Scoring | None,
    price: tuple[int, int],
    places: Sequence[str] = conditions.SHIPPED,
    seats: Sequence[int] = SEATS,
) -> list[Refusal]:
    """Everything that stands against a scoring; `price`: the least and the most weight of the quote,
    `places` the names of this place, which no level may ask for, `seats` how many may sit.
    """
    if scoring is None:
        return [Refusal("scored.no_criteria", field="method")]
    return [*_weights(scoring, price, seats), *_levels(scoring), *_conditions(scoring, places)]


def _weights(scoring: Scoring, price: tuple[int, int], seats: Sequence[int]) -> Iterator[Refusal]:
    if not scoring.has_price:
        yield from _proposals_alone(scoring, seats)
        return
    weights = {each.code.value: each.weight * FULL for each in scoring.criteria}
    weights[PRICE] = scoring.price_weight * FULL
    bounds = (price[0] * FULL, price[1] * FULL)
    code = score.weight_problem(weights, price=bounds, credit_max=0)
    facts = {"sum": sum(weights.values()) // FULL, "least": price[0], "most": price[1]}
    if code == "PRICE_WEIGHT_RANGE":
        yield Invalid("scored.price_weight", field="price_weight", **facts)
    elif code is not None:
        yield Invalid("scored.sum", field="price_weight", **facts)
    if scoring.formula not in FORMULAS or scoring.jurors not in seats:
        yield Invalid("scored.no_criteria", field="formula")
    yield from _mark(scoring)


def _proposals_alone(scoring: Scoring, seats: Sequence[int]) -> Iterator[Refusal]:
    total = sum(each.weight for each in scoring.criteria)
    if total != FULL or any(each.weight < 1 for each in scoring.criteria):
        yield Invalid("scored.sum_of_proposals", field="pass_mark", sum=total)
    if scoring.jurors not in seats:
        yield Invalid("scored.no_criteria", field="jurors")
    yield from _mark(scoring)


def _mark(scoring: Scoring) -> Iterator[Refusal]:
    if not 0 <= scoring.pass_mark <= FULL:
        yield Invalid("scored.pass_mark", field="pass_mark")


def _levels(scoring: Scoring) -> Iterator[Refusal]:
    for each in scoring.criteria:
        points = [level.points for level in each.levels]
        is_ordered = points == sorted(set(points), reverse=True)
        is_counted = LEVELS[0] <= len(points) <= LEVELS[1]
        is_worded = all(0 < len(trimmed(level.words)) <= LONGEST_LEVEL for level in each.levels)
        is_bounded = points[:1] == [FULL] and all(0 <= mark <= FULL for mark in points)
        if not (is_ordered and is_counted and is_worded and is_bounded):
            yield Invalid("scored.levels", field=f"levels_{each.code}")


def _conditions(scoring: Scoring, places: Sequence[str]) -> Iterator[Refusal]:
    texts = {
        f"levels_{each.code}": "\n".join(level.words for level in each.levels)
        for each in scoring.criteria
    }
    for found in conditions.scan(texts, places):
        yield Invalid("scored.condition", field=found.field, words=found.words)
