"""Who is reached by a letter: one small function for each kind of recipient, over the rooms'
queries.
"""

from collections.abc import Callable, Iterable, Iterator

from market.accounts import queries as accounts
from market.accounts.queries import PersonCard
from market.accounts.rules import Duty, Kind, organisation_id_of
from market.agencies import queries as agencies
from market.cards import queries as cards
from market.cards.rules import IN_FORCE, CardState, Colour
from market.catalogue import queries as catalogue
from market.complaints import queries as complaints
from market.db import Work
from market.enrolment import queries as enrolments
from market.evaluations import queries as evaluations
from market.evaluations.rules import By
from market.fabric import fabric
from market.kernel.clock import from_epoch
from market.kernel.ids import Prefix
from market.ledger.queries import Entry
from market.letters import judges, served
from market.letters.rules import OWN_FACT, SOON, NewNotice, To
from market.owners import queries as owners
from market.reputation import queries as reputation
from market.selection.entries import queries as entry_queries
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.results.queries import Selection
from market.tasks import queries as tasks
from market.windows import queries as windows_queries

People = Iterable[PersonCard]
CLUE = "clue"
AGENTS = (Duty.AGENCY_AGENT, Duty.AGENCY_SIGNATORY)
"""Who enters and signs for an agency."""


ACTING = tuple(duty for duty in Duty if duty is not Duty.JUROR)
"""Who acts for an organisation: a juror reads his own matter and nothing else of it."""


def _members(work: Work, organisation_id: int | None) -> People:
    """Everybody who acts for an organisation."""
    return accounts.members(work, organisation_id, *ACTING) if organisation_id is not None else ()


def _owner(work: Work, entry: Entry) -> People:
    if entry.subject.startswith("GG-"):
        return _members(work, result_queries.notice(work, entry.subject).owner_organisation_id)
    return _members(work, owners.by_number(work, entry.subject).card.organisation_id)


def _entrants(work: Work, entry: Entry) -> People:
    is_bidding = entry.type.startswith("auction.")  # before the list: each is told of its own entry
    named = entry_queries.live_organisations if is_bidding else entry_queries.entrant_organisations
    for organisation in named(work, entry.subject):
        yield from _members(work, organisation)


def _winner(work: Work, entry: Entry) -> People:
    standing = result_queries.notice(work, entry.subject).winner
    ref = entry.fields.get("winner") or (standing.ref if standing else None)
    return _members(work, agencies.by_ref(work, ref).organisation_id) if ref else ()


def _skipped(work: Work, entry: Entry) -> People:
    return _members(work, agencies.by_ref(work, entry.fields["ref"]).organisation_id)


def _entrant(work: Work, entry: Entry) -> People:
    """Who may enter for the agency: its own entry is nobody else's to know before the seal."""
    organisation = entry_queries.organisation_of(work, entry.subject, entry.fields["no"])
    return accounts.members(work, organisation, *AGENTS) if organisation is not None else ()


def _qualified(work: Work, entry: Entry) -> People:
    """Who may enter: of a new notice at once only where it closes soon or is listed again (the digest
    tells the rest).
    """
    notice = result_queries.notice(work, entry.subject)
    if entry.type == "notice.opened" and not _told_at_once(notice, entry):
        return
    for organisation in agencies.eligible_organisations(work, notice.items):
        yield from accounts.members(work, organisation, *AGENTS)


def _told_at_once(notice: Selection, entry: Entry) -> bool:
    """Whether a new notice is told when it opens: one that closes soon, or that is listed again."""
    return notice.listing > 1 or notice.entry_close - entry.at <= SOON


def digested(work: Work, entry: Entry) -> Iterator[tuple[PersonCard, NewNotice]]:
    """Who learns of a new notice by the day's digest: who may enter, unless he was told at once or it
    is open no longer.
    """
    notice = result_queries.notice(work, entry.subject)
    is_open = notice.state is NoticeState.ENTRY_OPEN and notice.entry_close > work.now
    if not is_open or _told_at_once(notice, entry):
        return
    new = NewNotice(entry.index, notice.number, notice.title, notice.entry_close)
    for organisation in agencies.eligible_organisations(work, notice.items):
        yield from ((one, new) for one in accounts.members(work, organisation, *AGENTS))


def _agency(work: Work, entry: Entry) -> People:
    return _members(work, agencies.by_ref(work, entry.subject).organisation_id)


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
        return _members(work, parties.complainant_organisation_id)
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


def _tip_senders(work: Work, entry: Entry) -> People:
    body = complaints.hand_over_sender(work, entry.subject)
    return accounts.members(work, body, *complaints.TIP_READERS) if body is not None else ()


def _claimant(work: Work, entry: Entry) -> People:
    return [accounts.check_by_number(work, entry.subject).person]


def _identity_checkers(work: Work, entry: Entry) -> People:
    body = accounts.check_by_number(work, entry.subject).organisation_id
    if accounts.organisation(work, body).kind is Kind.OFFICE:
        return accounts.members(work, body, Duty.INTAKE_CLERK)
    return accounts.members(work, body, Duty.COMPLAINT_OFFICER)


def _assisting(work: Work, entry: Entry) -> People:
    body = organisation_id_of(entry.fields["body"])
    return accounts.members(work, body, Duty.COMPLAINT_OFFICER, Duty.COMPLAINT_SIGNATORY)


def _finders(work: Work, entry: Entry) -> People:
    body = organisation_id_of(entry.fields["body"])
    return accounts.members(
        work,
        body,
        Duty.REGULATOR_OFFICER,
        Duty.COMPLAINT_OFFICER,
        Duty.REGULATOR_SIGNATORY,
        Duty.COMPLAINT_SIGNATORY,
    )


def _superior(work: Work, entry: Entry) -> People:
    superior = complaints.superior_over(
        work, entry.subject, organisation_id_of(entry.fields["body"])
    )
    return _handlers(work, superior.id) if superior else ()


def _regulator(work: Work, entry: Entry) -> People:
    is_notice = entry.subject.startswith(Prefix.NOTICE)
    notice = entry.subject if is_notice else complaints.parties(work, entry.subject).notice_number
    for regulator in result_queries.notice(work, notice).regulators if notice else ():
        yield from accounts.members(
            work, regulator, Duty.REGULATOR_OFFICER, Duty.REGULATOR_SIGNATORY
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


def _party(work: Work, entry: Entry) -> People:
    return _members(work, reputation.row(work, entry.subject).organisation_id)


def _deciders(work: Work, entry: Entry) -> People:
    found = reputation.row(work, entry.subject)
    return accounts.members(work, found.body_id, reputation.behaviour(found.behaviour).decides)


def _suspenders(work: Work, entry: Entry) -> People:
    may = fabric().permissions["credit.sign_suspension"]
    return accounts.members(work, reputation.row(work, entry.subject).body_id, *may)


def _hearers(work: Work, entry: Entry) -> People:
    found = reputation.row(work, entry.subject)
    may = fabric().permissions["credit.appeal_decide"]
    return accounts.members(work, found.appeal_body_id or found.body_id, *may)


def _reviewed(work: Work, entry: Entry) -> People:
    """Who reads for the owner what overseers write; nobody is warned of a clue."""
    may = fabric().permissions["oversight.received"]
    owner = result_queries.notice(work, entry.subject).owner_organisation_id
    return () if entry.fields["outcome"] == CLUE else accounts.members(work, owner, *may)


def _body_asked(work: Work, entry: Entry) -> People:
    may = fabric().permissions["oversight.answer"]
    return accounts.members(work, organisation_id_of(entry.fields["to"]), *may)


def _asker(work: Work, entry: Entry) -> People:
    may = fabric().permissions["oversight.ask"]
    return accounts.members(work, organisation_id_of(entry.fields["body"]), *may)


def _carded(work: Work, entry: Entry) -> People:
    may = fabric().permissions["card.state"]
    return accounts.members(work, cards.row(work, entry.subject).body_id, *may)


def _card_issuers(work: Work, entry: Entry) -> People:
    may = fabric().permissions["card.issue"]
    for body in accounts.organisations(work, Kind.AUTHORITY):
        yield from accounts.members(work, body.id, *may)


def _card_superior(work: Work, entry: Entry) -> People:
    """A red card goes one level up; one that was not issued to nobody."""
    card = cards.row(work, entry.subject)
    if card.colour is not Colour.RED or card.decided_at is None:
        return ()
    if card.state not in {*IN_FORCE, CardState.WITHDRAWN}:
        return ()
    superior = accounts.organisation(work, card.body_id).superior_id
    if superior is None:
        return _card_issuers(work, entry)
    return accounts.members(work, superior, *fabric().permissions["card.state"])


def _evaluated(work: Work, entry: Entry) -> People:
    return _of_side(work, entry, By(entry.fields["by"]).other)


def _evaluator(work: Work, entry: Entry) -> People:
    return _of_side(work, entry, By(entry.fields["by"]))


def _of_side(work: Work, entry: Entry, side: By) -> People:
    row = evaluations.pair(work, entry.fields["contract"])[0]
    return _members(work, evaluations.organisation_of(row, side))


def _evaluation_body(work: Work, entry: Entry) -> People:
    may = fabric().permissions["evaluation.decide"]
    return accounts.members(work, organisation_id_of(entry.fields["body"]), *may)


def _responsible(work: Work, entry: Entry) -> People:
    """Those who may do what the window asks for, and not every colleague of theirs."""
    kind = entry.fields["window"]
    if entry.type == "window.overdue" and kind in OWN_FACT:
        return
    said = entry.fields.get("due")
    live = [
        due
        for due in windows_queries.of_subject(work, entry.subject)
        if due.kind == kind and due.closed_at is None
    ]
    meant = [due for due in live if said is not None and due.due_at == from_epoch(said)] or live[:1]
    found = tasks.stages(work, meant)
    for due in meant:  # several bodies may owe the same of one complaint, each by a day of its own
        if due.id in found:
            yield from tasks.holders(work, due, found[due.id], fabric().permissions)
        elif due.responsible_id is not None:
            yield from _members(work, due.responsible_id)


REACH: dict[To, Callable[[Work, Entry], People]] = {
    To.OWNER: _owner,
    To.ENTRANTS: _entrants,
    To.WINNER: _winner,
    To.ASKED: _skipped,
    To.BIDDERS: _entrants,
    **judges.REACH,
    **served.REACH,
    To.SKIPPED: _skipped,
    To.ENTRANT: _entrant,
    To.QUALIFIED: _qualified,
    To.AGENCY: _agency,
    To.SECTOR: _sector,
    To.APPLICANT: _applicant,
    To.COMPLAINANT: _complainant,
    To.RESPONDENT: _respondent,
    To.BODY: _body,
    To.CLAIMANT: _claimant,
    To.IDENTITY_CHECKERS: _identity_checkers,
    To.TIP_READERS: _tip_readers,
    To.TIP_SENDERS: _tip_senders,
    To.ASSISTING: _assisting,
    To.SUPERIOR: _superior,
    To.FINDERS: _finders,
    To.REGULATOR: _regulator,
    To.CHECKERS: _checkers,
    To.REVIEWERS: _reviewers,
    To.HEADS: _heads,
    To.EDITORS: _editors,
    To.INSPECTORS: _inspectors,
    To.PARTY: _party,
    To.DECIDERS: _deciders,
    To.HEARERS: _hearers,
    To.SUSPENDERS: _suspenders,
    To.REVIEWED: _reviewed,
    To.BODY_ASKED: _body_asked,
    To.ASKER: _asker,
    To.CARDED: _carded,
    To.CARD_ISSUERS: _card_issuers,
    To.AUTHORITY: _card_issuers,  # the same people: its assigners
    To.CARD_SUPERIOR: _card_superior,
    To.EVALUATED: _evaluated,
    To.EVALUATOR: _evaluator,
    To.EVALUATION_BODY: _evaluation_body,
    To.RESPONSIBLE: _responsible,
}


def people(work: Work, entry: Entry, to: To) -> list[PersonCard]:
    """The people whom `to` means for this entry."""
    return list(REACH[to](work, entry))
