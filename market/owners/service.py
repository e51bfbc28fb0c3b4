"""Registering an owner and deciding about it."""

import dataclasses

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts import service as accounts_service
from market.db import Work
from market.files import service as files
from market.files.service import Received
from market.kernel import ids
from market.kernel.errors import Invalid, Refusal, all_told
from market.kernel.events import Event
from market.kernel.ids import Prefix
from market.kernel.shown import check_shown, signs
from market.kernel.visible import line, trimmed
from market.ledger.service import record
from market.owners import permissions, queries, rules
from market.owners.events import (
    OwnerApproved,
    OwnerRefusalDropped,
    OwnerRefusalProposed,
    OwnerRefused,
    OwnerRegistered,
    OwnerResubmitted,
    OwnerReturned,
)
from market.owners.models import Owner
from market.owners.rules import Ground, Kind, State
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.submissions import sent
from market.windows import service as windows

PURPOSE = "owner.authority"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Details:
    """What an owner says of itself. `name` and `uscc` are None for a natural person, whose account
    says them.
    """

    name: str | None
    uscc: str | None
    phone: str
    complaint_phone: str
    address: str


def register(
    work: Work,
    *,
    kind: str,
    details: Details,
    submission_key: str,
    scan: Received | None = None,
    for_login: str | None = None,
) -> str:
    """Register an owner; returns its number YZ-…. The office checks it within the rulebook's 2
    working days.

    The one who registers becomes its first member. A clerk enters a paper application `for_login`,
    whose account it then is. The same submission key again gives the same number. Refuses, all at
    once, `owners.no_code`, `owners.public_code`, `owners.person_already` and a name that says
    nothing; `owners.no_login`, `accounts.organisation_exists`.
    """
    permissions.require(work.actor, "owner.intake" if for_login else "owner.register")
    typed = (kind, details, for_login, scan.sha256 if scan else None)
    once = sent(work, submission_key, "owner.register", *typed, whose="person")
    known = select(Owner.number).where(Owner.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return str(same)
    of = Kind(kind)
    applicant = _applicant(work, for_login)
    all_told(
        lambda: rules.check_code(of, details.uscc),
        lambda: _name(of, details, applicant),
        lambda: _check_new(work, of, details, applicant),
    )
    organisation_id = _organisation(work, of, details, applicant)
    row = _new_owner(work, of, details, organisation_id)
    row.submission_key = once.key
    if of is Kind.PERSON:
        row.person_id = applicant.id
    row.authority_file_id = _stored(work, scan, organisation_id)
    work.session.add(row)
    record(work, OwnerRegistered(subject=row.number, owner=of.value))
    _open_check(work, row)
    return row.number


def check_free(work: Work, *, kind: str, uscc: str | None) -> None:
    """Whether nobody has registered as an owner with this code. Refuses
    `accounts.organisation_exists`.
    """
    if kind != Kind.PERSON:
        accounts_service.check_code_free(work, kind="owner", uscc=uscc)


def _new_owner(work: Work, of: Kind, details: Details, organisation_id: int) -> Owner:
    """The row of an owner that waits for the office's check."""
    return Owner(
        division=work.division,
        number=work.next_number(Prefix.OWNER),
        organisation_id=organisation_id,
        kind=of,
        address=line(details.address),
        complaint_phone=details.complaint_phone,
        submitted_at=work.now,
        submitted_by=work.actor.person_id or 0,
        state=State.SUBMITTED,
        round=1,
    )


def _organisation(work: Work, of: Kind, details: Details, applicant: accounts.PersonCard) -> int:
    """The body that buys, with the one who registers as its first member."""
    organisation_id = accounts_service.create_organisation(
        work,
        kind="owner",
        name=_name(of, details, applicant),
        phone=details.phone,
        uscc=None if of is Kind.PERSON else details.uscc,
    )
    accounts_service.add_member(
        work, organisation_id=organisation_id, person_id=applicant.id, duties=rules.FIRST_DUTIES[of]
    )
    return organisation_id


def _applicant(work: Work, login: str | None) -> accounts.PersonCard:
    if login is None:
        return accounts.person(work, work.actor.person_id or 0)
    found = accounts.by_login(work, login)
    if found is None or not found.is_named:
        raise Invalid("owners.no_login", field="for_login")
    return found


def _check_new(work: Work, of: Kind, details: Details, applicant: accounts.PersonCard) -> None:
    check_free(work, kind=of, uscc=details.uscc)
    same = select(Owner.id).where(Owner.person_id == applicant.id)
    if of is Kind.PERSON and work.session.scalar(same):
        raise Invalid("owners.person_already", field="kind")


def _name(of: Kind, details: Details, applicant: accounts.PersonCard) -> str:
    if of is Kind.PERSON:
        return applicant.name
    if not details.name or not line(details.name):
        raise Invalid("owners.no_name", field="name")
    return details.name


def _stored(work: Work, scan: Received | None, organisation_id: int) -> int | None:
    if scan is None:
        return None
    return files.store(
        work, scan, purpose=PURPOSE, organisation_id=organisation_id, person_id=work.actor.person_id
    )


def _open_check(work: Work, row: Owner) -> None:
    rules_now = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.CHECK,
        subject=row.number,
        span=rules_now.window(Rulebook.formal_check_days),
        rulebook=rules_now.version,
        responsible_id=accounts.office(work).id,
    )


def resubmit(work: Work, *, details: Details, scan: Received | None = None) -> str:
    """Send in again what was returned or refused, mended; returns the number.

    Refuses `owners.none`, `owners.wrong_state`, and of what is mended what `register` refuses.
    """
    permissions.require(work.actor, "owner.mend")
    row = queries.row_to_change(work, queries.own(work).card.number)
    again_from_scratch = row.state is State.REFUSED
    row.state = rules.move_state(row.state, State.SUBMITTED)
    rules.check_code(row.kind, details.uscc)
    if row.kind is not Kind.PERSON:
        accounts_service.amend_organisation(
            work,
            organisation_id=row.organisation_id,
            name=details.name or "",
            uscc=details.uscc,
            phone=details.phone,
        )
    row.address = line(details.address)
    row.complaint_phone = details.complaint_phone
    row.authority_file_id = _stored(work, scan, row.organisation_id) or row.authority_file_id
    row.submitted_at = work.now
    row.submitted_by = work.actor.person_id or 0
    row.round = 1 if again_from_scratch else 2
    row.ground = row.reason = row.proposed_at = row.proposed_by = row.decided_at = (
        row.decided_by
    ) = None
    if again_from_scratch:
        row.corrections = None
    record(work, OwnerResubmitted(subject=row.number))
    _open_check(work, row)
    return row.number


# --- the office's desk --------------------------------------------------------------------


@signs(queries.registration_shown, key="number")
def approve(work: Work, *, number: str, shown: str) -> None:
    """Approve an owner: it may post notices from now on. Refuses `owners.none`,
    `owners.own_matter`, `shown.changed`, `owners.wrong_state`.
    """
    row = _to_check(work, number, shown)
    _decide(work, row, State.APPROVED, OwnerApproved(subject=number))


@signs(queries.registration_shown, key="number")
def return_once(work: Work, *, number: str, corrections: list[str], shown: str) -> None:
    """Send a registration back with the one complete list of what is to be mended.

    Refuses `owners.no_corrections`, `owners.returned_once`, and as `approve` does.
    """
    row = _to_check(work, number, shown)
    wanted = rules.check_corrections(corrections, returned_before=row.round > 1)
    row.state = rules.move_state(row.state, State.RETURNED)
    row.corrections = "\n".join(wanted)
    windows.close(work, rules.CHECK, number)
    record(work, OwnerReturned(subject=number, items=len(wanted)))


@signs(queries.registration_shown, key="number")
def refuse(work: Work, *, number: str, ground: str, reason: str, shown: str) -> None:
    """Propose to refuse a registration, with its reason; a second person signs. Refuses as
    `approve` does, `owners.no_reason`, and what `_check_ground` knows to be false.
    """
    row = _to_check(work, number, shown)
    if not trimmed(reason):
        raise Invalid("owners.no_reason", field="reason")
    _check_ground(work, row, Ground(ground), reason)
    row.state = rules.move_state(row.state, State.REFUSING)
    row.ground = Ground(ground)
    row.reason = trimmed(reason)
    row.proposed_at = work.now
    row.proposed_by = work.actor.person_id
    record(work, OwnerRefusalProposed(subject=number, ground=row.ground.value))


@signs(queries.registration_shown, key="number")
def sign_refusal(work: Work, *, number: str, shown: str) -> None:
    """Sign a proposed refusal as the second person.

    Refuses `owners.none`, `owners.own_matter` to the one who proposed it, `owners.wrong_state`, and
    a ground that is false by now.
    """
    row = _to_sign(work, number, shown)
    ground = row.ground
    if row.state is not State.REFUSING or ground is None:
        raise Refusal("owners.wrong_state", old=row.state.value, new=State.REFUSED.value)
    _check_ground(work, row, ground, row.reason or "")
    _decide(work, row, State.REFUSED, OwnerRefused(subject=number, ground=ground.value))


@signs(queries.registration_shown, key="number")
def drop_refusal(work: Work, *, number: str, shown: str) -> None:
    """Do not sign: the registration goes back to the check, whose time runs on. Refuses as
    `sign_refusal` does.
    """
    row = _to_sign(work, number, shown)
    if row.state is not State.REFUSING:
        raise Refusal("owners.wrong_state", old=row.state.value, new=State.SUBMITTED.value)
    row.state = rules.move_state(row.state, State.SUBMITTED)
    row.ground = row.reason = row.proposed_at = row.proposed_by = None
    record(work, OwnerRefusalDropped(subject=number))


def _check_ground(work: Work, row: Owner, ground: Ground, reason: str) -> None:
    """Refuse a ground that the platform itself can tell to be false: `owners.ground_without_other`
    where the reason names no other registration, `owners.ground_no_document` of a document that was
    not handed in, `owners.ground_own` of a person who buys for himself.
    """
    if ground is Ground.NOT_AUTHORISED and row.kind is Kind.PERSON:
        raise Invalid("owners.ground_own", field="ground")
    if ground is Ground.FALSE_DOCUMENT and row.authority_file_id is None:
        raise Invalid("owners.ground_no_document", field="ground")
    if ground is Ground.DUPLICATE:
        named = select(Owner.id).where(
            Owner.number.in_(ids.typed(reason)),
            Owner.id != row.id,
            Owner.state != State.REFUSED,
        )
        if work.session.scalar(named.limit(1)) is None:
            raise Invalid("owners.ground_without_other", field="reason")


def _to_check(work: Work, number: str, shown: str) -> Owner:
    permissions.require(work.actor, "owner.check")
    return _in_hand(work, number, shown)


def _to_sign(work: Work, number: str, shown: str) -> Owner:
    permissions.require(work.actor, "owner.second")
    return _in_hand(work, number, shown)


def _in_hand(work: Work, number: str, shown: str) -> Owner:
    row = queries.row_to_change(work, number)
    rules.check_hands(
        work.actor.person_id,
        row.submitted_by,
        row.proposed_by,
        is_member=accounts_service.is_member_of(work, work.actor.person_id, row.organisation_id),
    )
    check_shown(shown, queries.registration_shown(work, number))
    return row


def _decide(work: Work, row: Owner, state: State, event: Event) -> None:
    row.state = rules.move_state(row.state, state)
    row.decided_at = work.now
    row.decided_by = work.actor.person_id
    windows.close(work, rules.CHECK, row.number)
    record(work, event)
