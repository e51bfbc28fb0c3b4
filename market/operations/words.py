"""What people read about the installation."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "operations.other_mode": _l("这个数据库是 %(mode)s 库，不能当作另一种使用。"),
    "operations.no_body": _l("没有名叫“%(name)s”的单位。请先用 flask admin create 建立。"),
    "operations.same_source": _l("见证方的随机链不能也叫 %(source)s：两条链要由两个单位分别持有。"),
    "operations.misshapen_chain": _l("%(url)s 给出的随机链起点格式不对。"),
    "operations.overlap_short": _l("新旧密钥至少要同时签名 %(days)s 天。"),
    "operations.overlap_runs": _l("上一次更换的旧密钥还要签名到 %(until)s，之后才能再换。"),
    "operations.no_witness": _l(
        "还不知道持有第二条随机链的见证方的密钥，先用 setup --witness 登记它。"
    ),
    "operations.chain_name": _l("运行方的随机链须叫 %(prefix)s 加数字，例如 %(prefix)s2。"),
    "operations.chain_lives": _l("日志没有宣告随机链 %(source)s 遗失，不能换新链。"),
    "not_permitted": _l("您没有办理这件事的权限。请换一个身份登录，或请本单位管理员授权。"),
}
