"""Words of lots: refusals."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "notice.quotes_needed": _l(
        "按报价定先后的公告，报价须由平台和监管部门两把密钥共同开启，否则事后谁也无法核对；监管部门的见证程序还没有给出密钥，不能发布。"
        "请改用其他选取方式，或等见证程序上线后再发布。"
    ),
}
