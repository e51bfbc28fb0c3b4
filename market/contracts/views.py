"""Pages of award letters: the letter for its owner and winner, giving it up, and the public page that verifies it."""
import segno
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from market.contracts import forms, queries, service, words
from market.contracts.permissions import MAY
from market.contracts.queries import Letter
from market.contracts.rules import SIGNABLE
from market.db import in_one_transaction, reading
from market.kernel.errors import Malformed, NotFound, Refusal
from market.kernel.permits import holds
from market.web.auth import current_actor, page
from market.web.errors import words_of

bp = Blueprint("contracts", __name__)


@bp.get("/awards/<number:number>")
@page(may="award.read")
def letter(number: str) -> str:
    """The letter, as it is printed, with the code that leads to the page that verifies it."""
    card = queries.letter(reading(current_actor()), number)
    return render_template("contracts/letter.html", letter=card, words=words, qr=_qr(card), may_decline=_may_decline(card),
                           may_register=_may_register(card))


@bp.get("/awards")
@page(may="award.read")
def mine() -> str:
    """The letters of one's own organisation."""
    return render_template("contracts/mine.html", letters=queries.mine(reading(current_actor())), words=words)


@bp.route("/awards/<number:number>/decline", methods=["GET", "POST"])
@page(may="award.decline")
def decline(number: str) -> Response | str | tuple[str, int]:
    """The winner gives the award up."""
    card, form = queries.letter(reading(current_actor()), number), forms.GiveUp()
    if not _may_decline(card):
        raise NotFound("award.none")
    refusal, status = None, 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                in_one_transaction(service.decline, current_actor(), number=number, reason=form.reason.data,
                                   statement=form.statement.data)
                flash(_("已放弃中选，由候补递补。"))
                return redirect(url_for(".letter", number=number), 303)
            except Refusal as no:
                refusal, status = words_of(current_app, no), no.status
    return render_template("contracts/decline.html", letter=card, form=form, refusal=refusal), status


@bp.route("/awards/<number:number>/contract", methods=["GET", "POST"])
@page(may="award.contract")
def register(number: str) -> Response | str | tuple[str, int]:
    """The owner registers that the contract is signed."""
    card, form = queries.letter(reading(current_actor()), number), forms.Register()
    if not _may_register(card):
        raise NotFound("award.none")
    refusal, status = None, 200
    if form.is_submitted():
        status = 422
        if form.validate() and form.signed_on.data:
            try:
                in_one_transaction(service.register_contract, current_actor(), number=number, signed_on=form.signed_on.data)
                flash(_("合同已登记。"))
                return redirect(url_for(".letter", number=number), 303)
            except Refusal as no:
                refusal, status = words_of(current_app, no), no.status
    return render_template("contracts/register.html", letter=card, form=form, refusal=refusal), status


@bp.get("/verify")
@bp.get("/verify/<path:document>")
@page(may="public")
def verify(document: str = "") -> str | tuple[str, int]:
    """Whether a letter is genuine and in force: for anybody who holds the paper."""
    form = forms.Verify(request.args)
    typed = document or form.number.data or ""
    found, refusal, status = None, None, 200
    if typed:
        try:
            found = queries.verified(reading(current_actor()), typed)
        except (Malformed, NotFound) as no:
            refusal, status = words_of(current_app, no), no.status
    return render_template("contracts/verify.html", form=form, letter=found, words=words, refusal=refusal, typed=typed), status


def _may_decline(card: Letter) -> bool:
    actor = current_actor()
    return (card.state in SIGNABLE and card.agency_organisation_id == actor.organisation_id
            and holds(actor, MAY["award.decline"]))


def _may_register(card: Letter) -> bool:
    actor = current_actor()
    return (card.state in SIGNABLE and card.owner_organisation_id == actor.organisation_id
            and holds(actor, MAY["award.contract"]))


def _qr(card: Letter) -> Markup:
    """The address that verifies this letter as a code, drawn by us: inline SVG without styles."""
    root = str(current_app.config.get("PUBLIC_URL") or request.url_root).rstrip("/")
    code = segno.make(root + url_for(".verify", document=card.number), error="m")
    return Markup(code.svg_inline(scale=4, border=2, svgclass="mk-qr", lineclass=None, omitsize=False))  # noqa: S704 - drawn here
