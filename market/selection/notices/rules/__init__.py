"""The law of notices, split by question: terms, publication, conditions, states. Pure."""

from market.windows.rules import Kind, Nature

ENTRY_CLOSE = Kind("entry.close", Nature.ACT, "报名截止")
SEAL = Kind("selection.seal", Nature.ACT, "封存名单")
REVIEW = Kind("notice.review", Nature.DUTY, "公告发布审核")
CHANGE = Kind("notice.change", Nature.DUTY, "审核业主申请的更正")
QUESTION = Kind("notice.question", Nature.DUTY, "答复对公告的提问")
WINDOW_KINDS = {kind.name: kind for kind in (ENTRY_CLOSE, SEAL, REVIEW, QUESTION, CHANGE)}
