"""Quote keys and boxes in public: the door for a key that a trustee could not hand in himself, and each box
for whoever opens it again.
"""

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from market.db import reading
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.pages import answer, bp
from market.web.answering import attempt, caught
from market.web.auth import page
from market.web.forms import Form
from market.web.pace import Limit, keep_pace
from market.web.widgets import RadioField, Required, TextLength

OFTEN = Limit("quote.key", 10, 1)
MOST_KEY = 80  # signs of a key with the blanks of a copy


class KeyForm(Form):
    """A private key of one draw, and whose it is."""

    holder = RadioField(_l("谁的密钥"), [Required()])
    sk = StringField(
        _l("密钥"),
        [Required(), TextLength(1, MOST_KEY)],
        description=_l("64 位十六进制数字；只对这一次选取有用"),
    )


@bp.route("/draws/<number:number>/quote-keys", methods=["GET", "POST"])
@page(may="public")
def quote_keys(number: str) -> ResponseReturnValue:
    """Take a holder's key of this draw's quotes from anyone: it proves itself against the notice."""
    notice = sibling(number, Prefix.NOTICE)
    work = reading(VISITOR)
    holders = entry_queries.key_holders(work, notice)
    if not holders:
        raise NotFound("quote.none")
    form = KeyForm()
    form.holder.choices = [(each, each) for each in holders]
    if form.validate_on_submit():
        _none, no = caught(lambda: keep_pace(OFTEN, "draw.too_many_values"))
        if no is None:
            is_new, no = attempt(
                entry_service.give_key, number=notice, holder=form.holder.data, sk=form.sk.data
            )
        if no is None:
            flash(_("密钥已核对无误并记入日志，谢谢。") if is_new else _("这把密钥已经收到过了。"))
            return redirect(url_for(".draw", number=number), 303)
    else:
        no = None
    awaited = entry_queries.awaited_keys(work, notice)
    return answer("quote_keys.html", form, no, number=number, awaited=awaited)


@bp.get("/draws/<number:number>/boxes/<bigid:no>.box")
@page(may="public")
def box(number: str, no: int) -> Response:
    """The box of one entry's quote as it was sealed, also of one that did not open; 404 before the list
    is sealed.
    """
    data = entry_queries.opened_box(reading(VISITOR), sibling(number, Prefix.NOTICE), no)
    if data is None:
        raise NotFound("quote.no_box")
    answered = Response(data, mimetype="application/octet-stream")
    answered.headers["Content-Disposition"] = f'attachment; filename="{number}-{no}.box"'
    answered.add_etag()
    return answered
