"""The words of the ledger: refusals, its own facts."""
from flask_babel import lazy_gettext as _l

WORDS = {
    "ledger.no_entry": _l("日志里没有第 %(index)s 条。"),
    "ledger.no_tile": _l("日志还没有长到这里，或没有这样的数据块。"),
    "ledger.proof_range": _l("证明的范围不对：序号应小于日志长度，起点不能大于终点。"),
    "ledger.number": _l("“%(name)s”应当是一个不带符号的整数。"),
    "ledger.not_signed": _l("日志的这一部分还没有签名，请过几秒再试。"),
    "ledger.read_only": _l("系统正在核对日志，暂时只能查看，不能办理。原因：%(reason)s"),
}
EVENTS = {
    "key.rotated": _l("更换日志签名密钥"),
}
