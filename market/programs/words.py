"""The words of tokens and addresses."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "program.none": _l("没有这一项，或者已经停用。"),
    "program.label": _l("请写明用途，最多 %(most)s 个字"),
    "program.duty": _l("您没有这个职责，不能以它的名义申请令牌。"),
    "program.most": _l("最多 %(most)s 个，请先停用不再需要的。"),
    "program.sent": _l("这个令牌已经生成，只显示一次。没有记下的，请停用后重新生成。"),
    "program.url": _l("请填写 https:// 开头的网址，不带用户名和 #，最多 300 个字符"),
    "program.kinds": _l("请按公开日志里的类别填写，例如 notice.opened，用空格分开"),
    "program.kind": _l("公开日志里没有“%(kind)s”这个类别，请核对"),
    "program.kind_like": _l("公开日志里没有“%(kind)s”这个类别，是不是 %(like)s？"),
    "program.first": _l("请填写 0 到 %(size)s 之间的日志序号"),
    "program.token": _l("这个令牌不对，或者已经停用。不带令牌也可以读取，每分钟次数少一些。"),
}
SCOPES = {
    "read": _l("只读取开放数据"),
    "hotline": _l("读取开放数据，并收发热线工单"),
}
DUTIES = {
    "system_admin": _l("系统管理员"),
    "office_head": _l("协管办负责人"),
    "authority_assigner": _l("主管机构指派人"),
    "regulator_officer": _l("主管部门经办人"),
    "inspector": _l("监察人员"),
}
