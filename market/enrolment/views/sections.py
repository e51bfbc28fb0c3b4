"""The sections of an enrolment, each on its own page."""

import dataclasses
import pathlib

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.adapters.instance import identity_digest
from market.agencies import rules as agency_rules
from market.agencies.pages import bp
from market.agencies.queries import QualificationCard
from market.catalogue import queries as catalogue
from market.db import in_one_transaction, reading
from market.enrolment import forms, queries, rules, service
from market.enrolment.queries import Application
from market.enrolment.views.answers import Answer, answer, done, tell
from market.enrolment.views.enrolment import mine
from market.files import service as files
from market.kernel.errors import NotFound
from market.web.answering import caught
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.finding import findable_choices
from market.web.widgets import choices


@bp.route("/enrolment/basics", methods=["GET", "POST"])
@page(may="enrolment.fill")
def basics() -> Answer | Response:
    """Who the agency is."""
    found = mine()
    form = forms.BasicsForm(data=dataclasses.asdict(found.basics))
    if found.basics.representative_digest is not None:
        form.representative = found.basics.legal_representative
    if form.may_be_kept() and done(
        form, service.save_basics, basics=form.basics(_digest(form.representative_number.data))
    ):
        return redirect(url_for(".enrolment"), 303)
    form.representative_number.data = None  # never shown again, not even to who typed it
    return answer("basics.html", form, mine=found, place=agency_rules.place(form.region.data or ""))


def _digest(typed: str | None) -> str | None:
    """The keyed digest of the representative's number, when one was typed."""
    if not typed:
        return None
    number = rules.check_representative_number(typed)
    return identity_digest(pathlib.Path(current_app.config["INSTANCE"]), number)


@bp.route("/enrolment/representative", methods=["GET", "POST"])
@page(may="enrolment.fill")
def representative() -> Answer | Response:
    """Who leads an enrolled agency now, with his number; the office looks at it."""
    found = mine()
    form = forms.RepresentativeForm(
        data={"legal_representative": found.basics.legal_representative}
    )
    if form.validate_on_submit() and done(
        form,
        service.tell_representative,
        name=form.legal_representative.data,
        digest=_digest(form.representative_number.data),
    ):
        flash(_("已提交，等待中介超市协管办核验。"))
        return redirect(url_for(".enrolment"), 303)
    form.representative_number.data = None
    return answer("representative.html", form, mine=found)


@bp.route("/enrolment/lines", methods=["GET", "POST"])
@page(may="enrolment.fill")
def lines() -> Answer | Response:
    """Which items the agency offers."""
    found = mine()
    items = catalogue.items(reading(current_actor()))
    form = forms.LinesForm(data={"items": [line.item_code for line in found.lines]})
    form.items.choices = choices((item.code, item.name) for item in items)
    if form.validate_on_submit() and done(form, service.choose_lines, codes=form.items.data):
        return redirect(url_for(".enrolment"), 303)
    return answer("lines.html", form, mine=found, items=items)


@bp.get("/enrolment/qualifications")
@page(may="enrolment.fill")
def qualifications() -> Answer:
    """What the agency holds, and what the chosen items still ask for."""
    found = mine()
    today = reading(current_actor()).today
    held = [each.held for each in found.qualifications]
    owing = agency_rules.uncovered(
        {item.code: item.requirement for item in found.items}, held, today
    )
    return answer("qualifications.html", forms.SubmitForm(), mine=found, owing=owing)


@bp.route("/enrolment/qualifications/new", methods=["GET", "POST"])
@page(may="enrolment.fill")
@files.takes_upload
def new_qualification() -> Answer | Response:
    """Add a certificate or filing."""
    found = mine()
    form = forms.QualificationForm()
    form.offer(queries.qualification_names(found.items), queries.specialities(found.items))
    valid = form.is_submitted() and _all_right(form)
    if valid and done(
        form, service.add_qualification, **_values(form), submission_key=form.once.data
    ):
        return redirect(url_for(".qualifications"), 303)
    return answer("qualification.html", form, mine=found, of=None)


@bp.route("/enrolment/qualifications/<bigid:qualification_id>", methods=["GET", "POST"])
@page(may="enrolment.fill")
@files.takes_upload
def qualification(qualification_id: int) -> Answer | Response:
    """Change a certificate or filing."""
    found = mine()
    of = _own(found, qualification_id)
    names = queries.qualification_names(found.items)
    offered = queries.specialities(found.items)
    form = forms.QualificationForm(data=_shown(of, names, offered))
    form.offer(names, offered)
    valid = form.is_submitted() and _all_right(form)
    if valid and done(
        form, service.change_qualification, qualification_id=qualification_id, **_values(form)
    ):
        return redirect(url_for(".qualifications"), 303)
    return answer("qualification.html", form, mine=found, of=of)


@bp.post("/enrolment/qualifications/<bigid:qualification_id>/remove")
@page(may="enrolment.fill")
@asks(_l("删去这项资质？"), _l("填写的内容和扫描件从申请里删去；需要时可以重新填写。"), _l("删去"))
def drop_qualification(qualification_id: int) -> Answer | Response:
    """Take a certificate or filing out."""
    form = forms.SubmitForm()
    if form.validate_on_submit() and done(
        form, service.drop_qualification, qualification_id=qualification_id
    ):
        return redirect(url_for(".qualifications"), 303)
    return answer("qualifications.html", form, mine=mine(), owing=[])


@bp.route("/enrolment/commitment", methods=["GET", "POST"])
@page(may="enrolment.commit")
def commitment() -> Answer | Response:
    """Read and sign the commitment."""
    found = mine()
    form = forms.CommitmentForm()
    if form.validate_on_submit() and done(form, service.sign_commitment):
        return redirect(url_for(".enrolment"), 303)
    return answer("commitment.html", form, mine=found)


@bp.route("/enrolment/addition", methods=["GET", "POST"])
@page(may="enrolment.fill")
def addition() -> Answer | Response:
    """An enrolled agency adds items, or renews certificates alone."""
    found = mine()
    items = catalogue.items(reading(current_actor()))
    taken = {
        line.item_code for line in found.lines if line.state not in agency_rules.LINE_REQUESTABLE
    }
    offered = [item for item in items if item.code not in taken]
    form = forms.AdditionForm()
    form.items.choices = findable_choices(offered, catalogue.in_english)
    if form.validate_on_submit() and done(
        form, service.request_addition, codes=form.items.data or []
    ):
        return redirect(url_for(".enrolment"), 303)
    documents = catalogue.deferrable(reading(current_actor()), [item.code for item in offered])
    return answer(
        "addition.html",
        form,
        mine=found,
        documents=documents,
        hints={item.code: item.qualification for item in offered},
    )


def _own(found: Application, qualification_id: int) -> QualificationCard:
    of = next((each for each in found.qualifications if each.id == qualification_id), None)
    if of is None:
        raise NotFound("agency.none")
    return of


def _shown(of: QualificationCard, names: list[str], offered: list[str]) -> dict[str, object]:
    """What a form shows of a qualification that is there already."""
    return {
        "name": of.name if of.name in names else forms.OTHER,
        "other": of.name,
        "grade": of.grade or "",
        "known": [each for each in of.specialities if each in offered],
        "specialities": [each for each in of.specialities if each not in offered],
        "number": of.number,
        "issuer": of.issuer,
        "valid_from": of.valid_from,
        "valid_to": of.valid_to,
        "lasting": of.valid_to is None,
    }


def _all_right(form: forms.QualificationForm) -> bool:
    """Look at the fields and keep the scan, whatever becomes of the other: all is told at once."""
    passed = form.validate()
    return _receive(form) and passed


def _receive(form: forms.QualificationForm) -> bool:
    """Keep a scan that came with the form, before anything else is looked at: it is not to be
    uploaded twice.
    """
    if not form.scan.data:
        return True
    kept, no = caught(lambda: _kept(form))
    if no:
        tell(form, no)
        return False
    form.kept.data = str(kept)
    return True


def _kept(form: forms.QualificationForm) -> int:
    received = files.receive(form.scan.data, current_app.instance_path, field="scan")
    return in_one_transaction(service.keep_scan, current_actor(), scan=received)


def _values(form: forms.QualificationForm) -> dict[str, object]:
    kept = str(form.kept.data or "")
    return {
        "held": form.held(),
        "number": form.number.data,
        "issuer": form.issuer.data,
        "file_id": int(kept) if kept.isascii() and kept.isdigit() and len(kept) < 19 else None,
    }
