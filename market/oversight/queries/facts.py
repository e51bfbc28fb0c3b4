"""Selections with what other rooms know of them, as the flags look at them."""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from market.agencies import queries as agencies
from market.complaints import queries as complaints
from market.contracts import queries as contracts
from market.contracts.rules.matter import INSPECT, PAY
from market.db import Work
from market.evaluations import queries as evaluations
from market.kernel.clock import local_date
from market.oversight.rules.flags.facts import INSTANT, Facts, Matter
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices.rules import limits
from market.selection.results import queries as result_queries
from market.selection.results.rules.flagged import Scanned
from market.selection.shortlist import queries as shortlist_queries
from market.workdays import queries as workdays
from market.workdays.rules import Unit, WorkCalendar, deadline

TOGETHER = 500
LONGEST_REST = 15
DAY = dt.timedelta(days=1)
YOUNG = dt.timedelta(days=90)
"""Registered no longer before its activation, an agency is young then."""


def facts_since(work: Work, since: dt.datetime) -> Iterator[Facts]:
    """Every selection published since an instant, owner by owner."""
    return _facts(work, result_queries.scanned(work, since))


def facts_of(work: Work, numbers: Sequence[str]) -> list[Facts]:
    """These selections, with what costs more to know: words of the scan, who offers the item."""
    return [
        dataclasses.replace(
            each,
            uncleared=result_queries.uncleared(work, each.of.number),
            offering=agencies.eligible_count(work, each.of.items),
        )
        for each in _facts(work, result_queries.scanned_ones(work, numbers))
    ]


def _facts(work: Work, selections: Iterable[Scanned]) -> Iterator[Facts]:
    books: dict[int, Rulebook] = {}
    calendar = workdays.calendar(work)
    for chunk in _chunks(iter(selections)):
        numbers = [each.number for each in chunk]
        matters = contracts.facts_about(work, numbers)
        changed = contracts.with_new_amounts(work, {each.matter for each in matters.values()})
        upheld = complaints.findings_about(work, numbers)
        said = evaluations.overall_of_owners(work, numbers)
        chosen = shortlist_queries.choices_of(work, numbers)
        newcomers = agencies.young_when_activated(work, _winners(chunk), YOUNG)
        for each in chunk:
            if each.rulebook not in books:
                books[each.rulebook] = rulebooks.version(work, each.rulebook)
            book = books[each.rulebook]
            yield Facts(
                of=each,
                earliest_close=_earliest(each, book, calendar),
                limit_fen=limits.least_of(
                    each.items.codes, book.item_limits, book.fiscal_limit_fen
                ),
                is_upheld=upheld.get(each.number),
                matter=_matter(matters.get(each.number), changed),
                days_off=_days_off(local_date(each.published_at), calendar),
                evaluated=said.get(each.number),
                shortlist=chosen[each.number][0] if each.number in chosen else (),
                chosen=chosen[each.number][1] if each.number in chosen else "",
                newcomer_days=_newcomer_days(each, newcomers),
            )


def _winners(chunk: Iterable[Scanned]) -> set[str]:
    """The platform numbers of those who have an award."""
    found = (Facts(of=each).winner for each in chunk)
    return {each.ref for each in found if each is not None}


def _newcomer_days(of: Scanned, newcomers: Mapping[str, dt.date]) -> int | None:
    """Days from the activation of a young winner to the announcement of its award."""
    winner = Facts(of=of).winner
    if winner is None or winner.ref not in newcomers or of.announced_at is None:
        return None
    return (local_date(of.announced_at) - newcomers[winner.ref]).days


def _chunks(selections: Iterator[Scanned]) -> Iterator[list[Scanned]]:
    while chunk := list(itertools.islice(selections, TOGETHER)):
        yield chunk


def _earliest(of: Scanned, book: Rulebook, calendar: WorkCalendar) -> dt.date | None:
    """The last day of the least entry time that the rulebook allowed; None where nobody enters."""
    if of.first_close is None:
        return None
    least = Rulebook.entry_window_urgent_days if of.urgent else Rulebook.entry_window_days
    span, unit = book.window(least)
    return local_date(deadline(of.published_at, span, Unit(unit), calendar).due_at - INSTANT)


def _days_off(day: dt.date, calendar: WorkCalendar) -> int:
    following = (day + DAY * ahead for ahead in range(1, LONGEST_REST))
    return sum(1 for _day in itertools.takewhile(lambda it: not calendar.is_working(it), following))


def _matter(found: contracts.Facts | None, changed: Collection[str]) -> Matter | None:
    if found is None:
        return None
    return Matter(
        amount_fen=None if found.matter in changed else found.amount_fen,
        is_delivered=found.delivered_at is not None,
        is_accepted=found.accepted_at is not None,
        is_inspected_late=INSPECT.name in found.late,
        is_paid_late=PAY.name in found.late,
    )
