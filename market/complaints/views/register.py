"""The public side: the register, one complaint as each may see it, the bodies' timeliness, the
words on a notice's page.
"""

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.complaints import forms, queries, service, words
from market.complaints.queries import Filing, Relation, Row
from market.complaints.rules import About, State
from market.complaints.views.blueprint import bp, shown_due, timeline
from market.complaints.views.desk import next_after
from market.complaints.views.offers import offered
from market.db import Work, reading
from market.kernel.errors import NotFound
from market.web import feeds, sheets
from market.web.answering import caught
from market.web.auth import current_actor, page
from market.web.naming import named
from market.web.paging import Page
from market.web.sheets import Cell
from market.web.widgets import choices
from market.windows.rules import LIVE

SHEET = (
    _l("编号"),
    _l("选取公告"),
    _l("标题"),
    _l("投诉对象"),
    _l("状态"),
    _l("处理结论"),
    _l("办理单位"),
    _l("收到时间"),
    _l("办结时间"),
    _l("是否超期"),
)
"""The columns of the register that is saved."""
KNOWS = frozenset({Relation.COMPLAINANT, Relation.BODY, Relation.INSPECTOR})
"""Who is told how well it is known who complains."""


@bp.get("/complaints")
@page(may="public")
def register() -> str:
    """The public register with search and filters, newest first."""
    work = reading(current_actor())
    form, found = _found(work, request.args.get("after"))
    return render_template("complaints/register.html", form=form, page=found, words=words)


def _found(work: Work, after: str | None, limit: int = 20) -> tuple[forms.Search, Page]:
    """What the address asks for, and a page of what the register has of it."""
    form = forms.Search(request.args)
    form.body.choices = choices(
        {body: named(name) for body, name in queries.body_names(work).items()}, blank=_("全部")
    )
    form.validate()
    wanted = {field.short_name: (field.data or "").strip() for field in form if not field.errors}
    found = queries.register(
        work,
        q=wanted.get("q", ""),
        state=State(wanted["state"]) if wanted.get("state") else None,
        about=About(wanted["about"]) if wanted.get("about") else None,
        body_id=int(wanted["body"]) if wanted.get("body") else None,
        after=after,
        limit=limit,
    )
    return form, found


@bp.get(f"/complaints.{sheets.ENDINGS}")
@page(may="public")
def register_sheet(ending: str) -> Response:
    """Every complaint of the filter, as the register has it: nobody is named."""
    work = reading(current_actor())
    found = sheets.paged(lambda after: _found(work, after, sheets.AT_ONCE)[1])
    return sheets.answer(ending, "complaints", SHEET, map(_cells, found))


def _cells(row: Row) -> list[Cell]:
    return [
        row.number,
        row.notice_number,
        row.notice_title,
        str(words.ABOUT[row.about]),
        str(words.STATES[row.state][0]),
        str(words.OUTCOMES[row.outcome][0]) if row.outcome else None,
        row.body_name,
        sheets.local(row.filed_at),
        sheets.local(row.ended_at),
        str(words.LATE[0]) if row.is_late else None,
    ]


@bp.get("/complaints.atom")
@page(may="public")
def register_feed() -> Response:
    """The newest complaints of the filter, as the register has them: nobody is named."""
    work = reading(current_actor())
    _form, found = _found(work, None, feeds.NEWEST)
    return feeds.answer(_("投诉"), "/complaints", map(_item, found))


def _item(row: Row) -> feeds.Item:
    """One complaint: where it stands, what came of it, and with whom it is."""
    outcome = words.OUTCOMES[row.outcome][0] if row.outcome else words.STATES[row.state][0]
    return feeds.Item(
        path=f"/complaints/{row.number}",
        title=row.notice_title or row.number,
        at=row.ended_at or row.filed_at,
        summary=_(
            "%(number)s，%(about)s：%(outcome)s。办理单位：%(body)s。",
            number=row.number,
            about=words.ABOUT[row.about],
            outcome=outcome,
            body=named(row.body_name),
        ),
    )


@bp.get("/complaints/bodies")
@page(may="public")
def timeliness() -> str:
    """How timely each body is."""
    return render_template(
        "complaints/timeliness.html", bodies=queries.timeliness(reading(current_actor()))
    )


@bp.get("/complaints/<number:number>")
@page(may="public")
def show(number: str) -> str:
    """One complaint: the public summary; parties and bodies see what is theirs, and what they may
    do.
    """
    work = reading(current_actor())
    card = queries.view(work, number)
    return render_template(
        "complaints/show.html",
        card=card,
        published=queries.published(work, number),
        words=words,
        identity=queries.identity_of(work, number) if card.relation in KNOWS else None,
        offers=offered(card, work.actor),
        timeline=timeline(work, number),
        dues=[shown_due(work, due) for due in card.windows if due.state in LIVE],
        following=next_after(work, number) if card.dossier else None,
        may_add=card.state in service.ATTACHES.get(card.relation, ()),
    )


@bp.app_template_global()
def complaints_about(number: str) -> Filing | None:
    """What a notice's page says about complaining (templates/complaints/on_notice.html); None where
    it may say nothing.
    """
    found, _absent = caught(
        lambda: queries.filing(reading(current_actor()), number), statuses=(NotFound.status,)
    )
    return found
