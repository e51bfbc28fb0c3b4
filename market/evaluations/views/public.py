"""What everybody reads: the evaluations of a matter, of an agency, of an owner."""

from flask import render_template

from market.agencies import queries as agencies
from market.db import reading
from market.evaluations import queries, words
from market.evaluations.rules import WEIGHTS, By, Standing
from market.evaluations.views.blueprint import bp
from market.kernel.errors import NotFound
from market.owners import queries as owners
from market.owners.rules import Kind as OwnerKind
from market.owners.rules import State as OwnerState
from market.rulebook import queries as rulebooks
from market.web.auth import current_actor, page


@bp.get("/contracts/<number:number>/evaluation")
@page(may="public")
def show(number: str) -> str:
    """What both sides of a matter said of each other, once it is open; its own to each before."""
    work = reading(current_actor())
    pair = queries.both(work, number)
    return render_template(
        "evaluations/matter.html",
        pair=pair,
        deeds=queries.deeds(work, pair),
        words=words,
        weights=WEIGHTS,
    )


@bp.get("/agencies/<uscc:uscc>/evaluations")
@page(may="public")
def of_agency(uscc: str) -> str:
    """How owners evaluate an agency."""
    work = reading(current_actor())
    card = agencies.agency(work, uscc)
    return _list(card.name, card.organisation_id, By.OWNER)


@bp.get("/owners/<number:number>/evaluations")
@page(may="public")
def of_owner(number: str) -> str:
    """How agencies evaluate an owner; of a natural person there is no such page."""
    work = reading(current_actor())
    card = owners.by_number(work, number).card
    if card.kind is OwnerKind.PERSON or card.state is not OwnerState.APPROVED:
        raise NotFound("owners.none")
    return _list(card.name, card.organisation_id, By.AGENCY)


def _list(name: str, organisation_id: int, by: By) -> str:
    work = reading(current_actor())
    return render_template(
        "evaluations/organisation.html",
        name=name,
        by=by,
        cards=queries.of_organisation(work, organisation_id, by),
        standing=queries.standing(work, organisation_id, by),
        least=least(),
        words=words,
        weights=WEIGHTS,
    )


@bp.app_template_global("evaluations_of_agency")
def evaluations_of_agency(organisation_id: int) -> Standing:
    """How owners evaluate an agency, for its page."""
    return queries.standing(reading(current_actor()), organisation_id, By.OWNER)


@bp.app_template_global("is_evaluated")
def is_evaluated(contract: str) -> bool:
    """Whether the sides of a matter were asked: not of one that was accepted before they were."""
    return queries.is_asked(reading(current_actor()), contract)


@bp.app_template_global("evaluations_from")
def least() -> int:
    """From how many evaluations on stars are shown, in the rulebook of today."""
    return rulebooks.in_force(reading(current_actor())).evaluation_stars_from
