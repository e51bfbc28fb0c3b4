"""Documents of the published list (容缺材料): the agency answers for each and hands in what came
later; the office checks it.
"""

from collections.abc import Callable

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.agencies import queries as agencies
from market.agencies.pages import bp
from market.agencies.rules import GROWING
from market.catalogue import queries as catalogue
from market.catalogue.queries import DeferrableCard
from market.db import reading
from market.enrolment import forms, queries, service
from market.enrolment.queries import Application, DocumentCard
from market.enrolment.views.answers import Answer, answer, done, tell, token_for
from market.enrolment.views.enrolment import mine
from market.enrolment.views.standing import show_agency
from market.files import service as files
from market.kernel.errors import NotFound
from market.web.answering import caught
from market.web.auth import current_actor, page
from market.web.forms import Form


@bp.route("/enrolment/documents/<bigid:listed_id>", methods=["GET", "POST"])
@page(may="enrolment.fill")
@files.takes_upload
def document(listed_id: int) -> Answer | Response:
    """Hand in a document of the list with the application, or put it off."""
    found = mine()
    listed = _listed(found, listed_id)
    known = next((each for each in found.documents if each.name == listed.name), None)
    form = forms.DocumentForm(choice=_chosen(known))
    is_enrolled = found.card.state in GROWING
    if is_enrolled:
        form.choice.choices = form.choice.choices[:1]
    if form.validate_on_submit() and _handed(
        form, service.answer_document, form.choice.data == "now", listed_id=listed_id
    ):
        return redirect(url_for(".addition" if is_enrolled else ".qualifications"), 303)
    return answer("document.html", form, mine=found, listed=listed, known=known)


@bp.route("/enrolment/outstanding/<bigid:document_id>", methods=["GET", "POST"])
@page(may="enrolment.fill")
@files.takes_upload
def hand_in(document_id: int) -> Answer | Response:
    """Hand in a document that was put off."""
    found = mine()
    form = forms.FileForm()
    of = next((each for each in found.documents if each.id == document_id and each.owed_at), None)
    if of is None:
        raise NotFound("agency.no_document")
    if form.validate_on_submit() and _handed(form, service.hand_in, True, document_id=document_id):
        flash(_("材料已收到，等协管办核验；核验期间不计时。"))
        return redirect(url_for(".enrolment"), 303)
    return answer("hand_in.html", form, mine=found, of=of)


def _handed(form: Form, act: Callable[..., object], has_file: bool, **values: object) -> bool:
    """Do the use case with the file of the form, which is checked and kept before."""
    received = None
    if has_file:
        received, no = caught(lambda: files.receive(form["file"].data, current_app.instance_path))
        if no:
            tell(form, no)
            return False
    return done(form, act, received=received, **values)


def _listed(found: Application, listed_id: int) -> DeferrableCard:
    """The line of the list: of the chosen items in an application, of all for an enrolled agency."""
    of = (
        catalogue.deferrable(reading(current_actor()))
        if found.card.state in GROWING
        else found.listed
    )
    listed = next((each for each in of if each.id == listed_id), None)
    if listed is None:
        raise NotFound("agency.no_document")
    return listed


def _chosen(known: DocumentCard | None) -> str | None:
    if known is None:
        return None
    return "later" if known.submitted_at is None else "now"


@bp.post("/office/documents/<bigid:document_id>/accept")
@page(may="agency.check_document")
def accept_document(document_id: int) -> Answer | Response:
    """Accept a document."""
    ref = _of(document_id)
    form = Form()
    if form.validate_on_submit() and done(
        form, service.accept_document, document_id=document_id, file_id=_looked_at()
    ):
        flash(_("材料核验通过。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return show_agency(ref, form)


@bp.route("/office/documents/<bigid:document_id>/return", methods=["GET", "POST"])
@page(may="agency.check_document")
def return_document(document_id: int) -> Answer | Response:
    """Return a document with what is wrong with it."""
    ref = _of(document_id)
    form = forms.ReturnForm()
    if form.validate_on_submit() and done(
        form,
        service.return_document,
        document_id=document_id,
        reason=form.reason.data,
        file_id=_looked_at(),
    ):
        flash(_("材料已退回，机构的期限从明天起继续计算。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return answer(
        "office/return_document.html",
        form,
        token=token_for(form, service.return_document, document_id),
        card=agencies.by_ref(reading(current_actor()), ref),
    )


def _looked_at() -> int | None:
    """The file that the page showed, which its buttons name."""
    return request.values.get("file", type=int)


def _of(document_id: int) -> str:
    """Whose document it is: a platform number. Refuses `agency.no_document`."""
    return queries.owner_of_document(reading(current_actor()), document_id)
