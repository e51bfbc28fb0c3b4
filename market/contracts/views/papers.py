"""Papers of a matter: the model contract, the confirmation of what is owed, the letter of demand. Each is a page to
print, and a PDF where the installation makes them.
"""

import datetime as dt
from urllib.parse import quote

from flask import Response as Answer
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.adapters import pdf
from market.contracts import queries, shipped, words
from market.contracts.queries import Letter, Matter
from market.contracts.rules.claim import Claim, ClaimState
from market.contracts.rules.model import Terms, articles, said
from market.contracts.rules.payment import interest_fen
from market.contracts.service.signing import is_public_body
from market.contracts.views.blueprint import bp
from market.db import Work, reading
from market.kernel import money as amounts
from market.kernel.clock import local_date
from market.kernel.errors import NotFound
from market.owners import queries as owners
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.results import queries as result_queries
from market.web.addresses import whole
from market.web.auth import current_actor, page
from market.web.format import mask_name
from market.web.qr import code_of

MADE = Response | str


@bp.get("/awards/<number:number>/contract/model")
@page(may="award.read")
def model(number: str) -> MADE:
    """The model contract of the item's category, filled in, for the two who sign."""
    return _shown("model", **_model(reading(current_actor()), number))


@bp.get("/awards/<number:number>/contract/model.pdf")
@page(may="award.read")
def model_pdf(number: str) -> MADE:
    """The same as PDF."""
    back = url_for(".model", number=number)
    return _printed("model", back, **_model(reading(current_actor()), number))


def _model(work: Work, number: str) -> dict[str, object]:
    card = queries.letter(work, number)
    notice = result_queries.notice(work, card.notice_number)
    terms = _terms(work, card)
    return {
        "title": _("服务合同（示范文本）"),
        "letter": card,
        "notice": notice,
        "articles": articles(shipped.clauses(), notice.category, terms),
        "qr": code_of(whole(url_for(".verify", document=card.number))),
    }


def _terms(work: Work, card: Letter) -> Terms:
    notice = result_queries.notice(work, card.notice_number)
    book = rulebooks.version(work, notice.rulebook)
    is_public = is_public_body(work, card.owner_organisation_id)
    return Terms(
        title=card.title,
        item=card.item_name,
        notice=card.notice_number,
        amount=f"{amounts.yuan(card.amount_fen)} 元",
        upper=amounts.upper(card.amount_fen),
        days=card.service_days,
        inspection=said(*book.window(Rulebook.inspection_days)),
        register=said(*book.window(Rulebook.register_days)),
        pay=30,
        most_pay_days=book.pay_days_cap if is_public else None,
    )


@bp.get("/contracts/<number:number>/claims/<bigid:no>")
@page(may="award.read")
def claim_paper(number: str, no: int) -> MADE:
    """A confirmation of what is owed, or a letter of demand, for both sides and the overseers."""
    name, given = _claim(reading(current_actor()), number, no)
    return _shown(name, **given)


@bp.get("/contracts/<number:number>/claims/<bigid:no>.pdf")
@page(may="award.read")
def claim_pdf(number: str, no: int) -> MADE:
    """The same as PDF."""
    name, given = _claim(reading(current_actor()), number, no)
    return _printed(name, url_for(".claim_paper", number=number, no=no), **given)


def _claim(work: Work, number: str, no: int) -> tuple[str, dict[str, object]]:
    card = queries.matter(work, number)
    if not queries.reads_whole(work, card):
        raise NotFound("contract.none")
    found = next((each for each in card.claims if each.no == no), None)
    if found is None or found.state not in (ClaimState.CONFIRMED, ClaimState.SENT):
        raise NotFound("contract.none")
    if found.claim is Claim.RECEIVABLE:
        address = whole(url_for(".receivable", code=found.code))
        given = {"matter": card, "claim": found, "qr": code_of(address), "address": address}
        return "receivable", {"title": _("应收账款确认书"), **given}
    return "demand", {"title": _("催款函"), "matter": card, "claim": found, **_late(work, card, no)}


def _late(work: Work, card: Matter, no: int) -> dict[str, object]:
    """Until when was to be paid, and what lateness had cost on the day of the letter: printed again it says
    the same, whatever became of the contract since.
    """
    row = queries.contract_of(work, card.number)
    claim = next(each for each in card.claims if each.no == no)
    cost = interest_fen(claim.amount_fen, claim.days_late)
    return {
        "last_day": local_date(claim.asked_at) - dt.timedelta(days=claim.days_late),
        "interest_fen": cost if row.is_sme and queries.bears_interest(row) else None,
    }


@bp.get("/receivables/<code>")
@page(may="public")
def receivable(code: str) -> str:
    """Whether a confirmation of what is owed is genuine, and what is still unpaid: for whoever holds the
    paper, as a bank does.
    """
    work = reading(current_actor())
    row, claim = queries.confirmed_claim(work, code)
    is_person = owners.is_natural(work, row.owner_organisation_id)
    return render_template(
        "contracts/receivable.html",
        matter=row,
        owner=mask_name(row.owner_name) if is_person else row.owner_name,
        claim=claim,
        left_fen=queries.money_owed(work, row)[0],
    )


def _shown(name: str, **given: object) -> str:
    """A paper as a page to print."""
    makes = pdf.is_there()
    return render_template(
        "contracts/paper.html",
        body=f"contracts/papers/{name}.html",
        makes=makes,
        words=words,
        **given,
    )


def _printed(name: str, back: str, **given: object) -> MADE:
    """A paper as PDF; where none can be made, its page to print."""
    html = render_template(
        "contracts/print.html", body=f"contracts/papers/{name}.html", words=words, **given
    )
    try:
        made = pdf.pdf_of(html)
    except pdf.Unavailable:
        flash(_("现在不能生成 PDF，请用浏览器打印本页，或者稍后再试。"))
        return redirect(back, 303)
    answer = Answer(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = (
        f"inline; filename*=UTF-8''{quote(str(given['title']))}.pdf"
    )
    return answer
