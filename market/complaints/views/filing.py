"""Filing: what to know before, the form, the evidence, checking the answers, the receipt. And the
same for staff.
"""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.complaints import forms, queries, service, words
from market.complaints.queries import DraftCard, Filing
from market.complaints.rules import About, Channel, Complainant, Door, Intake, Respondent, Statement
from market.complaints.views.blueprint import attach, bp
from market.db import in_one_transaction, reading
from market.files import service as files
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.web.answering import attempt, caught, form_page
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.naming import named
from market.web.widgets import choices

Answer = Response | str | tuple[str, int]
FORMS: dict[tuple[bool, bool], tuple[type[Form], str]] = {
    (False, True): (forms.FileComplaint, "complaints/begin.html"),
    (False, False): (forms.RegisterComplaint, "complaints/enter.html"),
    (True, True): (forms.FileConduct, "complaints/conduct.html"),
    (True, False): (forms.RegisterConduct, "complaints/enter.html"),
}
"""The form and the page of a draft: of conduct, and by the complainant himself."""


@bp.route("/notices/<number:number>/complaints/new", methods=["GET", "POST"])
@page(may="complaint.draft")
def begin(number: str) -> Answer:
    """What is needed, until when, to whom, what will happen; then the form."""
    form = forms.FileComplaint(phone=_own_phone())
    return _written(form, number, None, "complaints/begin.html")


@bp.route("/complaints/drafts/<bigid:draft_id>", methods=["GET", "POST"])
@page(may="signed_in")
def edit(draft_id: int) -> Answer:
    """Change one's draft."""
    draft = queries.draft(reading(current_actor()), draft_id)
    kind, template = FORMS[draft["about"] is About.CONDUCT, draft["channel"] is Channel.ONLINE]
    return _written(kind(data=_data(draft)), draft.notice_number, draft, template)


@bp.route("/complaints/new", methods=["GET", "POST"])
@page(may="complaint.draft")
def conduct() -> Answer:
    """A complaint about an enrolment decision or the office's service."""
    return _written(forms.FileConduct(phone=_own_phone()), None, None, "complaints/conduct.html")


@bp.route("/office/complaints/new", methods=["GET", "POST"])
@page(may="complaint.register")
def enter() -> Answer:
    """Register what came by paper, counter, telephone, post or 12345; first the notice's number is
    asked.
    """
    asked = forms.WhichNotice(request.args)
    number = asked.number.data or ""
    if not number or not asked.validate():
        return render_template("complaints/which.html", form=asked, refusal=None)
    _found, absent = caught(
        lambda: queries.filing(reading(current_actor()), number), statuses=(NotFound.status,)
    )
    if absent:
        return render_template(
            "complaints/which.html", form=asked, refusal=_("没有这份选取公告，请核对编号。")
        ), 404
    return _written(forms.RegisterComplaint(), number, None, "complaints/enter.html")


@bp.route("/office/complaints/conduct/new", methods=["GET", "POST"])
@page(may="complaint.register")
def enter_conduct() -> Answer:
    """Register a complaint about an enrolment decision or the office's service; whose conduct is
    meant does not handle it.
    """
    return _written(forms.RegisterConduct(), None, None, "complaints/enter.html")


def _written(form: Form, number: str | None, draft: DraftCard | None, template: str) -> Answer:
    """Show the form; when it is sent, keep the draft and go on to the evidence."""
    filing = queries.filing(reading(current_actor()), number) if number else None
    if filing is not None:
        form.door.choices = choices(
            (door, words.DOORS[door] + _("（%(text)s）", text=named(card.name)))
            for door, card in filing.doors.items()
        )
    no = None
    if form.validate_on_submit():
        draft_id, no = attempt(
            service.save_draft,
            said=_statement(form, number),
            intake=_intake(form),
            draft_id=draft.id if draft else None,
            submission_key=form.once.data,
        )
        if no is None:
            return redirect(url_for(".evidence", draft_id=draft_id), 303)
    return form_page(
        template, form, no, filing=filing, draft=draft, words=words, late=_late(filing)
    )


def _late(filing: Filing | None) -> bool:
    return filing is not None and not filing.is_open


def _statement(form: Form, number: str | None) -> Statement:
    """What was written, as the service takes it."""
    about = About(form.about.data) if number else About.CONDUCT
    return Statement(
        matter=number or form.matter.data,
        about=about,
        matters=form.matters.data.strip(),
        request=form.request.data.strip(),
        respondent=Respondent(form.respondent.data) if number else Respondent.OFFICE,
        door=Door(form.door.data) if number else Door.OFFICE,
        act_on=None if number else form.act_on.data,
        complainant=Complainant(form.complainant.data),
        name=form.name.data.strip() if "name" in form else "",
        phone=form.phone.data,
        hides_complainant=form.hides_complainant.data,
        has_new_evidence=form.has_new_evidence.data,
    )


def _intake(form: Form) -> Intake | None:
    if "channel" not in form:
        return None
    return Intake(
        Channel(form.channel.data),
        form.received_at.data,
        form.posted_on.data,
        (form.external_number.data or "").strip() or None,
    )


def _own_phone() -> str | None:
    return accounts.person(reading(current_actor()), current_actor().person_id or 0).phone


def _data(draft: DraftCard) -> dict[str, object]:
    """A draft's columns under the names of the form's fields."""
    regulator = draft["chosen_body_id"] != accounts.office(reading(current_actor())).id
    return {
        **draft.fields,
        "complainant": draft["complainant_kind"],
        "phone": draft["complainant_phone"],
        "name": draft["complainant_name"],
        "matter": draft.title,
        "door": Door.REGULATOR if regulator else Door.OFFICE,
    }


@bp.route("/complaints/drafts/<bigid:draft_id>/files", methods=["GET", "POST"])
@page(may="signed_in")
@files.takes_upload
def evidence(draft_id: int) -> Answer:
    """The evidence of a draft, one file a request, ten at most."""
    draft = queries.draft(reading(current_actor()), draft_id)
    form = forms.AddFile()
    no = None
    if form.validate_on_submit():
        _done, no = caught(lambda: attach(form, draft_id=draft_id))
        if no is None:
            return redirect(url_for(".evidence", draft_id=draft_id), 303)
    return form_page("complaints/evidence.html", form, no, draft=draft)


@bp.post("/complaints/drafts/<bigid:draft_id>/files/<bigid:file_id>/remove")
@page(may="signed_in")
@asks(_l("把这份证据从草稿里删去？"), _l("提交前可以重新上传。"), _l("删去"))
def remove(draft_id: int, file_id: int) -> Response:
    """Take a file out of a draft."""
    in_one_transaction(service.detach, current_actor(), draft_id=draft_id, file_id=file_id)
    return redirect(url_for(".evidence", draft_id=draft_id), 303)


@bp.post("/complaints/drafts/<bigid:draft_id>/discard")
@page(may="signed_in")
@asks(
    _l("删除这份草稿？"),
    _l("填写的内容和上传的证据不会提交。7 天内可以在“我的投诉”里恢复，之后彻底删除。"),
    _l("删除草稿"),
)
def discard(draft_id: int) -> Response:
    """Throw a draft away."""
    in_one_transaction(service.discard, current_actor(), draft_id=draft_id)
    flash(_("草稿已删除，7 天内可以在“我的投诉”里恢复。"))
    return redirect(url_for(".mine"), 303)


@bp.post("/complaints/drafts/<bigid:draft_id>/restore")
@page(may="signed_in")
def restore(draft_id: int) -> Response:
    """Take a draft back that was thrown away."""
    in_one_transaction(service.restore, current_actor(), draft_id=draft_id)
    return redirect(url_for(".check", draft_id=draft_id), 303)


@bp.route("/complaints/drafts/<bigid:draft_id>/check", methods=["GET", "POST"])
@page(may="signed_in")
def check(draft_id: int) -> Answer:
    """The answers once more, then filing."""
    draft = queries.draft(reading(current_actor()), draft_id)
    form = forms.Declare() if draft["channel"] is Channel.ONLINE else forms.DeclareEntered()
    no = None
    if form.validate_on_submit():
        number, no = attempt(service.file, draft_id=draft_id)
        if no is None:
            return redirect(url_for(".receipt", number=number), 303)
    return form_page("complaints/check.html", form, no, draft=draft, words=words)


@bp.get("/complaints/<number:number>/receipt")
@page(may="signed_in")
def receipt(number: str) -> str:
    """The number, what happens next and by when, and the proof on the log; for whoever filed or
    entered it, and the bodies.
    """
    work = reading(current_actor())
    card = queries.view(work, number)
    if card.content is None or card.content.salt is None:
        raise NotFound("complaint.none")
    filed = next(
        entry for entry in ledger.of_subject(work, number) if entry.type == "complaint.filed"
    )
    due = next((due for due in card.windows if due.kind == "complaint.accept"), None)
    return render_template("complaints/receipt.html", card=card, filed=filed, due=due, words=words)
