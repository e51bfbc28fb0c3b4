"""The words of open data: refusals, facts of the log, what columns hold."""

from flask_babel import lazy_gettext as _l

from market.opendata.rules import Sort

WORDS = {
    "opendata.no_file": _l("没有这份数据文件。请从“数据开放”页进入。"),
}
EVENTS = {"opendata.published": _l("当日开放数据发布")}
SORTS = {
    Sort.TEXT: _l("文字或代码"),
    Sort.WHOLE: _l("整数"),
    Sort.FEN: _l("金额（分）"),
    Sort.INSTANT: _l("时间（北京时间，ISO 8601）"),
    Sort.DATE: _l("日期"),
    Sort.FLAG: _l("是（true）或否（false）"),
}
