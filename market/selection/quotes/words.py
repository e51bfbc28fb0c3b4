"""Words of quote keys: refusals, facts on the log."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "notice.quotes_unsealed": _l(
        "财政资金项目按价格选取的，报价须由平台和监管部门两把密钥共同开启；监管部门的见证程序还没有给出密钥，不能发布。"
    ),
    "quote.not_whole": _l("报价的两把密钥不齐，或属于同一持有人。"),
    "quote.none": _l("这次选取的报价不由密钥封装，没有密钥可交。"),
    "quote.no_box": _l("没有这一份封装的报价，或者名单还没有封存。"),
    "quote.no_holder": _l("这里没有这位报价密钥持有人。"),
    "quote.no_key": _l("这次选取没有这位持有人的报价密钥。"),
    "quote.not_closed": _l("报名尚未截止并经见证，现在不收报价密钥。"),
    "quote.not_the_key": _l("这不是公告所列公钥对应的密钥，请核对 64 位十六进制数字。"),
}
EVENTS = {
    "quote.key": _l("交出一把报价密钥"),
    "quote.escrowed": _l("一位持有人的根密钥已交第三方托管"),
}
