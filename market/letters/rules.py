"""Which fact is told to whom. One table; the words are in words.py, the addresses of pages in
`paths.py`.
"""

import dataclasses
import datetime as dt
import enum


class To(enum.StrEnum):
    """Whom a letter goes to, seen from the entry's subject."""

    OWNER = "owner"  # the owner of the notice, or the owner with this number
    ENTRANTS = "entrants"  # every agency on the sealed list
    WINNER = "winner"  # the agency named in the entry's `winner`
    ASKED = "asked"  # the agency that is offered the work
    SKIPPED = "skipped"  # the agency that the entry takes out of the order
    JURORS = "jurors"  # who was asked to judge and has not declared interests yet
    EXPERT = "expert"  # in the pool of experts under this number
    POOL_BODY = "pool_body"  # the regulator that decides about him
    BIDDERS = "bidders"  # every agency whose entry to an auction stands
    ENTRANT = "entrant"  # the agency whose entry has this number: told of its own entry alone
    QUALIFIED = "qualified"  # agencies that may enter for the notice's item
    AGENCY = "agency"  # the agency with this number
    SECTOR = "sector"  # the sector regulators of the items that this agency offers
    APPLICANT = "applicant"  # the agency whose enrolment has this number
    COMPLAINANT = "complainant"
    RESPONDENT = "respondent"
    SUPERIOR = "superior"  # the body above the one that the entry names, or the managing authority
    REGULATOR = "regulator"  # the sector regulator of the notice complained about
    ASSISTING = "assisting"  # the entry's body, which assists with a complaint
    CLAIMANT = "claimant"  # whose identity is checked under this number
    IDENTITY_CHECKERS = "identity_checkers"  # of the body that checks it
    TIP_READERS = "tip_readers"  # the body that reads the tip, which never is whom it concerns
    FINDERS = "finders"  # of the entry's body: who finds why nobody signed, and signs it
    TIP_SENDERS = "tip_senders"  # the body that hands the tip over to a discipline body
    BODY = "body"  # the body that hears the complaint: officers and signatories
    CHECKERS = "checkers"  # who checks enrolments and owners in the operating office
    REVIEWERS = "reviewers"  # who reviews notices there
    HEADS = "heads"  # whose second signature a refusal needs
    EDITORS = "editors"  # who keeps the calendar and the rulebook
    INSPECTORS = "inspectors"
    PARTY = "party"  # of whom the record with this number speaks
    DECIDERS = "deciders"  # the body that decides about it: who may decide
    SUSPENDERS = "suspenders"  # of the body of the record: who signs a suspension
    HEARERS = "hearers"  # the body that hears the appeal against it
    REVIEWED = "reviewed"  # the owner of the notice, unless the review is a clue
    BODY_ASKED = "body_asked"  # the organisation that the entry's `to` names
    ASKER = "asker"  # of the body that the entry names: who oversees
    CARDED = "carded"  # the body that the card with this number is about
    CARD_ISSUERS = "card_issuers"  # of the managing authority: who issues cards
    AUTHORITY = "authority"  # of the managing authority: who assigns and is told
    CARD_SUPERIOR = "card_superior"  # of a red card alone: above its body, or the authority
    CASE_HANDLERS = "case_handlers"  # of the body that answers for the case
    CASE_CALLERS = "case_callers"  # who calls back
    CASE_KEEPER = "case_keeper"  # whose case it is from now on
    CASE_ORDERER = "case_orderer"  # of the body that ordered it from above
    EVALUATED = "evaluated"  # the side of a matter of which the entry's evaluation speaks
    EVALUATOR = "evaluator"  # the side that evaluated
    EVALUATION_BODY = "evaluation_body"  # the body that the entry names: who decides the appeal
    RESPONSIBLE = "responsible"  # the organisation or person that the window of the entry waits for


_CHANGES = (
    *("accepted", "adopted", "closed", "confirmed", "dropped", "proposed", "questioned"),
    *("cancel_asked", "cancel_objected", "change_agreed", "change_asked", "change_refused"),
    *("change_void", "change_withdrawn", "changed", "dispute_ended", "receipt_lapsed"),
    *("settlement_due", "terminated", "unsettled"),
)
"""What happens to a contract is told to both of its sides, but what one side does for the other."""
_TO_OWNER = (
    *("claim_asked", "delivered", "demanded", "not_received", "pay_found", "pay_reminded"),
    *("progressed", "received", "started"),
)
_TO_WINNER = ("claim_answered", "disputed", "paid", "returned")
LETTERS: dict[str, tuple[To, ...]] = {
    "identity.asked": (To.CLAIMANT, To.IDENTITY_CHECKERS),
    "identity.passed_on": (To.IDENTITY_CHECKERS,),
    "identity.checked": (To.CLAIMANT,),
    "identity.refused": (To.CLAIMANT,),
    "identity.overdue": (To.IDENTITY_CHECKERS, To.INSPECTORS),
    "complaint.hold_began": (To.COMPLAINANT, To.BODY),
    "tip.added": (To.TIP_READERS,),
    "tip.received": (To.TIP_READERS,),
    "tip.to_hand_over": (To.TIP_SENDERS,),
    "tip.ask_due": (To.TIP_SENDERS,),
    "enrolment.submitted": (To.CHECKERS,),
    "enrolment.returned": (To.APPLICANT,),
    "enrolment.refusal_proposed": (To.APPLICANT, To.HEADS),
    "enrolment.lapsed": (To.APPLICANT,),
    "enrolment.refused": (To.APPLICANT,),
    "enrolment.passed": (To.APPLICANT,),
    "enrolment.documents_deferred": (To.AGENCY,),
    "enrolment.document_submitted": (To.CHECKERS,),
    "enrolment.document_returned": (To.AGENCY,),
    "enrolment.documents_completed": (To.AGENCY,),
    "agency.revocation_opened": (To.AGENCY, To.CHECKERS, To.HEADS, To.SECTOR),
    "agency.revocation_proposed": (To.HEADS,),
    "agency.due_renewed": (To.AGENCY,),
    "agency.case_stated": (To.HEADS,),
    "agency.suspension_proposed": (To.AGENCY, To.HEADS),
    "agency.suspension_dropped": (To.AGENCY,),
    **dict.fromkeys(("agency.suspended", "agency.reinstated"), (To.AGENCY,)),
    "agency.line_lapsed": (To.AGENCY,),
    "agency.qualification_expiring": (To.AGENCY,),
    "agency.objection_filed": (To.AGENCY, To.CHECKERS),
    "agency.objection_decided": (To.AGENCY,),
    "agency.revoked": (To.AGENCY,),
    "agency.kept": (To.AGENCY,),
    "agency.exit_asked": (To.CHECKERS,),
    "agency.exit_withdrawn": (To.CHECKERS,),
    "agency.exited": (To.AGENCY,),
    "agency.removal_proposed": (To.AGENCY, To.HEADS),
    "agency.removal_dropped": (To.AGENCY,),
    "agency.removed": (To.AGENCY, To.AUTHORITY),
    "agency.addition_requested": (To.CHECKERS,),
    "agency.addition_returned": (To.AGENCY,),
    "agency.lines_opened": (To.AGENCY,),
    "agency.representative_told": (To.CHECKERS,),
    "agency.representative_confirmed": (To.AGENCY,),
    "agency.representative_returned": (To.AGENCY,),
    "owner.registered": (To.CHECKERS,),
    "owner.returned": (To.OWNER,),
    "owner.approved": (To.OWNER,),
    "owner.refused": (To.OWNER,),
    "owner.resubmitted": (To.CHECKERS,),
    "owner.refusal_proposed": (To.HEADS,),
    "owner.refusal_dropped": (To.CHECKERS,),
    "notice.submitted": (To.REVIEWERS,),
    "notice.returned": (To.OWNER,),
    "notice.refused": (To.OWNER,),
    "notice.opened": (To.OWNER, To.QUALIFIED),
    "choice.opened": (To.OWNER,),
    "shortlist.drawn": (To.OWNER, To.ENTRANTS),
    "direct.offered": (To.ASKED,),
    "direct.answered": (To.OWNER,),
    "letters.fixed": (To.JURORS,),
    **dict.fromkeys(("juror.replaced", "jurors.drawn"), (To.OWNER, To.JURORS)),
    **dict.fromkeys(("expert.applied", "expert.proposed"), (To.POOL_BODY,)),
    "expert.decided": (To.EXPERT, To.POOL_BODY),
    "sheets.closed": (To.OWNER,),
    "auction.opened": (To.OWNER, To.BIDDERS),
    "auction.frozen": (To.OWNER, To.BIDDERS, To.REVIEWERS),
    "auction.resumed": (To.OWNER, To.BIDDERS),
    "notice.amended": (To.OWNER, To.QUALIFIED),
    "notice.cancelled": (To.OWNER, To.QUALIFIED),
    "amendment.asked": (To.REVIEWERS,),
    "pause.asked": (To.REVIEWERS, To.REGULATOR),
    "pause.began": (To.OWNER,),
    "pause.refused": (To.OWNER,),
    "pause.ended": (To.OWNER, To.QUALIFIED),
    "amendment.refused": (To.OWNER,),
    "question.asked": (To.OWNER,),
    "question.answered": (To.OWNER, To.QUALIFIED),
    "attachment.accused": (To.OWNER, To.REVIEWERS, To.HEADS),
    "attachment.kept": (To.OWNER,),
    "attachment.withdrawn": (To.OWNER, To.REVIEWERS),
    "notice.relisted": (To.OWNER, To.ENTRANTS),
    "selection.failed": (To.OWNER, To.ENTRANTS),
    "draw.postponed": (To.OWNER, To.ENTRANTS),
    "drain.cut": (To.OWNER, To.HEADS),
    "entry.received": (To.ENTRANT,),
    "entry.withdrawn": (To.ENTRANT,),
    "result.published": (To.OWNER, To.WINNER, To.ENTRANTS),
    "result.held": (To.OWNER, To.WINNER),
    "result.released": (To.OWNER, To.WINNER),
    "result.annulled": (To.OWNER, To.ENTRANTS),
    "result.skip": (To.OWNER, To.SKIPPED, To.ENTRANTS),
    "award.offered": (To.OWNER, To.WINNER),
    "award.lapsed": (To.OWNER, To.WINNER),
    "award.blocked": (To.OWNER, To.WINNER),
    "award.issued": (To.OWNER, To.WINNER),
    "award.void": (To.OWNER, To.WINNER),
    "award.declined": (To.OWNER,),
    "award.held": (To.OWNER, To.WINNER),
    "award.resumed": (To.OWNER, To.WINNER),
    "award.contract_overdue": (To.OWNER, To.WINNER),
    "award.contracted": (To.WINNER,),
    "award.qualification_lapsed": (To.OWNER, To.REGULATOR),
    "award.hearing_opened": (To.OWNER, To.WINNER),
    "award.finding_due": (To.FINDERS,),
    "award.fault_proposed": (To.FINDERS,),
    "award.fault_returned": (To.FINDERS,),
    "award.fault_found": (To.OWNER, To.WINNER, To.INSPECTORS),
    "award.finding_escalated": (To.FINDERS, To.OWNER, To.WINNER, To.INSPECTORS),
    "award.unsigned_ended": (To.OWNER, To.WINNER),
    **{f"contract.{end}": (To.OWNER, To.WINNER) for end in _CHANGES},
    **{f"contract.{end}": (To.OWNER,) for end in _TO_OWNER},
    **{f"contract.{end}": (To.WINNER,) for end in _TO_WINNER},
    "card.proposed": (To.CARDED,),
    "card.stated": (To.CARD_ISSUERS,),
    "card.decided": (To.CARDED, To.CARD_SUPERIOR),
    "card.planned": (To.CARD_ISSUERS,),
    "card.withdrawn": (To.CARDED, To.CARD_SUPERIOR),
    "case.opened": (To.CASE_HANDLERS,),
    "case.rectified": (To.CASE_CALLERS,),
    "case.called_back": (To.CASE_HANDLERS,),
    "case.assigned": (To.CASE_KEEPER,),
    "case.supervised": (To.CASE_HANDLERS,),
    "case.reported": (To.CASE_ORDERER,),
    "pain.listed": (To.CASE_HANDLERS,),
    "evaluation.asked": (To.OWNER, To.WINNER),
    "evaluation.opened": (To.EVALUATED,),
    "evaluation.replied": (To.EVALUATOR,),
    "evaluation.followed": (To.EVALUATED,),
    "evaluation.appealed": (To.EVALUATOR, To.EVALUATION_BODY),
    "evaluation.answered": (To.EVALUATION_BODY,),
    "evaluation.appeal_decided": (To.EVALUATED, To.EVALUATOR),
    "complaint.filed": (To.COMPLAINANT, To.BODY),
    "complaint.transferred": (To.COMPLAINANT, To.BODY),
    "complaint.reassigned": (To.COMPLAINANT, To.BODY),
    "complaint.completion_asked": (To.COMPLAINANT,),
    "complaint.completed": (To.BODY,),
    "complaint.accepted": (To.COMPLAINANT, To.RESPONDENT),
    "complaint.not_accepted": (To.COMPLAINANT,),
    "complaint.withdrawn": (To.BODY, To.RESPONDENT),
    "complaint.withdrawal_noted": (To.COMPLAINANT, To.BODY, To.RESPONDENT),
    "complaint.violation_found": (To.INSPECTORS,),
    "complaint.answer_asked": (To.RESPONDENT,),
    "complaint.answered": (To.BODY,),
    "complaint.paused": (To.COMPLAINANT, To.RESPONDENT),
    "complaint.resumed": (To.COMPLAINANT, To.RESPONDENT),
    "complaint.acceptance_overdue": (To.COMPLAINANT, To.BODY, To.SUPERIOR, To.INSPECTORS),
    "complaint.decision_overdue": (To.COMPLAINANT, To.BODY, To.SUPERIOR, To.INSPECTORS),
    "complaint.transfer_overdue": (To.SUPERIOR, To.INSPECTORS),
    "complaint.escalated": (To.COMPLAINANT, To.BODY, To.INSPECTORS),
    "complaint.decided": (To.COMPLAINANT, To.RESPONDENT),
    "complaint.remedy_acted": (To.COMPLAINANT, To.RESPONDENT, To.BODY),
    "complaint.fabrication_found": (To.COMPLAINANT, To.REGULATOR, To.INSPECTORS),
    "complaint.decision_published": (To.COMPLAINANT, To.RESPONDENT),
    "complaint.completion_lapsed": (To.COMPLAINANT, To.BODY),
    "complaint.hold_continued": (To.COMPLAINANT, To.RESPONDENT),
    "complaint.hold_lapsed": (To.COMPLAINANT, To.BODY),
    "complaint.joined": (To.COMPLAINANT, To.ASSISTING),
    "complaint.opinion_given": (To.BODY,),
    "complaint.opinion_overdue": (To.BODY, To.SUPERIOR, To.INSPECTORS),
    "complaint.taken_in": (To.COMPLAINANT,),
    "complaint.remedied": (To.COMPLAINANT,),
    "complaint.closed": (To.COMPLAINANT,),
    "credit.proposed": (To.PARTY, To.DECIDERS),
    "credit.stated": (To.DECIDERS,),
    "credit.decided": (To.PARTY,),
    "credit.appealed": (To.HEARERS,),
    "credit.appeal_decided": (To.PARTY,),
    "credit.repair_asked": (To.DECIDERS,),
    "credit.repair_decided": (To.PARTY,),
    "credit.expired": (To.PARTY,),
    "credit.suspension_proposed": (To.PARTY, To.SUSPENDERS),
    "credit.suspension_stated": (To.SUSPENDERS,),
    "credit.suspension_decided": (To.PARTY,),
    "credit.suspension_ended": (To.PARTY,),
    "credit.removal_ended": (To.PARTY,),
    "credit.talk_called": (To.PARTY,),
    "credit.talk_held": (To.PARTY,),
    "credit.talk_ended": (To.DECIDERS,),
    "behaviour.basis_proposed": (To.EDITORS,),
    "oversight.reviewed": (To.REVIEWED,),
    "oversight.asked": (To.BODY_ASKED,),
    "oversight.answered": (To.ASKER,),
    "suspension.ordered": (To.OWNER, To.INSPECTORS),
    "suspension.ended": (To.OWNER, To.INSPECTORS),
    "calendar.missing": (To.EDITORS,),
    "calendar.imported": (To.EDITORS,),
    "rulebook.proposed": (To.EDITORS,),
    "window.reminded": (To.RESPONSIBLE,),
    "window.overdue": (To.RESPONSIBLE,),
    "window.moved": (To.RESPONSIBLE,),
    "window.confirmed": (To.RESPONSIBLE,),
    "window.held": (To.RESPONSIBLE, To.EDITORS),
}

SILENT = frozenset(
    {
        *(f"account.{each}" for each in ("claimed", "disabled", "enabled")),
        *(f"account.{each}" for each in ("opened", "restored", "verified")),
        "agency.activated",
        *(f"attachment.{each}" for each in ("published", "superseded")),
        "auction.bid",
        "auction.closed",
        "award.confirmed",
        "award.offer_void",
        "award.side_stated",
        "behaviour.basis_decided",
        "calendar.approved",
        "calendar.rejected",
        "card.referred",
        "card.talked",
        "pain.moved",
        *(f"answer.{each}" for each in ("published", "withdrawn")),
        *(f"case.{each}" for each in ("contacted", "extended", "praised")),
        *(f"case.{each}" for each in ("met", "transferred", "back")),
        *(f"catalogue.item_{each}" for each in ("abolished", "published")),
        *(f"catalogue.zone_{each}" for each in ("published", "withdrawn")),
        "catalogue.deferrable_published",
        "complaint.called_back",
        "complaint.ended_on_notice",
        "complaint.open_on_notice",
        "complaint.rated",
        *(f"clue.{each}" for each in ("made", "exported", "handed_over", "asked_after")),
        "credit.frozen",
        "credit.removal_in_force",
        *(f"direct.{each}" for each in ("listed", "part")),
        "finance.imported",
        "proposal.unopened",
        "draw.result",
        "enrolment.document_accepted",
        "entries.closed",
        "entries.listed",
        "entries.part",
        "entries.sealed",
        "entry.late",
        "evaluation.corrected",
        "evaluation.sealed",
        "evaluation.unrated",
        "expert.left",
        "jurors.listed",
        "jurors.named",
        "jurors.pool",
        "lot.drawn",
        "lot.fixed",
        "key.rotated",
        "letters.opened",
        "member.added",
        "member.changed",
        "member.ended",
        "notice.published",
        "opendata.published",
        "organisation.amended",
        "organisation.created",
        "oversight.kept",
        "oversight.sampled",
        "owner.chose",
        "payload.erased",
        *(f"quote.{each}" for each in ("escrowed", "key")),
        "quotes.opened",
        "quotes.part",
        "ranking.result",
        "rating.given",
        "result.final",
        "result.stood",
        "rulebook.approved",
        "rulebook.rejected",
        "sample.listed",
        "sample.planned",
        "screening.passed",
        "sheet.opened",
        "sheet.sealed",
        "source.anchor",
        "source.failed",
        "source.lost",
        "source.value",
        "tip.asked_after",
        "tip.closed",
        "tip.handed_over",
        "tip.looked_at",
        *(f"window.{each}" for each in ("closed", "doubted", "opened")),
        *(f"window.{each}" for each in ("paused", "resumed", "settled")),
    }
)
"""Facts that nobody is written to about: another fact of the same moment tells it, or only the log's readers need it."""

OWN_FACT = {
    "complaint.accept": "complaint.acceptance_overdue",
    "complaint.decide": "complaint.decision_overdue",
    "contracts.sign": "award.contract_overdue",
    "agencies.deferred": "agency.revocation_opened",
}
"""Kinds of windows whose lateness has a fact of its own, told to whoever owes it: it is told once."""
SOON = dt.timedelta(days=3)
"""A notice that closes this soon is told at once to those who may enter; others come in the day's digest."""


@dataclasses.dataclass(frozen=True)
class Told:
    """A letter before it is written: to whom, in what language, about which entry."""

    person_id: int
    login: str
    language: str
    to: To


@dataclasses.dataclass(frozen=True)
class Matter:
    """What a letter is about: the name of the matter, and the end (exclusive) of what it asks."""

    name: str = ""
    until: dt.datetime | None = None


@dataclasses.dataclass(frozen=True)
class NewNotice:
    """A notice in a digest; `index` is its place in the log."""

    index: int
    number: str
    title: str
    closes_at: dt.datetime
