"""Who leads an enrolled agency: told with his identity number by the agency, confirmed by the office.

Of the number only the keyed digest comes here. It tells people apart who bear one name, at every
entry from then on; what was entered before keeps what was known then.
"""

from market.accounts import queries as accounts
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.service import locked
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.events import (
    RepresentativeConfirmed,
    RepresentativeReturned,
    RepresentativeTold,
)
from market.enrolment.models import RepresentativeChange
from market.enrolment.service.fill import own
from market.kernel.errors import Invalid, Refusal
from market.kernel.shown import check_shown, signs
from market.kernel.visible import folded, line, trimmed
from market.ledger.service import record
from market.reputation import service as reputations
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import service as windows


def tell_representative(work: Work, *, name: str, digest: str) -> None:
    """Say who the legal representative is; `digest` is that of his identity number. The office's
    days (working days, `formal_check_days`) run from now.

    Refuses `agency.none`, `agency.not_editable` unless the agency is enrolled,
    `agency.representative_waits`, `agency.representative_same` when nothing would change.
    """
    permissions.require(work.actor, "enrolment.fill")
    row = own(work)
    name = line(name)
    if row.state not in agency_rules.GROWING:
        raise Refusal("agency.not_editable")
    if queries.waiting_row(work, row.id) is not None:
        raise Refusal("agency.representative_waits")
    if (name, digest) == (row.legal_representative, row.representative_digest):
        raise Invalid("agency.representative_same", field="legal_representative")
    work.session.add(
        RepresentativeChange(
            division=work.division,
            agency_id=row.id,
            name=name,
            digest=digest,
            told_at=work.now,
            told_by=work.actor.person_id,
        )
    )
    is_other = name != row.legal_representative
    record(work, RepresentativeTold(subject=str(row.ref), is_other=is_other))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.REPRESENTATIVE,
        subject=str(row.ref),
        span=book.window(Rulebook.formal_check_days),
        rulebook=book.version,
        responsible_id=accounts.office(work).id,
    )


@signs(queries.agency_shown, key="ref")
def confirm_representative(work: Work, *, ref: str, shown: str) -> None:
    """Confirm who leads the agency; entries compare by his number from now on, and a measure that
    was signed while only the name was known follows it (docs/rules.md#decision-15).

    Refuses `agency.none`, `agency.no_representative`, `agency.same_person`, `shown.changed`.
    """
    row, told = _waiting(work, ref, shown)
    was_known = row.representative_digest is not None
    if not was_known and folded(told.name) == folded(row.legal_representative or ""):
        reputations.follow_representative(
            work, organisation_id=row.organisation_id, digest=told.digest
        )
    row.legal_representative = told.name
    row.representative_digest = told.digest
    told.confirmed_at = work.now
    told.confirmed_by = work.actor.person_id
    record(work, RepresentativeConfirmed(subject=ref))


@signs(queries.agency_shown, key="ref")
def return_representative(work: Work, *, ref: str, reason: str, shown: str) -> None:
    """Return what was told, with everything that is wrong with it; what is registered stays. Refuses
    as `confirm_representative` does, and `agency.unreasoned`.
    """
    _, told = _waiting(work, ref, shown)
    if not 1 <= len(trimmed(reason)) <= rules.MOST_TEXT:
        raise Invalid("agency.unreasoned", field="reason")
    told.reason = trimmed(reason)
    told.returned_at = work.now
    told.returned_by = work.actor.person_id
    record(work, RepresentativeReturned(subject=ref))


def forget_told(work: Work, row: Agency) -> None:
    """Drop what was told and not answered: the agency leaves. Its window is closed by who calls."""
    if told := queries.waiting_row(work, row.id):
        work.session.delete(told)


def _waiting(work: Work, ref: str, shown: str) -> tuple[Agency, RepresentativeChange]:
    """The agency and what it told, locked; the office's window is met by what follows."""
    permissions.require(work.actor, "enrolment.check")
    row = locked(work, ref)
    told = queries.waiting_row(work, row.id)
    if told is None:
        raise Refusal("agency.no_representative")
    rules.check_other_person(work.actor.person_id, told.told_by)
    check_shown(shown, queries.agency_shown(work, ref))
    windows.close(work, rules.REPRESENTATIVE, ref)
    return row, told
