"""Who is reached by a letter: one small function for each kind of recipient, over the rooms'
queries.
"""

from collections.abc import Callable, Iterable

from market.accounts import queries as accounts
from market.accounts.queries import PersonCard
from market.accounts.rules import Duty, Kind, organisation_id_of
from market.agencies import queries as agencies
from market.catalogue import queries as catalogue
from market.complaints import queries as complaints
from market.db import Work
from market.enrolment import queries as enrolments
from market.kernel.clock import from_epoch
from market.ledger.queries import Entry
from market.letters.rules import To
from market.owners import queries as owners
from market.selection.entries import queries as entry_queries
from market.selection.results import queries as result_queries
from market.windows import queries as windows

People = Iterable[PersonCard]


def _members(work: Work, organisation_id: int | None) -> People:
    return accounts.members(work, organisation_id) if organisation_id is not None else ()


def _owner(work: Work, entry: Entry) -> People:
    if entry.subject.startswith("GG-"):
        return accounts.members(
            work, result_queries.notice(work, entry.subject).owner_organisation_id
        )
    return accounts.members(work, owners.by_number(work, entry.subject).card.organisation_id)


def _entrants(work: Work, entry: Entry) -> People:
    for organisation in entry_queries.entrant_organisations(work, entry.subject):
        yield from accounts.members(work, organisation)


def _winner(work: Work, entry: Entry) -> People:
    standing = result_queries.notice(work, entry.subject).winner
    ref = entry.fields.get("winner") or (standing.ref if standing else None)
    return accounts.members(work, agencies.by_ref(work, ref).organisation_id) if ref else ()


def _qualified(work: Work, entry: Entry) -> People:
    item = result_queries.notice(work, entry.subject).item_code
    for organisation in agencies.eligible_organisations(work, item):
        yield from accounts.members(work, organisation)


def _agency(work: Work, entry: Entry) -> People:
    return accounts.members(work, agencies.by_ref(work, entry.subject).organisation_id)


def _sector(work: Work, entry: Entry) -> People:
    items = catalogue.by_code(work)
    lines = agencies.lines(work, agencies.by_ref(work, entry.subject).id)
    regulators = {items[line.item_code].regulator_id for line in lines if line.item_code in items}
    for regulator in sorted(each for each in regulators if each is not None):
        yield from accounts.members(
            work, regulator, Duty.REGULATOR_OFFICER, Duty.REGULATOR_SIGNATORY
        )


def _applicant(work: Work, entry: Entry) -> People:
    return _members(work, enrolments.organisation_of(work, entry.subject))


def _complainant(work: Work, entry: Entry) -> People:
    parties = complaints.parties(work, entry.subject)
    if parties.complainant_organisation_id:
        return accounts.members(work, parties.complainant_organisation_id)
    return (
        [accounts.person(work, parties.complainant_person_id)]
        if parties.complainant_person_id
        else ()
    )


def _respondent(work: Work, entry: Entry) -> People:
    return _members(work, complaints.parties(work, entry.subject).respondent_id)


def _body(work: Work, entry: Entry) -> People:
    body = complaints.parties(work, entry.subject).body_id
    return accounts.members(work, body, Duty.COMPLAINT_OFFICER, Duty.COMPLAINT_SIGNATORY)


def _tip_readers(work: Work, entry: Entry) -> People:
    body = complaints.tip_reader(work, entry.subject)
    return accounts.members(work, body, *complaints.TIP_READERS) if body is not None else ()


def _assisting(work: Work, entry: Entry) -> People:
    body = organisation_id_of(entry.fields["body"])
    return accounts.members(work, body, Duty.COMPLAINT_OFFICER, Duty.COMPLAINT_SIGNATORY)


def _superior(work: Work, entry: Entry) -> People:
    superior = complaints.superior_over(
        work, entry.subject, organisation_id_of(entry.fields["body"])
    )
    return _handlers(work, superior.id) if superior else ()


def _regulator(work: Work, entry: Entry) -> People:
    notice = complaints.parties(work, entry.subject).notice_number
    regulator = result_queries.notice(work, notice).regulator_id if notice else None
    return (
        accounts.members(work, regulator, Duty.REGULATOR_OFFICER, Duty.REGULATOR_SIGNATORY)
        if regulator
        else ()
    )


def _handlers(work: Work, body_id: int) -> People:
    return accounts.members(
        work, body_id, Duty.COMPLAINT_OFFICER, Duty.COMPLAINT_SIGNATORY, Duty.AUTHORITY_ASSIGNER
    )


def _office(work: Work, *duties: Duty) -> People:
    """People of the operating office; nobody before it is set up."""
    for body in accounts.organisations(work, Kind.OFFICE):
        yield from accounts.members(work, body.id, *duties)


def _checkers(work: Work, entry: Entry) -> People:
    return _office(work, Duty.ENROLMENT_CHECKER)


def _reviewers(work: Work, entry: Entry) -> People:
    return _office(work, Duty.NOTICE_REVIEWER, Duty.PUBLISHER)


def _heads(work: Work, entry: Entry) -> People:
    return _office(work, Duty.OFFICE_HEAD)


def _editors(work: Work, entry: Entry) -> People:
    for body in (
        *accounts.organisations(work, Kind.OFFICE),
        *accounts.organisations(work, Kind.AUTHORITY),
    ):
        yield from accounts.members(work, body.id, Duty.RULE_EDITOR, Duty.RULE_APPROVER)


def _inspectors(work: Work, entry: Entry) -> People:
    for body in accounts.organisations(work, Kind.INSPECTION):
        yield from accounts.members(work, body.id, Duty.INSPECTOR)


def _responsible(work: Work, entry: Entry) -> People:
    kind = entry.fields["window"]
    said = entry.fields.get("due")
    live = [
        due
        for due in windows.of_subject(work, entry.subject)
        if due.kind == kind and due.closed_at is None
    ]
    meant = [due for due in live if said is not None and due.due_at == from_epoch(said)] or live[:1]
    for due in meant:  # several bodies may owe the same of one complaint, each by a day of its own
        if due.person_id is not None:
            yield accounts.person(work, due.person_id)
        else:
            yield from _members(work, due.responsible_id)


REACH: dict[To, Callable[[Work, Entry], People]] = {
    To.OWNER: _owner,
    To.ENTRANTS: _entrants,
    To.WINNER: _winner,
    To.QUALIFIED: _qualified,
    To.AGENCY: _agency,
    To.SECTOR: _sector,
    To.APPLICANT: _applicant,
    To.COMPLAINANT: _complainant,
    To.RESPONDENT: _respondent,
    To.BODY: _body,
    To.TIP_READERS: _tip_readers,
    To.ASSISTING: _assisting,
    To.SUPERIOR: _superior,
    To.REGULATOR: _regulator,
    To.CHECKERS: _checkers,
    To.REVIEWERS: _reviewers,
    To.HEADS: _heads,
    To.EDITORS: _editors,
    To.INSPECTORS: _inspectors,
    To.RESPONSIBLE: _responsible,
}


def people(work: Work, entry: Entry, to: To) -> list[PersonCard]:
    """The people whom `to` means for this entry."""
    return list(REACH[to](work, entry))
