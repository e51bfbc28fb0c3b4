"""Words of the owners."""

from flask_babel import lazy_gettext as _l

from market.owners.rules import Ground, Kind, State
from market.web.shown import Part

WORDS = {
    "owners.ground_own": _l("自然人为自己登记，不需要单位授权，不能以此为由不予通过。"),
    "owners.ground_no_document": _l("申请人没有提交证明授权的材料，不能认定材料不实。"),
    "owners.ground_without_other": _l("请在理由中写明同一单位另一件登记的编号（YZ-…）。"),
    "owners.none": _l("没有找到这个项目业主。"),
    "owners.wrong_state": _l("这份登记现在的状态不能这样办理，可能已有同事处理。请刷新页面查看。"),
    "owners.no_code": _l("请填写“统一社会信用代码”。"),
    "owners.public_code": _l(
        "这个统一社会信用代码属于机关、事业单位（以 1 开头），“业主类别”请选择机关事业单位。"
    ),
    "owners.no_name": _l("请填写“单位名称”。"),
    "owners.person_already": _l("您已经以个人名义登记过项目业主，不必再次登记。"),
    "owners.no_login": _l("没有这个登录邮箱的实名账户，请先为申请人办理注册和实名核验。"),
    "owners.no_corrections": _l("请写明需要补正的内容，一行一项。"),
    "owners.corrections_long": _l("“需要补正的内容”最多 %(items)s 项，每项最多 %(signs)s 个字。"),
    "owners.returned_once": _l(
        "这份登记已经退回补正过一次，按一次性告知的规定不能再次退回；请核准，或写明理由不予登记。"
    ),
    "owners.no_reason": _l("请写明不予登记的“理由”。"),
    "owners.own_matter": _l(
        "这份登记由您录入、提出处理意见，或属于您所在的单位，请由另一位同事办理。"
    ),
}

EVENTS = {
    "owner.registered": _l("提交项目业主登记"),
    "owner.returned": _l("退回补正（一次性告知）"),
    "owner.resubmitted": _l("补正后重新提交"),
    "owner.approved": _l("核准登记"),
    "owner.refusal_proposed": _l("拟不予登记"),
    "owner.refusal_dropped": _l("负责人退回重新核验"),
    "owner.refused": _l("不予登记"),
}

STATES = {
    State.SUBMITTED: (_l("已提交，待核验"), "blue"),
    State.RETURNED: (_l("待补正"), "yellow"),
    State.REFUSING: (_l("拟不予登记，待负责人审签"), "yellow"),
    State.APPROVED: (_l("已核准"), "green"),
    State.REFUSED: (_l("不予登记"), "red"),
}

KINDS = {
    Kind.PUBLIC: _l("机关、事业单位、人民团体"),
    Kind.FIRM: _l("企业、社会组织"),
    Kind.PERSON: _l("自然人"),
}

GROUNDS = {
    Ground.NOT_ELIGIBLE: _l("不属于可以登记的业主"),
    Ground.NOT_AUTHORISED: _l("不能证明经办人得到单位授权"),
    Ground.FALSE_DOCUMENT: _l("材料不实"),
    Ground.DUPLICATE: _l("同一单位已经登记"),
}
SHOWN = {
    "owner.kind": Part(_l("业主类别"), KINDS),
    "owner.name": Part(_l("名称")),
    "owner.uscc": Part(_l("统一社会信用代码")),
    "owner.address": Part(_l("地址")),
    "owner.phone": Part(_l("咨询电话")),
    "owner.complaint_phone": Part(_l("投诉电话")),
    "owner.authority_file": Part(_l("证明授权的材料"), is_said=False),
    "owner.corrections": Part(_l("需要补正的内容")),
    "owner.ground": Part(_l("依据"), GROUNDS),
    "owner.reason": Part(_l("理由")),
}

PHRASES = (
    _l("单位名称与统一社会信用代码登记的名称不一致，请按证书填写。"),
    _l("没有证明授权的材料，请上传加盖公章的授权书。"),
    _l("证明授权的材料看不清，请重新扫描上传。"),
    _l("咨询电话或投诉电话无法接通，请更正。"),
)
"""Ready phrases for the one return of a registration."""
