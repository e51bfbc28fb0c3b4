"""The words of the plumbing's own refusals."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "web.cursor": _l("这个翻页地址不完整或已失效，请从第一页重新翻起。"),
    "shown.changed": _l("内容已变化，请重新查看。"),  # market.web.shown says what of it
}
