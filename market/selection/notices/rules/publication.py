"""May this notice be published? One small function a rule, in one table; each answers with its own
refusal. Pure.

The same table is asked when the owner submits and again when the office publishes: the form decides
nothing. What only one way of selecting asks is asked of that way (market/selection/way.py).
"""

import dataclasses
import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Iterator, Sequence

from market.kernel.clock import CHINA, from_epoch, local_date
from market.kernel.errors import Invalid, Refusal
from market.kernel.moments import end
from market.kernel.money import Amount
from market.kernel.shown import another_person
from market.kernel.visible import trimmed
from market.selection.kinds import Fund, Method
from market.selection.notices.rules import conditions
from market.selection.notices.rules.terms import AMENDABLE, FREE_TEXTS, Terms
from market.selection.notices.rules.ways import Shut, Standing, Switched, standing
from market.workdays.rules import WorkCalendar

PROJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
PARTS = re.compile(r"[;;,,、。\s()()]+|或者|或|及|和|且")
MOST_ITEMS = 6
"""Items in one notice: as many as a project's surveys, reports or approvals have in common, and no framework."""
MOST_FEN = 10**12  # ten thousand million yuan: a slip of the keyboard


@dataclasses.dataclass(frozen=True, kw_only=True)
class Case:
    """One notice at the moment at which it is judged, with everything that the rules look at.

    `earliest_close` is the end of the rulebook's minimum entry period counted from `now`; `gap` and
    `drain` are spans; `fiscal_limit_fen` the limit of a financial year (None: none set) and
    `year_total_fen` what the same owner has already published for any of the items in it.
    `known_agencies` maps each excluded code to whether it is an agency here; `places` are the names
    of this place and of those that it lies in. `switched_on` are the ways that the rulebook has
    opened for each kind of funds, `shut` those that lack something else, `built` those that the program can run. `has_entries`: agencies
    enter until a close; else the notice has no times of its own. `has_result_time`: the owner says when
    the result is found; else its way does.
    """

    terms: Terms
    now: dt.datetime
    item_found: bool
    item_qualification: str
    earliest_close: dt.datetime
    least_period: tuple[int, str]
    drain: dt.timedelta
    gap: dt.timedelta
    fiscal_limit_fen: int | None
    year_total_fen: int
    known_agencies: dict[str, bool]
    switched_on: Switched
    built: frozenset[Method]
    has_entries: bool = True
    has_result_time: bool = True
    shut: Shut = dataclasses.field(default_factory=dict)
    places: tuple[str, ...] = conditions.SHIPPED
    central_items: frozenset[str] = frozenset()
    tender_items: frozenset[str] = frozenset()
    tender_limit_fen: int = 0


Check = Callable[[Case], Iterator[Refusal]]


def problems(case: Case) -> list[Refusal]:
    """Everything that stands against publication, in the table's order (一次性告知: all of it at
    once).
    """
    return [refusal for check in CHECKS for refusal in check(case)]


def only_times(found: Sequence[Refusal]) -> bool:
    """Whether there are problems and all are of times that have run out: the owner could not have
    done better.
    """
    return bool(found) and all(
        isinstance(each, Invalid) and each.field in ("entry_close", "draw_at") for each in found
    )


def findings(terms: Terms, places: Sequence[str] = conditions.SHIPPED) -> list[conditions.Finding]:
    """What the scan finds in the notice's free texts."""
    return conditions.scan({name: getattr(terms, name) for name in FREE_TEXTS}, places)


def is_complete(case: Case) -> Iterator[Refusal]:
    """Every field that the public must be able to read is filled."""
    terms = case.terms
    for name in ("title", "content", "contact_phone", "complaint_phone"):
        if not trimmed(getattr(terms, name)):
            yield Invalid("notice.missing", field=name)
    for name in ("service_days", *_own_times(case)):
        if getattr(terms, name) is None:
            yield Invalid("notice.missing", field=name)
    if terms.urgent and not trimmed(terms.urgent_reason):
        yield Invalid("notice.urgent_without_reason", field="urgent_reason")


def _own_times(case: Case) -> tuple[str, ...]:
    """The times that the owner gives."""
    if not case.has_entries:
        return ()
    return ("entry_close", "draw_at") if case.has_result_time else ("entry_close",)


def is_catalogued(case: Case) -> Iterator[Refusal]:
    """Only an item of the catalogue may be bought (Ruichang: 清单之外事项一律不得作为限制)."""
    if not case.item_found:
        yield Invalid("notice.item_not_in_catalogue", field="item_code")


def are_together(case: Case) -> Iterator[Refusal]:
    """Items that are bought together are several, each once, a few, and it is said whether one agency
    must be fit for all of them.
    """
    terms = case.terms
    codes = terms.items.codes
    if len(set(codes)) < len(codes):
        yield Invalid("notice.item_twice", field="further")
    if len(codes) > MOST_ITEMS:
        yield Invalid("notice.too_many_items", field="further", most=MOST_ITEMS)
    if bool(terms.further) != (terms.joined is not None):
        yield Invalid("notice.joined", field="joined")


def is_within_catalogue(case: Case) -> Iterator[Refusal]:
    """A requirement stays within what the item asks for: every part of it stands in the catalogue."""
    asked = [part for part in PARTS.split(case.terms.requirement) if part]
    beyond = [part for part in asked if part not in case.item_qualification]
    if case.item_found and beyond:
        yield Invalid(
            "notice.beyond_catalogue",
            field="requirement",
            words="、".join(beyond),
            allowed=case.item_qualification or "—",
        )


def has_ceiling(case: Case) -> Iterator[Refusal]:
    """A ceiling price above nothing."""
    ceiling = case.terms.ceiling_fen
    if ceiling is None or ceiling <= 0 or ceiling > MOST_FEN:
        yield Invalid("notice.no_ceiling", field="ceiling_fen")


def has_sound_funds(case: Case) -> Iterator[Refusal]:
    """The fiscal share is a percentage and does not contradict the kind of funds."""
    terms = case.terms
    if not 0 <= terms.fiscal_percent <= 100 or (
        terms.fund is Fund.FISCAL and terms.fiscal_percent == 0
    ):
        yield Invalid("notice.fiscal_percent", field="fiscal_percent")


def has_open_method(case: Case) -> Iterator[Refusal]:
    """Public money is never selected directly (Ruichang allows it for social funds); else a way runs
    where the rulebook has switched it on and it is built.
    """
    terms = case.terms
    fund = terms.governing_fund
    found = standing(terms.method, fund, case.switched_on, case.built, case.shut)
    if found is Standing.NEVER and terms.has_fiscal_money:
        yield Invalid(
            "notice.fiscal_direct",
            field="method",
            percent=terms.fiscal_percent,
            limit="—" if case.fiscal_limit_fen is None else Amount(case.fiscal_limit_fen),
        )
    elif found is not Standing.OPEN:
        yield Invalid(f"notice.way_{found}", field="method")


def is_below_limit(case: Case) -> Iterator[Refusal]:
    """Fiscal money at or above the year's limit belongs to another channel; splitting is judged by
    owner, item and year.
    """
    terms = case.terms
    limit = case.fiscal_limit_fen
    if limit is None or not terms.has_fiscal_money or terms.ceiling_fen is None:
        return
    if terms.ceiling_fen >= limit:
        yield Invalid("notice.above_limit", field="ceiling_fen", limit=Amount(limit))
    elif terms.ceiling_fen + case.year_total_fen >= limit:
        yield Invalid(
            "notice.split",
            field="ceiling_fen",
            limit=Amount(limit),
            before=Amount(case.year_total_fen),
        )


def may_be_selected_here(case: Case) -> Iterator[Refusal]:
    """A selection never takes the place of a tender that the law asks for, of a state firm's money
    neither, nor of the central agency; no plea and no reviewer sets that aside.
    """
    terms = case.terms
    is_public = terms.governing_fund is not Fund.SOCIAL
    if terms.has_fiscal_money and not case.central_items.isdisjoint(terms.items.codes):
        yield Invalid("notice.central", field="item_code")
    is_tendered = not case.tender_items.isdisjoint(terms.items.codes)
    if not is_tendered or terms.ceiling_fen is None or not is_public:
        return
    if terms.ceiling_fen >= case.tender_limit_fen:
        yield Invalid("notice.tender", field="ceiling_fen", limit=Amount(case.tender_limit_fen))


def sets_no_condition(case: Case) -> Iterator[Refusal]:
    """No condition of region, past performance, capital, head-count or brand, unless a plea goes to
    the reviewer.
    """
    if trimmed(case.terms.plea):
        return
    for found in findings(case.terms, case.places):
        yield Invalid(
            f"notice.condition.{found.condition}",
            field=found.field,
            paragraph=found.paragraph,
            words=found.words,
        )


def has_reasoned_exclusions(case: Case) -> Iterator[Refusal]:
    """Whoever must stay away is an agency here, and the reason is published."""
    for exclusion in case.terms.exclusions:
        if not trimmed(exclusion.reason):
            yield Invalid(
                "notice.exclusion_without_reason", field="exclusions", uscc=exclusion.uscc
            )
        elif not case.known_agencies.get(exclusion.uscc):
            yield Invalid("notice.exclusion_unknown", field="exclusions", uscc=exclusion.uscc)


def has_sound_project(case: Case) -> Iterator[Refusal]:
    """The investment project's code can stand in the log."""
    if case.terms.project_code and PROJECT.fullmatch(case.terms.project_code) is None:
        yield Invalid("notice.project_code", field="project_code")


def has_time_to_enter(case: Case) -> Iterator[Refusal]:
    """The entry period is at least the rulebook's minimum, counted by the working-day calendar."""
    close = case.terms.entry_close
    if case.has_entries and close is not None and close < case.earliest_close:
        least, unit = case.least_period
        yield Invalid(
            f"notice.entry_period.{unit}",
            field="entry_close",
            n=least,
            earliest=end(case.earliest_close),
        )


def draws_after_the_close(case: Case) -> Iterator[Refusal]:
    """The draw comes after close, drain and gap, so that the sealed list is witnessed before any
    value is known.
    """
    close = case.terms.entry_close
    draw_at = case.terms.draw_at
    if close is None or draw_at is None or "draw_at" not in _own_times(case):
        return
    if draw_at <= close:
        yield Invalid("notice.draw_before_close", field="draw_at")
    elif draw_at < close + case.drain + case.gap:
        minutes = math.ceil((case.drain + case.gap).total_seconds() / 60)
        yield Invalid("notice.draw_too_soon", field="draw_at", minutes=minutes)


CHECKS: tuple[Check, ...] = (
    is_complete,
    is_catalogued,
    are_together,
    has_open_method,
    has_sound_funds,
    has_ceiling,
    is_below_limit,
    may_be_selected_here,
    sets_no_condition,
    is_within_catalogue,
    has_reasoned_exclusions,
    has_sound_project,
    has_time_to_enter,
    draws_after_the_close,
)


OF_AMENDMENTS: tuple[Check, ...] = (
    is_complete,
    is_within_catalogue,
    has_time_to_enter,
    draws_after_the_close,
)
"""What every amended notice must keep; what was settled at publication (funds, item) an amendment does not touch."""
OF_CHANGED: dict[str, tuple[Check, ...]] = {
    "ceiling_fen": (has_ceiling, is_below_limit, may_be_selected_here),
    "exclusions": (has_reasoned_exclusions,),
}
"""What is asked again where the field is changed, and only then: the year's total may have grown since the publication."""


def against_amendment(case: Case, changed: Collection[str]) -> list[Refusal]:
    """Everything that stands against a change to an open notice; the plea of its publication does
    not cover new words.
    """
    anew = dataclasses.replace(case, terms=dataclasses.replace(case.terms, plea=""))
    conditions = [
        no for no in sets_no_condition(anew) if isinstance(no, Invalid) and no.field in changed
    ]
    asked = (
        *OF_AMENDMENTS,
        *(check for name in AMENDABLE if name in changed for check in OF_CHANGED.get(name, ())),
    )
    return [*(refusal for check in asked for refusal in check(case)), *conditions]


def later_close(close: dt.datetime, case: Case, calendar: WorkCalendar) -> dt.datetime:
    """When the entry of an amended notice closes: as before, or where less than the minimum entry
    period is left at the same hour of the first working day after it. Of a period in minutes
    (demonstration): the minute after it.
    """
    if close >= case.earliest_close:
        return close
    if case.least_period[1] not in ("working_day", "calendar_day"):
        return from_epoch(math.ceil(case.earliest_close.timestamp() / 60) * 60)
    day = calendar.first_from(local_date(case.earliest_close))
    return dt.datetime.combine(day, close.astimezone(CHINA).time(), CHINA).astimezone(dt.UTC)


def check_hands(person: int | None, *others: int | None, is_member: bool) -> None:
    """Refuse `notice.own_matter` at the office's desk to one who wrote, handed in or signed the
    notice, or belongs to its owner (docs/rules.md#separation-4).
    """
    if is_member:
        raise Refusal("notice.own_matter")
    another_person(person, *others, code="notice.own_matter")
