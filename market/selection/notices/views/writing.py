"""Writing a notice: step by step, or all on one page.

A step is a part of the one form: what belongs to the others is sent along unseen, so that nothing is
lost on the way, and a browser without scripts does the same.
"""

import dataclasses

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from market.catalogue import queries as catalogue
from market.db import Work, reading
from market.kernel.errors import Refusal
from market.kernel.plain import Json
from market.kernel.shown import seen
from market.owners import queries as owners
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices import words as notice_words
from market.selection.notices.forms import STEPS, NoticeForm, filled
from market.selection.notices.rules.terms import items_of
from market.selection.pages import answer, bp
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page
from market.web.shown import handed_out

BESIDE = {"next": 1, "back": -1}
"""What the buttons of a step say -> how far one moves."""
WHOLE = "all"
"""What the button says that shows everything on one page."""


@bp.route("/notices/new", methods=["GET", "POST"])
@page(may="notice.draft")
def new() -> Answer | Response:
    """Begin a notice."""
    work = reading(current_actor())
    owner = owners.of_actor(work)
    rulebook = rulebooks.in_force(work)
    begun: Json = {"entry_close": notice_queries.proposed_close(work, rulebook)}
    if owner:
        begun |= {"contact_phone": owner.phone, "complaint_phone": owner.complaint_phone}
    if item := request.args.get("item"):
        begun["item_code"] = item
    form = NoticeForm(data=begun)
    facts = _offer(work, form, rulebook) | {"owner": owner, "notice": None}
    return _written(form, facts, None)


@bp.route("/notices/<bigid:notice_id>/edit", methods=["GET", "POST"])
@page(may="notice.draft")
def edit(notice_id: int) -> Answer | Response:
    """Go on writing, or mend what was returned."""
    work = reading(current_actor())
    token = seen(notice_service.save, work, notice_id)
    own = notice_queries.own_draft(work, notice_id)
    form = NoticeForm(data=filled(own.terms))
    facts = _offer(work, form, rulebooks.in_force(work)) | {
        "owner": owners.of_actor(work),
        "notice": own,
        "token": token,
    }
    return _written(form, facts, notice_id)


def _offer(work: Work, form: NoticeForm, rulebook: Rulebook) -> Json:
    """Let the form offer the catalogue and the ways of a rulebook; what its page says of them, and of
    the item that is chosen in it, kept or not.
    """
    ways, standings = notice_queries.offered(rulebook)
    form.offer(catalogue.items(work), ways)
    items = items_of(form.item_code.data or "", form.further.data or (), None)
    return {
        "rulebook": rulebook,
        "standings": standings,
        "words": notice_words,
        **notice_queries.known_of(work, items),
    }


def _written(form: NoticeForm, facts: Json, notice_id: int | None) -> Answer | Response:
    """The answer to what was sent, or the page to begin with: a new notice at its first step, a draft
    whole unless a step is asked for.
    """
    if not form.is_submitted():
        first = next(iter(STEPS)) if notice_id is None else ""
        return _page(form, facts, _known(request.args.get("step", first)))
    here = _known(request.form.get("step", ""))
    go = request.form.get("go", "")
    by = BESIDE.get(go)
    is_whole = form.validate()
    if here and by:
        return _moved(form, facts, notice_id, _Move(here, by), is_whole=is_whole)
    if go == WHOLE:
        form.forget_errors()
    if go == WHOLE or not is_whole:
        return _page(form, facts, "")
    kept_id, no = _keep(form, notice_id)
    if kept_id is None:
        return _page(form, facts, "", no)
    return redirect(url_for(".check", notice_id=kept_id), 303)


@dataclasses.dataclass(frozen=True)
class _Move:
    """From a step by one onward or back."""

    here: str
    by: int

    @property
    def target(self) -> str:
        names = list(STEPS)
        place = names.index(self.here) + self.by
        return names[max(0, min(place, len(names) - 1))]


def _moved(
    form: NoticeForm, facts: Json, notice_id: int | None, move: _Move, *, is_whole: bool
) -> Answer | Response:
    """Show the step beside; onward only past what is right in this one. What is whole is kept on the
    way, what is not yet is carried along.
    """
    if move.by > 0 and any(form[name].errors for name in STEPS[move.here]):
        form.forget_errors(besides=STEPS[move.here])
        return _page(form, facts, move.here)
    if is_whole:
        kept_id, no = _keep(form, notice_id)
        if kept_id is None:
            return _page(form, facts, "", no)
        return redirect(url_for(".edit", notice_id=kept_id, step=move.target), 303)
    form.forget_errors()
    return _page(form, facts, move.target)


def _known(step: str) -> str:
    """A step of that name; "" for the whole page."""
    return step if step in STEPS else ""


def _page(form: NoticeForm, facts: Json, step: str, no: Refusal | None = None) -> Answer:
    return answer(
        "owner/write.html",
        form,
        no,
        step=step,
        first=next(iter(STEPS)),
        last=list(STEPS)[-1],
        **facts | {"token": handed_out(str(facts.get("token", "")), no)},
    )


def _keep(form: NoticeForm, notice_id: int | None) -> tuple[int | None, Refusal | None]:
    """Keep what was written; the id of the draft, or what stands against it."""
    if notice_id is None:
        return attempt(notice_service.draft, terms=form.terms(), submission_key=form.once.data)
    _done, no = attempt(notice_service.save, notice_id=notice_id, terms=form.terms())
    return (None, no) if no else (notice_id, None)
