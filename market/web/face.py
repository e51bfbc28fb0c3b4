"""What base.html needs from the application: assets with their integrity, links that exist, the site's own names.

Settings (all optional, empty means hidden): SITE_NAME, SITE_JURISDICTION, SITE_HOST 主办单位, SITE_OPERATOR 承办单位,
SITE_PHONE, SITE_CODE 网站标识码, SITE_ICP, SITE_POLICE 公安备案. DEMO shows the demo banner. The factory may replace the
template globals `nav` and `account_nav`.
"""
import base64
import datetime as dt
import functools
import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from market.web.headers import csp_nonce
from market.web.locale import language, shown
from market.web.widgets import is_required, kind_of, plain_label

NAV = [
    ("selection.notices", _l("选取公告")), ("selection.results", _l("中选结果")), ("agencies.directory", _l("中介机构")),
    ("catalogue.index", _l("服务事项")), ("complaints.register", _l("投诉")), ("ledger.index", _l("公开日志")),
    ("workdays.calendar", _l("工作日历")), ("workdays.calculator", _l("期限计算器")),
]
ACCOUNT_NAV = {"home": "portal.home", "desk": "portal.todo", "inbox": "letters.inbox", "sign_in": "accounts.sign_in",
               "register": "accounts.register", "sign_out": "accounts.sign_out", "search": "portal.search",
               "log_entry": "ledger.entry", "accessibility": "portal.accessibility", "sitemap": "portal.sitemap",
               "verify": "contracts.verify", "open_data": "opendata.index"}
VIEWS = {"large": ("1", "0"), "contrast": ("1", "0")}  # 适老化: ?large=1 and ?contrast=1, remembered in cookies
YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Give templates the face's globals and remember the visitor's view."""
    app.jinja_env.globals.update(
        asset=asset, endpoint_exists=endpoint_exists, view_is=view_is, url_with=url_with, kind_of=kind_of,
        is_required=is_required, plain_label=plain_label, csp_nonce=csp_nonce, site=site, is_here=is_here,
        shown=shown, server_now=server_now)
    app.jinja_env.filters["shown"] = shown
    app.jinja_env.globals.setdefault("nav", NAV)
    app.jinja_env.globals.setdefault("account_nav", ACCOUNT_NAV)
    app.after_request(_remember_view)


def site(name: str) -> str:
    """A setting SITE_<name> of this installation, in English SITE_<name>_EN where there is one; empty when not set."""
    setting = f"SITE_{name.upper()}"
    english = current_app.config.get(f"{setting}_EN") if language() == "en" else None
    return str(english or current_app.config.get(setting) or "")


def server_now() -> dt.datetime:
    """The instant of this page, which countdowns take for now: a visitor's own clock may be wrong."""
    now: dt.datetime = current_app.extensions["clock"].now()
    return now


def endpoint_exists(endpoint: str) -> bool:
    """Whether the application has this page: links to rooms not yet built are left out."""
    return endpoint in current_app.view_functions


def is_here(address: str) -> bool:
    """Whether the page shown is the one at an address or below it, so that its link is marked as the present one."""
    return request.path == address or request.path.startswith(address.rstrip("/") + "/")


def url_with(**changes: Any) -> str:
    """The present address with some query values changed (None removes one); a change forgets the cursor."""
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
    if request.endpoint is None:
        return "?" + "&".join(f"{name}={value}" for name, value in changes.items())
    return url_for(request.endpoint, **{**(request.view_args or {}), **arguments})


def view_is(name: str) -> bool:
    """Whether the visitor reads in large text or high contrast."""
    chosen = request.args.get(name)
    if chosen not in VIEWS[name]:
        chosen = request.cookies.get(name)
    return chosen == "1"


def _remember_view(response: Response) -> Response:
    for name, values in VIEWS.items():
        chosen = request.args.get(name)
        if chosen in values:
            response.set_cookie(name, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure)
    return response


# --- assets ---------------------------------------------------------------------------------------------------------

def asset(name: str) -> Markup:
    """The element that loads a file of static/, with its integrity and a version that changes with the content.

    css → link, js → script (classic), mjs-like modules → script type=module when the name ends in .module.js;
    a vendor module is preloaded, so that its integrity is proved before another module imports it.
    """
    path = Path(current_app.static_folder or "static", name)
    digest, version = _hashes(path, path.stat().st_mtime_ns)
    href = escape(url_for("static", filename=name, v=version))
    if name.endswith(".css"):
        return Markup('<link rel="stylesheet" href="{}" integrity="{}">').format(href, digest)
    if name.startswith("vendor/"):
        # Imported by name from another module, so without the version in its address.
        return Markup('<link rel="modulepreload" href="{}" integrity="{}">').format(
            url_for("static", filename=name), digest)
    kind = "module" if name.endswith(".module.js") else "text/javascript"
    return Markup('<script type="{}" src="{}" integrity="{}" nonce="{}"></script>').format(
        kind, href, digest, csp_nonce())


@functools.lru_cache(maxsize=128)
def _hashes(path: Path, changed: int) -> tuple[str, str]:
    digest = hashlib.sha384(path.read_bytes()).digest()
    return "sha384-" + base64.b64encode(digest).decode(), digest.hex()[:12]

