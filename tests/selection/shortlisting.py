"""Lotteries by credit on their way, by the real services."""

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.selection.kinds import Fund, Method
from market.selection.notices import service as notice_service
from market.selection.shortlist import queries as shortlist_queries
from market.selection.shortlist import service as shortlist_service
from market.selection.shortlist.rules import Lists
from tests.factories import agencies
from tests.factories import reputation as credit
from tests.factories import rulebook as rules
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import pricing as p
from tests.selection import sealing as s

SOCIAL = {"fund": Fund.SOCIAL, "fiscal_percent": 0}
LISTS = Lists(4, 2)
REASON = "报价合理，方案针对本项目，进度安排能满足建设单位的时间要求，经集体研究选定。"
SERIOUS = "AG-N07"


def town(**more: str) -> agencies.Made:
    """A city with marks and sealed quotes, where one agency has a record of ten points; it."""
    rules.marking(**more)
    s.sealing_town()
    credit.named_basis(SERIOUS)
    who = f.agency()
    credit.recorded(SERIOUS, who, credit.bench())
    f.tick()
    return who


def drafted(buyer: f.Buyer, lists: Lists | None = LISTS, **terms: object) -> int:
    """A draft with its lists; the row's id."""
    times = {"entry_close": f.at(9), "draw_at": f.at(9, 17, 30)}
    whole = SOCIAL | times | {"method": Method.CREDIT_SHORTLIST} | terms
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms(**whole))
    if lists:
        in_one_transaction(
            shortlist_service.set_lists, buyer.drafter, notice_id=notice_id, lists=lists
        )
    return notice_id


def published(buyer: f.Buyer, lists: Lists = LISTS, **terms: object) -> str:
    """A notice that is open for sealed quotes; its number."""
    notice_id = drafted(buyer, lists, **terms)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    return f.published(notice_id)


def entered(number: str, *made: agencies.Made) -> None:
    """Each with a quote of its own."""
    for place, who in enumerate(made):
        s.enter_sealed(number, who, s.sealed(number, who, 9_000_000 + place))


def course(number: str) -> shortlist_queries.Course:
    return shortlist_queries.course(reading(CLOCK), number)


def chosen(number: str, buyer: f.Buyer, ref: str, reason: str = REASON) -> None:
    do(shortlist_service.choose, buyer.signatory, number=number, ref=ref, reason=reason)


def silent(number: str) -> None:
    """Let the owner's days pass."""
    due = course(number).due
    assert due is not None
    f.move_to(due.due_at)


ranks = p.ranks
