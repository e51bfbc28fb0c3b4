"""The kinds of windows of an enrolment. Their names are those of the rows and the log. Pure."""

from market.windows import rules as windows

CHECK = windows.Kind("agencies.check", windows.Nature.DUTY, "入驻核验")
ADDITION = windows.Kind("agencies.addition", windows.Nature.DUTY, "增项核验")
REPRESENTATIVE = windows.Kind("agencies.representative", windows.Nature.DUTY, "法定代表人核验")
CORRECT = windows.Kind("agencies.correct", windows.Nature.RIGHT, "入驻补正")
STATE_CASE = windows.Kind("agencies.state_case", windows.Nature.RIGHT, "陈述申辩")
DECIDE = windows.Kind("agencies.decide", windows.Nature.DUTY, "不予入驻、撤销入驻或清退的决定")
PUBLICITY = windows.Kind("agencies.publicity", windows.Nature.RIGHT, "入驻公示")
OBJECTION = windows.Kind("agencies.objection", windows.Nature.DUTY, "异议核实")
SUSPENSION = windows.Kind("agencies.suspension", windows.Nature.ACT, "暂停报名期满")
SUSPENSION_CASE = windows.Kind(
    "agencies.suspension_case", windows.Nature.RIGHT, "拟暂停报名，陈述申辩"
)
EXIT = windows.Kind("agencies.exit", windows.Nature.DUTY, "退出确认")
# reminded five and two working days before the last day, and on it (docs/rules.md#deferred-documents)
DEFERRED = windows.Kind("agencies.deferred", windows.Nature.DUTY, "补交容缺材料", (5, 2, 0))
DEFERRED_CHECK = windows.Kind("agencies.deferred_check", windows.Nature.DUTY, "容缺材料核验")
WINDOW_KINDS = {
    kind.name: kind
    for kind in (
        CHECK,
        ADDITION,
        REPRESENTATIVE,
        CORRECT,
        STATE_CASE,
        DECIDE,
        PUBLICITY,
        OBJECTION,
        SUSPENSION,
        SUSPENSION_CASE,
        EXIT,
        DEFERRED,
        DEFERRED_CHECK,
    )
}
