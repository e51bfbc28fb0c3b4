"""What may be scored: a closed list, each criterion with a weight and with levels in words that have their
points. Pure.

Sources: 政府采购法实施条例 34 (levels and points correspond); domain rules: what is said of an agency's
place, past works, capital, number of people or brand is no criterion (docs/rules.md#methods).
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from market.kernel.errors import Invalid, Refusal
from market.kernel.plain import Json
from market.kernel.visible import trimmed
from market.rulebook.rules import Rulebook
from market.selection.kinds import FIXED
from market.selection.notices.rules import conditions
from verify.zjcs import score
from verify.zjcs.openings import FEN, RATE
from verify.zjcs.scored import CREDIT, FORMULAS, PRICE, PROPOSED_RULE, RESPONSE, RULE

SEATS = (1, 3)
"""An owner of social funds names one reviewer of its own, or three."""
POOL_SEATS = (3, 5, 7)
"""Of public money: experts drawn from the pool, with the owner's own at most one third."""
LEVELS = (3, 5)
FULL = 100
LONGEST_LEVEL = 120
LEAST_OF_RATES = 50_00
"""The least ceiling (fen) at which the highest rate, 99.99 per cent, still leaves one fen, rounded half up."""
MOST_FEES = 2
"""Per cent of the ceiling that the fees of all jurors together may reach (customer's design, section 0)."""
MOST_RESPONSE = 10
"""The most that promised days may weigh (customer's design, section 0: a promise of hours is a disguised region)."""


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
    formula the proposals alone rank; `is_fixed`: then the ceiling is the price for everybody. Where the
    quote is scored, so may be credit (`credit_weight`) and promised days (`response_weight`), 0 where they
    are not; `is_rate`: rates below the ceiling are quoted; `has_files`: a proposal is a file, no text.
    `fee_fen`: what each juror is paid, 0 where nothing.
    """

    criteria: tuple[Scored, ...]
    formula: str | None
    price_weight: int
    pass_mark: int
    jurors: int
    is_fixed: bool = False
    credit_weight: int = 0
    response_weight: int = 0
    is_rate: bool = False
    has_files: bool = False
    fee_fen: int = 0

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
            **{name: said for name, said in self._more.items() if said},
        }

    @property
    def _more(self) -> Json:
        """What a notice keeps of it only where it is so."""
        return {
            CREDIT: self.credit_weight,
            RESPONSE: self.response_weight,
            "rate": self.is_rate,
            "files": self.has_files,
            "fee": self.fee_fen,
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
        way.get(CREDIT, 0),
        way.get(RESPONSE, 0),
        way.get("rate", False),
        way.get("files", False),
        way.get("fee", 0),
    )


def credit_max(rulebook: Rulebook, *, by_pool: bool) -> int:
    """The most that credit may weigh (points); 0 while marks are off. Public money takes it only where the
    article of a provincial measure that prescribes it is named (customer's design, section 0).
    """
    if not rulebook.credit_marks:
        return 0
    if not by_pool:
        return rulebook.credit_weight_max
    has_article = bool(rulebook.credit_public_basis.strip())
    return rulebook.credit_weight_max_public if has_article else 0


def asks_files(way: Mapping[str, object]) -> bool:
    """Whether the proposals of a notice whose quotes are scored are files."""
    return bool(way.get("files"))


def promised(
    scoring: Scoring, ceiling_fen: int, days: int | None = None, credit: Json | None = None
) -> Json:
    """What the leaf of a notice says of it, and the arithmetic reads: without words, whose digest
    stands beside it. The ceiling is in fen; `days` is the notice's time of service, `credit` what it has fixed.
    """
    priced: Json = {"price": {"formula": scoring.formula, "weight": scoring.price_weight}}
    if scoring.credit_weight and credit is not None:
        priced[CREDIT] = {**credit, "weight": scoring.credit_weight}
    if scoring.response_weight:
        priced[RESPONSE] = {"limit": days, "weight": scoring.response_weight}
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
        "quote_rule": {
            "kind": RATE if scoring.is_rate else FEN,
            "floor": floor,
            "ceiling": ceiling_fen,
        },
        "rule": RULE if scoring.has_price else PROPOSED_RULE,
    }


class Bounds(NamedTuple):
    """What a rulebook and the notice allow: the least and the most weight of the quote, the most of credit,
    the notice's time of service in days, how many may sit, the ceiling in fen.
    """

    price: tuple[int, int]
    credit_max: int = 0
    days: int | None = None
    seats: Sequence[int] = SEATS
    ceiling_fen: int = 0


def problems(
    scoring: Scoring | None, bounds: Bounds, places: Sequence[str] = conditions.SHIPPED
) -> list[Refusal]:
    """Everything that stands against a scoring; `places` are the names of this place, which no level may
    ask for.
    """
    if scoring is None:
        return [Refusal("scored.no_criteria", field="method")]
    return [
        *_weights(scoring, bounds),
        *_fees(scoring, bounds),
        *_of_rates(scoring, bounds),
        *_levels(scoring),
        *_conditions(scoring, places),
    ]


def _weights(scoring: Scoring, bounds: Bounds) -> Iterator[Refusal]:
    seats = bounds.seats
    if not scoring.has_price:
        yield from _proposals_alone(scoring, seats)
        return
    weights = {each.code.value: each.weight * FULL for each in scoring.criteria}
    weights[PRICE] = scoring.price_weight * FULL
    more = {CREDIT: scoring.credit_weight, RESPONSE: scoring.response_weight}
    weights |= {name: weight * FULL for name, weight in more.items() if weight}
    least, most = bounds.price
    code = score.weight_problem(
        weights, price=(least * FULL, most * FULL), credit_max=bounds.credit_max * FULL
    )
    facts = {"sum": sum(weights.values()) // FULL, "least": least, "most": most}
    yield from _of_days(scoring, bounds)
    if code == "PRICE_WEIGHT_RANGE":
        yield Invalid("scored.price_weight", field="price_weight", **facts)
    elif code == "CREDIT_WEIGHT_RANGE":
        yield Invalid("scored.credit_weight", field="credit_weight", most=bounds.credit_max)
    elif code is not None:
        yield Invalid("scored.sum", field="price_weight", **facts)
    if scoring.formula not in FORMULAS or scoring.jurors not in seats:
        yield Invalid("scored.no_criteria", field="formula")
    yield from _mark(scoring)


def _fees(scoring: Scoring, bounds: Bounds) -> Iterator[Refusal]:
    most = bounds.ceiling_fen * MOST_FEES // FULL
    if scoring.jurors * scoring.fee_fen > most:
        each = most // max(1, scoring.jurors)
        yield Invalid("scored.fee", field="juror_fee", percent=MOST_FEES, each=f"{each / 100:.2f}")


def _of_rates(scoring: Scoring, bounds: Bounds) -> Iterator[Refusal]:
    """Every rate that may be quoted leaves at least one fen."""
    if scoring.has_price and scoring.is_rate and bounds.ceiling_fen < LEAST_OF_RATES:
        least = f"{LEAST_OF_RATES / 100:.2f}"
        yield Invalid("scored.rate_ceiling", field="ceiling_fen", least=least)


def _of_days(scoring: Scoring, bounds: Bounds) -> Iterator[Refusal]:
    if scoring.response_weight > MOST_RESPONSE:
        yield Invalid("scored.response_weight", field="response_weight", most=MOST_RESPONSE)
    if scoring.response_weight and bounds.days is None:
        yield Invalid("scored.no_days", field="response_weight")


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
