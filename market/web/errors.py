"""The only translator of refusals into pages. The words of each code are in market/web/words.py and the rooms' words.py."""
import logging

from flask import Flask, g, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from market.kernel.entropy import system_entropy
from market.kernel.errors import Refusal
from market.web.auth import login_manager

log = logging.getLogger(__name__)
Answer = tuple[str, int] | tuple[str, int, dict[str, str]]


def words_of(app: Flask, refusal: Refusal) -> str:
    """The sentence for a refusal in the reader's language, its facts filled in.

    A code without words is a fault that a house test finds; the page then shows the general sentence.
    """
    sentence = app.extensions["words"].get(refusal.code)
    if sentence is None:
        return gettext("现在不能这样做。请返回上一页，核对后再试。")
    return str(sentence) % refusal.facts if refusal.facts else str(sentence)


def init_app(app: Flask, words: dict[str, object]) -> None:
    """Install the pages for refusals, HTTP errors, lost databases and faults."""
    app.extensions["words"] = words

    def refused(no: Refusal) -> Answer:
        sentence = words_of(app, no)
        if wants_json():
            return {"error": no.code, "message": sentence}, no.status  # type: ignore[return-value]
        return render_template("errors/refusal.html", no=no, sentence=sentence), no.status

    def http_error(error: HTTPException) -> Answer | Response:
        if error.response is not None or (error.code or 500) < 400:
            return error.get_response()
        if wants_json():
            return {"error": f"http.{error.code}", "message": error.name}, error.code or 500  # type: ignore[return-value]
        return render_template("errors/http.html", code=error.code), error.code or 500

    def csrf(error: CSRFError) -> Answer:
        return render_template("errors/http.html", code="csrf"), 400

    def lost_database(error: DBAPIError) -> Answer:
        if not (isinstance(error, OperationalError) or error.connection_invalidated):
            return fault(error)
        log.warning("the database did not answer: %s", error.orig)
        g.database_lost, g._login_user = True, login_manager.anonymous_user()  # its page must not ask it again
        return render_template("errors/http.html", code=503), 503, {"Retry-After": "5"}

    def fault(error: Exception) -> Answer:
        g.fault_id = system_entropy(4).hex()
        log.error("fault %s at %s %s", g.fault_id, request.method, request.path, exc_info=error)
        return render_template("errors/http.html", code=500, fault=g.fault_id), 500

    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, csrf)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(DBAPIError, lost_database)
    app.register_error_handler(Exception, fault)


def wants_json() -> bool:
    """Whether a program asks: by its path or by what it accepts."""
    accepts = request.accept_mimetypes
    return request.path.endswith(".json") or accepts.best_match(["text/html", "application/json"]) == "application/json"
