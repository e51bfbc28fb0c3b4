"""The front pages."""

import dataclasses

from flask import current_app, render_template

from market.adapters import vkeys
from market.db import Work, reading
from market.fabric import fabric
from market.letters import queries as letters
from market.portal import queries
from market.portal.navigation import PUBLIC, desks_of
from market.portal.views.blueprint import bp
from market.search import queries as search
from market.tasks import queries as tasks
from market.web.addresses import root
from market.web.auth import current_actor, page


@bp.get("/")
@page(may="public")
def home() -> str:
    """Home: what is open, what is drawn next, what came out, and how it works."""
    return render_template("portal/home.html", front=queries.front(reading(current_actor())))


@bp.get("/todo")
@page(may="signed_in")
def todo() -> str:
    """What waits for me, soonest due first, and the doors to my desks."""
    work = reading(current_actor())
    woven = fabric()
    late, there_is_more = tasks.overdue(work, woven.permissions, woven.window_kinds)
    late = [dataclasses.replace(each, path=public_page(work, each.subject)) for each in late]
    return render_template(
        "portal/todo.html",
        desk=tasks.tasks(work, woven.permissions, woven.window_kinds),
        late=late,
        there_is_more=there_is_more,
        desks=desks_of(work.actor),
        letters=letters.inbox(work).rows[:5],
    )


def public_page(work: Work, number: str) -> str:
    """Where anybody reads of the matter with that number, "" where it is not public: who oversees has
    no door to the desk of whoever owes the deed.
    """
    return next((each.path for each in search.named(work, number)), "")


@bp.get("/checking")
@page(may="public")
def checking() -> str:
    """How anybody checks this site: whose keys, which files, what the answer means."""
    return render_template(
        "portal/checking.html", keys=vkeys.published(current_app.config), root=root()
    )


@bp.get("/accessibility")
@page(may="public")
def accessibility() -> str:
    """The accessibility statement (无障碍声明)."""
    return render_template("portal/accessibility.html")


@bp.get("/sitemap")
@page(may="public")
def sitemap() -> str:
    """Every public page by its room (网站地图)."""
    return render_template("portal/sitemap.html", beside=PUBLIC)
