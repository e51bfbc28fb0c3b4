"""Organisations and their members."""

from collections.abc import Iterable

from sqlalchemy import select, update

from market.accounts import permissions, queries, rules
from market.accounts.events import (
    MemberAdded,
    MemberChanged,
    MemberEnded,
    OrganisationAmended,
    OrganisationCreated,
)
from market.accounts.models import Membership, Organisation, SignIn
from market.accounts.rules import Kind
from market.db import Work
from market.kernel import credit_code
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.visible import named
from market.ledger.service import record


def check_code_free(work: Work, *, kind: str, uscc: str | None) -> None:
    """Whether no organisation of the kind has this code. Refuses `accounts.organisation_exists`."""
    code = credit_code.compact(uscc) if uscc else None
    same = select(Organisation.id).where(Organisation.kind == Kind(kind), Organisation.uscc == code)
    if code and work.session.scalar(same):
        raise Invalid("accounts.organisation_exists", field="uscc")


def create_organisation(
    work: Work,
    *,
    kind: str,
    name: str,
    uscc: str | None,
    phone: str | None = None,
    superior_id: int | None = None,
) -> int:
    """Make an organisation and return its id. Part of a use case that has asked who may.

    The 统一社会信用代码 is kept in its compact form, so that one body is one organisation however
    its code was typed. Refuses `accounts.no_name`, `text.turned` and, when one of the kind has this
    code, `accounts.organisation_exists` (field uscc).
    """
    name = _named(name)
    uscc = credit_code.compact(uscc) if uscc else None
    check_code_free(work, kind=kind, uscc=uscc)
    row = Organisation(
        division=work.division,
        kind=Kind(kind),
        name=name,
        uscc=uscc,
        phone=phone,
        superior_id=superior_id,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()  # The log speaks of it by its id.
    record(
        work,
        OrganisationCreated(subject=rules.organisation_ref(row.id), organisation=row.kind.value),
    )
    return row.id


def amend_organisation(
    work: Work, *, organisation_id: int, name: str, uscc: str | None, phone: str | None
) -> None:
    """Correct what an organisation is called, its credit code and telephone. Part of a use case
    that has asked who may.

    Refuses `accounts.no_organisation`, `accounts.no_name`, `text.turned` and
    `accounts.organisation_exists`.
    """
    row = work.session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound("accounts.no_organisation")
    name = _named(name)
    uscc = credit_code.compact(uscc) if uscc else None
    other = queries.by_uscc(work, row.kind, uscc) if uscc else None
    if other is not None and other.id != row.id:
        raise Invalid("accounts.organisation_exists", field="uscc")
    row.name = name
    row.uscc = uscc
    row.phone = phone
    record(work, OrganisationAmended(subject=rules.organisation_ref(row.id)))


def _named(name: str) -> str:
    kept = named(name, field="name")
    if not kept:
        raise Invalid("accounts.no_name", field="name")
    return kept


def add_member(work: Work, *, organisation_id: int, person_id: int, duties: Iterable[str]) -> int:
    """Give a person duties in an organisation; returns the membership's id. Part of a use case that
    has asked who may.

    A former member comes back. Refuses `accounts.member_already`, `accounts.no_organisation`,
    `accounts.no_person`, and as `rules.check_duties` does.
    """
    of = queries.organisation(work, organisation_id)
    kept = rules.check_duties(of.kind, duties)
    queries.person(work, person_id)
    row = work.session.scalar(
        select(Membership).where(
            Membership.person_id == person_id, Membership.organisation_id == organisation_id
        )
    )
    if row is not None and row.ended_at is None:
        raise Invalid("accounts.member_already", field="login")
    if row is None:
        row = Membership(person_id=person_id, organisation_id=organisation_id)
        work.session.add(row)
    row.duties = kept
    row.since = work.now
    row.ended_at = None
    work.session.flush()  # The id below.
    record(
        work,
        MemberAdded(subject=rules.organisation_ref(organisation_id), duties=tuple(kept.split())),
    )
    return row.id


def is_member_of(work: Work, person_id: int | None, organisation_id: int) -> bool:
    """Whether a person acts in an organisation now: what separations ask."""
    return (
        person_id is not None and queries.membership(work, person_id, organisation_id) is not None
    )


# --- the members' page --------------------------------------------------------------------


def admit(work: Work, *, organisation_id: int, login: str, duties: Iterable[str]) -> int:
    """Make someone with a verified account a member, by his login.

    Refuses `accounts.no_login`, `accounts.unverified`, and as `add_member` does;
    `accounts.no_organisation` for an organisation that the actor does not manage.
    """
    _managed(work, organisation_id)
    found = queries.by_login(work, login)
    if found is None:
        raise Invalid("accounts.no_login", field="login")
    if not found.is_named:
        raise Invalid("accounts.unverified", field="login")
    return add_member(work, organisation_id=organisation_id, person_id=found.id, duties=duties)


def change_duties(work: Work, *, membership_id: int, duties: Iterable[str]) -> None:
    """Give a member other duties. Refuses `accounts.last_manager`, `accounts.no_membership`, and as
    `check_duties` does.
    """
    row = _member(work, membership_id)
    kept = rules.check_duties(queries.organisation(work, row.organisation_id).kind, duties)
    if kept == row.duties:
        return
    _keep_a_manager(work, row, set(kept.split()))
    row.duties = kept
    record(
        work,
        MemberChanged(
            subject=rules.organisation_ref(row.organisation_id), duties=tuple(kept.split())
        ),
    )


def dismiss(work: Work, *, membership_id: int) -> None:
    """End a membership; the person's sessions lose it at once. Refuses `accounts.last_manager`,
    `accounts.no_membership`.
    """
    row = _member(work, membership_id)
    _keep_a_manager(work, row, set())
    row.ended_at = work.now
    work.session.execute(
        update(SignIn).where(SignIn.membership_id == row.id).values(membership_id=None)
    )
    record(work, MemberEnded(subject=rules.organisation_ref(row.organisation_id)))


def found(
    work: Work,
    *,
    kind: str,
    name: str,
    uscc: str | None,
    phone: str | None,
    superior_id: int | None,
) -> int:
    """Make one of the bodies that the installation consists of: office, regulator, authority,
    inspection, witness.

    Refuses `accounts.not_a_body` for an agency or owner, which enrol themselves, and as
    `create_organisation` does.
    """
    permissions.require(work.actor, "organisation.manage")
    if Kind(kind) not in rules.STAFF:
        raise Invalid("accounts.not_a_body", field="kind")
    return create_organisation(
        work, kind=kind, name=name, uscc=uscc, phone=phone, superior_id=superior_id
    )


def _managed(work: Work, organisation_id: int) -> queries.OrganisationCard:
    """The organisation, when the actor manages its members: his own, or any body for the office's
    administrators.
    """
    permissions.require(work.actor, "member.manage")
    of = queries.organisation(work, organisation_id)
    if not rules.may_manage(work.actor, of.id, of.kind):
        raise NotFound("accounts.no_organisation")
    return of


def _member(work: Work, membership_id: int) -> Membership:
    row = work.session.get(Membership, membership_id, with_for_update=True)
    if row is None or row.ended_at is not None:
        raise NotFound("accounts.no_membership")
    _managed(work, row.organisation_id)
    return row


def _keep_a_manager(work: Work, row: Membership, duties: set[str]) -> None:
    """An agency or owner always has somebody left who can manage its members."""
    kind = queries.organisation(work, row.organisation_id).kind
    manager = rules.MANAGES.get(kind)
    if manager is None or manager in duties or manager not in row.duties.split():
        return
    if len(queries.members(work, row.organisation_id, manager)) < 2:
        raise Refusal("accounts.last_manager")
