"""The words of the ledger: refusals, its own facts."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "ledger.no_entry": _l("日志里没有第 %(index)s 条。"),
    "ledger.no_tile": _l("日志还没有长到这里，或没有这样的数据块。"),
    "ledger.proof_range": _l("证明的范围不对：序号应小于日志长度，起点不能大于终点。"),
    "ledger.number": _l("“%(name)s”应当是一个不带符号的整数。"),
    "ledger.not_signed": _l("日志的这一部分还没有签名，请过几秒再试。"),
    "ledger.read_only": _l(
        "系统现在只能查看，不能办理：数据库里的公开日志比外部见到过的少，或者不一致。"
        "查清之前停止一切写入，不会丢失已有内容；刚才的操作没有保存。请联系系统管理员处理。（技术原因：%(reason)s）"
    ),
}
EVENTS = {
    "key.rotated": _l("更换日志签名密钥"),
}
