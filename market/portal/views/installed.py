"""The site on a phone's home screen, where the place has it so (`installable`): its manifest, the one
page that shows when the site cannot be reached, and the worker that keeps this page and nothing else
(ADR 0060).
"""

import base64
import functools
import hashlib
import json
import pathlib

from flask import Response, current_app, render_template, url_for
from flask_babel import force_locale, gettext
from werkzeug.exceptions import NotFound

from market.portal.installing import is_installable
from market.portal.views.blueprint import bp
from market.web.auth import page
from market.web.locale import HTML_LANG, LOCALES
from market.web.static import static_at

BLUE = "#0b4ea2"
ICONS = (
    ("img/icon-192.png", "192x192", "any"),
    ("img/icon-512.png", "512x512", "any"),
    ("img/icon-full-192.png", "192x192", "maskable"),
    ("img/icon-full-512.png", "512x512", "maskable"),
)
"""File, width and height in pixels, and purpose: a maskable one fills its square, so that a phone
may cut it to its own shape.
"""
ALONE = (
    "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@bp.get("/manifest.webmanifest")
@page(may="public")
def manifest() -> Response:
    """What a phone writes under the icon, and where it begins (W3C Web Application Manifest).

    With an address and a way back on the screen (minimal-ui): whose site this is stays to be seen.
    """
    _check_open()
    home = url_for("portal.home")
    place, name = _names()
    said = {
        "id": home,
        "name": f"{place}{name}",
        "short_name": name,
        "lang": HTML_LANG["zh"],
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        "theme_color": BLUE,
        "background_color": "#ffffff",
        "icons": [
            {"src": static_at(file), "sizes": size, "type": "image/png", "purpose": purpose}
            for file, size, purpose in ICONS
        ],
    }
    text = json.dumps(said, ensure_ascii=False)
    return Response(text, mimetype="application/manifest+json")


@bp.get("/offline")
@page(may="public")
def offline() -> Response:
    """What to do while the site cannot be reached, in both languages: it is kept for whoever comes."""
    _check_open()
    answer = Response(_offline())
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    answer.headers["Content-Security-Policy"] = ALONE.format(digest=digest)
    return answer


@bp.get("/service-worker.js")
@page(may="public")
def worker() -> Response:
    """The worker. It says the offline page's digest: another page is another worker, which fetches it."""
    _check_open()
    text = render_template(
        "portal/service-worker.js",
        page=url_for("portal.offline"),
        digest=hashlib.sha256(_offline().encode()).hexdigest(),
    )
    return Response(text, mimetype="text/javascript")


def _check_open() -> None:
    """Not found where the place does not want it."""
    if not is_installable():
        raise NotFound


def _names() -> tuple[str, str]:
    """The place and the site in Chinese, whoever asks: what is kept is the same for everybody."""
    config = current_app.config
    with force_locale(LOCALES["zh"]):
        name = config.get("SITE_NAME") or gettext("中介服务超市")
    return config.get("SITE_JURISDICTION") or "", name


def _offline() -> str:
    """The page, with its style inside: it has nothing else to fetch."""
    said = {}
    for language, locale in LOCALES.items():
        with force_locale(locale):
            said[HTML_LANG[language]] = render_template("portal/offline_words.html")
    names = "".join(_names())
    with force_locale(LOCALES["zh"]):
        return render_template(
            "portal/offline.html", said=said, names=names, style=_style(), blue=BLUE
        )


def _style() -> str:
    return _read(pathlib.Path(current_app.static_folder or "static") / "css" / "offline.css")


@functools.lru_cache(maxsize=4)
def _read(path: pathlib.Path) -> str:
    return path.read_text("utf-8")
