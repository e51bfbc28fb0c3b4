"""Who judges, who wants to, and who decides about that: to whom letters of scoring go."""

from collections.abc import Callable, Iterable

from market.accounts import queries as accounts
from market.accounts.queries import PersonCard
from market.accounts.rules import Duty
from market.db import Work
from market.ledger.queries import Entry
from market.letters.rules import To
from market.selection.jurors import queries as pool_queries
from market.selection.scored import queries as scored_queries

People = Iterable[PersonCard]


def _jurors(work: Work, entry: Entry) -> People:
    """Who sits and has not begun; of a replacement the one who came."""
    came = entry.fields.get("ref")
    for person in scored_queries.asked_to_begin(work, entry.subject, came):
        yield accounts.person(work, person)


def _expert(work: Work, entry: Entry) -> People:
    yield accounts.person(work, pool_queries.applicant(work, entry.subject))


def _pool_body(work: Work, entry: Entry) -> People:
    body = pool_queries.body_of(work, entry.subject)
    return accounts.members(work, body, Duty.REGULATOR_OFFICER, Duty.REGULATOR_SIGNATORY)


REACH: dict[To, Callable[[Work, Entry], People]] = {
    To.JURORS: _jurors,
    To.EXPERT: _expert,
    To.POOL_BODY: _pool_body,
}
