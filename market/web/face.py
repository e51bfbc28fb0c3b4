"""What base.html needs from the application: assets with their integrity, links that exist, the
site's own names.

Settings (all optional, empty means hidden): SITE_NAME, SITE_JURISDICTION, SITE_HOST 主办单位,
SITE_OPERATOR 承办单位, SITE_PHONE, SITE_CODE 网站标识码, SITE_ICP, SITE_POLICE 公安备案. DEMO shows
the demo banner. The factory may replace the template globals `nav` and `account_nav`.
"""

import base64
import datetime as dt
import functools
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import cast
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from market.fabric import Memory, fabric
from market.kernel.clock import CHINA
from market.web.addresses import whole
from market.web.headers import csp_nonce
from market.web.locale import language, shown
from market.web.naming import named
from market.web.static import static_at
from market.web.widgets import is_required, kind_of, plain_label

Menu = Sequence[tuple[str, object]]
"""Endpoints with the words of their links."""
NAV = [
    ("selection.notices", _l("选取公告")),
    ("selection.draws", _l("选取直播")),
    ("selection.results", _l("中选结果")),
    ("agencies.directory", _l("中介机构")),
    ("catalogue.index", _l("服务事项")),
    ("complaints.register", _l("投诉")),
    ("ledger.index", _l("公开日志")),
    ("workdays.calendar", _l("工作日历")),
    ("workdays.calculator", _l("期限计算器")),
]
ACCOUNT_NAV = {
    "home": "portal.home",
    "desk": "portal.todo",
    "inbox": "letters.inbox",
    "sign_in": "accounts.sign_in",
    "register": "accounts.register",
    "sign_out": "accounts.sign_out",
    "search": "search.results",
    "log_entry": "ledger.entry",
    "accessibility": "portal.accessibility",
    "sitemap": "portal.sitemap",
    "verify": "contracts.verify",
    "open_data": "opendata.index",
    "answers": "cases.answers",
    "stuck": "cases.stuck",
}
VIEWS = {
    "large": ("1", "0"),
    "contrast": ("1", "0"),
}  # 适老化: ?large=1 and ?contrast=1, remembered in cookies
PLACES = {"large": 1, "contrast": 2}  # where `view` says it
YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Give templates the face's globals and remember the visitor's view."""
    app.jinja_env.globals.update(
        asset=asset,
        endpoint_exists=endpoint_exists,
        view_is=view_is,
        url_with=url_with,
        kind_of=kind_of,
        is_required=is_required,
        plain_label=plain_label,
        csp_nonce=csp_nonce,
        site=site,
        whole_address=whole,
        sections=sections,
        present_section=present_section,
        shown=shown,
        server_now=server_now,
        page_clock=page_clock,
    )
    app.jinja_env.filters["shown"] = shown
    # A text that is not translated yet is a `sequence` to Jinja too, and no `string`.
    app.jinja_env.tests["listed"] = lambda value: isinstance(value, tuple | list)
    app.jinja_env.globals.setdefault("nav", NAV)
    app.jinja_env.globals.setdefault("account_nav", ACCOUNT_NAV)
    app.after_request(_remember_view)


def site(name: str) -> str:
    """A setting SITE_<name> of this installation, in English SITE_<name>_EN where there is one, else
    by the names that are known; empty when not set.
    """
    setting = f"SITE_{name.upper()}"
    english = current_app.config.get(f"{setting}_EN") if language() == "en" else None
    return str(english or named(current_app.config.get(setting)))


def server_now() -> dt.datetime:
    """The instant of this page, which countdowns take for now: a visitor's own clock may be wrong."""
    now: dt.datetime = fabric().clock.now()
    return now


def page_clock() -> str:
    """The same as the page's head says it: one text in all of one page."""
    if "page_clock" not in g:
        g.page_clock = server_now().astimezone(CHINA).isoformat(timespec="seconds")
    return str(g.page_clock)


def endpoint_exists(endpoint: str) -> bool:
    """Whether the application has this page: links to rooms not yet built are left out."""
    return endpoint in current_app.view_functions


def sections() -> list[tuple[str, object]]:
    """(address, label) of the main menu's pages that this application has."""
    return SECTIONS.of()


def _sections() -> list[tuple[str, object]]:
    menu = cast(Menu, current_app.jinja_env.globals["nav"])
    return [(url_for(endpoint), label) for endpoint, label in menu if endpoint_exists(endpoint)]


SECTIONS = Memory(_sections)


def present_section() -> str:
    """The address in the main menu at or below which the page shown stands; empty when there is
    none.
    """
    path = request.root_path + request.path
    return next(
        (
            address
            for address, _ in sections()
            if path == address or path.startswith(address.rstrip("/") + "/")
        ),
        "",
    )


def url_with(**changes: object) -> str:
    """The present address with some query values changed (None removes one); a change forgets the
    cursor.
    """
    arguments = request.args.to_dict(flat=False)
    arguments.pop("lang", None)
    for name in VIEWS:
        arguments.pop(name, None)
    if "after" not in changes and not changes.keys() <= {"lang", *VIEWS}:
        arguments.pop("after", None)
    for name, value in changes.items():
        arguments.pop(name, None)
        if value is not None:
            arguments[name] = [str(value)]
    address = quote(request.root_path + request.path, safe="/:@-._~!$&'()*+,;=")
    return f"{address}?{urlencode(arguments, doseq=True)}" if arguments else address


def view() -> tuple[str, bool, bool]:
    """How this reader reads: language, large text, high contrast."""
    if "view" not in g:
        g.view = (language(), *(_chosen(name) for name in VIEWS))
    known: tuple[str, bool, bool] = g.view
    return known


def view_is(name: str) -> bool:
    """Whether the visitor reads in large text or high contrast."""
    return bool(view()[PLACES[name]])


def _chosen(name: str) -> bool:
    chosen = request.args.get(name)
    if chosen not in VIEWS[name]:
        chosen = request.cookies.get(name)
    return chosen == "1"


def _remember_view(response: Response) -> Response:
    for name, values in VIEWS.items():
        chosen = request.args.get(name)
        if chosen in values:
            response.set_cookie(
                name, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure
            )
    return response


# --- assets -------------------------------------------------------------------------------


def asset(name: str) -> Markup:
    """The element that loads a file of static/, with its integrity, by an address that changes with
    the content.

    css → link, js → script (classic), mjs-like modules → script type=module when the name ends in
    .module.js; a vendor module is preloaded, so that its integrity is proved before another module
    imports it.
    """
    path = f"{current_app.static_folder or 'static'}/{name}"
    changed = os.stat(path).st_mtime_ns if current_app.debug else 0
    before, after = _element(name, path, changed, static_at(name))
    return Markup(f"{before}{csp_nonce()}{after}" if after else before)  # noqa: S704 - escaped in _element


@functools.lru_cache(maxsize=128)
def _element(name: str, path: str, changed: int, address: str) -> tuple[str, str]:
    """The element's text before and after its nonce; of one that takes none, all of it and nothing."""
    digest = _integrity(path)
    href = escape(address)
    if name.endswith(".css"):
        return f'<link rel="stylesheet" href="{href}" integrity="{digest}">', ""
    if name.startswith("vendor/"):
        return f'<link rel="modulepreload" href="{href}" integrity="{digest}">', ""
    kind = "module" if name.endswith(".module.js") else "text/javascript"
    return f'<script type="{kind}" src="{href}" integrity="{digest}" nonce="', '"></script>'


def _integrity(path: str) -> str:
    digest = hashlib.sha384(Path(path).read_bytes()).digest()
    return "sha384-" + base64.b64encode(digest).decode()
