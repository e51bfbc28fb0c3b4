"""The calendar's words: refusals, facts of the log, states."""

from flask_babel import lazy_gettext as _l

from market.web.shown import Part
from market.workdays.rules import Certainty, DayKind, State, Unit

WORDS = {
    "workdays.not_text": _l(
        "文件不是 UTF-8 编码的文本，从第 %(at)s 个字节起读不出来。请用 UTF-8 编码另存后重新上传。"
    ),
    "workdays.not_json": _l(
        "文件第 %(line)s 行第 %(column)s 列不合 JSON 格式。请检查那里和前一行的引号、逗号、括号，改正后重新上传。"
    ),
    "workdays.not_an_arrangement": _l(
        "文件不是放假安排。最外层应是 {…}，里面有 year（年份）和 days（日期列表），样子见页面上的例子。"
    ),
    "workdays.unknown_region": _l("没有“%(region)s”这个地区：请填 CN，或 2、4、6 位行政区划代码。"),
    "workdays.faulty": _l("这份安排有下列问题，请一并改正后重新导入。"),
    "workdays.issued_in_future": _l("印发日期 %(issued_on)s 还没有到。"),
    "workdays.already_imported": _l("%(year)s 年的这份安排已经导入过，内容没有变化。"),
    "workdays.no_such_year": _l("工作日历只有 %(first)s 年到 %(last)s 年。"),
    "workdays.no_arrangement": _l("没有编号为 %(key)s 的安排。"),
    "workdays.same_person": _l("导入的人不能批准自己导入的安排，请由另一位规则批准人批准。"),
    "workdays.superseded": _l("同一年度已有更新的第 %(version)s 版生效，这一版不能再批准。"),
    "workdays.wrong_state": _l("这份安排已经办结，不能再次批准或退回。"),
    "workdays.naive_instant": _l("起算时刻要写明时区，例如 2026-02-10T15:30:00+08:00。"),
    "workdays.n_out_of_range": _l("期限要在 %(least)s 到 %(most)s 之间。"),
    "workdays.end_without_close": _l("按下班时间截止的，要写明下班时间；按 24:00 截止的，不写。"),
    "workdays.exact_unit_has_no_close": _l("按小时、分钟计算的期限没有下班时间。"),
    "workdays.outside_calendar": _l("只能计算 %(first)s 到 %(last)s 之间的期限。"),
    "workdays.stop_out_of_order": _l("停止计算的起止时间先后不对。"),
    "workdays.stopped_after_due": _l("期限已经届满，不能再停止计算。"),
    "workdays.months_cannot_stop": _l("按月计算的期限不能停止计算。"),
}
FINDINGS = {
    "workdays.file_year": _l("“%(at)s”应是四位年份，例如 2027"),
    "workdays.file_papers": _l(
        '“%(at)s”应是网址的列表，例如 ["https://www.gov.cn/…"]；没有的，可以不写'
    ),
    "workdays.file_days": _l("“%(at)s”应是日期的列表：[{…}, {…}]"),
    "workdays.item_form": _l("days 的第 %(at)s 项应是 {…}，写明 name、date、isOffDay"),
    "workdays.item_name": _l("days 的第 %(at)s 项：“name”应是节日名称，1 到 20 个字，不能换行"),
    "workdays.item_date": _l("days 的第 %(at)s 项：“date”应是真实的日期，按 2027-01-01 的样子写"),
    "workdays.item_off": _l(
        "days 的第 %(at)s 项：“isOffDay”应是 true（放假）或 false（调休上班），不加引号"
    ),
    "workdays.year_not_covered": _l("年份 %(at)s 不在 2018 到 2050 之间"),
    "workdays.no_document_number": _l("文号“%(at)s”不完整，应如 国办发明电〔2025〕7号"),
    "workdays.no_web_address": _l("来源“%(at)s”不是网址"),
    "workdays.statutory_day_missing": _l("%(at)s 是法定节假日，安排里没有列为放假"),
    "workdays.day_twice": _l("%(at)s 出现了两次"),
    "workdays.day_outside_year": _l("%(at)s 不属于这一年的安排"),
    "workdays.make_up_on_weekday": _l("%(at)s 不是周六、周日，不能列为调休上班"),
    "workdays.holiday_broken": _l("“%(at)s”的放假日期不连续"),
}
EVENTS = {
    "calendar.imported": _l("导入放假调休安排，待批准"),
    "calendar.approved": _l("放假调休安排批准生效"),
    "calendar.rejected": _l("放假调休安排退回"),
    "calendar.missing": _l("下一年度放假调休安排尚未收录"),
}
STATES = {
    State.PROPOSED: (_l("待批准"), "yellow"),
    State.APPROVED: (_l("已生效"), "green"),
    State.REJECTED: (_l("已退回"), "red"),
}
SHOWN = {
    "arrangement.document_number": Part(_l("文号")),
    "arrangement.title": Part(_l("文件标题")),
    "arrangement.sha256": Part(_l("文件摘要（SHA-256）"), is_said=False),
    "arrangement.changes": Part(_l("改变的日子"), is_said=False),
}
DAY_KINDS = {
    DayKind.WORKING: _l("工作日"),
    DayKind.REST: _l("周末"),
    DayKind.HOLIDAY: _l("放假"),
    DayKind.MAKE_UP: _l("调休上班"),
}
UNITS = {
    Unit.WORKING_DAY: _l("个工作日"),
    Unit.CALENDAR_DAY: _l("日（自然日）"),
    Unit.MONTH: _l("个月"),
    Unit.HOUR: _l("小时"),
    Unit.MINUTE: _l("分钟"),
}
CERTAINTIES = {
    Certainty.CONFIRMED: (_l("确定"), "green"),
    Certainty.PROVISIONAL: (_l("暂定"), "yellow"),
}
