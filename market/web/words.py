"""The words of the plumbing's own refusals."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "web.cursor": _l("这个翻页地址不完整或已失效，请从第一页重新翻起。"),
    "shown.changed": _l("内容已变化，请重新查看。"),  # market.web.shown says what of it
    "text.turned": _l("文字里有看不见的方向控制符，会让显示的次序与实际不同。请删去后重新填写。"),
    "text.unseen": _l("填写的内容里只有看不见的字符，没有可以阅读的文字。请重新填写。"),
    "web.too_often": _l(
        "您所在的网络在 %(minutes)s 分钟内提交的次数过多，这一次没有收下。"
        "填写的内容还在，请过 %(minutes)s 分钟再提交。"
    ),
    "once.changed": _l(
        "这份表单已提交过一次，那次的内容已收下；这次的内容与那次不同，没有收下。"
        "请先核对已收下的那一份，仍需按现在的内容提交的，请再提交一次。"
    ),
    "once.not_yours": _l(
        "这份表单是以别的身份提交过的，这次没有收下。请核对当前身份后再提交一次。"
    ),
}
