"""What waits is on the list of whoever may do it, with its name, and on nobody else's."""

import datetime as dt
import re

from market.complaints import service as complaint_service
from market.complaints.rules import Outcome
from market.db import in_one_transaction, reading
from market.enrolment import service as enrolment
from market.fabric import fabric
from market.owners import service as owner_service
from market.owners.rules import Ground
from market.selection.notices import service as notice_service
from market.tasks import queries
from market.windows import feed
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import agencies, complaints, owners, selection
from tests.factories.deeds import do

TITLE = "桂林街道土地勘测定界服务"
LINK = re.compile(r'<a class="govuk-link" href="([^"]+)">')


def desk(who):
    woven = fabric()
    return queries.tasks(reading(who), woven.permissions, woven.window_kinds)


def waits(who, of=lambda task: True):
    return [(task.title, task.name) for task in desk(who).mine if of(task)]


def test_a_notice_is_with_the_reviewer_then_the_publisher_or_the_head_then_its_owner(context):
    buyer = selection.owner()
    notice_id = selection.submitted_notice(buyer)
    reviewer = selection.reviewer()
    publisher = selection.publisher()
    head = agencies.head()
    assert waits(reviewer) == [("公告发布审核", TITLE)]
    assert waits(publisher) == waits(head) == []
    (theirs,) = desk(publisher).ours
    assert (theirs.name, theirs.path) == (TITLE, "")
    do(notice_service.approve, reviewer, notice_id=notice_id)
    assert (waits(reviewer), waits(publisher)) == ([], [("公告待发布", TITLE)])
    again = selection.submitted_notice(buyer)
    do(
        notice_service.propose_refusal,
        reviewer,
        notice_id=again,
        reasons=["达到限额"],
        channel="政府采购",
    )
    assert waits(head) == [("不予发布的意见待复核", TITLE)]
    third = selection.submitted_notice(buyer)
    do(notice_service.give_back, reviewer, notice_id=third, reasons=["请写明规模"])
    (back,) = [task for task in desk(buyer.drafter).mine if "退回" in task.title]
    assert (back.name, back.path, back.due) == (TITLE, f"/notices/{third}/edit", None)
    assert waits(buyer.signatory, lambda task: "退回" in task.title) == []


def test_an_owner_s_registration_is_with_the_office_the_second_person_and_the_owner(context):
    checker = people.staff("office", "enrolment_checker")
    head = agencies.head()
    back = owners.registered()
    refused = owners.registered()
    assert len(waits(checker)) == 2
    do(owner_service.return_once, checker, number=back, corrections=["请补充授权书"])
    who = owners.member_of(back)
    assert [title for title, _ in waits(who)] == ["业主登记待补正"]
    do(
        owner_service.refuse,
        checker,
        number=refused,
        ground=Ground.NOT_ELIGIBLE,
        reason="不是本地单位",
    )
    assert [title for title, _ in waits(head)] == ["业主登记不予通过的意见待复核"]
    assert waits(checker) == []


def test_a_tip_waits_for_its_reader_then_for_another_to_close_it(context):
    selection.town()
    one = complaints.desk()
    number = in_one_transaction(
        complaint_service.tip, complaints.citizen(), content="中介机构之间串通报价。"
    )
    for who in (one.officer, one.signatory):
        assert [task.subject for task in desk(who).mine] == [number]
    do(complaint_service.look_at, one.officer, number=number, note="转监察")
    assert waits(one.officer) == []
    assert waits(one.signatory) == [("举报线索待另一人办结", "举报线索")]
    do(complaint_service.close_tip, one.signatory, number=number)
    assert waits(one.signatory) == []


def test_what_is_paused_says_so_on_the_list_and_in_the_calendar(app, client):
    with app.app_context():
        one = complaints.desk()
        number = complaints.filed(selection.published_notice())
        in_one_transaction(
            complaint_service.ask_completion, one.officer, number=number, request="请补充截图"
        )
        (task,) = desk(one.officer).mine
        work = reading(one.officer)
        dues = windows.waiting_for(work, one.organisation_id)
    with app.test_request_context():
        ics = feed.of(dues, fabric().window_kinds, work.now, "zjcs.example.org").decode()
    assert task.is_paused and "计时暂停" in ics.replace("\r\n ", "")
    people.sign_in(client, one.officer)
    page = client.get("/todo").text
    assert "计时暂停" in page and "今天到期" not in page and "还剩" not in page


def test_what_is_over_and_not_swept_yet_is_never_due_today(app, client, clock):
    with app.app_context():
        one = complaints.desk()
        complaints.filed(selection.published_notice())
        (task,) = desk(one.officer).mine
    clock.instant = task.due.due_at - dt.timedelta(minutes=5)
    people.sign_in(client, one.officer)
    assert "今天到期" in client.get("/todo").text
    clock.instant = task.due.due_at + dt.timedelta(seconds=1)
    page = client.get("/todo").text
    assert "已到期" in page and "今天到期" not in page


def test_who_oversees_reads_what_others_owe_overdue_with_name_and_holder(app, client, clock):
    with app.app_context():
        bureau = people.organisation(
            "regulator", "自然资源局", superior_id=people.body("authority")
        )
        owed = complaints.desk("regulator", bureau)
        above = complaints.desk("authority")
        stranger = complaints.desk("regulator", people.organisation("regulator", "水利局"))
        inspector = people.staff("inspection", "inspector")
        number = complaints.filed(selection.published_notice(), door="regulator")
        (task,) = [task for task in desk(owed.officer).mine if task.subject == number]
        clock.instant = task.due.due_at
        windows_jobs.sweep()
        woven = fabric()
        for who in (inspector, above.officer):
            late, more = queries.overdue(reading(who), woven.permissions, woven.window_kinds)
            said = [(each.subject, each.name, each.holder) for each in late]
            assert (said, more) == ([(number, TITLE, "自然资源局")], False)
        for who in (owed.officer, stranger.officer):
            assert queries.overdue(reading(who), woven.permissions, woven.window_kinds)[0] == []
    people.sign_in(client, inspector)
    page = client.get("/todo").text
    assert "其他单位已超期的事（1 件）" in page and TITLE in page and "自然资源局" in page
    for path in LINK.findall(page.partition('id="late"')[2]):
        assert client.get(path).status_code == 200, path


def test_a_contract_that_is_overdue_stays_on_the_owner_s_list(context, clock):
    buyer = selection.owner()
    number, _ = selection.announced_notice(buyer=buyer)
    dues = windows.of_subject(reading(buyer.signatory), number)
    selection.move_to(max(due.due_at for due in dues) + dt.timedelta(minutes=1))
    (task,) = [each for each in desk(buyer.signatory).mine if each.title == "签订合同"]
    selection.move_to(task.due.due_at + dt.timedelta(minutes=1))
    (late,) = [each for each in desk(buyer.drafter).mine if each.title == "签订合同"]
    assert (late.name, late.due.overdue_at is not None) == (TITLE, True)


def test_a_decision_waits_for_its_publication_with_its_day(context):
    one = complaints.desk()
    number = complaints.accepted(complaints.filed(selection.published_notice()), one)
    complaints.decided(number, one, Outcome.DISMISSED)
    assert waits(one.officer) == [("公开投诉处理决定", TITLE)]
    assert waits(one.signatory) == []


def test_who_works_in_the_office_is_not_asked_to_enrol_it(app, client, new_client):
    with app.app_context():
        head = agencies.head()
        firm = agencies.active_agency()
    people.sign_in(client, head)
    page = client.get("/todo").text
    assert "我的机构入驻" not in page and "我的业主登记" not in page and "入驻核验" in page
    mine = new_client()
    people.sign_in(mine, firm.actor)
    page = mine.get("/todo").text
    assert "我的机构入驻" in page and "我的业主登记" not in page


def test_a_correction_waits_for_those_who_may_submit_it(context):
    made = agencies.submitted_agency()
    checker = agencies.checker()
    do(enrolment.send_back, checker, number=made.number, corrections=[("basics", "请补充地址。")])
    assert waits(made.actor) == [("入驻补正", made.name)]
