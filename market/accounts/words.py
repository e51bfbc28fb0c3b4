"""Words of the accounts: refusals, events, kinds and duties."""

from flask_babel import lazy_gettext as _l

from market.accounts.rules import CheckReason, CheckState, Duty, Kind, Level
from market.web.shown import Part

WORDS = {
    "accounts.reason_shown": _l("本人已经提交证件影像，请选择影像存在的问题。"),
    "accounts.reason_no_scan": _l("本人没有提交证件影像，不能认定影像不清。"),
    "accounts.busy": _l("此刻登录的人很多，请过几秒再试。"),
    "accounts.wrong_credentials": _l("邮箱或密码不正确。请核对后再试；忘记密码可用邮箱重设。"),
    "accounts.login_malformed": _l("请填写有效的电子邮箱，例如 name@example.org"),
    "accounts.wait": _l("密码或验证码错误次数过多，请等 %(minutes)s 分钟再试。"),
    "accounts.proof_over": _l("登录已超过 5 分钟没有完成，请重新输入密码。"),
    "accounts.code_needed": _l("请填写“动态验证码”：打开手机上的验证器应用，输入 6 位数字。"),
    "accounts.wrong_code": _l("“动态验证码”不正确或已用过，请等验证器显示下一组数字再试。"),
    "accounts.wrong_password": _l("密码不正确，请核对后再试。"),
    "accounts.password_short": _l(
        "“密码”至少 %(least)s 位，现在是 %(count)s 位。可以用几个词连成一句话，不要求大小写或符号。"
    ),
    "accounts.password_long": _l("“密码”最多 %(most)s 位。"),
    "accounts.password_common": _l(
        "这个密码太容易被猜到（常见密码、重复或连续的字符，或与邮箱相同），请换一个。"
    ),
    "accounts.id_number": _l("“公民身份号码”不正确，请对照身份证逐位核对（18 位，末位可能是 X）。"),
    "accounts.login_taken": _l("这个电子邮箱已经注册，请直接登录；忘记密码可用邮箱重设。"),
    "accounts.id_taken": _l(
        "这个身份号码已经由另一个账户通过实名核验。是您本人的，请用那个账户登录，忘记密码可用邮箱重设；"
        "如果不是您本人办理，请带身份证联系协管办。"
    ),
    "accounts.link_over": _l("这个链接已用过或已过期，请重新申请一个。"),
    "accounts.verified_already": _l("这个账户已经通过实名核验。"),
    "accounts.not_active": _l("请先打开激活邮件里的链接，再提交证件。"),
    "accounts.no_check": _l("现在没有等待核验的申请，可能已由他人办理。请刷新页面查看。"),
    "accounts.check_done": _l("这次核验已由他人办理。请刷新页面查看。"),
    "accounts.no_check_reason": _l("请写明“需要怎么做”，本人会收到这段话。"),
    "accounts.own_account": _l("不能对自己的账户做这件事，请由另一位同事办理。"),
    "accounts.language": _l("请选择中文或 English。"),
    "accounts.second_factor_set": _l("动态验证码已经设置过。要换手机，请先停用再重新设置。"),
    "accounts.no_person": _l("没有找到这个人。"),
    "accounts.no_organisation": _l("没有找到这个单位。"),
    "accounts.no_office": _l("本平台还没有设置运行机构，请由系统管理员先完成安装设置。"),
    "accounts.no_membership": _l("没有找到这项任职，可能已经结束。"),
    "accounts.no_session": _l("没有找到这次登录，可能已经退出。"),
    "accounts.organisation_exists": _l(
        "这个统一社会信用代码的单位已经登记。如果您是其工作人员，请联系本单位管理员把您加为成员。"
    ),
    "accounts.no_name": _l("请填写“单位名称”。"),
    "accounts.not_a_body": _l(
        "“类别”只能选择运行机构、主管部门、管理机构、监察机构或见证单位；中介机构和业主自行入驻。"
    ),
    "accounts.member_already": _l("这个人已经是本单位成员，请在名单里修改其职责。"),
    "accounts.no_login": _l("没有这个邮箱的账户，请对方先注册。"),
    "accounts.unverified": _l(
        "对方的账户还没有登记身份，请对方先打开激活邮件里的链接或到窗口办理。"
    ),
    "accounts.last_manager": _l("这是最后一位能管理成员的人。请先把管理职责交给另一位成员。"),
    "accounts.no_duty": _l("请至少选择一项“职责”。"),
    "accounts.foreign_duty": _l("“职责”里有这类单位不能授予的一项，请重新选择。"),
    "accounts.duties_apart": _l("所选“职责”按规定不能由同一人兼任，请分给不同的人。"),
}

EVENTS = {
    "account.opened": _l("新开账户"),
    "account.claimed": _l("账户登记了身份，待核验"),
    "account.verified": _l("账户通过实名核验"),
    "identity.asked": _l("实名身份待核验"),
    "identity.passed_on": _l("实名核验改由其他单位办理"),
    "identity.checked": _l("实名身份核验通过"),
    "identity.refused": _l("实名身份核验未通过"),
    "identity.overdue": _l("实名核验超期，公开暂缓自动开始"),
    "account.disabled": _l("账户停用"),
    "account.enabled": _l("账户恢复"),
    "account.restored": _l("重设登录方式"),
    "organisation.created": _l("登记单位"),
    "organisation.amended": _l("更正单位信息"),
    "member.added": _l("增加成员"),
    "member.changed": _l("调整成员职责"),
    "member.ended": _l("成员退出"),
}

KINDS = {
    Kind.AGENCY: _l("中介服务机构"),
    Kind.OWNER: _l("项目业主"),
    Kind.OFFICE: _l("运行机构（协管办）"),
    Kind.REGULATOR: _l("行业主管部门"),
    Kind.AUTHORITY: _l("管理机构"),
    Kind.INSPECTION: _l("监察机构"),
    Kind.WITNESS: _l("见证单位"),
}

LEVELS = {
    Level.NONE: (_l("未登记"), "grey"),
    Level.CLAIMED: (_l("已登记，待核验"), "yellow"),
    Level.CHECKED: (_l("已核验"), "green"),
}

CHECK_STATES = {
    CheckState.WAITING: (_l("待核验"), "yellow"),
    CheckState.CONFIRMED: (_l("已通过"), "green"),
    CheckState.REFUSED: (_l("未通过"), "red"),
}

CHECK_REASONS = {
    CheckReason.ILLEGIBLE: _l("证件影像不清或不完整"),
    CheckReason.MISMATCH: _l("证件与填写的姓名或号码不一致"),
    CheckReason.EXPIRED: _l("证件已过有效期"),
    CheckReason.NOT_SHOWN: _l("没有提交证件，也没有到窗口"),
}
"""The reasons that may be chosen."""

ALL_CHECK_REASONS = {
    **CHECK_REASONS,
    CheckReason.OTHERS: _l("这个号码已由另一个账户通过实名核验"),
}

DUTIES = {
    Duty.AGENCY_ADMIN: _l("机构管理员"),
    Duty.AGENCY_AGENT: _l("机构经办人（业务授权人）"),
    Duty.AGENCY_SIGNATORY: _l("机构签署人"),
    Duty.OWNER_DRAFTER: _l("业主经办人"),
    Duty.OWNER_SIGNATORY: _l("业主审签人"),
    Duty.OWNER_ACCEPTOR: _l("履约验收人"),
    Duty.JUROR: _l("评审人员"),
    Duty.INTAKE_CLERK: _l("代收录入员"),
    Duty.ENROLMENT_CHECKER: _l("入驻核验员"),
    Duty.NOTICE_REVIEWER: _l("公告审核员"),
    Duty.PUBLISHER: _l("发布员"),
    Duty.SELECTION_ATTENDANT: _l("选取值守员"),
    Duty.CASE_OFFICER: _l("服务专员"),
    Duty.CALLBACK_OFFICER: _l("回访员"),
    Duty.COMPLAINT_OFFICER: _l("投诉承办人"),
    Duty.COMPLAINT_SIGNATORY: _l("投诉审签人"),
    Duty.OFFICE_HEAD: _l("协管办负责人"),
    Duty.REGULATOR_OFFICER: _l("行业监管员"),
    Duty.REGULATOR_SIGNATORY: _l("行业主管部门审签人"),
    Duty.FINANCE_SUPERVISOR: _l("财政监督员"),
    Duty.WITNESS: _l("见证单位操作员"),
    Duty.RULE_EDITOR: _l("规则编辑员"),
    Duty.RULE_APPROVER: _l("规则批准人"),
    Duty.AUTHORITY_ASSIGNER: _l("管理机构指派人"),
    Duty.INSPECTOR: _l("监察员"),
    Duty.SYSTEM_ADMIN: _l("系统管理员"),
    Duty.SECURITY_ADMIN: _l("安全管理员"),
    Duty.AUDIT_ADMIN: _l("审计管理员"),
}

SHOWN = {
    "identity.name": Part(_l("姓名")),
    "identity.number": Part(_l("身份证件号码"), is_said=False),
    "identity.claimed_at": Part(_l("登记身份的时间")),
    "identity.check": Part(_l("核验申请"), is_said=False),
    "identity.file": Part(_l("提交的证件"), is_said=False),
}
