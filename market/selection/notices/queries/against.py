"""What stands against a notice: the rules of publication first, then those of its way."""

import hashlib

from market.db import Work
from market.kernel import ids
from market.kernel.errors import Refusal
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.rules import publication
from market.selection.notices.rules.terms import Terms
from market.selection.way import Published, way_if_built


def problems(work: Work, notice: Notice) -> list[Refusal]:
    """Everything that stands against publication now."""
    found = publication.problems(case.case_of(work, notice))
    return [*found, *of_its_way(work, notice, case.terms_of(notice))]


def of_its_way(work: Work, notice: Notice, terms: Terms) -> list[Refusal]:
    """What the way of a notice has against these terms."""
    way = way_if_built(terms.method)
    return [] if way is None else way.problems(work, published(notice, terms))


def published(notice: Notice, terms: Terms) -> Published:
    """A notice as its way sees it, under terms that it has or may get."""
    text = notice.document
    return Published(
        notice_id=notice.id,
        number=notice.number,
        owner_id=notice.owner_id,
        fund=terms.governing_fund,
        predecessor=notice.predecessor,
        project=terms.project_code or _root(notice.number or ""),
        document_sha256=hashlib.sha256(text.encode()).hexdigest() if text is not None else None,
        entry_close=terms.entry_close,
        result_at=terms.draw_at,
        ceiling_fen=terms.ceiling_fen,
        service_days=terms.service_days,
        terms={"beacon": terms.beacon, **(notice.way or {})},
    )


def _root(number: str) -> str:
    """The number of the first listing: what all listings of one project have in common."""
    parts = ids.NUMBER.fullmatch(number)
    return (
        number
        if parts is None or parts["listing"] is None
        else number.removesuffix(f"-{parts['listing']}")
    )
