"""The main job from an empty town to the verified letter, by the web pages, by five people, each
step on the public log.
"""

import datetime as dt

import pytest

from tests.browser import PHONE
from tests.factories import accounts as people
from tests.factories import agencies, selection
from tests.journeys import parts
from tests.journeys.conftest import Place, login
from tests.journeys.parts import card_of, logged, winner_of

pytestmark = pytest.mark.browser
NAME = "瑞昌正和测绘有限公司"
DRAIN = dt.timedelta(seconds=60)


def neighbours(place: Place) -> None:
    """Agencies that are there already: two that hold what the item asks for, one that does not."""
    with place.app.app_context():
        for name, item, representative in (
            ("second", parts.ITEM, "钱一"),
            ("third", parts.ITEM, "孙二"),
            ("foreign", "501", "周三"),
        ):
            made = agencies.active_agency(
                [item], name=f"九江{name}咨询有限公司", legal_representative=representative
            )
            people.member(made.organisation_id, "agency_agent", login=login(name))


def test_from_enrolment_to_the_verified_letter(place, walker, mail_server):
    agency = walker("agency")
    checker = walker("checker")
    public = walker("public")
    parts.registers(agency, place, mail_server)
    application = parts.enrols(agency, place, NAME)
    parts.is_checked(checker, agency, application)
    logged(
        public, place, application, "enrolment.submitted", "enrolment.returned", "enrolment.passed"
    )
    public.go("/agencies").follow(NAME).sees("入驻公示中")
    notice = publishes(place, walker, checker, public)
    receives_entries(place, walker, agency, public, notice)
    is_drawn(place, public, notice)
    stands(place, walker, public, notice)


def publishes(place, walker, checker, public) -> str:
    """The owner, from registration to the published notice."""
    neighbours(place)
    place.person("drafter")
    place.person("owner-signatory")
    drafter = walker("drafter")
    registration = parts.owner_is_approved(drafter, checker)
    logged(public, place, registration, "owner.registered", "owner.approved")
    parts.is_refused_for_each_rule(drafter)
    notice = parts.notice_is_published(drafter, walker("signatory"), checker, walker("head"))
    logged(public, place, notice, "notice.published", "notice.opened")
    public.go("/notices").follow(str(parts.NOTICE["title"])).sees(
        "报名中", "瑞昌市水利局", "120,000.00"
    )
    return notice


def receives_entries(place, walker, agency, public, notice) -> None:
    """Three enter, one of them twice; one may not."""
    foreign = (
        walker("foreign")
        .sign_in(login("foreign"), f"/notices/{notice}/entry")
        .sees("没有登记这一服务事项，不能报名")
    )
    assert foreign.main.locator("[name=quote_fen]").count() == 0
    for name, quote in (("second", "98,765.43"), ("third", "9.9万")):
        parts.enters(walker(name), notice, quote, login(name))
    agency.sign_in(login("agency"))
    parts.enters(agency, notice, "97654.32")
    renewed = parts.withdraws_and_renews(agency, notice, "97643.21")
    agency.go("/entries/mine").sees(renewed)
    logged(public, place, notice, "entry.received", "entry.withdrawn")
    public.go(f"/notices/{notice}").sees_no(NAME, "97,643.21", "97643.21", "98,765.43")


def is_drawn(place, public, notice) -> None:
    """Sealed at the close, drawn at its time, recomputed in the visitor's browser."""
    card = card_of(place, notice)
    place.until(card.entry_close + DRAIN)
    public.go(f"/draws/{card.draw_number}").sees(NAME)
    place.until(card.draw_at)
    public.go(f"/draws/{card.draw_number}").sees(
        "已在您的浏览器里推回起点", "以上顺序已在您的浏览器里重算，一致"
    )
    public.sees(winner_of(place, notice).name)
    logged(public, place, notice, "entries.sealed", "draw.result", "result.published")
    public.go("/results").sees(str(parts.NOTICE["title"]))


def stands(place, walker, public, notice) -> None:
    """A complaint holds the award and is dismissed; the standstill over, the letter follows and is
    verified.
    """
    place.person("complainant")
    complainant = walker("complainant")
    complaint = parts.complains(complainant, notice)
    public.go(f"/notices/{notice}").sees("投诉处理中").sees_no("complainant")
    parts.is_dismissed(walker("officer"), walker("regulator"), complaint)
    logged(
        public,
        place,
        complaint,
        "complaint.filed",
        "complaint.accepted",
        "complaint.decided",
        "complaint.decision_published",
    )
    public.go(f"/complaints/{complaint}").sees("投诉不成立").sees_no("complainant", "13800000000")
    place.until(card_of(place, notice).standstill_due)
    logged(public, place, notice, "result.held", "result.released", "result.stood", "award.issued")
    letter = f"TZ{notice[2:]}"
    winner = winner_of(place, notice)
    owner = (
        walker("drafter")
        .sign_in(login("drafter"), f"/awards/{letter}")
        .sees(winner.name, "瑞中选〔2026〕1号")
    )
    owner.go("/awards")
    public.go("/verify").fill(number="瑞中选〔2026〕1号").press("核验").sees(
        "现在有效", winner.name
    )


def test_an_agency_enrols_and_enters_on_a_telephone(place, walker, mail_server):
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    agency = walker("phone", **phone)
    parts.registers(agency, place, mail_server)
    application = parts.enrols(agency, place, NAME)
    parts.is_checked(walker("checker", **phone), agency, application)
    with place.app.app_context():
        notice = selection.published_notice()
    agency.go("/notices").go(f"/notices/{notice}")
    parts.enters(agency, notice, "97654.32")
    parts.withdraws_and_renews(agency, notice, "97643.21")
    for path in (
        "/entries/mine",
        "/inbox",
        "/todo",
        "/account",
        "/agencies",
        "/catalogue",
        "/results",
        "/draws",
        "/log",
    ):
        agency.go(path)
    assert card_of(place, notice).entries == 1


def test_the_key_forms_work_without_scripts(place, walker, mail_server):
    plain = {"java_script_enabled": False}
    neighbours(place)
    with place.app.app_context():
        notice = selection.published_notice()
    person = walker("plain", **plain)
    parts.registers(person, place, mail_server)
    person.go("/enrolment").press("开始填写").fill(uscc="91360481000000000X", name=NAME).press(
        "保存并继续"
    ).is_refused()
    person.fill(uscc=people.credit_code()).press("保存并继续").press("保存并继续").is_refused(
        "请填写“法定代表人（负责人）”"
    )
    person.fill(contact_person="王五").press("保存，以后再填").sees("填写中")
    for name, quote in (("second", "98000"), ("third", "99000")):
        parts.enters(walker(name, **plain), notice, quote, login(name))
    place.person("complainant")
    complaint = parts.complains(walker("complainant", **plain), notice, about="notice")
    officer = walker("officer", **plain).sign_in(login("officer"))
    parts.does(officer, complaint, "拟受理", "提交审签")
    public = walker("public", **plain)
    public.go(f"/notices/{notice}").sees("报名中").go(
        f"/draws/{card_of(place, notice).draw_number}"
    ).sees("目前 2 家报名")
    public.go("/notices?q=不会有的标题").go(
        "/calculator?trigger=2026-03-04+10:00&n=3&unit=working_day"
    ).sees("2026-03-09")
    assert card_of(place, notice).entries == 2 and complaint.startswith("TS-")
