"""A page for each deed of the table in offers.py: its form, and back to the matter."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from market.contracts import queries, words
from market.contracts.queries import Matter
from market.contracts.views.blueprint import bp
from market.contracts.views.deed import Deed
from market.contracts.views.offers import DEEDS
from market.db import in_one_transaction, reading
from market.files import service as files
from market.kernel.errors import NotFound
from market.kernel.shown import Changed, seen
from market.web.answering import caught, refusal_in
from market.web.auth import current_actor
from market.web.deeds import add_deed
from market.web.forms import Form
from market.web.shown import show
from market.web.widgets import choices

Answer = Response | str | tuple[str, int]


def do(deed: Deed, number: str, no: int | None = None) -> Answer:
    """Show the deed's form, or do it."""
    work = reading(current_actor())
    fresh = seen(deed.sees, work, number) if deed.sees else ""  # before the card is read
    card = queries.matter(work, number)
    form = (deed.shape(work, card) if deed.shape else deed.form)()
    if deed.change is not None:
        side = queries.side_of(card, current_actor().organisation_id)
        form.reason.choices = choices(words.reasons_of(deed.change, side))
    is_sent = form.is_submitted()
    is_whole = is_sent and form.validate()
    if not is_whole and not deed.fits(current_actor(), card, no):
        raise NotFound("contract.none")
    if not is_whole:
        if not is_sent:
            show(form, fresh)
        return _page(deed, card, form, None, no), 422 if is_sent else 200
    _done, refused = caught(lambda: _did(deed, form, number, no))
    if isinstance(refused, Changed):
        show(form, seen(deed.sees, reading(current_actor()), number) if deed.sees else "")
        card = queries.matter(reading(current_actor()), number)
    if refused:
        return _page(deed, card, form, refusal_in(form, refused), no), refused.status
    flash(str(deed.done))
    return redirect(url_for(".matter", number=number), 303)


def _did(deed: Deed, form: Form, number: str, no: int | None) -> None:
    """Do what the form means; of a payment, the one with the number `no`."""
    of_payment = {} if no is None else {"no": no}
    act, values = deed.meant(form)
    in_one_transaction(act, current_actor(), number=number, **of_payment, **values)


def _page(deed: Deed, card: Matter, form: Form, refusal: str | None, no: int | None) -> str:
    work = reading(current_actor())
    payment = next((one for one in card.payments if one.no == no), None)
    return render_template(
        "contracts/deed.html",
        deed=deed,
        matter=card,
        form=form,
        refusal=refusal,
        payment=payment,
        booked=queries.unregistered_of(work, [card.id]).get(card.id, []),
        words=words,
    )


for each in DEEDS:
    files.takes_upload(
        add_deed(
            bp,
            f"/contracts/<number:number>/{each.name}{'/<bigid:no>' if each.of_payment else ''}",
            name=each.name,
            may=each.may,
            do=partial(do, each),
        )
    )
