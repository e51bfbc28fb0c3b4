"""The agency's pages: entering with a sealed quote, withdrawing."""

import dataclasses
from collections.abc import Mapping

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.adapters.keys import Keys
from market.agencies import queries as agencies
from market.db import Work, arrival, in_one_transaction, reading
from market.kernel.errors import Refusal
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries import words as entry_words
from market.selection.entries.forms import EntryForm
from market.selection.entries.queries import Upload
from market.selection.entries.rules import boxing
from market.selection.entries.rules.entering import why_closed
from market.selection.entries.rules.states import EntryState
from market.selection.notices import queries as notice_queries
from market.selection.notices import words as notice_words
from market.selection.notices.queries import NoticeCard
from market.selection.pages import answer, bp, sentence
from market.web.answering import Answer, attempt, caught
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.origin import origin

ONCE = "shown_once"  # in the visitor's own cookie, until the receipt has shown it


@bp.route("/notices/<number:number>/entry", methods=["GET", "POST"])
@page(may="entry.enter")
def enter(number: str) -> Answer | Response:
    """Enter, or change the quote before the close. What is sent is worked on before anything is
    read for the page.
    """
    form = EntryForm()
    no = None
    if form.validate_on_submit():
        sent, no = caught(lambda: _sent(number, form))
        if sent is not None:
            done, no = _work_on(sent, form)
            if done is not None:
                return done

    work = reading(current_actor())
    own = entry_queries.own_entry(work, number, current_actor().organisation_id)
    is_in = own is not None and own.state is EntryState.RECEIVED
    if not form.is_submitted():
        form.again.data = own.receipt if own is not None and is_in else ""
    if own is not None and is_in:
        form.token.render_kw = {"data-commit": own.commit}
    notice = notice_queries.notice(work, number)
    terms = entry_queries.terms(work, number)
    fixed = terms.fixed_fen
    if fixed is not None:
        form.stand(fixed)
    return answer(
        "agency/enter.html",
        form,
        no,
        fixed=fixed,
        terms=terms,
        notice=notice,
        words=notice_words,
        own=own if is_in else None,
        affected=sentence(entry_queries.affected(work, number, current_actor().organisation_id))
        if is_in
        else None,
        **_named(work, number, form),
        barred=None if form.is_submitted() else sentence(_barred(work, notice, is_in)),
    )


@dataclasses.dataclass(frozen=True)
class _Sent:
    """A form that was sent, and whether its notice gives tokens."""

    asked: entry_service.Asked
    has_token: bool


def _sent(number: str, form: EntryForm) -> _Sent:
    """What was sent. Refuses `notice.none`, `entry.sealed_unread`."""
    terms = entry_queries.terms(reading(current_actor()), number)
    return _Sent(_asked(number, form, terms), terms.has_token)


def _named(work: Work, number: str, form: EntryForm) -> dict[str, object]:
    """The sealed files that the entry names, and what its quote is sealed by: the newest of each kind,
    until something else is sent.
    """
    uploads = entry_queries.own_uploads(work, number, current_actor().organisation_id)
    if not form.is_submitted():
        for kind, each in uploads.items():
            form[kind].data = each.sha256
    return {
        "promise": _promise(work, number, form.boxes, uploads),
        "kinds": entry_queries.kinds_of(work, number),
        "uploads": uploads,
        "parts": entry_words.PARTS,
    }


def _asked(number: str, form: EntryForm, terms: entry_queries.Terms) -> entry_service.Asked:
    """What was sent. Refuses `entry.sealed_unread`."""
    by = boxing.BROWSER if form.made.data == boxing.BROWSER else boxing.TOOL
    sealed = boxing.sealed_of(form.sealed.data.strip(), by) if form.is_sealed else None
    return entry_service.Asked(
        actor=current_actor(),
        arrival=arrival(),
        number=number,
        quote_fen=0 if sealed else _typed(form, terms),
        submission_key=form.once.data,
        sealing_key=Keys(current_app.config["INSTANCE"]).sealing_public(),
        sealed=sealed,
        origin=origin(),
        boxes=form.boxes,
        days=None if sealed or terms.most_days is None else form.response.data,
    )


def _typed(form: EntryForm, terms: entry_queries.Terms) -> int:
    """The quote as it was typed: fen, or basis points; one that nobody may change is that of the notice."""
    if terms.is_rate:
        return -1 if form.rate_bp.data is None else form.rate_bp.data
    return terms.fixed_fen or form.quote_fen.data or 0


def _promise(
    work: Work, number: str, named: Mapping[str, str], uploads: Mapping[str, Upload]
) -> dict[str, object] | None:
    """What the page seals by, with the sentences of its script; None where it seals nothing."""
    sealing = entry_queries.sealing(work, number)
    agency = agencies.of_organisation(work, current_actor().organisation_id)
    if sealing is None or agency is None:
        return None
    words = {
        "seal": _("封装报价"),
        "quote.amount": _("请按元填写报价，大于 0 元，最多两位小数，例如 12800.50")
        if not entry_queries.terms(work, number).is_rate
        else _("请按百分数填写下浮率，0 到 99.99，最多两位小数，例如 8.50"),
        "quote.days": _("请填写承诺几日内完成服务，不超过公告的服务期限。"),
        "quote.bounds": _("报价须大于 0 元，不高于最高限价。"),
        "quote.agency": _("贵机构还没有平台编号，不能报名。"),
    }
    documents = {
        kind: each.document_sha256
        for kind, each in uploads.items()
        if named.get(kind) == each.sha256
    }
    return {"leaf": sealing.leaf, "ref": agency.ref or "", "words": words, "more": documents}


def _barred(work: Work, notice: NoticeCard, is_in: bool) -> Refusal | None:
    """Why the page has no form: the notice is closed, or who is not in may not enter."""
    closed = why_closed(notice.state, work.now, notice.entry_close)
    return closed or (None if is_in else entry_queries.barred_today(work, notice.items))


def _work_on(sent: _Sent, form: EntryForm) -> tuple[Answer | Response | None, Refusal | None]:
    """The answer to a form that was taken, or that came too late; else why it was refused."""
    asked = sent.asked
    if late := entry_service.missed(reading(asked.actor), asked):
        return _late(asked, form, late), None
    done, no = _enter_anew(asked, form) if form.again.data else _enter(asked)
    if done is not None:
        return _taken(sent, done), None
    if no is not None and no.code == "entry.late":  # the close was moved meanwhile
        return _late(asked, form, no), None
    return None, no


def _enter(asked: entry_service.Asked) -> tuple[entry_service.Receipt | None, Refusal | None]:
    return caught(lambda: entry_service.receive(asked))


def _taken(sent: _Sent, done: entry_service.Receipt) -> Response:
    """To the receipt; where the server sealed, it shows the token this once."""
    asked = sent.asked
    if sent.has_token and asked.sealed is None and asked.submission_key:
        token = boxing.token_of(asked.submission_key, asked.number).hex()
        session[ONCE] = [done.receipt, token]
    return redirect(url_for(".receipt", receipt=done.receipt), 303)


def _enter_anew(
    asked: entry_service.Asked, form: EntryForm
) -> tuple[entry_service.Receipt | None, Refusal | None]:
    return attempt(
        entry_service.enter_anew,
        number=asked.number,
        quote_fen=asked.quote_fen,
        submission_key=asked.submission_key,
        sealing_key=asked.sealing_key,
        sealed=asked.sealed,
        origin=asked.origin,
        boxes=asked.boxes,
        days=asked.days,
        token=form.token.data or "",
    )


def _late(asked: entry_service.Asked, form: EntryForm, no: Refusal) -> Answer:
    """A brief answer to an entry that came too late, with its number on the log, which its sender
    can cite. Nothing else is read for it: those who came in time wait behind it.
    """
    late = entry_service.Late(actor=asked.actor, arrival=asked.arrival, number=asked.number)
    entry_service.receive_late(late)
    work = reading(asked.actor)
    brief = render_template(
        "selection/agency/late.html",
        number=asked.number,
        sentence=sentence(no),
        typed=(form.quote_fen.raw_data or [""])[0],
        entry=entry_queries.late_entry(work, asked.number, asked.actor.organisation_id),
    )
    return brief, no.status


@bp.post("/notices/<number:number>/entry/withdraw")
@page(may="entry.enter")
@asks(
    _l("撤回这次报名？"),
    _l("报价随即作废，不会参加选取。报名截止前可以重新报名；截止后不能。"),
    _l("撤回报名"),
)
def withdraw(number: str) -> Response:
    """Take my entry back."""
    token = request.form.get("token", "")
    in_one_transaction(entry_service.withdraw, current_actor(), number=number, token=token)
    flash(_("报名已撤回。截止前可以重新报名。"))
    return redirect(url_for(".notice", number=number), 303)
