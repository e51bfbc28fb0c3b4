"""Words of writing a notice."""

from flask_babel import lazy_gettext as _l

STEPS = {
    "item": _l("买什么服务"),
    "money": _l("花谁的钱"),
    "content": _l("要做什么、做多久"),
    "times": _l("怎么选、何时选"),
}
"""The steps of writing a notice."""
LIMITS = {
    "notice.central": _l(
        "这一事项列入集中采购目录，使用财政性资金的不能在本平台选取，请依法采用政府采购方式。"
    ),
    "notice.tender": _l(
        "这一事项使用财政性资金或国有资金，限价达到 %(limit)s，依法必须招标，不能在本平台选取；误判说明不能排除这一条。"
    ),
    "notice.no_such_item": _l("服务事项目录里没有编号为“%(item)s”的事项，请核对。"),
    "notice.no_limits": _l(
        "请逐项写“编号:金额”，用空格分开，例如 301:20万 506:30万；每个事项只写一次，金额大于零。"
    ),
}
"""What is bought elsewhere, whatever its owner says (rules/limits.py)."""
