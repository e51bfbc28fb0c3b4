"""Words of what goes with a notice: changes, questions, attachments, the review for secrecy."""

from flask_babel import lazy_gettext as _l

from market.selection.notices.words.items import TOGETHER
from market.selection.notices.words.steps import LIMITS

BESIDE = (
    LIMITS
    | TOGETHER
    | {
        "change.none": _l("没有这份更正申请。"),
        "change.not_drafter": _l("取代哪些附件，由提出这份更正的人填写。请由其办理。"),
        "change.wrong_state": _l(
            "这份更正申请现在的状态不能这样办理，可能刚由他人办理。请刷新页面查看。"
        ),
        "change.under_way": _l("这份公告已有一份更正申请在办理，请等它办完，或先撤回。"),
        "change.nothing": _l("没有改动任何内容，也没有推后时间。"),
        "change.not_this": _l(
            "最高限价、事项、选取方式和资金来源不能更正。这些内容有误的，请取消公告后重新发布。"
        ),
        "change.no_note": _l("请写明不予更正的理由。"),
        "question.none": _l("没有这条提问。"),
        "question.not_open": _l("这份公告现在不接受提问。报名中的公告才能提问。"),
        "question.closed": _l(
            "提问时间已过：答复须在报名截止前公布，剩下的时间不够业主答复。可以拨打公告上的咨询电话。"
        ),
        "question.too_many": _l("贵机构已有 %(most)s 条提问等待答复，答复后可以再问。"),
        "question.empty": _l("请写明要问什么。"),
        "question.names_you": _l("提问原文会公开，请不要写出本机构的名称或编号。"),
        "question.answered": _l(
            "这条提问已经答复并公布，不能再改。需要改变公告内容的，请申请更正。"
        ),
        "question.no_answer": _l("请先写好答复。"),
        "question.same_person": _l("答复须由起草人以外的人审核公布。请由本单位审签人公布。"),
        "attachment.none": _l("没有这份附件，可能已经撤下。"),
        "attachment.too_many": _l(
            "一份公告最多 %(most)s 个附件，请先删去不需要的，或合并后再上传。"
        ),
        "attachment.again": _l("这份文件已经在附件里了，内容完全相同，不必再传。"),
        "attachment.accused": _l("已有人提出撤下这份附件，请由另一个人决定。"),
        "attachment.not_accused": _l(
            "还没有人提出撤下这份附件，或者已经有了决定。请刷新页面查看。"
        ),
        "attachment.second_person": _l("撤下附件须由两个人决定。您已提出，请由其他人决定。"),
        "screening.none": _l(
            "这份公告的内容和附件还没有经过起草人以外的人保密审查，不能公开。请先审核。"
        ),
        "screening.no_note": _l("请写明哪些内容不得公开、为什么，以便修改。"),
    }
)
"""What stands against them, and against what is bought."""
