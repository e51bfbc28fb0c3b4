"""Words of ratings."""

from flask_babel import lazy_gettext as _l

from market.ratings.rules import Channel, Level, Step, Tick

WORDS = {
    "rating.none": _l("没有找到可以评价的事项。链接可能不完整，或者这件事还没有办结。"),
    "rating.given_before": _l("这件事已经评价过了，一件事评价一次。"),
    "rating.over": _l("评价期限已过。仍有意见的，请联系中介超市协管办。"),
    "rating.own": _l("办理这件事的人不能代录对它的评价。"),
    "rating.scan": _l("纸质评价请上传扫描件"),
    "rating.level": _l("请选择满意程度"),
    "rating.tick": _l("请从列出的方面里选择"),
    "rating.text_long": _l("最多 %(most)s 个字"),
}
EVENTS = {"rating.given": _l("收到一件好差评")}
LEVELS = {
    Level.VERY_GOOD: _l("非常满意"),
    Level.GOOD: _l("满意"),
    Level.FAIR: _l("基本满意"),
    Level.BAD: _l("不满意"),
    Level.VERY_BAD: _l("非常不满意"),
}
TICKS = {
    Tick.PROCESS: _l("办理流程"),
    Tick.PAPERS: _l("材料"),
    Tick.SPEED: _l("效率"),
    Tick.ERRANDS: _l("跑动次数"),
    Tick.ONE_STOP: _l("一门、一窗、一链"),
    Tick.CHARGES: _l("收费"),
    Tick.ATTITUDE: _l("工作人员的态度"),
    Tick.SKILL: _l("工作人员的水平"),
    Tick.PLATFORM: _l("平台的便捷、稳定、高效、安全"),
}
STEPS = {
    Step.ENROLLED: _l("机构入驻核验"),
    Step.OWNER_APPROVED: _l("业主登记审核"),
    Step.NOTICE_OPENED: _l("选取公告审核发布"),
    Step.AWARD_ISSUED: _l("选取和中选通知书"),
    Step.COMPLAINT_CLOSED: _l("投诉办理"),
}
CHANNELS = {
    Channel.COUNTER: _l("窗口或评价器"),
    Channel.PHONE: _l("电话"),
    Channel.HOTLINE: _l("12345 热线"),
    Channel.PAPER: _l("信件或纸质评价表"),
}
