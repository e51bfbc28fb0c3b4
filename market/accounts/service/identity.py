"""Who somebody is (实名): claimed by himself, checked by a body or a register (ADR 0035)."""

from collections.abc import Sequence

from sqlalchemy import select

from market.accounts import permissions, queries, rules
from market.accounts.events import (
    AccountVerified,
    IdentityAsked,
    IdentityChecked,
    IdentityOverdue,
    IdentityPassedOn,
    IdentityRefused,
)
from market.accounts.models import IdentityCheck, Person
from market.accounts.rules import IDENTITY, CheckReason, CheckState, Kind, organisation_ref
from market.accounts.service.people import checked_id_number, claim, own, person_row
from market.db import Work
from market.fabric import fabric
from market.files import service as files
from market.files.rules import Audience
from market.files.service import Received
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.kernel.ids import Prefix
from market.kernel.shown import check_shown, signs
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState

# --- asking -------------------------------------------------------------------------------


def hand_in(work: Work, *, scan: Received, id_number: str | None = None) -> tuple[str, list[str]]:
    """Hand in a scan of one's identity document: who has no level claims anew with it. Returns the
    check's number and the keys of files that it replaces.

    Refuses `accounts.verified_already`, `accounts.id_number`, `accounts.id_taken`,
    `accounts.not_active`.
    """
    permissions.require(work.actor, "account.own")
    person = own(work)
    if person.verified_at:
        raise Refusal("accounts.verified_already")
    if person.activated_at is None:
        raise Refusal("accounts.not_active")
    if id_number:
        person.id_number = checked_id_number(id_number, work.today)
        person.register_asked_at = None
    _check_free(work, person)
    claim(work, person)
    check = ask_check(work, person_id=person.id, body_id=queries.office(work).id)
    old = check.file_id
    check.file_id = files.store(
        work,
        scan,
        purpose="identity",
        organisation_id=None,
        person_id=person.id,
        audience=Audience.GRANTED,
    )
    files.grant(work, file_id=check.file_id, organisation_id=check.organisation_id)
    work.session.flush()  # The old file is referred to until now.
    return check.number, files.remove(work, file_ids=[old]) if old else []


def _check_free(work: Work, person: Person) -> None:
    """Refuse a number that is another's by a check, `accounts.id_taken`, and none at all."""
    if not person.id_number:
        raise Invalid("accounts.id_number", field="id_number")
    if work.session.scalar(
        select(Person.id).where(
            Person.id_number == person.id_number,
            Person.id != person.id,
            Person.verified_at.is_not(None),
        )
    ):
        raise Invalid("accounts.id_taken", field="id_number")


def ask_check(
    work: Work, *, person_id: int, body_id: int, out: Sequence[int] = ()
) -> IdentityCheck:
    """Part of other use cases: let a body check who somebody is within the rulebook's
    `identity_check_days` of the receipt. One that waits already goes on; with another body where its
    own is among `out`, the bodies that are concerned.
    """
    known = queries.waiting_check(work, person_id)
    if known is not None:
        if known.organisation_id in out:
            _pass_on(work, known, body_id)
        return known
    row = IdentityCheck(
        division=work.division,
        number=work.next_number(Prefix.IDENTITY),
        person_id=person_id,
        organisation_id=body_id,
        state=CheckState.WAITING,
        asked_at=work.now,
    )
    work.session.add(row)
    work.session.flush()  # One waits for each person: the index speaks here.
    record(work, IdentityAsked(subject=row.number, body=organisation_ref(body_id)))
    _open(work, row)
    return row


def _open(work: Work, row: IdentityCheck) -> None:
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        IDENTITY,
        subject=row.number,
        matter=_matter(row),
        span=book.window(Rulebook.identity_check_days),
        trigger_at=work.received_at,
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )


def _matter(row: IdentityCheck) -> str:
    return f"{row.number}:{row.person_id}"


def _pass_on(work: Work, row: IdentityCheck, body_id: int) -> None:
    """Another body checks, with a day of its own; a delay stays the first one's."""
    row.organisation_id = body_id
    windows.close(work, IDENTITY, _matter(row), state=WindowState.CANCELLED)
    work.session.flush()  # One live window of a kind: the old one first.
    record(work, IdentityPassedOn(subject=row.number, body=organisation_ref(body_id)))
    _open(work, row)
    if row.file_id is not None:
        files.grant(work, file_id=row.file_id, organisation_id=body_id)


# --- settling -----------------------------------------------------------------------------


@signs(queries.identity_shown, key="person_id")
def verify(work: Work, *, person_id: int, id_number: str | None = None, shown: str) -> list[str]:
    """A clerk has seen the identity document, at the counter or the scan of it: the claim is
    checked. Whoever else has typed the same number falls back. Returns the keys of the scans, which
    are to be deleted.

    `id_number` as on the document, when it differs from what was typed. Refuses
    `accounts.no_person`, `accounts.verified_already`, `accounts.id_number`, `accounts.id_taken`,
    `accounts.own_account`, and who is concerned by what the person complains of
    (`complaint.recused_*`), `shown.changed` where another number or scan was handed in meanwhile.
    """
    person, check = _to_settle(work, person_id, shown)
    if id_number:
        person.id_number = checked_id_number(id_number, work.today)
    _check_free(work, person)
    how = "document" if check is not None and check.file_id else "staff"
    return mark_verified(work, person_id, f"staff:{work.actor.person_id}", how=how)


@signs(queries.identity_shown, key="person_id")
def refuse_identity(
    work: Work, *, person_id: int, reason: CheckReason, note: str, shown: str
) -> list[str]:
    """The check was made and the claim is not confirmed; the person may hand in anew. Returns the
    keys of the scans, which are to be deleted.

    Refuses `accounts.no_check`, `accounts.reason_shown`, `accounts.reason_no_scan` for a reason that
    is known to be false, and as `verify` does.
    """
    person, check = _to_settle(work, person_id, shown)
    if check is None:
        raise Refusal("accounts.no_check")
    if reason is CheckReason.OTHERS or not note.strip():
        raise Invalid("accounts.no_check_reason", field="note")
    if reason is CheckReason.NOT_SHOWN and check.file_id is not None:
        raise Invalid("accounts.reason_shown", field="reason")
    if reason is CheckReason.ILLEGIBLE and check.file_id is None:
        raise Invalid("accounts.reason_no_scan", field="reason")
    return _refused(work, person, check, reason, note.strip())


def _to_settle(work: Work, person_id: int, shown: str) -> tuple[Person, IdentityCheck | None]:
    """The person and the check that waits, for one who may settle it."""
    permissions.require(work.actor, "person.verify")
    check = queries.waiting_check(work, person_id)
    person = person_row(work, person_id)
    mine = work.actor.organisation_id
    if mine != check.organisation_id if check else work.actor.kind != Kind.OFFICE:
        raise NotFound("accounts.no_person")
    if person.id == work.actor.person_id:
        raise Refusal("accounts.own_account")
    if person.verified_at:
        raise Refusal("accounts.verified_already")
    for asks in fabric().identity_recusals.values():
        if (code := asks(work, person_id)) is not None:
            raise NotPermitted(code)
    check_shown(shown, queries.identity_shown(work, person_id))
    return person, check


def confirm_by_register(work: Work, *, person_id: int, is_confirmed: bool) -> list[str]:
    """What a register said of a claim. Where it knows nothing the claim stays one; returns the keys
    of scans that are no longer needed.
    """
    permissions.require(work.actor, "person.ask_register")
    person = person_row(work, person_id)
    person.register_asked_at = work.now
    if not is_confirmed or person.verified_at or person.claimed_at is None:
        return []
    try:
        _check_free(work, person)
    except Invalid:
        return []
    return mark_verified(work, person_id, "register", how="register")


def mark_verified(work: Work, person_id: int, by: str, *, how: str) -> list[str]:
    """Activated and checked at once: by a body, a register, the set-up and the demo. Part of a use
    case, not one.
    """
    person = person_row(work, person_id)
    keys = _fall_back(work, person)
    work.session.flush()  # One checked person for each number.
    person.activated_at = person.activated_at or work.now
    person.claimed_at = person.claimed_at or work.now
    person.verified_at = work.now
    person.verified_by = by
    record(work, AccountVerified(how=how))
    check = queries.waiting_check(work, person_id)
    if check is None:
        return keys
    check.how = how
    keys += _settle(work, check, CheckState.CONFIRMED)
    record(work, IdentityChecked(subject=check.number, how=how))
    return keys


def _fall_back(work: Work, holder: Person) -> list[str]:
    """The number is the holder's: whoever else has claimed it loses the claim, and is told."""
    if holder.id_number is None:
        return []
    keys: list[str] = []
    others = select(Person).where(
        Person.id_number == holder.id_number, Person.id != holder.id, Person.verified_at.is_(None)
    )
    for other in work.session.scalars(others.order_by(Person.id).with_for_update()).all():
        was_claimed = other.claimed_at is not None
        check = queries.waiting_check(work, other.id)
        if check is None and was_claimed:
            check = ask_check(work, person_id=other.id, body_id=queries.office(work).id)
        if check is not None:
            keys += _refused(work, other, check, CheckReason.OTHERS, "")
        other.id_number = None
    return keys


def _refused(
    work: Work, person: Person, check: IdentityCheck, reason: CheckReason, note: str
) -> list[str]:
    person.claimed_at = None
    check.reason = reason
    check.note = note
    keys = _settle(work, check, CheckState.REFUSED)
    record(work, IdentityRefused(subject=check.number, reason=reason.value))
    return keys


def _settle(work: Work, check: IdentityCheck, state: CheckState) -> list[str]:
    """End a check; its scan has served."""
    check.state = rules.move_check(check.state, state)
    check.settled_at = work.now
    check.checker_id = work.actor.person_id
    windows.close(work, IDENTITY, _matter(check))
    scan = check.file_id
    check.file_id = None
    work.session.flush()  # The file is referred to until now.
    return files.remove(work, file_ids=[scan]) if scan else []


def check_overdue(work: Work, due: Due) -> None:
    """The body did not check in time: noted once as its fault."""
    row = work.session.scalar(select(IdentityCheck).where(IdentityCheck.number == due.subject))
    if row is None or row.state is not CheckState.WAITING:
        return
    row.overdue_at = row.overdue_at or work.now
    body = organisation_ref(due.responsible_id or row.organisation_id)
    record(work, IdentityOverdue(subject=row.number, body=body, due=due.due_at))
