"""Words of evaluations: refusals, facts on the log, dimensions with their levels, grounds of appeal."""

from flask_babel import lazy_gettext as _l

from market.evaluations.rules import By, EvaluationState
from market.evaluations.rules.appeal import AppealState, Effect, Ground
from market.web.shown import Part

WORDS = {
    "evaluation.none": _l("没有找到这项评价。成果验收通过后，双方才能互相评价。"),
    "evaluation.no_appeal": _l("没有找到这件评价申诉。"),
    "evaluation.wrong_state": _l("这项评价现在的状态不能这样办理。请刷新页面查看。"),
    "evaluation.mark": _l("请选择 1 至 5 分"),
    "evaluation.fact_missing": _l(
        "有一项是 1 分或 2 分的，请写明事实，不少于 %(least)s 个字，让对方能够回应"
    ),
    "evaluation.text_missing": _l("请填写内容"),
    "evaluation.text_long": _l("最多 %(most)s 个字"),
    "evaluation.over": _l("评价期限已过。没有评价的，记为未评价，不计分。"),
    "evaluation.fixed": _l("可以更正的时间已过，评价不能再改。"),
    "evaluation.reply_over": _l("回应期限已过，或者贵方已经回应过了。"),
    "evaluation.follow_up_not_now": _l("现在不能追加评价：评价公开满规定的月数后可以追加一次。"),
    "evaluation.appeal_over": _l("申诉期限已过，或者贵方已经申诉过了，申诉只有一次。"),
    "evaluation.answer_over": _l("说明期限已过，或者贵方已经说明过了。"),
    "evaluation.no_body": _l("没有可以决定这件申诉的单位。请联系中介超市协管办。"),
    "evaluation.worked_on_it": _l("经办过这个项目的人不能决定对它的评价申诉，请由未经手的人决定。"),
    "evaluation.may_still_answer": _l("评价一方还可以说明，说明期满之前不能作出决定。"),
    "evaluation.appeal_decided": _l("这件申诉已经决定过了。"),
}
EVENTS = {
    "evaluation.asked": _l("请双方互相评价"),
    "evaluation.sealed": _l("一方已评价，双方评价公开之前密封"),
    "evaluation.corrected": _l("一方更正了密封的评价"),
    "evaluation.opened": _l("评价公开"),
    "evaluation.unrated": _l("一方到期未评价"),
    "evaluation.replied": _l("被评价的一方回应"),
    "evaluation.followed": _l("追加评价"),
    "evaluation.appealed": _l("对评价申诉"),
    "evaluation.answered": _l("评价的一方对申诉作出说明"),
    "evaluation.appeal_decided": _l("决定评价申诉"),
}
STATES = {
    EvaluationState.AWAITED: (_l("待评价"), "blue"),
    EvaluationState.SEALED: (_l("已评价，密封"), "blue"),
    EvaluationState.OPEN: (_l("已公开"), "green"),
    EvaluationState.UNRATED: (_l("未评价"), "grey"),
}
SIDES = {By.OWNER: _l("业主对机构履约的评价"), By.AGENCY: _l("机构对业主履约的评价")}
DIMENSIONS = {
    By.OWNER: {
        "quality": (_l("服务质量"), _l("成果一次合格、没有差错")),
        "timeliness": (_l("服务时效"), _l("按约定的日期完成")),
        "attitude": (_l("服务态度"), _l("沟通及时、配合")),
        "fees": (_l("服务收费"), _l("按约定收费，没有另外加价")),
        "conduct": (_l("服务规范"), _l("程序和资料合规")),
    },
    By.AGENCY: {
        "quality": (_l("要求清楚"), _l("任务书和基础资料完整")),
        "timeliness": (_l("配合及时"), _l("及时答复、按时验收")),
        "attitude": (_l("沟通尊重"), _l("平等沟通")),
        "fees": (_l("付款守约"), _l("按约定付款")),
        "conduct": (_l("廉洁规范"), _l("没有合同以外的要求")),
    },
}
LEVELS = {
    5: _l("5 分，很好"),
    4: _l("4 分，好"),
    3: _l("3 分，一般"),
    2: _l("2 分，差"),
    1: _l("1 分，很差"),
}
GROUNDS = {
    Ground.WRONG_OBJECT: _l("评错了项目或对象"),
    Ground.INSULT: _l("侮辱、谩骂"),
    Ground.PERSONAL_DATA: _l("泄露个人信息"),
    Ground.SECRECY: _l("泄露秘密"),
    Ground.COERCED: _l("受胁迫或有利益交换"),
    Ground.FALSE_FACT: _l("事实不实"),
}
HIDDEN = {
    Ground.WRONG_OBJECT: _l("文字因评错对象隐去，分数保留"),
    Ground.INSULT: _l("文字因侮辱谩骂隐去，分数保留"),
    Ground.PERSONAL_DATA: _l("文字因含有个人信息隐去，分数保留"),
    Ground.SECRECY: _l("文字因含有秘密隐去，分数保留"),
    Ground.COERCED: _l("经查受胁迫或有利益交换，不计入均分"),
    Ground.FALSE_FACT: _l("经查事实不实，不计入均分"),
}
"""What is said beside an evaluation whose appeal held."""
APPEALS = {
    AppealState.WAITING: (_l("申诉办理中"), "yellow"),
    AppealState.UPHELD: (_l("申诉成立"), "grey"),
    AppealState.REJECTED: (_l("申诉不成立，评价维持"), "grey"),
}
EFFECTS = {Effect.HIDDEN: _l("文字隐去，分数保留"), Effect.STRUCK: _l("不计入均分")}
UPHOLD = "uphold"
REJECT = "reject"
OUTCOMES = {UPHOLD: _l("申诉成立"), REJECT: _l("申诉不成立，评价维持")}
SHOWN = {
    "evaluation.appeal": Part(_l("申诉"), is_said=False),
    "evaluation.appeal_state": Part(_l("申诉的状态"), is_said=False),
    "evaluation.ground": Part(_l("申诉的理由"), GROUNDS),
    "evaluation.appeal_text": Part(_l("申诉的说明"), is_said=False),
    "evaluation.answer": Part(_l("评价一方的说明"), is_said=False),
    "evaluation.marks": Part(_l("评分")),
    "evaluation.text": Part(_l("评价文字"), is_said=False),
    "evaluation.fact": Part(_l("事实"), is_said=False),
    "evaluation.reply": Part(_l("回应"), is_said=False),
    "evaluation.follow_up": Part(_l("追加评价"), is_said=False),
}
