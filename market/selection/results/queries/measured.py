"""What an order by price rests on: the price by which everybody is measured, who lies far below the
others, and the file with which anybody ranks again. Nothing of it before the quotes are open.
"""

import dataclasses
from collections.abc import Mapping, Sequence

from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.selection.entries import queries as entry_queries
from market.selection.notices.queries import rows as notice_rows
from market.selection.sources import queries as source_queries
from market.selection.sources.queries import rows as source_rows
from verify.zjcs import ranked, score, shortlisted


@dataclasses.dataclass(frozen=True)
class Measured:
    """`reference_fen`: by what everybody is measured, None where nothing but the quote counts. `low`: by
    platform number, the tests by which a quote is abnormally low; that is shown and takes nobody out.
    """

    reference_fen: int | None
    low: Mapping[str, Sequence[str]]


def measured(work: Work, number: str) -> Measured | None:
    """What the order of a notice rests on; None of a way that does not rank by quotes, and of an empty
    list. Refuses `notice.none`.
    """
    notice = notice_rows.by_number(work, number)
    amounts = _amounts(work, number)
    if notice.method.value not in ranked.ORDERS or not amounts:
        return None
    return Measured(
        ranked.reference_of(notice.method.value, amounts),
        score.abnormally_low(amounts, notice.ceiling_fen),
    )


def scores(work: Work, draw_no: str) -> Json:
    """`scores.json`: the ranking as an example that verify/rank.py computes again, with what it gives.

    Refuses `draw.none`, `draw.no_result` before the order is out, `draw.no_scores` where neither quotes
    nor credit rank.
    """
    draw = source_rows.draw_by_number(work, draw_no)
    number = sibling(draw_no, Prefix.NOTICE)
    rule = notice_rows.by_number(work, number).method.value
    if rule == shortlisted.RULE:
        return source_queries.shortlist_scores(work, draw_no)
    if rule not in ranked.ORDERS:
        raise NotFound("draw.no_scores")
    if draw.seed is None:
        raise NotFound("draw.no_result")
    return ranked.scores_of(draw_no, rule, _amounts(work, number), draw.seed)


def _amounts(work: Work, number: str) -> dict[str, int]:
    return {row.ref: row.amount_fen for row in entry_queries.opened_quotes(work, number)}
