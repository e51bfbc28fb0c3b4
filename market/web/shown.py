"""What a page hands out of what it shows, what comes back with the deed, and the words for what has
changed in between (market/kernel/shown.py).
"""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from flask import Flask, request
from flask_babel import gettext
from wtforms import HiddenField

from market.fabric import fabric
from market.kernel.errors import Refusal
from market.kernel.shown import Changed, Difference
from market.web.format import instant, money
from market.web.forms import Form


class Part(NamedTuple):
    """A part as people call it, how they read its codes, and whether they can read its values."""

    label: object
    values: Mapping[Any, object] = {}
    is_said: bool = True


class ShownField(HiddenField):
    """The token that a form hands out and takes back; it belongs to no person's typing."""


def show(form: Form, token: str) -> None:
    """Let a form hand out this token, if it signs something."""
    for field in form:
        if isinstance(field, ShownField):
            field.data = token


def handed_out(fresh: str, no: Refusal | None = None) -> str:
    """The token of a page of several forms: fresh on a new page and after a change; a form that
    comes back for another reason keeps what it came with.
    """
    if request.method == "POST" and not isinstance(no, Changed):
        return posted()
    return fresh


def posted() -> str:
    """The token that came back, "" where none did."""
    return request.form.get("shown", "")


def back() -> str | None:
    """Our own page that the form was on, to look at again."""
    page = request.referrer
    return page if page and page.startswith(request.host_url) else None


def sentence(app: Flask, no: Changed) -> str:
    """What has changed since the page was shown, each part by its name, short values before and
    now.
    """
    parts = cast(Mapping[str, Part], fabric(app).parts_shown)
    named = [_named(parts[each.part], each) for each in no.differences if each.part in parts]
    if not named:
        return str(fabric(app).words[no.code])
    return gettext(
        "内容已变化，请重新查看。与您刚才看到的不同的是：%(parts)s。",
        parts=gettext("；").join(dict.fromkeys(named)),
    )


def _named(part: Part, change: Difference) -> str:
    if change.before is None or change.now is None or not part.is_said:
        return str(part.label)
    return gettext(
        "%(part)s（原为：%(before)s，现为：%(now)s）",
        part=part.label,
        before=_said(part, change.part, json.loads(change.before)),
        now=_said(part, change.part, json.loads(change.now)),
    )


def _said(part: Part, name: str, value: object) -> str:
    """A value as people read it; fields of money and instants are told by their names."""
    if isinstance(value, list):
        return gettext("、").join(_said(part, name, one) for one in value) or gettext("无")
    if value in (None, ""):
        return gettext("无")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, int) and name.endswith("_fen"):
        return money(value)
    if isinstance(value, str) and name.endswith(("_at", "_close")):
        return instant(_instant(value))
    return str(part.values.get(str(value), value))


def _instant(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
