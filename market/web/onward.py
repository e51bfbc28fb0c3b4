"""What follows a form that was taken: who has it now, and until when."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from flask_babel import gettext as _

from market.fabric import fabric
from market.kernel.deadlines import Nature
from market.web.format import due
from market.web.locale import shown


class Due(Protocol):
    """A window of the matter."""

    @property
    def kind(self) -> str: ...

    @property
    def nature(self) -> Nature: ...

    @property
    def matter(self) -> str: ...

    @property
    def due_at(self) -> dt.datetime: ...

    @property
    def closed_at(self) -> dt.datetime | None: ...

    @property
    def responsible_id(self) -> int | None: ...


def who_next(dues: Iterable[Due], body: Callable[[int], str], matter: str | None = None) -> str:
    """One sentence for the duty of these windows that is due first (of one matter, when it is
    named); "" where none runs. `body` names an organisation.
    """
    running = [
        each
        for each in dues
        if each.nature is Nature.DUTY and each.closed_at is None and matter in (None, each.matter)
    ]
    if not running:
        return ""
    first = min(running, key=lambda each: each.due_at)
    title = shown(fabric().window_kinds[first.kind].title)
    if first.responsible_id is None:
        return _("下一步：%(title)s，%(due)s 前。", title=title, due=due(first.due_at))
    return _(
        "下一步：%(body)s办理“%(title)s”，%(due)s 前。",
        body=body(first.responsible_id),
        title=title,
        due=due(first.due_at),
    )


def to_be_signed(names: Sequence[str]) -> str:
    """One sentence for what waits for a second person of the same body."""
    who = _("、").join(names)
    return (
        _("下一步：由本单位审签人（%(who)s）审签。", who=who)
        if names
        else _("下一步：由本单位审签人审签；本单位还没有别的审签人，请管理员先指定。")
    )
