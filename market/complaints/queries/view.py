"""One complaint, as each may see it: the public, the complainant, the respondent, the bodies."""

import dataclasses
import datetime as dt

from market.accounts import queries as accounts
from market.complaints.models import Complaint, Finding
from market.complaints.queries.dossier import (
    PARTS,
    SERVED,
    Dossier,
    Exhibit,
    Ruling,
    _dossier,
    _rulings,
    exhibits,
)
from market.complaints.queries.erasures import Erased, erased
from market.complaints.queries.register import Row, body_names, public_row
from market.complaints.queries.relation import (
    CONFIDANTS,
    INSIDERS,
    Relation,
    _assistants,
    _entered,
    relation_of,
)
from market.complaints.queries.rows import by_key
from market.complaints.queries.standing import Part, parts_of
from market.complaints.rules import (
    HANDLED,
    CallbackResult,
    Channel,
    Complainant,
    ProposalState,
    Reason,
    Respondent,
    State,
)
from market.db import Work
from market.windows import queries as windows_queries


@dataclasses.dataclass(frozen=True)
class Content:
    """What the parties see: the respondent the allegations, the confidants also who makes them."""

    respondent: Respondent
    matters: str
    request: str
    complainant: Complainant
    name: str | None  # None: hidden from this reader
    phone: str | None
    channel: Channel
    external_number: str | None
    completion_request: str
    completion: str
    answer: str | None  # None: not for this reader
    exhibits: tuple[Exhibit, ...]
    salt: str | None
    digest: str | None


@dataclasses.dataclass(frozen=True)
class Card:
    """A complaint for one reader. `content` and `dossier` are None for those who may not see them."""

    relation: Relation
    parts: frozenset[Part]
    public: Row
    body: accounts.OrganisationCard
    reason: Reason | None
    act_on: dt.date | None
    received_at: dt.datetime | None
    accepted_at: dt.datetime | None
    completion_asked_at: dt.datetime | None
    answer_asked_at: dt.datetime | None
    answered_at: dt.datetime | None
    published_at: dt.datetime | None
    public_text: str
    hold_ended_at: dt.datetime | None
    hold_reasons: str
    callback_result: CallbackResult | None
    rating: int | None
    withdrawn_at: dt.datetime | None
    has_finding: bool  # for its parties: a withdrawal does not end it
    is_past_due: bool  # what is owed now is overdue, whoever has it
    joint: tuple[str, ...]
    windows: tuple[windows_queries.Due, ...]
    content: Content | None
    ruling: Ruling | None  # the signed one that a party was served with
    dossier: Dossier | None
    erased: Erased | None = None  # then nobody sees content, ruling or dossier any more

    @property
    def number(self) -> str:
        return self.public.number

    @property
    def state(self) -> State:
        return self.public.state


FACTS = (
    "reason",
    "act_on",
    "received_at",
    "accepted_at",
    "completion_asked_at",
    "answer_asked_at",
    "answered_at",
    "published_at",
    "public_text",
    "hold_ended_at",
    "hold_reasons",
    "callback_result",
    "rating",
    "withdrawn_at",
)
"""What a card shows of the complaint's own row, by the same names."""


def view(work: Work, number: str) -> Card:
    """A complaint for the actor. Refuses `complaint.none`."""
    row = by_key(work, number)
    relation = relation_of(work, row)
    signed = [ruling for ruling in _rulings(work, row) if ruling.state is ProposalState.SIGNED]
    gone = erased(work, [number]).get(number)
    is_party = relation not in (Relation.PUBLIC, Relation.REGISTRAR) and gone is None
    is_reader = relation is not Relation.PUBLIC and gone is None
    return Card(
        relation=relation,
        parts=parts_of(work, row),
        body=accounts.organisation(work, row.body_id),
        public=public_row(row, body_names(work), knows=is_reader),
        windows=tuple(windows_queries.of_subject(work, number)),
        has_finding=is_party and work.session.get(Finding, row.id) is not None,
        is_past_due=_is_past_due(row),
        joint=tuple(card.name for card, _ in _assistants(work, row) if card.id != row.body_id),
        content=_content(work, row, relation) if is_reader else None,
        ruling=signed[-1] if signed and is_party and signed[-1].kind in SERVED else None,
        dossier=_dossier(work, row) if relation in INSIDERS and gone is None else None,
        erased=gone,
        **{name: getattr(row, name) for name in FACTS},
    )


def _is_past_due(row: Complaint) -> bool:
    late = row.acceptance_overdue_at if row.accepted_at is None else row.decision_overdue_at
    return late is not None and row.state in HANDLED


def _content(work: Work, row: Complaint, relation: Relation) -> Content:
    knows = (is_confidant := relation in CONFIDANTS) or _entered(work, row)
    shows_name = knows or (
        row.complainant_kind is Complainant.ORGANISATION and not row.hides_complainant
    )
    return Content(
        respondent=row.respondent,
        matters=row.matters,
        request=row.request,
        complainant=row.complainant_kind,
        name=row.complainant_name if shows_name else None,
        phone=row.complainant_phone if knows else None,
        channel=row.channel,
        external_number=row.external_number if knows else None,
        completion_request=row.completion_request if is_confidant else "",
        completion=row.completion if is_confidant else "",
        answer=None
        if relation in (Relation.REGISTRAR, Relation.COMPLAINANT, Relation.CALLER)
        else row.answer,
        exhibits=exhibits(work, row.id, PARTS.get(relation)),
        salt=row.salt if knows else None,
        digest=row.commit_digest if knows else None,
    )
