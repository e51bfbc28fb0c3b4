"""The law of selection, split by question: terms, publication, conditions, entering, plan, outcome,
states. Pure.
"""

from market.windows.rules import Kind, Nature

ENTRY_CLOSE = Kind("entry.close", Nature.ACT, "报名截止")
SEAL = Kind("selection.seal", Nature.ACT, "封存名单")
DRAW = Kind("selection.draw", Nature.ACT, "约定选取时刻")
REVIEW = Kind("notice.review", Nature.DUTY, "公告发布审核")
STANDSTILL = Kind("result.standstill", Nature.ACT, "中选公示期")
WINDOW_KINDS = {kind.name: kind for kind in (ENTRY_CLOSE, SEAL, DRAW, REVIEW, STANDSTILL)}
