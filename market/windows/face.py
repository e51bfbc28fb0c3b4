"""What templates ask about deadlines."""

import datetime as dt

from flask import Flask, g

from market.db import reading
from market.fabric import fabric
from market.web.auth import current_actor
from market.windows import queries
from market.workdays import queries as workdays
from market.workdays.rules import WorkCalendar, working_days_left


def init_app(app: Flask) -> None:
    """Give templates `working_days_left(due_at)`, and the import of a calendar its preview of what
    it moves.
    """
    app.jinja_env.globals["working_days_left"] = left
    workdays.MOVED.keep(
        lambda work, _before, after: queries.moves(work, fabric(app).window_kinds, after), app
    )


def left(due_at: dt.datetime) -> int:
    """Working days left after today until a due, 0 on its last day, negative when it is over."""
    work = reading(current_actor())
    if "calendar" not in g:
        g.calendar = workdays.calendar(work)
    calendar: WorkCalendar = g.calendar
    return working_days_left(work.now, due_at, calendar)
