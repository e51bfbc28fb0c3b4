"""Who may handle a complaint, and what may be decided about it (decisions 18-21;
docs/rules.md#duties, separations 2, 4, 6, 11).
"""

import dataclasses
import enum
import re
from collections.abc import Callable, Collection, Mapping, Sequence

from market.complaints.rules.states import State
from market.kernel.errors import Invalid
from market.kernel.states import move
from market.selection.notices.rules.states import AUCTIONING, RELISTABLE, NoticeState


class Reason(enum.StrEnum):
    """Why a complaint is not accepted. A complaint that came to the wrong body is transferred,
    never refused for it.
    """

    LATE = "late"
    NOT_SUBJECT = "not_subject"
    NO_FACTS = "no_facts"
    NOT_COMPLETED = "not_completed"
    NOT_VERIFIED = "not_verified"
    SAME_FACTS = "same_facts"
    OTHER_PROCEDURE = (
        "other_procedure"  # the matter is before a court, an arbitrator or a review body
    )


class Outcome(enum.StrEnum):
    """What the decision says."""

    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"


class Remedy(enum.StrEnum):
    """What a complaint that is upheld sets in motion."""

    DISQUALIFY = "disqualify"  # these five act by themselves on the selection, at the signature
    ANNUL_TO_NEXT = "annul_to_next"
    RELIST = "relist"  # signed while the selection is being drawn: as soon as its result is out
    AMEND = "amend"
    TERMINATE = "terminate"  # ends the contract that was signed meanwhile
    RECTIFY = "rectify"  # an order, followed up until it is carried out


RESULT_STANDS = frozenset({NoticeState.ANNOUNCED, NoticeState.HELD, NoticeState.AWARDED})
DRAWING = AUCTIONING | frozenset(
    {
        NoticeState.SEALED,
        NoticeState.WAITING_VALUE,
        NoticeState.SCORING,
        NoticeState.SHORTLISTED,
    }
)
UNDECIDED = DRAWING | {NoticeState.CHOOSING, NoticeState.OFFERED}
"""Until the result: what asks for one waits."""
PERFORMING = frozenset({NoticeState.CONTRACTED, NoticeState.IN_SERVICE, NoticeState.DELIVERED})
"""Both sides have confirmed a contract: nobody follows in the order any more (docs/rules.md#rule-11)."""
POSSIBLE = {
    Remedy.DISQUALIFY: RESULT_STANDS,
    Remedy.ANNUL_TO_NEXT: RESULT_STANDS,
    Remedy.RELIST: RESULT_STANDS | RELISTABLE | DRAWING | PERFORMING | {NoticeState.ENTRY_OPEN},
    Remedy.AMEND: frozenset({NoticeState.ENTRY_OPEN}),
    Remedy.TERMINATE: PERFORMING,
}
"""The states of a notice in which a remedy can be carried out; the conduct of a party can always be put right."""
NUMBERS = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
EXCLUSIVE = frozenset(Remedy) - {Remedy.RECTIFY}
"""A selection can go only one way."""


@dataclasses.dataclass(frozen=True)
class AfterContract:
    """What the room of contracts does for a decision: says whether the contract of a notice can still
    be ended, and ends it. A unit of work is the first argument of both.
    """

    can_end: Callable[..., bool]
    end: Callable[..., None]


class Measure(enum.StrEnum):
    """What follows from a fabrication by itself."""

    SUSPENSION = "suspension"  # of new entries, proposed; another person signs
    REMINDER = "reminder"


class Violation(enum.StrEnum):
    """What the investigation may find that is too grave to be left alone when the complainant takes
    his complaint back.
    """

    COLLUSION = "collusion"
    FORGERY = "forgery"
    BRIBERY = "bribery"
    INTERFERENCE = "interference"
    OTHER = "other"


class ProposalKind(enum.StrEnum):
    """What an officer puts before the signatory."""

    ACCEPT = "accept"
    NOT_ACCEPT = "not_accept"
    DECIDE = "decide"
    WITHDRAW = "withdraw"  # of a complaint that staff registered: its complainant has no account


class ProposalState(enum.StrEnum):
    """A proposal waits for the second person, who signs it or returns it; it dies with the
    complaint.
    """

    PROPOSED = "proposed"
    SIGNED = "signed"
    RETURNED = "returned"
    VOID = "void"


PROPOSAL_NEXT = {
    ProposalState.PROPOSED: frozenset(
        {ProposalState.SIGNED, ProposalState.RETURNED, ProposalState.VOID}
    )
}


class CallbackResult(enum.StrEnum):
    """What the complainant said when he was called back (Yueyang: 回访确认)."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNREACHABLE = "unreachable"


class Level(enum.IntEnum):
    """The five levels of 好差评 (Ruichang (七))."""

    VERY_BAD = 1
    BAD = 2
    FAIR = 3
    GOOD = 4
    VERY_GOOD = 5


@dataclasses.dataclass(frozen=True)
class Party:
    """An organisation by the two things that tell it: our id, and its credit code (one bureau may
    be owner and regulator).
    """

    id: int | None
    uscc: str | None = None

    def is_same(self, other: "Party") -> bool:
        return (self.id is not None and self.id == other.id) or (
            self.uscc is not None and self.uscc == other.uscc
        )


@dataclasses.dataclass(frozen=True)
class Matter:
    """What recusal is judged by. Ids are of persons and organisations."""

    reviewers: Collection[int] = ()
    interested: Collection[int] = ()
    complainant: int | None = None
    complaining_organisation: int | None = None
    parties: Sequence[Party] = ()


def why_recused(person_id: int, memberships: Sequence[Party], matter: Matter) -> str | None:
    """Why this person may not touch this complaint, or None (docs/rules.md#separation-2; decision
    19).

    Codes: complainant, reviewer (he checked or published the notice), member (of owner, respondent
    or the complaining
    organisation), interest (declared).
    """
    if person_id == matter.complainant:
        return "complainant"
    if person_id in matter.reviewers:
        return "reviewer"
    complaining = Party(matter.complaining_organisation)
    if any(mine.is_same(party) for mine in memberships for party in (*matter.parties, complaining)):
        return "member"
    return "interest" if person_id in matter.interested else None


def why_body_out(body: Party, parties: Mapping[str, Party]) -> str | None:
    """Why this body may not hear the complaint: the role in which it is concerned (owner,
    respondent), or None.

    docs/rules.md#separation-11: a sector regulator is often the owner himself.
    """
    return next((role for role, party in parties.items() if body.is_same(party)), None)


def receiving_body(
    chosen: Party, others: Sequence[Party], parties: Mapping[str, Party], able: Collection[int]
) -> tuple[Party, str | None]:
    """The body that receives the complaint and, when the chosen one is out, why: a role, or "staff"
    when it has no two people who need not keep out. `able` are the ids of bodies that have.

    `others` are tried in their order: the other door, then the body that the rulebook names
    (self_complaint_body), then the authority. When all are concerned, the last of them keeps it:
    somebody must, and can look outside.
    """
    concerned = why_body_out(chosen, parties)
    if concerned is None and chosen.id in able:
        return chosen, None
    free = [body for body in others if why_body_out(body, parties) is None]
    best = next((body for body in free if body.id in able), None)
    if best is None and concerned is None:
        return chosen, None
    return best or (free or list(others)[-1:] or [chosen])[0], concerned or "staff"


def check_decision(outcome: Outcome, remedies: Mapping[Remedy, str], is_fabricated: bool) -> None:
    """Refuse a decision that contradicts itself. `remedies` maps each to the agency it concerns (""
    for none).

    Refused: `complaint.remedy_missing`, `complaint.remedy_without_fault`,
    `complaint.remedies_exclude`,
    `complaint.remedy_needs_agency`, `complaint.fabrication_upheld`.
    """
    if outcome is Outcome.DISMISSED and remedies:
        raise Invalid("complaint.remedy_without_fault", field="remedies")
    if outcome is not Outcome.DISMISSED and not remedies:
        raise Invalid("complaint.remedy_missing", field="remedies")
    if outcome is not Outcome.DISMISSED and is_fabricated:
        raise Invalid("complaint.fabrication_upheld", field="fabricated")
    if len(EXCLUSIVE & remedies.keys()) > 1:
        raise Invalid("complaint.remedies_exclude", field="remedies")
    if Remedy.DISQUALIFY in remedies and not remedies[Remedy.DISQUALIFY]:
        raise Invalid("complaint.remedy_needs_agency", field="agency_ref")


def check_corrected(remedies: Collection[Remedy], corrected: Collection[str]) -> None:
    """New words for a notice (`corrected`: the fields) come with the order to amend it, and that
    order with new words.

    Refused: `complaint.correction_missing`, `complaint.correction_not_ordered`.
    """
    if (Remedy.AMEND in remedies) is not bool(corrected):
        raise Invalid(
            "complaint.correction_not_ordered" if corrected else "complaint.correction_missing",
            field="remedies",
        )


def check_possible(
    remedies: Mapping[Remedy, str], state: NoticeState | None, refs: Collection[str]
) -> None:
    """Refuse a remedy that the selection cannot take now: asked when it is proposed and again when
    it is signed.

    `state` is the notice's, SEALED once its close is past, None of a conduct complaint; `refs` who
    stands in the order.
    Refused: `complaint.remedy_waits` (before the result), `complaint.remedy_impossible`,
    `complaint.remedy_no_entrant`.
    """
    for remedy in remedies:
        if remedy not in POSSIBLE or state in POSSIBLE[remedy]:
            continue
        raise Invalid(
            "complaint.remedy_waits"
            if state in UNDECIDED and remedy is not Remedy.AMEND
            else "complaint.remedy_impossible",
            field="remedies",
        )
    if Remedy.DISQUALIFY in remedies and remedies[Remedy.DISQUALIFY] not in refs:
        raise Invalid(
            "complaint.remedy_no_entrant", field="agency_ref", ref=remedies[Remedy.DISQUALIFY]
        )


def possible(state: NoticeState | None) -> list[Remedy]:
    """The remedies that a selection in this state can take, or that wait for none."""
    return [remedy for remedy in Remedy if remedy not in POSSIBLE or state in POSSIBLE[remedy]]


def check_redacted(text: str, personal: Sequence[str]) -> None:
    """Refuse `complaint.personal_data_left` while the text that is to be published names the
    complainant or holds anything like an identity or a mobile telephone number (decision 21).
    """
    found = next((part for part in personal if part and part in text), None) or NUMBERS.search(text)
    if found:
        raise Invalid(
            "complaint.personal_data_left",
            field="text",
            found=found if isinstance(found, str) else found[0],
        )


def move_proposal(old: ProposalState, new: ProposalState) -> ProposalState:
    """The step, or the refusal `complaint.proposal_done`: another person was first."""
    return move(PROPOSAL_NEXT, old, new, "complaint.proposal_done")


def check_callback(result: CallbackResult | None, *, is_withdrawn: bool) -> None:
    """Whoever took his complaint back is not called: None is noted then, and only then.

    Refused: `complaint.nobody_to_call`, `complaint.no_callback_result`.
    """
    if is_withdrawn is not (result is None):
        raise Invalid(
            "complaint.nobody_to_call" if is_withdrawn else "complaint.no_callback_result",
            field="result",
        )


def after_callback(result: CallbackResult | None, outcome: Outcome) -> State:
    """Where a complaint goes after the call: back to be put right when it was not, else closed
    (Yueyang: 挂账销号).
    """
    if result is CallbackResult.UNSATISFIED and outcome is not Outcome.DISMISSED:
        return State.REMEDYING
    return State.CLOSED
