"""A page for each deed of the table in offers.py: its form, and back to the complaint."""

from collections.abc import Sequence
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.catalogue import queries as catalogue
from market.complaints import forms, queries, rules, words
from market.complaints.queries import Card
from market.complaints.views.blueprint import bp
from market.complaints.views.deed import Deed
from market.complaints.views.offers import DEEDS, TO_SIGN
from market.db import Work, reading
from market.kernel.errors import NotFound
from market.kernel.shown import Changed, seen
from market.rulebook import queries as rulebooks
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.terms import AMENDABLE
from market.selection.results import queries as result_queries
from market.selection.results.queries import EntryRow
from market.web.answering import OR_ABSENT, attempt, refusal_in
from market.web.auth import current_actor
from market.web.deeds import add_deed
from market.web.format import due
from market.web.forms import Form
from market.web.naming import named
from market.web.onward import to_be_signed, who_next
from market.web.shown import show
from market.web.widgets import choices
from market.windows import queries as windows_queries

Answer = Response | str | tuple[str, int]
OFFERS = {
    forms.ToBody: {"organisation_id": queries.hearing},
    forms.OtherBody: {"organisation_id": queries.assisting},
    forms.ToOfficer: {"person_id": queries.officers},
}
"""Form -> field -> what it offers to choose from, of a complaint."""


def do(deed: Deed, number: str) -> Answer:
    """Show the deed's form, or do it."""
    work = reading(current_actor())
    fresh = seen(deed.act, work, number)  # before the card, so that it is never the younger
    card = queries.view(work, number)
    if card.relation not in deed.relations or (request.method == "GET" and not deed.is_his(card)):
        raise NotFound("complaint.none")
    form = deed.form()
    prepare(work, card, form)
    if request.method == "GET":
        show(form, fresh)
        return _page(deed, card, form, None), 200
    if not form.validate():
        if not deed.is_his(card):
            raise NotFound("complaint.none")
        return _page(deed, card, form, None), 422
    _done, no = attempt(deed.act, OR_ABSENT, number=number, **deed.values(form))
    if isinstance(no, Changed):
        return _again(deed, number, form, no), no.status
    if isinstance(no, NotFound):  # of the deed: they read the complaint. What was typed stays
        no = NotFound("complaint.not_yours")
    if no:
        return _page(deed, card, form, refusal_in(form, no)), no.status
    flash(str(deed.done) + (_onward(number) if deed.button is TO_SIGN else ""))
    return redirect(url_for(".show", number=number), 303)


def _onward(number: str) -> str:
    """Who signs what was proposed, and what is due by when."""
    work = reading(current_actor())
    signs = accounts.members(work, work.actor.organisation_id or 0, "complaint_signatory")
    names = [each.name for each in signs if each.id != work.actor.person_id]
    dues = windows_queries.of_subject(work, number)
    return to_be_signed(names) + who_next(
        dues, lambda body: named(accounts.organisation(work, body).name)
    )


def _again(deed: Deed, number: str, form: Form, no: Changed) -> str:
    """The page as it is now, what has changed, and what was typed."""
    work = reading(current_actor())
    show(form, seen(deed.act, work, number))
    return _page(deed, queries.view(work, number), form, refusal_in(form, no))


def _page(deed: Deed, card: Card, form: Form, refusal: str | None) -> str:
    return render_template(
        deed.template,
        deed=deed,
        card=card,
        form=form,
        refusal=refusal,
        words=words,
        wording=AMENDABLE,
        listed=_listed(deed, card),
        bases=_bases(card),
    )


def _listed(deed: Deed, card: Card) -> Sequence[EntryRow]:
    """Whom a decision may take out: the agencies on the opened list, by rank."""
    number = card.public.notice_number
    if deed.form is not forms.Decide or number is None:
        return ()
    return result_queries.entry_list(reading(current_actor()), number)


def _bases(card: Card) -> list[str]:
    """What a ruling may cite: the document of the rules in force, and the basis of the service."""
    work = reading(current_actor())
    rules_now = rulebooks.one(work, rulebooks.in_force(work).version)
    found = [f"{rules_now.title}（{rules_now.document_number}）"]
    if number := card.public.notice_number:
        item = catalogue.item(work, notice_queries.notice(work, number).item_code)
        found += [item.legal_basis] if item and item.legal_basis else []
    return found


def prepare(work: Work, card: Card, form: Form) -> None:
    """Fill in what a form offers to choose from, and the texts that are only to be looked over."""
    for field, offer in OFFERS.get(type(form), {}).items():
        form[field].choices = choices(offer(work, queries.by_key(work, card.number)))
    if isinstance(form, forms.OtherBody):
        latest = queries.decided_by(work, card.number)
        form.due_on.description = (
            _("不能晚于作出处理决定的最后一天：%(latest)s", latest=due(latest)) if latest else ""
        )
        if request.method == "GET":
            form.due_on.data = queries.opinion_day(work, card.number)
    if isinstance(form, forms.Decide):
        offer_words(work, card, form)
        form.agency_ref.render_kw = {"list": "agencies"}
    if isinstance(form, forms.CallBack) and card.withdrawn_at is not None:
        del form.result  # nobody is called
        form.note.label.text = _("核对情况")
    if request.method == "GET" and "remedy_note" in form:
        form.remedy_note.data = str(words.REMEDY_NOTE)
    if request.method == "GET" and isinstance(form, forms.Publish) and card.ruling is not None:
        form.text.data = redacted(card.ruling.reasons, card)


def offer_words(work: Work, card: Card, form: forms.Decide) -> None:
    """The remedies that are possible now, and what of the notice may be corrected while that is,
    else no fields for it.
    """
    number = card.public.notice_number
    notice = result_queries.notice(work, number) if number else None
    state = notice.state if notice else None
    is_open = (
        notice is not None
        and notice.state is NoticeState.ENTRY_OPEN
        and work.now < notice.entry_close
    )
    if state is NoticeState.ENTRY_OPEN and not is_open:
        state = NoticeState.SEALED  # closed by its time, though not yet sealed
    offered = {
        *rules.possible(state),
        *(form.remedies.data or ()),
    }  # what was ticked in time is refused with its own sentence
    form.remedies.choices = [each for each in form.remedies.choices if each.value in offered]
    if notice is None or not is_open:
        for name in AMENDABLE:
            del form[name]
        return
    for name in AMENDABLE:
        form[name].description = now = getattr(
            notice, name
        )  # what it says now stays in view beside what is typed
        if request.method == "GET":
            form[name].data = [" ".join(pair) for pair in now] if name == "exclusions" else now


def redacted(text: str, card: Card) -> str:
    """The first draft of the public text: the complainant's name and number are blacked out, the
    officer does the rest.
    """
    for part in (card.content.name, card.content.phone) if card.content else ():
        text = text.replace(part, "■■") if part else text
    return text


for each in DEEDS:
    add_deed(
        bp,
        f"/complaints/<number:number>/{each.name}",
        name=each.name.replace("-", "_"),
        may=each.may,
        do=partial(do, each),
    )
