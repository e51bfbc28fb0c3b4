"""Static files: packed once by `make assets`, kept for good by whoever has them.

A page names them below `/static/<version>/`, and the version is the digest of them all. So relative
imports of modules and `url()` of style sheets lead to the same version by themselves, and no byte
of a file is rewritten: the verifier that a browser loads is the one of the repository. Below
`/static/` alone the addresses stay for good and their content is asked for again after ten minutes.

WhiteNoise answers before the application is asked. While the product is being written (debug) it
has no files and Flask reads them from the disk.
"""

import functools
import pathlib
import re
from collections.abc import Iterable
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, current_app, url_for
from whitenoise import WhiteNoise

from market.web import tree
from market.web.headers import FIXED, POLICY

SHORT = 600  # seconds
VERSIONED = re.compile(rf"/static/([0-9a-f]{{{tree.DIGITS}}})/")


class OtherVersions:
    """WSGI: a file of another version is the present one, and nobody keeps it.

    While several processes are replaced one after another, a page of one asks another for its
    files.
    """

    def __init__(self, application: WSGIApplication, version: str | None) -> None:
        self._application = application
        self._version = version

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        found = VERSIONED.match(path)
        if found is None or found[1] == self._version:
            return self._application(environ, start_response)

        def unkept(status, headers, exc_info=None):  # type: ignore[no-untyped-def]
            Headers(headers)["Cache-Control"] = "no-cache"
            return start_response(status, headers, exc_info)

        there = {**environ, "PATH_INFO": f"/static/{path[found.end() :]}"}
        return self._application(there, unkept)


def init_app(app: Flask) -> None:
    """Put WhiteNoise in front of the application, and `static_at` into templates."""
    static = pathlib.Path(app.static_folder or "static").resolve()
    version = tree.version(static)
    app.config["STATIC_VERSION"] = version
    app.jinja_env.globals["static_at"] = static_at
    if app.debug:
        app.wsgi_app = OtherVersions(app.wsgi_app, None)  # type: ignore[method-assign]
        return
    front = WhiteNoise(app.wsgi_app)
    front.files = shelf(static, version).files
    app.wsgi_app = OtherVersions(front, version)  # type: ignore[method-assign]


@functools.lru_cache(maxsize=4)
def shelf(static: pathlib.Path, version: str) -> WhiteNoise:
    """The files by their addresses, looked at once in a process."""
    packed = tree.built(static)
    found = WhiteNoise(
        None,
        max_age=SHORT,
        allow_all_origins=False,
        add_headers_function=add_headers,
        immutable_file_test=rf"^/static/{version}/",
    )
    for prefix in ("static/", f"static/{version}/"):
        found.add_files(str(packed if packed.is_dir() else static), prefix)
    return found


def add_headers(headers: Headers, path: str, url: str) -> None:
    """What every answer of ours says; no script of a file has a nonce."""
    for name, value in FIXED.items():
        headers[name] = value
    headers["Content-Security-Policy"] = POLICY.replace(" 'nonce-{nonce}'", "")


def static_at(name: str) -> str:
    """The address of a file of static/ that changes with its content."""
    return url_for("static", filename=f"{current_app.config['STATIC_VERSION']}/{name}")
