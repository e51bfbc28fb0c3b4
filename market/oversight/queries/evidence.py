"""The evidence of a selection, as outsiders download it."""

from collections.abc import Sequence

from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.selection.direct import queries as direct_queries
from market.selection.entries import queries as entry_queries
from market.selection.kinds import Method
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries


def evidence_file(work: Work, draw: str, keys: Sequence[str]) -> Json:
    """The evidence of a draw, or of a direct choice; `keys` the log's verifier key, then its witnesses'.
    Refuses as its page does.
    """
    notice = sibling(draw, Prefix.NOTICE)
    if result_queries.notice(work, notice).method is Method.DIRECT:
        return direct_queries.evidence_of(work, notice, keys)
    boxes = entry_queries.opened_boxes(work, notice)
    return source_queries.evidence_of(work, draw, keys, boxes)


def evidence_if_any(work: Work, notice: str, keys: Sequence[str]) -> Json | None:
    """The evidence of a selection ("" of none), where it has a result that a witness has seen."""
    if not notice:
        return None
    try:
        return evidence_file(work, sibling(notice, Prefix.DRAW), keys)
    except NotFound:
        return None
