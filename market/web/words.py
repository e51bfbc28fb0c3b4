"""The words of the plumbing's own refusals."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "web.cursor": _l("这个翻页地址不完整或已失效，请从第一页重新翻起。"),
    "text.turned": _l("文字里有看不见的方向控制符，会让显示的次序与实际不同。请删去后重新填写。"),
    "text.unseen": _l("填写的内容里只有看不见的字符，没有可以阅读的文字。请重新填写。"),
}
