"""Filling in an enrolment, page by page, at any time until it is submitted."""

import dataclasses
from collections.abc import Collection, Sequence

from sqlalchemy import delete, select

from market.accounts import queries as accounts
from market.accounts import service as accounts_service
from market.accounts.rules import Kind
from market.agencies import queries as agencies
from market.agencies import rules as agency_rules
from market.agencies.models import Agency, Qualification, ServiceLine
from market.agencies.rules import Held, LineState
from market.catalogue import queries as catalogue
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.models import Correction
from market.enrolment.rules import Basics, Section
from market.files import queries as file_queries
from market.files import service as files
from market.files.service import Received
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.visible import line
from market.submissions import sent
from market.windows import queries as windows_queries

DUTIES = ("agency_admin", "agency_agent", "agency_signatory")
"""Whoever starts an enrolment holds all three; he may share them out later
(docs/rules.md#small-county).
"""
MOST_LINES = 100
MOST_QUALIFICATIONS = 100


def start(work: Work, *, uscc: str, name: str, submission_key: str) -> int:
    """Begin the enrolment of an agency and make the person its first member; returns the
    organisation's id.

    Refuses `agency.bad_uscc`, `agency.already` (one agency of a 统一社会信用代码).
    """
    permissions.require(work.actor, "enrolment.start")
    once = sent(work, submission_key, "enrolment.start", uscc, name.strip(), whose="person")
    known = select(Agency.organisation_id).where(Agency.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return int(same)
    uscc = rules.check_uscc(uscc)
    rules.check_basics(Basics(name=line(name)), work.today)
    check_free(work, uscc=uscc)
    person_id = work.actor.person_id or 0
    organisation_id = accounts_service.create_organisation(
        work, kind=Kind.AGENCY, name=line(name), uscc=uscc
    )
    accounts_service.add_member(
        work, organisation_id=organisation_id, person_id=person_id, duties=DUTIES
    )
    region = (
        uscc[2:8] if agency_rules.place(uscc[2:8]) else None
    )  # 登记管理机关行政区划码: a guess that can be changed
    work.session.add(
        Agency(
            division=work.division,
            organisation_id=organisation_id,
            uscc=uscc,
            name=line(name),
            region=region,
            region_name=agency_rules.place(region) if region else None,
            started_at=work.now,
            started_by=person_id,
            submission_key=once.key,
        )
    )
    return organisation_id


def check_free(work: Work, *, uscc: str) -> None:
    """Whether no agency has begun with this code. Refuses `agency.bad_uscc`, `agency.already`."""
    uscc = rules.check_uscc(uscc)
    if accounts.by_uscc(work, Kind.AGENCY, uscc) is not None:
        raise Invalid("agency.already", field="uscc", uscc=uscc)


def own(work: Work) -> Agency:
    """The agency for which the actor acts, locked. Refuses `agency.none`."""
    row = work.session.scalar(
        select(Agency).where(Agency.organisation_id == work.actor.organisation_id).with_for_update()
    )
    if row is None:
        raise NotFound("agency.none")
    return row


def editable(work: Work) -> Agency:
    """The actor's agency while it may be changed. Refuses `agency.none`, `agency.not_editable`."""
    row = own(work)
    if row.state not in agency_rules.EDITABLE:
        raise Refusal("agency.not_editable")
    return row


def growing(work: Work) -> Agency:
    """The actor's agency while certificates may be added: like `editable`, and also once it is
    enrolled.
    """
    row = own(work)
    if (
        row.state in agency_rules.GROWING
        and windows_queries.live(work, rules.ADDITION, str(row.ref)) is None
    ):
        return row
    return editable(work)


def check_items(work: Work, codes: Sequence[str]) -> None:
    """Only published items can be offered. Refuses `agency.unknown_item`, `agency.too_many_lines`."""
    if len(set(codes)) > MOST_LINES:
        raise Invalid("agency.too_many_lines", field="items", most=MOST_LINES)
    published = {item.code for item in catalogue.items(work)}
    if foreign := [code for code in codes if code not in published]:
        raise Invalid("agency.unknown_item", field="items", item=foreign[0][:20])


def save_basics(work: Work, *, basics: Basics) -> None:
    """Keep who the agency is, whole or half; the digest of the representative's number stays while
    his name does. Refuses what `rules.check_basics` refuses.
    """
    permissions.require(work.actor, "enrolment.fill")
    row = editable(work)
    rules.check_basics(basics, work.today)
    if basics.representative_digest is None and basics.legal_representative in (
        None,
        row.legal_representative,
    ):
        basics = dataclasses.replace(basics, representative_digest=row.representative_digest)
    changed = {
        field.name
        for field in dataclasses.fields(basics)
        if getattr(row, field.name) != getattr(basics, field.name)
    }
    for name in changed:
        setattr(row, name, getattr(basics, name))
    row.region_name = agency_rules.place(basics.region) if basics.region else None
    mend(work, row, Section.BASICS, {name.replace("_digest", "_number") for name in changed})


def choose_lines(work: Work, *, codes: Sequence[str]) -> None:
    """Choose the items that the agency offers; what was chosen before and is not among them is
    dropped.

    Refuses `agency.unknown_item`, `agency.too_many_lines`.
    """
    permissions.require(work.actor, "enrolment.fill")
    row = editable(work)
    check_items(work, codes)
    chosen = dict.fromkeys(codes)
    before = {line.item_code for line in agencies.lines(work, row.id)}
    work.session.execute(
        delete(ServiceLine).where(
            ServiceLine.agency_id == row.id, ServiceLine.item_code.not_in(chosen)
        )
    )
    kept = set(
        work.session.scalars(select(ServiceLine.item_code).where(ServiceLine.agency_id == row.id))
    )
    work.session.add_all(
        ServiceLine(agency_id=row.id, item_code=code, state=LineState.PENDING)
        for code in chosen
        if code not in kept
    )
    mend(work, row, Section.LINES, before ^ set(chosen))


def keep_scan(work: Work, *, scan: Received) -> int:
    """Keep a scan before the rest of its form is right, so that nobody uploads twice; returns the
    file's id.
    """
    permissions.require(work.actor, "enrolment.fill")
    row = growing(work)
    return files.store(
        work,
        scan,
        purpose="qualification",
        organisation_id=row.organisation_id,
        person_id=work.actor.person_id,
    )


def add_qualification(
    work: Work, *, held: Held, number: str, issuer: str, file_id: int | None, submission_key: str
) -> int:
    """Add a certificate or filing with its scan; returns its id. Refuses what
    `agency_rules.check_validity` refuses, `agency.too_many_qualifications`.
    """
    permissions.require(work.actor, "enrolment.fill")
    scan = file_queries.file(work, file_id).sha256 if file_id is not None else None
    once = sent(work, submission_key, "enrolment.qualification", held, number, issuer, scan)
    row = growing(work)
    known = select(Qualification.id).where(
        Qualification.submission_key == once.key, Qualification.agency_id == row.id
    )
    if once.again and (same := work.session.scalar(known)):
        return int(same)
    agency_rules.check_validity(held, work.today)
    ids = list(
        work.session.scalars(select(Qualification.id).where(Qualification.agency_id == row.id))
    )
    if len(ids) >= MOST_QUALIFICATIONS:
        raise Invalid("agency.too_many_qualifications", most=MOST_QUALIFICATIONS)
    kept = Qualification(agency_id=row.id, submission_key=once.key)
    _write(kept, held, number, issuer, _own_file(work, row, file_id))
    work.session.add(kept)
    mend(work, row, Section.QUALIFICATIONS, {"new"})
    return kept.id


def change_qualification(
    work: Work, *, qualification_id: int, held: Held, number: str, issuer: str, file_id: int | None
) -> None:
    """Change a certificate or filing; without a new scan the old one stays. Refuses as adding does,
    `agency.none`, `agency.checked_already`."""
    permissions.require(work.actor, "enrolment.fill")
    row = growing(work)
    kept = _own_qualification(work, row, qualification_id)
    agency_rules.check_validity(held, work.today)
    before = _written(kept)
    _write(kept, held, number, issuer, _own_file(work, row, file_id) or kept.file_id)
    kept.checked_at = None
    is_changed = _written(kept) != before
    mend(work, row, Section.QUALIFICATIONS, {certificate(kept.id)} if is_changed else ())


def drop_qualification(work: Work, *, qualification_id: int) -> None:
    """Take a certificate or filing out again. Refuses `agency.none`, `agency.checked_already`."""
    permissions.require(work.actor, "enrolment.fill")
    row = growing(work)
    work.session.delete(_own_qualification(work, row, qualification_id))
    mend(work, row, Section.QUALIFICATIONS, {certificate(qualification_id)})


def sign_commitment(work: Work) -> None:
    """Sign the commitment (告知承诺) for the items chosen. Refuses `agency.incomplete_lines` when
    none is.
    """
    permissions.require(work.actor, "enrolment.commit")
    row = editable(work)
    text = queries.commitment_of(work, row)
    if text is None:
        raise Refusal("agency.incomplete_lines")
    row.commitment = text
    row.committed_at = work.now
    row.committed_by = work.actor.person_id
    mend(work, row, Section.COMMITMENT, {"commitment"})


def _own_qualification(work: Work, row: Agency, qualification_id: int) -> Qualification:
    kept = work.session.get(Qualification, qualification_id)
    if kept is None or kept.agency_id != row.id:
        raise NotFound("agency.none")
    if (
        kept.checked_at is not None and row.state in agency_rules.GROWING
    ):  # lines and public pages rest on it
        raise Refusal("agency.checked_already")
    return kept


def _own_file(work: Work, row: Agency, file_id: int | None) -> int | None:
    """A scan of this agency's own; another's is answered as one that is not there."""
    if (
        file_id is not None
        and file_queries.file(work, file_id).organisation_id != row.organisation_id
    ):
        raise NotFound("files.none")
    return file_id


def certificate(qualification_id: int) -> str:
    """What an opinion calls one certificate."""
    return f"qualification:{qualification_id}"


def _written(row: Qualification) -> tuple[object, ...]:
    return (
        row.name,
        row.grade,
        row.specialities,
        row.valid_from,
        row.valid_to,
        row.number,
        row.issuer,
        row.file_id,
    )


def _write(row: Qualification, held: Held, number: str, issuer: str, file_id: int | None) -> None:
    row.name = held.name
    row.grade = held.grade
    row.specialities = "\n".join(held.specialities)
    row.valid_from = held.valid_from
    if row.valid_to != held.valid_to:
        row.warned_days = None  # another end is announced anew
    row.valid_to = held.valid_to
    row.number = line(number)
    row.issuer = line(issuer)
    row.file_id = file_id


def mend(work: Work, row: Agency, section: Section, changed: Collection[str]) -> None:
    """Note which of the office's opinions on a section are met by what was changed in it."""
    work.session.flush()  # What was saved must be in the database before ids and lists are read.
    last = queries.last_enrolment(work, row.id)
    if row.state is not agency_rules.State.RETURNED or last is None:
        return
    for correction in work.session.scalars(
        select(Correction).where(
            Correction.enrolment_id == last.id,
            Correction.section == section,
            Correction.mended_at.is_(None),
        )
    ):
        if rules.is_met(correction.field, changed):
            correction.mended_at = work.now
