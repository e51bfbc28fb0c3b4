"""To whom letters about cases go."""

from collections.abc import Callable, Iterable

from market.accounts import queries as accounts
from market.accounts.queries import PersonCard
from market.accounts.rules import Kind, organisation_id_of
from market.cases import queries as cases
from market.db import Work
from market.fabric import fabric
from market.ledger.queries import Entry
from market.letters.rules import To

People = Iterable[PersonCard]


def _case_handlers(work: Work, entry: Entry) -> People:
    may = fabric().permissions["case.handle"]
    return accounts.members(work, organisation_id_of(entry.fields["body"]), *may)


def _case_callers(work: Work, entry: Entry) -> People:
    """Who calls back: of the body itself, and of the managing authority."""
    may = fabric().permissions["case.call_back"]
    bodies = [organisation_id_of(entry.fields["body"])]
    bodies += [each.id for each in accounts.organisations(work, Kind.AUTHORITY)]
    for body in dict.fromkeys(bodies):
        yield from accounts.members(work, body, *may)


def _case_keeper(work: Work, entry: Entry) -> People:
    keeper = cases.row(work, entry.subject).assigned_to
    return [accounts.person(work, keeper)] if keeper is not None else ()


def _case_orderer(work: Work, entry: Entry) -> People:
    may = fabric().permissions["case.supervise"]
    return accounts.members(work, organisation_id_of(entry.fields["by"]), *may)


REACH: dict[To, Callable[[Work, Entry], People]] = {
    To.CASE_HANDLERS: _case_handlers,
    To.CASE_CALLERS: _case_callers,
    To.CASE_KEEPER: _case_keeper,
    To.CASE_ORDERER: _case_orderer,
}
