"""One thing that can be done with a complaint: to whom it is offered, and what its form says to the service."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from market.complaints import forms
from market.complaints.permissions import MAY
from market.complaints.queries import Card, Part, Relation
from market.complaints.rules import Channel, ProposalState, Remedy, State
from market.kernel.actor import Actor
from market.kernel.permits import holds
from market.web.forms import Form

Values = Callable[[Any], Mapping[str, object]]
PARTIES = frozenset({Relation.COMPLAINANT, Relation.RESPONDENT})


def plain(form: Form) -> Mapping[str, object]:
    """A form's fields as the service's arguments of the same names; an empty text is "" ."""
    return {
        field.short_name: "" if field.data is None else field.data
        for field in form
        if field.short_name != "csrf_token"
    }


def decided(form: forms.Decide) -> Mapping[str, object]:
    """The proposal of a decision."""
    return {
        "outcome": form.outcome.data,
        "reasons": form.reasons.data,
        "legal_basis": form.legal_basis.data,
        "remedy_note": form.remedy_note.data,
        "is_fabricated": form.fabricated.data,
        "shown": form.shown.data or "",
        "texts": form.said(),
        "remedies": {
            remedy: form.agency_ref.data or "" if remedy is Remedy.DISQUALIFY else ""
            for remedy in form.remedies.data or ()
        },
    }


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that can be done. It is offered to those `relations` in those `states` who hold the
    action `may`, when `fits` the complaint; of the bodies' people to those who have one of the
    `parts`. The service asks all of it again.
    """

    name: str
    may: str
    title: object
    done: object
    form: type[Form]
    act: Callable[..., object]
    states: frozenset[State]
    relations: frozenset[Relation] = frozenset({Relation.BODY})
    parts: frozenset[Part] = frozenset({Part.LEAD})
    values: Values = plain
    fits: Callable[[Card], bool] = lambda card: True
    template: str = "complaints/deed.html"
    button: object = None  # what the button says, when it is not the title

    def is_his(self, card: Card) -> bool:
        """Whether it is this reader's to do, at one time or another."""
        return card.relation in self.relations and (
            card.relation in PARTIES or not self.parts.isdisjoint(card.parts)
        )

    def is_offered(self, card: Card, actor: Actor) -> bool:
        return (
            self.is_his(card)
            and card.state in self.states
            and holds(actor, MAY[self.may])
            and self.fits(card)
        )


def among(*states: State) -> frozenset[State]:
    return frozenset(states)


def having(*parts: Part) -> frozenset[Part]:
    return frozenset(parts)


def unruled(card: Card) -> bool:
    """The acceptance decision is owed and nothing waits for a signature."""
    return card.accepted_at is None and not has_waiting(card)


def undecided(card: Card) -> bool:
    """The decision is owed and nothing waits for a signature."""
    return card.accepted_at is not None and not has_waiting(card)


def has_waiting(card: Card) -> bool:
    return card.dossier is not None and any(
        ruling.state is ProposalState.PROPOSED for ruling in card.dossier.rulings
    )


def is_registered(card: Card) -> bool:
    """Whether staff registered it: its complainant has no account, so the body enters what he says."""
    return card.content is not None and card.content.channel is not Channel.ONLINE


def is_capped(card: Card) -> bool:
    return any(due.kind == "complaint.hold_cap" and due.state == "open" for due in card.windows)
