"""The only translator of refusals into pages. The words of each code are in market/web/words.py and
the rooms' words.py.
"""

import json
import logging

from flask import Flask, current_app, g, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Response

from market.fabric import fabric
from market.kernel.entropy import system_entropy
from market.kernel.errors import Refusal
from market.kernel.money import Amount
from market.kernel.shown import Changed
from market.web import shown, typed
from market.web.auth import login_manager
from market.web.format import amount
from market.web.pace import TooOften

ONLY_READS = "25006"  # PostgreSQL while another server takes its place
HANDED_ON = ("Allow", "Retry-After")
log = logging.getLogger(__name__)
Answer = tuple[str, int] | tuple[str, int, dict[str, str]]
# C2SP's addresses have no ending that says so (docs/draws.md).
FOR_PROGRAMS = tuple(
    f"/log/{place}" for place in ("checkpoint", "keys", "tile/", "proof/", "receipts/")
)
API = "/api/"
"""Where programs alone ask: a no is application/problem+json there (RFC 9457)."""
SAID: dict[int | str, tuple[object, object]] = {
    400: (_l("这个请求不完整"), _l("请返回上一页，核对后再提交一次。")),
    "host": (
        _l("这个网址不是本网站的"),
        _l("请核对网址，从本网站公布的网址进入。"),
    ),
    "unset": (
        _l("本网站尚未设置完成"),
        _l("系统管理员须先设置网站地址和主机名，说明见服务器日志。"),
    ),
    "csrf": (
        _l("页面停留时间过长，需要再确认一次"),
        _l("您填写的内容没有提交。请返回上一页，先把填写的文字复制下来，再从网站页面重新进入。"),
    ),
    403: (_l("没有权限"), _l("当前身份不能打开这一页。如果您代表多个单位，请换一个身份登录。")),
    404: (_l("没有找到这一页"), _l("请核对网址或编号；已发布的公告不会被删除，可以用编号搜索。")),
    405: (_l("不能这样打开这一页"), _l("请从页面上的链接或按钮进入。")),
    413: (_l("文件或内容过大"), _l("每份文件不超过 10 MB。请压缩或分成几份再上传。")),
    429: (_l("操作过于频繁"), _l("请等一分钟再试。")),
    500: (
        _l("系统出了故障"),
        _l("故障已记录，不是您的操作有误。请稍后再试；急事请打联系电话，并报下面的故障编号。"),
    ),
    503: (_l("系统正忙"), _l("请过几秒再试。没有提示成功的提交不会生效，需要重新提交。")),
}


def words_of(app: Flask, refusal: Refusal) -> str:
    """The sentence for a refusal in the reader's language, its facts filled in.

    A code without words is a fault that a house test finds; the page then shows the general
    sentence.
    """
    if isinstance(refusal, Changed):
        return shown.sentence(app, refusal)
    sentence = fabric(app).words.get(refusal.code)
    if sentence is None:
        return gettext("现在不能这样做。请返回上一页，核对后再试。")
    facts = {
        name: amount(fact) if isinstance(fact, Amount) else fact
        for name, fact in refusal.facts.items()
    }
    return str(sentence) % facts if facts else str(sentence)


def _refused(no: Refusal) -> Answer | Response:
    """A refusal as its sentence, with the way back where the page had changed meanwhile."""
    sentence = words_of(current_app, no)
    if request.path.startswith(API):
        return _problem(no.status, no.code, sentence, _again(no))
    if wants_json():
        return {"error": no.code, "message": sentence}, no.status  # type: ignore[return-value]
    again = shown.back() if isinstance(no, Changed) else None
    page = render_template("errors/refusal.html", no=no, sentence=sentence, again=again)
    return page, no.status, _again(no)


def _again(no: Refusal) -> dict[str, str]:
    """When one may come again, of one who came too often; what to bring, of one who brought a wrong
    token.
    """
    if no.status == 401:
        return {"WWW-Authenticate": "Bearer"}
    seconds = no.retry_after if isinstance(no, TooOften) else None
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _problem(status: int, code: str, detail: str, headers: dict[str, str]) -> Response:
    """A no as the API says it."""
    value = {
        "type": "about:blank",
        "title": HTTP_STATUS_CODES.get(status, "Unknown Error"),
        "status": status,
        "detail": detail,
        "code": code,
    }
    text = json.dumps(value, ensure_ascii=False)
    return Response(text, status, headers, mimetype="application/problem+json")


def _http_error(error: HTTPException) -> Answer | Response:
    """What HTTP itself answers: absent, forbidden, too large."""
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    code = error.code or 500
    if request.path.startswith(API):
        headers = {name: text for name, text in error.get_headers() if name in HANDED_ON}
        return _problem(code, f"http.{code}", " ".join(said(code)), headers)
    if wants_json():
        happened, advice = said(code)
        sentence = gettext("%(happened)s。%(advice)s", happened=happened, advice=advice)
        return {"error": f"http.{code}", "message": sentence}, code  # type: ignore[return-value]
    return render_template("errors/http.html", said=said(code)), code


def _foreign_host(error: SecurityError) -> Answer:
    """An address that is not ours."""
    # The request has no address: nothing on its page may build one (TRUSTED_HOSTS).
    if wants_json():
        sentence = "。".join(said("host"))
        return {"error": "http.400", "message": sentence}, 400  # type: ignore[return-value]
    return render_template("errors/bare.html", said=said("host")), 400


def _csrf(error: CSRFError) -> Answer | Response:
    """A form whose session has ended: what was typed is kept where it can be."""
    again = None if wants_json() else typed.set_aside()
    if again is not None:
        return again
    return render_template("errors/http.html", said=said("csrf")), 400


def _lost_database(error: DBAPIError | PendingRollbackError | PoolTimeout) -> Answer | Response:
    """A database that did not answer, has no connection to spare, or takes nothing for the moment;
    any other of its errors is a fault.
    """
    if isinstance(error, DBAPIError) and not (
        isinstance(error, OperationalError)
        or error.connection_invalidated
        or getattr(error.orig, "sqlstate", None) == ONLY_READS
    ):
        return _fault(error)
    log.warning("the database did not answer: %s", getattr(error, "orig", error))
    # its page must not ask it again
    g.database_lost = True
    g._login_user = login_manager.anonymous_user()
    if request.path.startswith(API):
        return _problem(503, "http.503", " ".join(said(503)), {"Retry-After": "5"})
    return render_template("errors/http.html", said=said(503)), 503, {"Retry-After": "5"}


def _fault(error: Exception) -> Answer | Response:
    """An error of ours: a number for the reader, the trace for the log."""
    g.fault_id = system_entropy(4).hex()
    log.error("fault %s at %s %s", g.fault_id, request.method, request.path, exc_info=error)
    if request.path.startswith(API):
        return _problem(500, "http.500", f"{' '.join(said(500))} {g.fault_id}", {})
    return render_template("errors/http.html", said=said(500), fault=g.fault_id), 500


def init_app(app: Flask) -> None:
    """Install the pages for refusals, HTTP errors, lost databases and faults."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _lost_database)
    app.register_error_handler(PendingRollbackError, _lost_database)
    app.register_error_handler(PoolTimeout, _lost_database)
    app.register_error_handler(Exception, _fault)


def wants_json() -> bool:
    """Whether a program asks: by its path, by what it sends or by what it accepts."""
    kinds = ["text/html", "application/json"]
    if request.path.startswith(FOR_PROGRAMS):
        kinds.reverse()  # what comes first is given to one who takes anything
    return (
        request.path.endswith(".json")
        or request.is_json
        or request.accept_mimetypes.best_match(kinds) == "application/json"
    )


def said(code: int | str) -> tuple[str, str]:
    """What has happened, and what one may do: of an HTTP status, or of a form that stood open too
    long (`csrf`).
    """
    happened, advice = SAID.get(code, SAID[500 if isinstance(code, int) and code >= 500 else 400])
    return str(happened), str(advice)
