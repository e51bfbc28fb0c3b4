"""Words of the catalogue."""

from flask_babel import lazy_gettext as _l

from market.catalogue.rules import Kind, State

WORDS = {
    "catalogue.no_item": _l("服务事项目录里没有编号为 %(item)s 的事项。"),
    "catalogue.bad_row": _l(
        "目录文件中编号为 %(item)s 的一行，%(column)s 一列缺少内容或不合要求。"
    ),
    "catalogue.core_document": _l(
        "事项 %(item)s 的“%(name)s”是核心材料（证照、资质、备案或承诺本身），不能容缺。"
    ),
    "catalogue.listed_twice": _l("事项 %(item)s 的“%(name)s”在清单里写了两次。"),
    "catalogue.wrong_state": _l("事项当前的状态不能这样改。"),
    "catalogue.no_zone": _l("没有这项区域评估成果。"),
    "catalogue.zone_withdrawn": _l("这项区域评估成果已经停用。"),
    "catalogue.zone_ended": _l("有效期止不能早于今天，也不能早于印发日期。"),
    "catalogue.zone_issued_later": _l("印发日期不能晚于今天。"),
}
EVENTS = {
    "catalogue.item_published": _l("服务事项发布"),
    "catalogue.item_abolished": _l("服务事项取消"),
    "catalogue.deferrable_published": _l("容缺材料清单公布"),
}
EVENTS |= {
    "catalogue.zone_published": _l("区域评估成果公布"),
    "catalogue.zone_withdrawn": _l("区域评估成果停用"),
}
STATES = {State.PUBLISHED: (_l("已发布"), "green"), State.ABOLISHED: (_l("事项已取消"), "grey")}
KINDS = {
    Kind.CERTIFICATE: _l("需要资质证书"),
    Kind.FILING: _l("需要备案或登记"),
    Kind.COMMITMENT_ONLY: _l("无资质要求，签署承诺即可"),
}
SHEET = (
    _l("编号"),
    _l("大类"),
    _l("事项"),
    _l("行业主管部门"),
    _l("资质要求"),
    _l("设定依据"),
    _l("审批事项"),
    _l("工作日"),
    _l("审批部门"),
)
"""The columns of the catalogue that is saved."""
