"""Pages of the pool: what is public of it, one's own application, the regulator's desk."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.db import Work, in_one_transaction, reading
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.selection.jurors import queries as pool_queries
from market.selection.jurors import service as pool_service
from market.selection.jurors import words
from market.selection.jurors.forms import ApplyForm, SignForm, StepForm
from market.selection.jurors.rules import MemberState, Step
from market.selection.pages import PlainForm, answer, bp
from market.web.answering import Answer, attempt
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.shown import handed_out

BLUEPRINTS = [bp]


@bp.get("/jurors")
@page(may="public")
def pool() -> Answer:
    """The pool of experts: how many in each category, where it comes from, how one comes in."""
    found = pool_queries.pool(reading(current_actor()))
    return answer("jurors/pool.html", PlainForm(formdata=None), pool=found, words=words)


@bp.route("/jurors/mine", methods=["GET", "POST"])
@page(may="pool.apply")
def own_expert() -> Answer | Response:
    """My application, or my place in the pool."""
    work = reading(current_actor())
    card = pool_queries.own(work)
    form = ApplyForm(data=_filled(card))
    form.offer(accounts.organisations(work, pool_service.REGULATOR), pool_queries.categories(work))
    no: Refusal | None = None
    if form.validate_on_submit():
        _done, no = attempt(
            pool_service.apply,
            body_id=int(form.body.data),
            categories=form.categories.data or [],
            employer=form.employer.data,
            codes=form.codes.data or [],
            grounds=form.grounds.data,
        )
        if no is None:
            flash(_("申请已提交，由主管部门两人审核；结果发消息通知您。"))
            return redirect(url_for(".own_expert"), 303)
    asks_in = card is None or card.state not in (MemberState.ADMITTED, MemberState.SUSPENDED)
    return answer("jurors/mine.html", form, no, card=card, asks_in=asks_in, words=words)


def _filled(card: pool_queries.MemberCard | None) -> dict[str, object]:
    if card is None:
        return {}
    return {
        "body": str(card.body_id),
        "categories": list(card.categories),
        "employer": card.employer,
        "grounds": card.grounds,
        "codes": list(card.codes),
    }


@bp.post("/jurors/mine/leave")
@page(may="pool.apply")
@asks(
    _l("退出评审专家库？"),
    _l(
        "退出后不再抽到您；正在评审、还没有提交评分表的，由下一名递补。以后可以向同一主管部门重新申请。"
    ),
    _l("退出专家库"),
)
def leave_pool() -> Response:
    """Leave the pool."""
    in_one_transaction(pool_service.leave, current_actor())
    flash(_("已退出评审专家库。"))
    return redirect(url_for(".own_expert"), 303)


@bp.post("/jurors/mine/withdraw")
@page(may="pool.apply")
@asks(
    _l("撤回入库申请？"),
    _l("主管部门不再审核这次申请。您填写的内容保留在申请页，以后可以修改、重新提交。"),
    _l("撤回申请"),
)
def withdraw_application() -> Response:
    """Take the application back."""
    in_one_transaction(pool_service.withdraw, current_actor())
    flash(_("已撤回入库申请。"))
    return redirect(url_for(".own_expert"), 303)


@bp.get("/office/jurors")
@page(may="pool.desk")
def pool_desk() -> Answer:
    """Whom my body decides about."""
    work = reading(current_actor())
    return answer(
        "jurors/desk.html", PlainForm(formdata=None), members=pool_queries.desk(work), words=words
    )


@bp.get("/office/jurors/<number:number>")
@page(may="pool.desk")
def expert(number: str) -> Answer:
    """A member, with what may be proposed or signed."""
    return _expert(number)


def _expert(number: str, form: Form | None = None, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(pool_service.sign_step, work, number), no)
    card = pool_queries.member(work, number)
    return answer(
        "jurors/expert.html",
        form or PlainForm(formdata=None),
        no,
        card=card,
        token=token,
        step=form if isinstance(form, StepForm) else _step_form(card),
        sign=form if isinstance(form, SignForm) else SignForm(formdata=None),
        words=words,
    )


def _step_form(card: pool_queries.MemberCard) -> StepForm:
    form = StepForm(formdata=None)
    form.offer(card.steps)
    return form


@bp.post("/office/jurors/<number:number>/propose")
@page(may="pool.propose")
def propose_expert(number: str) -> Answer | Response:
    """Propose what is to become of a member."""
    work: Work = reading(current_actor())
    form = StepForm()
    form.offer(pool_queries.member(work, number).steps)
    if not form.validate_on_submit():
        return _expert(number, form)
    step = Step(form.step.data)
    _done, no = attempt(
        pool_service.propose_step, number=number, step=step, reason=form.reason.data
    )
    if no is not None:
        return _expert(number, form, no)
    flash(_("意见已提出，待另一人签发。"))
    return redirect(url_for(".expert", number=number), 303)


@bp.post("/office/jurors/<number:number>/sign")
@page(may="pool.sign")
def sign_expert(number: str) -> Answer | Response:
    """Sign it, or give it back."""
    form = SignForm()
    if not form.validate_on_submit():
        return _expert(number, form)
    _done, no = attempt(
        pool_service.sign_step, number=number, followed=form.outcome.data == "follow"
    )
    if no is not None:
        return _expert(number, form, no)
    flash(_("已办理，并通知本人。"))
    return redirect(url_for(".expert", number=number), 303)
