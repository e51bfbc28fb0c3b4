"""An enrolled agency adds items and renews certificates; the office checks the addition, the rest
goes on.
"""

from collections.abc import Sequence

from sqlalchemy import select

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.agencies import rules as agency_rules
from market.agencies.models import Agency, ServiceLine
from market.agencies.rules import LineState
from market.agencies.service import locked, pending_lines
from market.catalogue import queries as catalogue
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.events import AdditionRequested, AdditionReturned, LinesOpened
from market.enrolment.service.documents import accept_addition
from market.enrolment.service.fill import check_items, growing
from market.enrolment.service.lines import open_lines
from market.kernel.errors import Invalid, Refusal
from market.kernel.shown import check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import queries as windows_queries
from market.windows import service as windows


def request_addition(work: Work, *, codes: Sequence[str]) -> None:
    """Ask for further items, or for a check of renewed certificates alone; the commitment is signed
    for all items anew.

    Documents of the published list come with it: nothing is put off once an agency is enrolled.
    Refuses `agency.complete_addition`, `agency.nothing_added`, `agency.unknown_item`,
    `agency.uncovered` and what else `rules.owed` says of the certificates, `agency.not_editable`
    while an earlier addition is being checked.
    """
    permissions.require(work.actor, "enrolment.fill")
    permissions.require(work.actor, "enrolment.commit")
    row = growing(work)
    check_items(work, codes)
    wanted = _ask_for(work, row, codes)
    row.commitment = queries.commitment_of(work, row)
    row.committed_at = work.now
    row.committed_by = work.actor.person_id
    _check_covered(work, row, wanted)
    record(work, AdditionRequested(subject=str(row.ref), items=wanted))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.ADDITION,
        subject=str(row.ref),
        span=book.window(Rulebook.formal_check_days),
        rulebook=book.version,
        responsible_id=accounts.office(work).id,
    )


def _ask_for(work: Work, row: Agency, codes: Sequence[str]) -> list[str]:
    """Lay the lines that are not open yet before the office; their item codes. Refuses
    `agency.nothing_added`.
    """
    known = {
        line.item_code: line
        for line in work.session.scalars(select(ServiceLine).where(ServiceLine.agency_id == row.id))
    }
    wanted = [
        code
        for code in dict.fromkeys(codes)
        if code not in known or known[code].state in agency_rules.LINE_REQUESTABLE
    ]
    if not wanted and all(held.is_checked for held in agencies.qualifications(work, row.id)):
        raise Invalid("agency.nothing_added", field="items")

    for code in wanted:
        if line := known.get(code):
            line.state = agency_rules.move_line(line.state, LineState.PENDING)
        else:
            work.session.add(ServiceLine(agency_id=row.id, item_code=code, state=LineState.PENDING))
    work.session.flush()  # The lines are read by what follows.
    return wanted


def _check_covered(work: Work, row: Agency, wanted: Sequence[str]) -> None:
    what = queries.filled(work, row)
    for code in agency_rules.uncovered(
        {code: what.requirements[code] for code in wanted}, what.held, work.today
    ):
        raise Invalid(
            "agency.uncovered",
            field="items",
            item=code,
            names="、".join(what.requirements[code].names),
        )
    for name in what.unscanned:
        raise Invalid("agency.no_scan", field="items", name=name)
    there = {each.name for each in queries.documents(work, row.id) if each.submitted_at is not None}
    for listed in catalogue.deferrable(work, wanted):
        if listed.name not in there:
            raise Invalid("agency.complete_addition", field="items", name=listed.name)


@signs(queries.agency_shown, key="ref")
def confirm_addition(work: Work, *, ref: str, shown: str) -> None:
    """Pass the addition: new certificates count, and the lines that they cover are open from now
    on.

    Refuses `agency.none`, `agency.nothing_to_check`, `agency.same_person`.
    """
    row = _waiting(work, ref, shown)
    accept_addition(work, row)
    opened, refused = open_lines(work, row, ref)
    row.answer = None
    record(work, LinesOpened(subject=ref, items=opened, refused=refused))


@signs(queries.agency_shown, key="ref")
def return_addition(work: Work, *, ref: str, reason: str, shown: str) -> None:
    """Return the addition with everything that is wrong with it; the agency may ask again. Refuses
    as `confirm_addition` does, and `agency.unreasoned`.
    """
    row = _waiting(work, ref, shown)
    if not 1 <= len(trimmed(reason)) <= rules.MOST_TEXT:
        raise Invalid("agency.unreasoned", field="reason")
    row.answer = trimmed(reason)
    for line in pending_lines(work, row):
        line.state = agency_rules.move_line(line.state, LineState.REFUSED)
    record(work, AdditionReturned(subject=ref))


def _waiting(work: Work, ref: str, shown: str) -> Agency:
    """The agency whose addition waits for the office, locked; its window is met by what follows."""
    permissions.require(work.actor, "enrolment.check")
    row = locked(work, ref)
    if windows_queries.live(work, rules.ADDITION, ref) is None:
        raise Refusal("agency.nothing_to_check")
    rules.check_other_person(work.actor.person_id, row.committed_by)
    check_shown(shown, queries.agency_shown(work, ref))
    windows.close(work, rules.ADDITION, ref)
    return row
