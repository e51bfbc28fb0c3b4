"""A hotline's orders for the program of the body that deals with them: taken in, and given back with reply
and closure. Only a token of a duty that handles cases opens these addresses (ADR 0086).
"""

from flask import Response, request
from flask.blueprints import BlueprintSetupState

from market.api import rules
from market.api.hotline import order_of, told
from market.api.rules import Forbidden, Unknown
from market.api.views.blueprint import answer, bp, token_of
from market.cases import queries as cases
from market.cases import service as case_service
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import VISITOR, Actor
from market.programs import queries as programs
from market.web.answering import caught
from market.web.auth import page

KNOWN = "case.order_known"


@bp.record_once
def prepare(state: BlueprintSetupState) -> None:
    """A program brings its token with each request and no session: nobody's browser can be made to send
    one, so there is no token against that either.
    """
    state.app.extensions["csrf"].exempt(take_order)


def _program() -> Actor:
    """Who asks: the body of the token, by who made it. Refuses `program.token`, `api.duty`."""
    work = reading(VISITOR)
    token = token_of(work)
    found = programs.holder(work, token) if token is not None else None
    if found is None:
        raise Unknown("program.token")
    if not found.has(*fabric().permissions["case.enter"]):
        raise Forbidden("api.duty")
    return found


@bp.post("/api/v1/hotline/orders")
@page(may="public")
def take_order() -> Response:
    """Take in one order, once: sent again it is answered with what is there. Refuses `api.order`,
    `case.ask_once`, `case.is_complaint`.
    """
    actor = _program()
    sent = order_of(request.get_json(silent=True))
    number = sent.of.source_number
    _number, no = caught(
        lambda: in_one_transaction(case_service.enter, actor, of=sent.of, asked=sent.asked)
    )
    if no is not None and no.code != KNOWN:
        raise no
    return answer(told(cases.order(reading(actor), number)), 201 if no is None else 200)


@bp.get("/api/v1/hotline/orders")
@page(may="public")
def give_orders() -> Response:
    """The orders of the body in the order in which they came, with reply and closure."""
    actor = _program()
    args = request.args
    after = rules.whole("after", args.getlist("after"), 0, 0, rules.FARTHEST)
    limit = rules.whole("limit", args.getlist("limit"), rules.USUAL, 1, rules.MOST)
    cards, place, more = cases.orders_after(reading(actor), after, limit)
    return answer({"data": [told(card) for card in cards], "after": place, "more": more})


@bp.get("/api/v1/hotline/orders/<order>")
@page(may="public")
def give_order(order: str) -> Response:
    """One order by the hotline's number. Refuses `case.none`."""
    return answer(told(cases.order(reading(_program()), order)))
