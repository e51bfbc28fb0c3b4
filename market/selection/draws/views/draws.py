"""Draws in public: the hall, one draw live and long after, what proves it, and the door for values
from anyone.
"""

import json
import re
from collections.abc import Sequence

from flask import Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.adapters.vkeys import vkeys
from market.db import Work, in_one_transaction, reading
from market.fabric import Memory, fabric
from market.kernel.actor import VISITOR
from market.kernel.clock import epoch
from market.kernel.errors import Invalid, Malformed, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.selection.entries import queries as entry_queries
from market.selection.entries.rules.states import EntryState
from market.selection.pages import bp
from market.selection.results import queries as result_queries
from market.selection.results import words as result_words
from market.selection.results.rules.states import RankState
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market.selection.sources import words as source_words
from market.selection.sources.rules.states import DrawState
from market.selection.way import BALL, TIE
from market.web.answering import OR_ABSENT, caught
from market.web.auth import current_actor, page
from market.web.errors import wants_json, words_of
from market.web.locale import is_english
from market.web.pace import Pace
from verify.zjcs import draw as protocol
from verify.zjcs import ways as tie_protocol
from verify.zjcs.words import WORDS as FAULTS

BODY_LIMIT = 4096  # bytes of a handed-in value: a round with its signature needs 200
EACH_MINUTE = 10  # values from one address
ROWS_SHOWN = 300  # of a long order on the page; the evidence has all
WHOLE = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
LEFT_OUT = (EntryState.INELIGIBLE, EntryState.UNOPENED)
STAGES = {
    DrawState.SCHEDULED: 0,
    DrawState.SEALING: 1,
    DrawState.WAITING_SLOT: 2,
    DrawState.WAITING_VALUE: 2,
    DrawState.SOURCE_LOST: 2,
    DrawState.DRAWN: 4,
    DrawState.TOO_FEW: 1,
    DrawState.ABORTED: 2,
    DrawState.CANCELLED: 0,
}
"""How many of the four steps on the page are done."""


VALUE_PACE = Memory(lambda: Pace(EACH_MINUTE, 60))


@bp.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Values need no CSRF token: they come from programs and from anyone, change nothing but what
    they prove themselves, and do so for whoever sends them. The one POST of the product of which
    that is
    true.
    """
    state.app.extensions["csrf"].exempt(hand_in)


@bp.get("/draws")
@page(may="public")
def draws() -> str:
    """The hall: live now, drawn today, coming, and the archive."""
    work = reading(current_actor())
    return render_template(
        "selection/draws.html",
        live=result_queries.under_way(work),
        today=result_queries.drawn_today(work),
        coming=result_queries.coming(work),
        page=result_queries.archive(work, request.args.get("after") or None),
        words=result_words,
        is_first="after" not in request.args,
    )


@bp.get("/draws.json")
@page(may="public")
def draws_json() -> Response:
    """All draws for programs, newest first; `next` is the address of the page behind, null on the
    last one.
    """
    listed = result_queries.every_draw(reading(VISITOR), request.args.get("after") or None)
    following = url_for(".draws_json", after=listed.next, _external=True) if listed.next else None
    return jsonify(
        draws=[
            {
                "draw": each.number,
                "notice": each.notice_number,
                "status": each.state.value,
                "draw_at": epoch(each.draw_at),
                "level": each.level,
                "evidence": url_for(".evidence", number=each.number, _external=True)
                if each.state is DrawState.DRAWN
                else None,
            }
            for each in listed
        ],
        next=following,
    )


@bp.get("/draws/<number:number>")
@page(may="public")
def draw(number: str) -> str:
    """One draw: before the close the count alone, then the list, the values as they come, the
    order, the proof.
    """
    return _page(number)


def _page(number: str, refusal: str | None = None, typed: dict[str, str] | None = None) -> str:
    work = reading(current_actor())
    tip = ledger.size(work) - 1  # Before everything else: what comes later is news to the page.
    card = source_queries.draw(work, number)
    watched = source_queries.watched(work, number)
    notice = result_queries.notice(work, card.notice_number)
    is_closed = work.now >= notice.entry_close
    return render_template(
        "selection/draw.html",
        draw=card,
        notice=notice,
        watched=watched,
        words=result_words,
        States=DrawState,
        now=work.now,
        tip=tip,
        state=state_of(card, is_closed),
        awaited=entry_queries.awaited_keys(work, card.notice_number),
        stage=STAGES[card.state] + (card.state is DrawState.SCHEDULED and is_closed),
        labels=fabric().event_labels,
        refusals=fabric().words,
        refusal=refusal,
        typed=typed or {},
        **_list(work, card),
    )


def _list(work: Work, card: source_queries.DrawCard) -> Json:
    """The opened list as the page shows it: by rank, before the order by number; nothing before the
    seal.
    """
    entries = result_queries.entry_list(work, card.notice_number) if card.sealed_at else ()
    ranked = [row for row in entries if row.rank is not None]
    listed = ranked or [row for row in entries if row.state is EntryState.LISTED]
    winner = next(
        (row for row in ranked if row.rank_state in (RankState.PROPOSED, RankState.WON)), None
    )
    shown = winner or (ranked[0] if ranked else None)
    return {
        "listed": listed[:ROWS_SHOWN],
        "hidden": max(0, len(listed) - ROWS_SHOWN),
        "winner": winner,
        "makers": entry_queries.makers(work, card.notice_number) if card.sealed_at else {},
        "excluded": [row for row in entries if row.state in LEFT_OUT],
        "measured": result_queries.measured(work, card.notice_number) if entries else None,
        "by_price": card.label == TIE,
        "by_credit": card.label == BALL,
        **_recipe(card, ranked, shown),
    }


def _recipe(
    card: source_queries.DrawCard,
    ranked: Sequence[result_queries.EntryRow],
    shown: result_queries.EntryRow | None,
) -> Json:
    """The line with which anybody computes a ticket again: the winner's, of a way that ranks that of the
    first whom the lot has placed, None where nobody was equal.
    """
    by_price = card.label == TIE
    first = next((row for row in ranked if row.ticket), None) if by_price else shown
    line = None
    if card.seed and first and card.label != BALL:
        label = tie_protocol.TIE if by_price else protocol.TICKET
        line = protocol.recipe(card.seed, first.ref, label)
    return {"first": first, "recipe_line": line}


def state_of(card: source_queries.DrawCard, is_closed: bool) -> tuple[str, str]:
    """Label and colour of a draw; between the close and the seal it is being sealed."""
    state = DrawState.SEALING if card.state is DrawState.SCHEDULED and is_closed else card.state
    label, colour = source_words.DRAW_STATES[state]
    return str(label), colour


@bp.get("/draws/<number:number>/evidence.json")
@page(may="public")
def evidence(number: str) -> ResponseReturnValue:
    """Everything that a verifier needs, in the form that docs/draws.md fixes; 404
    before the result.
    """
    work = reading(VISITOR)
    boxes = entry_queries.opened_boxes(work, sibling(number, Prefix.NOTICE))
    file = source_queries.evidence_of(work, number, vkeys(current_app.config), boxes)
    answer = Response(
        json.dumps(file, ensure_ascii=False, separators=(",", ":")), mimetype="application/json"
    )
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/draws/<number:number>/scores.json")
@page(may="public")
def scores(number: str) -> ResponseReturnValue:
    """The ranking as an example that verify/rank.py computes again; 404 before the result, and of a
    draw whose order no quote decides.
    """
    file = result_queries.scores(reading(VISITOR), number)
    answer = Response(
        json.dumps(file, ensure_ascii=False, separators=(",", ":")), mimetype="application/json"
    )
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/draws/<number:number>/cosignatures.json")
@page(may="public")
def cosignatures(number: str) -> Response:
    """When witnesses saw the seal and each failure of a source, in the form in which a witness
    lists its cosignatures.
    """
    return jsonify(source_queries.cosignatures_of(reading(VISITOR), number))


@bp.get("/draws/faults.json")
@page(may="public")
def faults() -> Response:
    """What each fault of the verifiers means, by its code, in the reader's language: asked for by a
    page that refuses.
    """
    return jsonify(
        {code: english if is_english() else chinese for code, (english, chinese) in FAULTS.items()}
    )


@bp.post("/draws/<number:number>/sources/<source>")
@page(may="public")
def hand_in(number: str, source: str) -> ResponseReturnValue:
    """Take a source's value from anyone, by form or JSON: `value`, or drand's `round` and
    `signature`.
    """
    request.max_content_length = BODY_LIMIT
    is_program = request.is_json or wants_json()
    state, no = caught(lambda: _taken(number, source), statuses=(*OR_ABSENT, Malformed.status))
    if no:
        return _refused(number, no, is_program)
    if is_program:
        return jsonify(draw=number, source=source, status=state)
    flash(_("值已核对无误并记入日志，谢谢。"))
    return redirect(url_for(".draw", number=number), 303)


def _taken(number: str, source: str) -> str:
    """Take the value; the state of its draw after it."""
    VALUE_PACE.of().check(
        request.remote_addr or "",
        fabric().stopwatch.now(),
        "draw.too_many_values",
    )
    given = _given()
    if source_queries.contradicts(reading(VISITOR), number, source, given.get("value", "")):
        raise Invalid("draw.value_wrong", field="value")
    state = in_one_transaction(
        source_service.submit_value, current_actor(), draw_no=number, source=source, **given
    )
    return state.value


def _given() -> Json:
    """The fields of a value as the service takes them. Refuses `draw.value_shape` (400) for
    anything else.
    """
    fields = (
        _json() if request.is_json else {name: text.strip() for name, text in request.form.items()}
    )
    if isinstance(fields, dict) and set(fields) == {"value"} and isinstance(fields["value"], str):
        return {"value": fields["value"]}
    if (
        isinstance(fields, dict)
        and set(fields) == {"round", "signature"}
        and isinstance(fields["signature"], str)
        and isinstance(fields["round"], (int, str))
        and WHOLE.fullmatch(str(fields["round"]))
    ):
        return {"round_": int(fields["round"]), "signature": fields["signature"]}
    raise Malformed("draw.value_shape")


def _json() -> object:
    """The body as JSON; None when it is none, deep nesting included."""
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError):
        return None


def _refused(number: str, no: Refusal, is_program: bool) -> ResponseReturnValue:
    """The sentence of a refusal, for a program as JSON, for a person on the draw's page with what
    was typed.
    """
    sentence = words_of(current_app, no)
    if is_program:
        return jsonify(error=no.code, message=sentence), no.status
    if no.status == 404:
        raise no
    typed = {name: request.form.get(name, "")[:200] for name in ("value", "signature")}
    return _page(number, sentence, typed), no.status
