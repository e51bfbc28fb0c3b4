"""Findings of flags: kept when they are computed, judged by those who oversee."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.cases import service as case_service
from market.cases.rules import Source, Told
from market.db import Work
from market.kernel.errors import Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger import queries as ledger
from market.ledger.service import move_bookmark
from market.oversight import permissions, queries
from market.oversight.models import Finding, FlagRun
from market.oversight.queries.flags import BODY
from market.oversight.rules.flags import table
from market.oversight.rules.flags.table import FlagStanding, Raised
from market.oversight.service.reviewing import check_not_own
from market.oversight.shipped import VERSION

READER = "oversight"
BATCH = 500
DEALING = frozenset({Kind.REGULATOR, Kind.AUTHORITY})
"""Kinds of overseeing bodies that deal with the cases that they make of flags."""
MOMENTS = frozenset(
    {
        "entries.sealed",
        "result.published",
        "notice.cancelled",
        "notice.opened",
        "contract.confirmed",
    }
)
"""Facts at which the flags about one selection are computed at once."""


def follow(work: Work) -> int:
    """Compute the flags of selections that were sealed, announced, cancelled or contracted since the
    last time; returns how many entries of the log were read.
    """
    permissions.require(work.actor, "flag.compute")
    position = ledger.position(work, READER)
    entries = ledger.after(work, position, BATCH)
    numbers = {each.subject for each in entries if each.type in MOMENTS}
    if numbers:
        compute(work, sorted(numbers))
    if entries:
        move_bookmark(work, READER, entries[-1].index + 1)
    return len(entries)


def compute(work: Work, numbers: Sequence[str]) -> int:
    """Compute the flags about these selections; returns how many findings there are."""
    permissions.require(work.actor, "flag.compute")
    return keep(work, queries.found_about(work, numbers))


def keep(work: Work, found: Iterable[Raised]) -> int:
    """Keep findings: a new one opens, one that is known gets the numbers of now while it is open."""
    permissions.require(work.actor, "flag.compute")
    kept = 0
    for each in found:
        kept += 1
        row = _known(work, each)
        if row is None:
            work.session.add(_opened(work, each))
        elif row.state is FlagStanding.OPEN and row.opinion is None:
            row.numbers = dict(each.numbers)
            row.level = each.level
            row.version = VERSION
            row.last_at = work.now
    return kept


def _known(work: Work, found: Raised) -> Finding | None:
    asked = select(Finding).where(
        Finding.code == found.code,
        Finding.subject == found.subject,
        Finding.sector == (found.sector or 0),
        Finding.period == found.period,
    )
    return work.session.scalar(asked.with_for_update())


def _opened(work: Work, found: Raised) -> Finding:
    return Finding(
        code=found.code,
        version=VERSION,
        subject=found.subject,
        sector=found.sector or 0,
        period=found.period,
        number=found.number,
        regulator_id=found.sector,
        level=found.level,
        numbers=dict(found.numbers),
        first_at=work.now,
        last_at=work.now,
        state=FlagStanding.OPEN,
        note="",
    )


def keep_night(work: Work, *, night: dt.datetime, found: Sequence[Raised], selections: int) -> None:
    """Keep what one night's pass has found (`queries.night_pass`), and that it was done."""
    permissions.require(work.actor, "flag.compute")
    keep(work, found)
    run = FlagRun(
        night=night,
        ended_at=work.now,
        version=VERSION,
        selections=selections,
        found=len(found),
    )
    work.session.add(run)


@signs(queries.finding_shown, key="finding_id")
def judge(work: Work, *, finding_id: int, to: FlagStanding, note: str, shown: str) -> bool:
    """Say what an open finding is: explained, a case (which is opened), or nothing (a false positive),
    with the reason. That there is nothing to a high one waits for another reader; True where it is
    closed.

    Refuses `flag.none`, `flag.closed`, `flag.waits`, `oversight.own_matter`, at `note` `flag.no_note`,
    `shown.changed` where the numbers are others now or an answer has come.
    """
    permissions.require(work.actor, "flag.judge")
    row = queries.finding_row(work, finding_id, lock=True)
    if row.number:
        check_not_own(work, row.number)
    said = table.check_judgement(row.state, to, note)
    if row.opinion is not None:
        raise Refusal("flag.waits")
    check_shown(shown, queries.finding_shown(work, finding_id))

    row.opinion = to.value
    row.note = said
    row.judged_at = work.now
    row.judged_by = work.actor.person_id
    if table.needs_second(row.level, to):
        return False
    _close(work, row, to)
    if to is FlagStanding.CASE:
        row.case_number = _case(work, row)
    return True


def _case(work: Work, row: Finding) -> str:
    """A case for the overseer's own body, which asks and sees to it; of an inspection's, which deals
    with no cases, for the managing authority, else for the office. Never for whom the finding is about:
    refuses `oversight.own_matter` where nobody else is left.
    """
    bodies = [work.actor.organisation_id]
    if work.actor.kind not in DEALING:
        authorities = [each.id for each in accounts.organisations(work, Kind.AUTHORITY)]
        bodies = [*authorities, accounts.office(work).id]
    others = [each for each in bodies if row.subject != f"{BODY}{each}"]
    if not others:
        raise Refusal("oversight.own_matter")
    told = Told(
        source=Source.OVERSIGHT,
        said=row.note,
        party_name="",
        source_number=row.code,
        matter=row.number or "",
    )
    return case_service.open_case(work, body_id=others[0] or 0, of=told)


@signs(queries.finding_shown, key="finding_id")
def agree(work: Work, *, finding_id: int, shown: str) -> None:
    """Agree, as another reader, that there is nothing to a high finding. Refuses `flag.none`,
    `flag.no_opinion`, `flag.same_person`, `shown.changed`.
    """
    row = _waiting(work, finding_id, shown)
    _close(work, row, FlagStanding(str(row.opinion)))


@signs(queries.finding_shown, key="finding_id")
def disagree(work: Work, *, finding_id: int, shown: str) -> None:
    """Do not agree: it stands open as before. Refuses as `agree`."""
    row = _waiting(work, finding_id, shown)
    row.opinion = None
    row.judged_at = None
    row.judged_by = None


def _waiting(work: Work, finding_id: int, shown: str) -> Finding:
    permissions.require(work.actor, "flag.judge")
    row = queries.finding_row(work, finding_id, lock=True)
    if row.opinion is None or row.state is not FlagStanding.OPEN:
        raise Refusal("flag.no_opinion")
    another_person(work.actor.person_id, row.judged_by, code="flag.same_person")
    if row.number:
        check_not_own(work, row.number)
    check_shown(shown, queries.finding_shown(work, finding_id))
    return row


def _close(work: Work, row: Finding, to: FlagStanding) -> None:
    row.state = table.move_flag(row.state, to)
    row.closed_at = work.now
    row.closed_by = work.actor.person_id
