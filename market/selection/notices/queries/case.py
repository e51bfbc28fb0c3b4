"""What the rules of publication look at, gathered from the rooms that know it."""

import datetime as dt
import functools
from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select

from market.agencies import queries as agencies
from market.agencies.rules import place_names
from market.catalogue import queries as catalogue
from market.db import Work
from market.kernel.clock import CHINA, local_date
from market.kernel.errors import Invalid, NotFound
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.kinds import Fund, Method
from market.selection.notices.models import Notice, NoticeItem
from market.selection.notices.rules import limits
from market.selection.notices.rules.publication import Case
from market.selection.notices.rules.states import RELISTABLE, NoticeState
from market.selection.notices.rules.terms import TERMS, Exclusion, Terms
from market.selection.notices.rules.ways import (
    Shut,
    Standing,
    Switched,
    by_credit,
    by_jurors,
    open_to_some,
    table,
)
from market.selection.way import built, way_if_built
from market.workdays import queries as workdays
from market.workdays.rules import Unit, deadline

END_OF_WORK = dt.time(17)
SWITCHES = {
    Fund.FISCAL: Rulebook.ways_fiscal,
    Fund.STATE: Rulebook.ways_state,
    Fund.SOCIAL: Rulebook.ways_social,
}


def terms_of(notice: Notice) -> Terms:
    """What the owner wrote."""
    return Terms(
        **{name: getattr(notice, name) for name in TERMS},
        further=notice.items.codes[1:],
        exclusions=tuple(Exclusion(uscc, reason) for uscc, reason in notice.exclusions),
    )


def drain(rulebook: Rulebook) -> dt.timedelta:
    """How long an entry in flight is waited for after the close."""
    return dt.timedelta(seconds=rulebook.drain_seconds)


NO_POOL = "none"
"""What `juror_source` says where no experts are drawn."""


def gap(rulebook: Rulebook) -> dt.timedelta:
    """How long before the draw the sealed list must stand at the least."""
    return dt.timedelta(minutes=rulebook.seal_gap_minutes)


def case_of(work: Work, notice: Notice) -> Case:
    """The case of a notice, judged now under the rulebook that it names."""
    terms = terms_of(notice)
    rulebook = rulebooks.version(work, notice.rulebook)
    least = rulebook.window(
        Rulebook.entry_window_urgent_days if terms.urgent else Rulebook.entry_window_days
    )
    way = way_if_built(terms.method)
    known = [_item(work, code) for code in terms.items.codes]
    return Case(
        terms=terms,
        now=work.now,
        item_found=all(found for found, _ in known),
        item_qualification="；".join(qualification for _, qualification in known),
        earliest_close=deadline(work.now, least[0], Unit(least[1]), workdays.calendar(work)).due_at,
        least_period=least,
        drain=drain(rulebook),
        gap=gap(rulebook),
        fiscal_limit_fen=limits.least_of(
            terms.items.codes, rulebook.item_limits, rulebook.fiscal_limit_fen
        ),
        central_items=frozenset(limits.codes(rulebook.central_items)),
        tender_items=frozenset(limits.codes(rulebook.tender_items)),
        tender_limit_fen=rulebook.tender_limit_fen,
        year_total_fen=year_total(work, notice),
        known_agencies=known_agencies(work, terms),
        switched_on=switched_on(rulebook),
        shut=shut(rulebook),
        built=built(),
        has_entries=way is None or way.has_entries,
        has_result_time=way is None or not way.sets_result_time,
        places=places(work),
    )


def switched_on(rulebook: Rulebook) -> Switched:
    """The ways that a rulebook has opened for each kind of funds; codes that this release does not
    know are passed over.
    """
    known = {method.value: method for method in Method}
    return {
        fund: frozenset(known[code] for code in rulebook.codes(SWITCHES[fund]) if code in known)
        for fund in Fund
    }


def proposed_close(work: Work, rulebook: Rulebook) -> dt.datetime:
    """When entries may close of a notice that is handed in now: at five o'clock of the first working
    day behind the office's whole time for its check and the least entry time of a rulebook.
    """
    calendar = workdays.calendar(work)
    at = work.now
    for span in (Rulebook.formal_check_days, Rulebook.entry_window_days):
        days, unit = rulebook.window(span)
        at = deadline(at, days, Unit(unit), calendar).due_at
    day = calendar.nth_after(local_date(at - dt.timedelta(milliseconds=1)), 1)
    return dt.datetime.combine(day, END_OF_WORK, CHINA)


def offered(rulebook: Rulebook) -> tuple[list[Method], dict[Method, dict[Fund, Standing]]]:
    """The ways that a form may offer under a rulebook, and how every way stands for every money."""
    on = switched_on(rulebook)
    lacks = shut(rulebook)
    return open_to_some(on, built(), lacks), table(on, built(), lacks)


def shut(rulebook: Rulebook) -> Shut:
    """The ways that a rulebook shuts although it may switch them on, and why."""
    credit = by_credit(
        has_article=bool(rulebook.credit_public_basis.strip()), has_marks=rulebook.credit_marks
    )
    return {**credit, **by_jurors(has_pool=rulebook.juror_source != NO_POOL)}


def places(work: Work) -> tuple[str, ...]:
    """The names of the place that this market is for, and of those that it lies in."""
    return place_names(work.division)


def _item(work: Work, code: str) -> tuple[bool, str]:
    try:
        item = catalogue.item(work, code)
    except NotFound:
        return False, ""
    return item.is_published, item.qualification


def known_agencies(work: Work, terms: Terms) -> dict[str, bool]:
    """Whether each that must stay away is an agency here."""
    return {each.uscc: _is_agency(work, each.uscc) for each in terms.exclusions}


def _is_agency(work: Work, uscc: str) -> bool:
    try:
        return agencies.agency(work, uscc).is_public
    except NotFound:
        return False


def year_total(work: Work, notice: Notice) -> int:
    """Ceilings (fen) of what the owner has published with fiscal money for the same item, or any of the
    same, in this financial year.

    Failed and cancelled ones bought nothing; the listing that this one follows is the same
    purchase.
    """
    new_year = dt.datetime(work.today.year, 1, 1, tzinfo=CHINA)
    return (
        work.session.scalar(
            select(func.coalesce(func.sum(Notice.ceiling_fen), 0)).where(
                Notice.owner_id == notice.owner_id,
                buys(notice.items.codes),
                Notice.published_at >= new_year,
                Notice.id != notice.id,
                (Notice.fund == Fund.FISCAL) | (Notice.fiscal_percent > 0),
                Notice.state.not_in((*RELISTABLE, NoticeState.RELISTED)),
            )
        )
        or 0
    )


def buys(codes: Collection[str]) -> ColumnElement[bool]:
    """Whether a notice buys any of these items, alone or with others."""
    further = select(NoticeItem.notice_id).where(NoticeItem.item_code.in_(codes))
    return Notice.item_code.in_(codes) | Notice.id.in_(further)


def overseen_by(regulator_id: int) -> ColumnElement[bool]:
    """Whether a body is the sector regulator of any item that a notice buys."""
    further = select(NoticeItem.notice_id).where(NoticeItem.regulator_id == regulator_id)
    return (Notice.regulator_id == regulator_id) | Notice.id.in_(further)


def are_items(work: Work, said: object, *, field: str) -> bool:
    """Whether a line of the rulebook names items of the catalogue alone. Refuses `notice.no_such_item`."""
    _check_items(work, limits.codes(str(said)), field)
    return True


def are_limits(work: Work, said: object, *, field: str) -> bool:
    """Whether a line of the rulebook gives items of the catalogue their limits. Refuses
    `notice.no_limits` and `notice.no_such_item`.
    """
    try:
        read = limits.amounts(str(said))
    except ValueError as wrong:
        raise Invalid("notice.no_limits", field=field) from wrong
    _check_items(work, tuple(read), field)
    return True


def _check_items(work: Work, codes: tuple[str, ...], field: str) -> None:
    for code in codes:
        if not _item(work, code)[0]:
            raise Invalid("notice.no_such_item", field=field, item=code)


PARAMETERS = {
    name: functools.partial(known, field=name)
    for name, known in (
        ("item_limits", are_limits),
        ("central_items", are_items),
        ("tender_items", are_items),
    )
}
"""What the rulebook asks of this room before a value is proposed; the factory hands it down."""
