"""One row of a room, found and locked. Other rooms get cards, never rows."""

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select

from market.db import Model, Work, under_lock
from market.kernel.errors import NotFound

E = TypeVar("E", bound=Model)


def one(work: Work, entity: type[E], condition: ColumnElement[bool], code: str, lock: bool) -> E:
    """The row of an entity under a condition, locked until the commit where `lock` says so.

    Refuses `code` where there is none.
    """
    asked: Select[E] = select(entity).where(condition)
    if lock:
        asked = under_lock(asked)
    row = work.session.scalar(asked)
    if row is None:
        raise NotFound(code)
    return row
