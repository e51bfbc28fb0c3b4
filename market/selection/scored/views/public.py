"""Scores in public: how far a scoring is, and what it came to, with everything that proves it."""

import json
from collections.abc import Mapping

from flask import current_app
from werkzeug.wrappers import Response

from market.adapters.vkeys import vkeys
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound
from market.kernel.permits import holds
from market.selection.entries import queries as entry_queries
from market.selection.jurors import words as pool_words
from market.selection.notices import words as notice_words
from market.selection.pages import PlainForm, answer, bp
from market.selection.permissions import MAY
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from market.selection.scored import words as scored_words
from market.selection.scored.rules import JurorState
from market.web.answering import Answer
from market.web.auth import current_actor, page
from verify.zjcs import score
from verify.zjcs.scored import CREDIT, PROPOSAL

OVERSEES = ("regulator_officer", "regulator_signatory", "inspector")


@bp.app_template_filter("points")
def points(hundredths: int | None) -> str:
    """Hundredths of a point as they are printed."""
    return "—" if hundredths is None else score.shown(hundredths)


@bp.app_template_global()
def parts_of(line: scored_queries.Line, weights: Mapping[str, int]) -> list[tuple[str, str, bool]]:
    """Of each part of the total its score, what it comes to by its weight, and whether it is the mean of who is
    new.
    """
    columns = line.columns | ({} if line.proposal is None else {PROPOSAL: line.proposal})
    return [
        (
            points(columns.get(name)),
            points(line.parts.get(name)),
            name == CREDIT and line.is_new and name in columns,
        )
        for name in weights
    ]


@bp.get("/notices/<number:number>/scores")
@page(may="public")
def scored(number: str) -> Answer:
    """How a notice is scored, how far that is, and the result."""
    work = reading(current_actor())
    course = scored_queries.course(work, number)
    card = result_queries.notice(work, number)
    actor = current_actor()
    is_owner = actor.organisation_id == card.owner_organisation_id
    return answer(
        "scored/scores.html",
        PlainForm(formdata=None),
        notice=card,
        course=course,
        result=scored_queries.result(work, number) if course.opened_at else None,
        own=scored_queries.own_score(work, number, actor.organisation_id),
        shows_names=_shows_names(course, number, is_owner=is_owner),
        shows_own=is_owner,
        replaces=is_owner
        and actor.has("owner_signatory")
        and course.closed_at is None
        and course.drawn is None,
        tells=course.drawn is not None and holds(actor, MAY["scored.silent"]),
        opens_list=course.opened_at is not None and may_check_list(number),
        pool_words=pool_words,
        state=notice_words.STATES[card.state],
        has_files=bool(entry_queries.kinds_of(work, number)),
        reads_files=actor.has("inspector"),
        words=scored_words,
        reasons=fabric().words,
        States=JurorState,
    )


def may_check_list(number: str) -> bool:
    """Whether the reader may hold each member of the pool against the list: an entrant, who oversees."""
    actor = current_actor()
    if actor.has(*OVERSEES):
        return True
    return actor.kind == "agency" and scored_queries.is_entrant(
        reading(actor), number, actor.organisation_id
    )


@bp.get("/notices/<number:number>/jurors.json")
@page(may="signed_in")
def jurors_file(number: str) -> Response:
    """The list of the lot opened, for `verify_draw --jurors`; 404 before the quotes are open, and for who
    may not check it.
    """
    work = reading(current_actor())
    if not may_check_list(number):
        raise NotFound("notice.none")
    return _json(scored_queries.jurors_opened(work, number))


def _shows_names(course: scored_queries.Course, number: str, *, is_owner: bool) -> bool:
    """Whether the reader sees who judges, the reserves too. The owner knows whom it named; who was drawn is
    sealed to the owner as to everybody until the quotes are open.
    """
    if is_owner and course.drawn is None:
        return True
    return course.opened_at is not None and (is_owner or _reads_names(number))


def _reads_names(number: str) -> bool:
    """Whether the reader may know who judged: an entrant, the regulator, inspection."""
    actor = current_actor()
    if actor.kind in ("regulator", "inspection", "office"):
        return True
    return actor.kind == "agency" and scored_queries.is_entrant(
        reading(actor), number, actor.organisation_id
    )


@bp.get("/notices/<number:number>/scores.json")
@page(may="public")
def scored_json(number: str) -> Response:
    """The selection as an example for `verify/rank.py`; 404 until the quotes are open."""
    example = scored_queries.example_of(reading(VISITOR), number)
    return _json(example)


@bp.get("/notices/<number:number>/scores/evidence.json")
@page(may="public")
def scored_evidence(number: str) -> Response:
    """Everything that a verifier needs (ADR 0055); 404 until a witness has seen the opened quotes."""
    work = reading(VISITOR)
    known = vkeys(current_app.config)
    boxes = entry_queries.opened_boxes(work, number)
    return _json(scored_queries.evidence_of(work, number, known, boxes))


@bp.get("/notices/<number:number>/scores/cosignatures.json")
@page(may="public")
def scored_cosignatures(number: str) -> Response:
    """When witnesses saw the lot of the experts, in the form in which a witness lists its cosignatures."""
    return _json(scored_queries.cosignatures_of(reading(VISITOR), number))


def _json(value: object) -> Response:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(text, mimetype="application/json")
