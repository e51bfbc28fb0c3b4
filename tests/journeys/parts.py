"""The parts of the main job, each walked by whoever does it in life."""

import re

from market.catalogue import queries as catalogue
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from market.selection.results.queries import Selection, Winner
from tests.factories import accounts as people
from tests.factories import agencies
from tests.journeys.conftest import Place, login
from tests.journeys.walker import SCAN, Walker
from tests.mail import MailServer

ITEM = "301"
NUMBER = r"{prefix}-360481-2026-\d{{5}}"
BASICS = {
    "type": "enterprise",
    "legal_representative": "李四",
    "representative_number": people.id_number(),
    "capital_fen": "200万",
    "established_on": "2015-06-01",
    "contact_person": "王五",
    "contact_phone": "0792-4222222",
    "contact_email": "office@example.org",
    "intro": "测绘与咨询",
}
NOTICE = {
    "item_code": ITEM,
    "title": "桂林街道土地勘测定界服务",
    "fund": "fiscal",
    "fiscal_percent": "100",
    "method": "random",
    "ceiling_fen": "120000",
    "scale": "约 120 亩",
    "location": "瑞昌市桂林街道",
    "service_days": "30",
    "content": "完成勘测定界并提交报告。\n成果须通过主管部门审查。",
    "entry_close": "2026-03-12 17:00",
    "draw_at": "2026-03-12 17:30",
    "contact_phone": "0792-4221111",
    "complaint_phone": "0792-4222222",
}
GROUNDS = {
    "reasons": "经查阅日志和公告，所反映的情况不属实。",
    "legal_basis": "《瑞昌市中介超市管理办法》第十二条",
}


def number(prefix: str) -> str:
    """The pattern of a public number."""
    return NUMBER.format(prefix=prefix)


def logged(public: Walker, place: Place, subject: str, *kinds: str) -> None:
    """The public log has these facts about a subject, in the words of its page."""
    labels = fabric(place.app).event_labels
    facts = (
        public.go(f"/log?subject={subject}").main.locator("tbody td:nth-child(3)").all_inner_texts()
    )
    missing = [kind for kind in kinds if str(labels[kind]) not in facts]
    assert not missing, f"{subject}: {missing} not on the log, which says {facts}"


# --- the agency ---------------------------------------------------------------------------


def registers(who: Walker, place: Place, post: MailServer) -> None:
    """An account, and the link of the mail."""
    who.go("/register").press("注册").is_refused("请填写“电子邮箱”")
    who.fill(
        login=login(who.name),
        name="赵敏",
        id_number=people.id_number(),
        phone="138 1234 5678",
        password="short",
        again="short",
    )
    who.press("注册").is_refused("15")
    who.fill(password=people.PASSWORD, again=people.PASSWORD).press("注册").sees("请查收邮件")
    place.work()
    (letter,) = [each for each in post.received if each.recipients == [login(who.name)]]
    link = re.search(r"/activate/\S+", letter.message.get_content())
    assert link
    who.go(link.group()).press("激活账户").sees("账户已激活")
    who.sign_in(login(who.name))


def enrols(who: Walker, place: Place, name: str) -> str:
    """Everything that an enrolment asks, saved half-way and resumed; returns its number."""
    who.go("/enrolment").press("开始填写")
    who.fill(uscc="913604810000000000", name=name).press("保存并继续").is_refused("校验")
    who.fill(uscc=people.credit_code()).press("保存并继续")
    who.fill(contact_person="王五", contact_phone="0792-4222222").press("保存，以后再填").sees(
        "填写中"
    )
    who.sign_in(login(who.name)).go("/enrolment").follow("基本信息")
    assert who.page.locator("[name=contact_person]").input_value() == "王五"
    who.fill(**BASICS, address="瑞昌市湓城街道").press("保存并继续")
    who.follow("服务事项").fill(items=ITEM).press("保存并继续")
    holds(who, place)
    who.go("/enrolment").follow("告知承诺").press("签署").is_refused("请勾选")
    who.fill(agree=True).press("签署")
    who.go("/enrolment").press("核对并提交").press("提交申请").sees("入驻申请已提交")
    return who.reads(number("RZ"))


def holds(who: Walker, place: Place) -> None:
    """The certificate that the item asks for: first without its end, which loses neither what was
    typed nor the scan.
    """
    with place.app.app_context():
        work = reading(CLOCK)
        held = agencies.held_for(catalogue.item(work, ITEM), work.today)
    assert held is not None
    who.go("/enrolment").follow("资质和备案").press("添加资质或备案")
    who.fill(
        name=held.name,
        grade=held.grade or "",
        specialities="\n".join(held.specialities),
        number="甲测资字 3600001",
        issuer="江西省自然资源厅",
        valid_from=held.valid_from.isoformat(),
        scan=SCAN,
    ).press("保存")
    who.is_refused("有效期止").sees("扫描件已保存")
    who.fill(valid_to=str(held.valid_to)).press("保存").sees("已具备")


def is_checked(checker: Walker, agency: Walker, application: str) -> None:
    """The office returns it once, the agency mends it, the office passes it."""
    checker.sign_in(login("checker"), "/office/enrolments").follow(application).press(
        "一次性告知补正"
    )
    checker.press("告知机构").is_refused()
    checker.fill(basics="办公地址不完整，请写到门牌号。").press("告知机构").sees("已一次性告知补正")
    agency.go("/enrolment").sees("办公地址不完整").follow("基本信息")
    agency.fill(address="瑞昌市湓城街道人民路1号").press("保存并继续")
    agency.press("核对并提交").press("提交申请").sees("补正材料已提交")
    checker.go("/office/enrolments").follow(application).sees("已修改").press(
        "通过，准予入驻"
    ).sees("核验通过")
    agency.go("/enrolment").sees("贵机构已入驻")


# --- the owner ----------------------------------------------------------------------------


def owner_is_approved(drafter: Walker, checker: Walker) -> str:
    """A public body registers and the office approves it; returns the registration's number."""
    drafter.sign_in(login("drafter"), "/owners/register")
    drafter.fill(
        kind="public", name="瑞昌市水利局", address="湓城街道2号", phone="0792-4221111"
    ).press("提交登记").is_refused()
    drafter.fill(uscc=public_code(), complaint_phone="0792-4222222", scan=SCAN).press(
        "提交登记"
    ).sees("登记已提交")
    registration = drafter.reads(number("YZ"))
    checker.go("/office/owners").follow(registration).press("核准登记").sees("已核准")
    drafter.go("/members").fill(login=login("owner-signatory"), duties="owner_signatory").press(
        "加为成员"
    ).sees("owner-signatory")
    return registration


def public_code() -> str:
    """A valid code of a public body that is nobody's."""
    stem = "11360481000000099"
    return stem + people.uscc.calc_check_digit(stem)


def is_refused_for_each_rule(drafter: Walker) -> None:
    """Each rule of publication with its own sentence, one after the other in the same draft."""
    drafter.go("/notices/mine").press("发布选取公告").press("在一页里填写全部")
    drafter.fill(**NOTICE).press("保存并检查")
    for broken, sentence in (
        ({"requirement": "须在本市设有分支机构"}, "地域"),
        ({"requirement": "", "content": "报名机构近三年须有同类项目业绩不少于 3 个。"}, "业绩"),
        ({"content": NOTICE["content"], "entry_close": "2026-03-05 17:00"}, "工作日"),
        ({"entry_close": NOTICE["entry_close"], "draw_at": "2026-03-12 16:00"}, "截止"),
    ):
        drafter.press("修改").fill(**broken).press("保存并检查")
        drafter.is_refused(sentence)
        assert drafter.main.get_by_role("button", name="提交", exact=True).count() == 0
    drafter.press("修改").fill(draw_at=NOTICE["draw_at"]).press("保存并检查").sees(
        "没有发现不合规定的内容"
    )


def notice_is_published(drafter: Walker, signatory: Walker, checker: Walker, head: Walker) -> str:
    """Handed in, signed by another, reviewed, published by a third; returns the notice's number."""
    drafter.press("提交").sees("已提交")
    signatory.sign_in(login("owner-signatory"), "/notices/mine").follow(str(NOTICE["title"])).press(
        "审签并提交协管办"
    )
    checker.go("/office/notices").follow(str(NOTICE["title"])).press("通过审核").sees("已通过审核")
    head.sign_in(login("head"), "/office/notices").follow(str(NOTICE["title"])).press(
        "发布公告"
    ).sees("已发布")
    return head.reads(number("GG"))


# --- the entries --------------------------------------------------------------------------


def enters(who: Walker, notice: str, yuan: str, password_login: str | None = None) -> str:
    """One entry; returns the receipt."""
    if password_login:
        who.sign_in(password_login)
    who.go(f"/notices/{notice}/entry").press("提交报名").is_refused("请填写“报价”")
    who.fill(quote_fen=yuan, pledge=True).press("提交报名")
    return who.reads(r"BM-[0-9A-Z]{4}-[0-9A-Z]{4}")


def withdraws_and_renews(who: Walker, notice: str, yuan: str) -> str:
    """Out and in again before the close; returns the new receipt."""
    former = who.reads(r"BM-[0-9A-Z]{4}-[0-9A-Z]{4}")
    who.press("撤回报名").sees("撤回这次报名")
    who.press("撤回报名").sees("报名已撤回")
    renewed = enters(who, notice, yuan)
    assert renewed != former
    return renewed


def card_of(place: Place, notice: str) -> Selection:
    """The notice as it is now."""
    with place.app.app_context():
        return result_queries.notice(reading(CLOCK), notice)


def winner_of(place: Place, notice: str) -> Winner:
    """Whom the draw has put first."""
    winner = card_of(place, notice).winner
    assert winner is not None
    return winner


# --- the complaint ------------------------------------------------------------------------


def complains(who: Walker, notice: str, about: str = "result") -> str:
    """From the notice's page to the receipt; returns the complaint's number."""
    who.sign_in(login("complainant")).go(f"/notices/{notice}").follow("对公告、过程或结果投诉")
    who.fill(about=about, respondent="owner", matters="中选机构与业主单位有利害关系。").press(
        "保存并继续"
    ).is_refused("投诉请求")
    assert who.page.locator("[name=matters]").input_value() == "中选机构与业主单位有利害关系。"
    who.fill(request="请求重新核查资格。", door="regulator").press("保存并继续")
    who.fill(file=SCAN).press("上传这一份").sees("扫描件.pdf").press("继续核对")
    who.press("提交投诉").is_refused()
    who.fill(truth=True).press("提交投诉").sees("投诉已收到")
    return who.reads(number("TS"))


def does(who: Walker, complaint: str, deed: str, button: str, **fields: object) -> None:
    """One deed of the complaint's page."""
    who.go(f"/complaints/{complaint}").does(deed).fill(**fields).press(button)
    assert who.page.url.endswith(f"/complaints/{complaint}"), who.main.inner_text()[:400]


def is_dismissed(officer: Walker, signatory: Walker, complaint: str) -> None:
    """Accepted and decided, each by two persons; published."""
    officer.sign_in(login("officer"), "/office/complaints").follow(complaint).sees(complaint)
    does(officer, complaint, "拟受理", "提交审签")
    signatory.sign_in(login("signatory"))
    does(signatory, complaint, "审签", "签发")
    does(officer, complaint, "拟处理决定", "提交审签", outcome="dismissed", **GROUNDS)
    does(signatory, complaint, "审签", "签发")
    does(officer, complaint, "公开处理决定", "公开")
