"""Findings of flags: the list, one finding with what is made of it, the table of all flags."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import Work, reading
from market.kernel.errors import Refusal
from market.kernel.permits import holds
from market.kernel.shown import seen
from market.oversight import forms, queries, service, shipped, words
from market.oversight.permissions import MAY
from market.oversight.rules.flags.table import Flag
from market.oversight.views.blueprint import bp
from market.rulebook import queries as rulebooks
from market.web.answering import Answer, attempt, caught, form_page, refusal_in, status_of
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.forms import Form
from market.web.locale import is_english
from market.web.shown import handed_out
from market.web.widgets import choices


@bp.app_template_filter("flag_name")
def flag_name(flag: Flag) -> str:
    """What a flag is called in the reader's language."""
    return str(flag.english if is_english() else flag.name)


@bp.app_template_filter("flag_words")
def flag_words(flag: Flag, field: str) -> str:
    """A text of the table in the reader's language."""
    return str(getattr(flag, f"{field}_english" if is_english() else field))


@bp.get("/office/flags")
@page(may="flag.read")
def flags() -> str:
    """The findings that one reads, the last computed first."""
    form = forms.FlagSearch(request.args)
    computed = [flag for flag in shipped.flags().values() if flag.is_computed]
    named = {flag.code: f"{flag.code} {flag_name(flag)}" for flag in computed}
    form.flag.choices = choices(named, blank=forms.ALL)
    form.validate()
    work = reading(current_actor())
    sieve = form.sieve()
    return render_template(
        "oversight/flags.html",
        form=form,
        order=sieve,
        page=queries.flagged(work, sieve, request.args.get("after")),
        run=queries.last_run(work),
        words=words,
    )


@bp.get("/office/flags/table")
@page(may="flag.read")
def flag_table() -> str:
    """Every flag: what it looks at, whether it is computed here and why not, and how often it was
    found and found wrong.
    """
    work = reading(current_actor())
    return render_template(
        "oversight/flag_table.html",
        flags=list(shipped.flags().values()),
        on=queries.switched_on_flags(work),
        rates=queries.rates(work) if holds(work.actor, MAY["flag.rates"]) else None,
        nothing=queries.NOTHING,
        version=shipped.VERSION,
        rulebook=rulebooks.in_force(work),
        words=words,
    )


@bp.get("/office/flags/<bigid:finding_id>")
@page(may="flag.read")
def finding(finding_id: int) -> Answer:
    """One finding: its numbers, what was asked and answered, what it was found to be."""
    return _page(finding_id)


@bp.post("/office/flags/<bigid:finding_id>/judge")
@page(may="flag.judge")
def judge(finding_id: int) -> Answer | Response:
    """Say what a finding is."""
    form = forms.JudgeForm()
    if not form.validate_on_submit():
        return _page(finding_id, form)
    is_closed, no = attempt(
        service.judge, finding_id=finding_id, to=form.judgement(), note=form.note.data or ""
    )
    if no is not None:
        return _page(finding_id, form, no)
    flash(_("已处理。") if is_closed else _("意见已登记，程度为高的须由另一人复核。"))
    return redirect(url_for(".finding", finding_id=finding_id), 303)


@bp.post("/office/flags/<bigid:finding_id>/agree")
@page(may="flag.judge")
def agree(finding_id: int) -> Answer | Response:
    """Agree as the second reader."""
    return _second(finding_id, service.agree)


@bp.post("/office/flags/<bigid:finding_id>/disagree")
@page(may="flag.judge")
def disagree(finding_id: int) -> Answer | Response:
    """Do not agree: the finding stands open."""
    return _second(finding_id, service.disagree)


def _second(finding_id: int, act: Callable[..., None]) -> Answer | Response:
    _done, no = attempt(act, finding_id=finding_id)
    if no is not None:
        return _page(finding_id, None, no)
    flash(_("复核意见已登记。"))
    return redirect(url_for(".finding", finding_id=finding_id), 303)


@bp.route("/office/flags/<bigid:finding_id>/ask", methods=["GET", "POST"])
@page(may="oversight.ask")
def ask_about(finding_id: int) -> Answer | Response:
    """Ask a body to explain; it is told the selection, never the flag."""
    work = reading(current_actor())
    queries.finding(work, finding_id)
    form = forms.AskForm()
    number, no = caught(lambda: queries.notice_to_ask_about(work, finding_id))
    if number and form.validate_on_submit():
        _id, no = attempt(
            service.ask,
            number=number,
            to=form.addressee(),
            question=form.question.data or "",
            finding_id=finding_id,
            submission_key=form.once.data,
        )
        if no is None:
            flash(_("询问已送达。对方只看到您写的内容和公告编号，看不到风险提示。"))
            return redirect(url_for(".finding", finding_id=finding_id), 303)
    card = queries.finding(reading(current_actor()), finding_id)
    return form_page("oversight/ask_about.html", form, no, card=card, number=number or "")


def _page(finding_id: int, form: Form | None = None, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(service.agree, work, finding_id), no)
    shown = form or forms.JudgeForm(formdata=None)
    refusal = refusal_in(shown, no) if no else None
    return render_template(
        "oversight/flag.html",
        card=queries.finding(work, finding_id),
        following=_following(work, finding_id),
        questions=queries.questions_of_finding(work, finding_id),
        form=shown,
        refusal=refusal,
        token=token,
        words=words,
    ), status_of(form, no)


def _following(work: Work, finding_id: int) -> Case | None:
    """The finding to go on with after one, as a line of the desk."""
    after = queries.next_finding(work, finding_id)
    if after is None:
        return None
    return Case(
        after.flag.code,
        url_for(".finding", finding_id=after.id),
        f"{after.flag.code} {flag_name(after.flag)}",
        "",
        words.FLAG_STATES[after.state],
        after.last_at,
    )
