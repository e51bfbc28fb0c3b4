"""A page for each deed of a party: its form, and back to the evaluations of the matter."""

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.db import reading
from market.evaluations import forms, queries, service, words
from market.evaluations.queries import Pair
from market.evaluations.rules import WEIGHTS
from market.evaluations.views.blueprint import bp
from market.kernel.errors import NotFound
from market.kernel.plain import Json
from market.web.answering import attempt, form_page
from market.web.auth import current_actor
from market.web.deeds import add_deed
from market.web.forms import Form

Answer = Response | tuple[str, int]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that a party can do: `given` reads the use case's arguments from the form."""

    may: str
    title: object
    done: object
    form: type[Form]
    act: Callable[..., object]
    given: Callable[[Any], Mapping[str, object]]
    hint: object = ""


def _said(form: forms.Give) -> Mapping[str, object]:
    return {"marks": form.marks(), "text": form.text.data or "", "fact": form.fact.data or ""}


def _text(form: Form) -> Mapping[str, object]:
    return {"text": form.text.data or ""}


def _appealed(form: forms.Appeal) -> Mapping[str, object]:
    return {"ground": form.ground.data, "text": form.text.data or ""}


DEEDS = {
    "give": Deed(
        may="evaluation.give",
        title=_l("评价对方"),
        done=_l("评价已密封，规定的时间内可以更正；双方都评完或期限届满后一起公开。"),
        form=forms.Give,
        act=service.give,
        given=_said,
        hint=_l(
            "双方的评价一起公开；公开之前，页面上只有作出评价的一方能看到自己的评价。请只按这一个项目的事实评价。"
        ),
    ),
    "reply": Deed(
        may="evaluation.speak",
        title=_l("回应评价"),
        done=_l("回应已公开在评价旁边。"),
        form=forms.Reply,
        act=service.reply,
        given=_text,
    ),
    "appeal": Deed(
        may="evaluation.speak",
        title=_l("对评价申诉"),
        done=_l("申诉已提交，由未经手这个项目的人决定。"),
        form=forms.Appeal,
        act=service.appeal,
        given=_appealed,
        hint=_l("申诉只有一次。评价不好不是申诉的理由；对评价有不同看法的，请写回应。"),
    ),
    "answer": Deed(
        may="evaluation.speak",
        title=_l("对申诉作出说明"),
        done=_l("说明已提交。"),
        form=forms.Answer,
        act=service.answer,
        given=_text,
    ),
    "follow_up": Deed(
        may="evaluation.give",
        title=_l("追加评价"),
        done=_l("追加评价已公开。"),
        form=forms.FollowUp,
        act=service.follow_up,
        given=_text,
    ),
}


def do(name: str, number: str) -> Answer:
    """Show the deed's form, or do it."""
    deed = DEEDS[name]
    work = reading(current_actor())
    pair = queries.both(work, number)
    if pair.side is None:
        raise NotFound("evaluation.none")
    form = _form(deed, pair)
    facts: Json = {
        "deed": deed,
        "name": name,
        "pair": pair,
        "words": words,
        "weights": WEIGHTS,
    }
    if not form.is_submitted() and name not in queries.deeds(work, pair):
        raise NotFound("evaluation.none")
    if not form.validate_on_submit():
        return form_page("evaluations/deed.html", form, **facts)
    _done, no = attempt(deed.act, number=number, **deed.given(form))
    if no is not None:
        return form_page("evaluations/deed.html", form, no, **facts)
    flash(str(deed.done))
    return redirect(url_for(".show", number=number), 303)


def _form(deed: Deed, pair: Pair) -> Form:
    """The deed's form; of an evaluation in the words of the reader's side, with what it said."""
    if deed.form is not forms.Give or pair.side is None:
        return deed.form()
    own = pair.of_side(pair.side)
    said = own.marks.each() if own.marks is not None else {}
    return forms.Give(**said, text=own.text, fact=own.fact).for_side(pair.side)


for named, each in DEEDS.items():
    add_deed(
        bp,
        f"/contracts/<number:number>/evaluation/{named.replace('_', '-')}",
        name=named,
        may=each.may,
        do=partial(do, named),
    )
