"""The words of the plumbing's own refusals."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "web.cursor": _l("这个翻页地址不完整或已失效，请从第一页重新翻起。"),
    "once.changed": _l(
        "这份表单已提交过一次，那次的内容已收下；这次的内容与那次不同，没有收下。"
        "请先核对已收下的那一份，仍需按现在的内容提交的，请再提交一次。"
    ),
    "once.not_yours": _l(
        "这份表单是以别的身份提交过的，这次没有收下。请核对当前身份后再提交一次。"
    ),
}
