"""Words of the ways of selecting: what each is called, how it decides, how it stands for a kind of funds."""

from flask_babel import lazy_gettext as _l

from market.selection.kinds import Method
from market.selection.notices.rules.ways import Standing

METHODS = {
    Method.RANDOM: _l("随机选取"),
    Method.WEIGHTED: _l("综合评分"),
    Method.PROPOSAL: _l("方案比选"),
    Method.CREDIT_SHORTLIST: _l("信用择优"),
    Method.LOWEST: _l("比价"),
    Method.AVERAGE: _l("均价"),
    Method.AUCTION_ROUNDS: _l("分轮竞价"),
    Method.AUCTION_LIVE: _l("实时竞价"),
    Method.DIRECT: _l("直接选取"),
}
HOW = {
    Method.RANDOM: _l("到约定时刻由公开随机数排出先后，报价不影响名次。"),
    Method.LOWEST: _l(
        "报价最低者中选；报价相同的，由公开随机数排先后。报价截止后才开启，每家只报一次。"
    ),
    Method.AVERAGE: _l(
        "报价最接近平均报价者中选：五家及以上先去掉一个最高、一个最低再求平均；同样接近的取报价低者，"
        "再相同的由公开随机数排先后。报价截止后才开启，每家只报一次。"
    ),
    Method.CREDIT_SHORTLIST: _l(
        "按公告发布当日的履约记分取大名单，由公开随机数从中得出小名单，业主在小名单内选定并公开理由。"
        "报价不高于最高限价，截止后开启，不影响名单。"
    ),
    Method.AUCTION_LIVE: _l(
        "报名时不报价；报名截止后以代号公开竞价，每次须比现有最低价再降规定幅度，出现新低价就延长，"
        "到最晚结束时刻为止，最低者中选；到了最低限价可以跟平，由公开随机数排先后。"
    ),
    Method.AUCTION_ROUNDS: _l(
        "报名时不报价；报名截止后以代号分轮竞价，每轮出价一次，须比本机构上次再低规定幅度，"
        "最后一轮结束后最低者中选；同价的由公开随机数排先后。"
    ),
    Method.DIRECT: _l("业主从符合资质的全部机构中选定，机构接受后公示。"),
}
"""How each way that runs decides, as everybody reads it."""
BY_PRICE = frozenset({Method.LOWEST, Method.AVERAGE})
"""The ways in which the quote decides who is selected."""
LOW = {
    "MEAN": _l("低于平均报价的一半"),
    "NEXT_LOWEST": _l("低于次低报价的一半"),
    "CEILING": _l("低于最高限价的百分之四十五"),
}
"""By which test a quote lies far below the others."""
STANDINGS = {
    Standing.OPEN: (_l("可用"), "green"),
    Standing.NEVER: (_l("不得采用"), "red"),
    Standing.NO_POOL: (_l("没有评审专家库"), "grey"),
    Standing.NO_ARTICLE: (_l("没有省级规定的条款"), "grey"),
    Standing.NO_MARKS: (_l("未启用履约记分"), "grey"),
    Standing.NOT_ON: (_l("办法未开通"), "grey"),
    Standing.NOT_BUILT: (_l("尚在建设"), "grey"),
}
"""How a way of selecting stands for a kind of funds."""
