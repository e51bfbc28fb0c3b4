"""Letters follow the log: once each, to those whom it concerns, in their language, and never
instead of the fact.
"""

import datetime as dt
import json

import pytest

from market.accounts import queries as accounts
from market.complaints.rules import ACCEPT, Complainant
from market.db import in_one_transaction, reading
from market.enrolment import service as enrolment
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, NotPermitted
from market.ledger import queries as ledger
from market.ledger.queries import Entry
from market.letters import asks, audience, jobs, paths, queries, rules, service
from market.letters.rules import To
from market.letters.words import TITLES, WHY
from market.selection.entries import queries as entry_queries
from market.selection.results import queries as result_queries
from market.selection.results import service as results
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import agencies, complaints, selection
from tests.factories.deeds import do

CHECKER = "enrolment_checker"


def titles(actor):
    return [letter.title for letter in queries.inbox(reading(actor))]


@pytest.mark.databases
def test_the_office_hears_of_an_application_and_the_agency_of_its_passing(context):
    agencies.town()
    checker = people.staff("office", CHECKER)
    made = agencies.active_agency()
    jobs.write()
    assert titles(checker)[-1] == f"有新的入驻申请待核验：{made.number}"
    assert f"入驻申请 {made.number} 已通过，可以报名了" in titles(made.actor)
    before = queries.unread(reading(made.actor))
    jobs.write()
    assert queries.unread(reading(made.actor)) == before
    assert ledger.position(reading(CLOCK), service.READER) == ledger.size(reading(CLOCK))


def test_a_letter_says_why_it_came_and_where_the_fact_stands(context):
    made = agencies.active_agency()
    jobs.write()
    letter = next(
        letter for letter in queries.inbox(reading(made.actor)) if "已通过" in letter.title
    )
    assert (
        f"公开日志第 {letter.log_index} 条" in letter.body and str(WHY[To.APPLICANT]) in letter.body
    )
    assert ledger.entry(reading(CLOCK), letter.log_index).type == "enrolment.passed"


def test_everybody_in_a_draw_hears_of_its_result_and_its_hold(context):
    number = selection.announced_notice()[0]
    entrants = selections_entrants(number)
    complaints.filed(number)
    jobs.write()
    for organisation in entrants:
        (member, *_) = accounts.members(reading(CLOCK), organisation)
        assert f"{number} 中选公告已发布" in titles(people.actor_of(member.id, organisation))
    owner = owner_of(number)
    assert f"{number} 有投诉正在处理，暂缓确定" in titles(owner)


def selections_entrants(number):
    return entry_queries.entrant_organisations(reading(CLOCK), number)


def owner_of(number):
    organisation = result_queries.notice(reading(CLOCK), number).owner_organisation_id
    (member, *_) = accounts.members(reading(CLOCK), organisation)
    return people.actor_of(member.id, organisation)


def test_mail_leaves_only_where_there_is_a_server_and_an_address(context):
    made = agencies.active_agency()
    jobs.write()
    assert accounts.mail_to_send(reading(CLOCK)) == []
    context.config.update(PUBLIC_URL="https://zjcs.example.org/", SMTP_URL="smtp://127.0.0.1:1")
    selection.published_notice()
    jobs.write()
    assert accounts.mail_to_send(reading(CLOCK))
    assert made.actor.person_id


def test_english_readers_get_english_letters(context):
    made = agencies.active_agency()
    told = rules.Told(made.actor.person_id, "x@example.org", "en", To.APPLICANT)
    entry = next(
        entry
        for entry in ledger.after(reading(CLOCK), 0, 10_000)
        if entry.type == "enrolment.passed"
    )
    title, body = jobs.words(told, entry)
    assert made.number in title
    assert not any("一" <= sign <= "鿿" for sign in title + body)


def test_reading_marks_ones_own_letters_only(context):
    made = agencies.active_agency()
    other = agencies.active_agency()
    jobs.write()
    (letter, *_) = queries.inbox(reading(made.actor)).rows
    with pytest.raises(NotFound):
        in_one_transaction(service.read, other.actor, letter_id=letter.id)
    assert queries.unread(reading(made.actor)) > 0
    assert in_one_transaction(service.read, made.actor, letter_id=letter.id) == letter.path
    in_one_transaction(service.read_all, made.actor)
    assert queries.unread(reading(made.actor)) == 0
    with pytest.raises(NotPermitted):
        in_one_transaction(service.read_all, CLOCK)


def test_the_inbox_opens_a_letter_and_goes_to_its_matter(app, client):
    with app.app_context():
        made = agencies.active_agency()
        jobs.write()
        (letter, *_) = queries.inbox(reading(made.actor)).rows
    people.sign_in(client, made.actor)
    page = client.get("/inbox")
    assert page.status_code == 200 and letter.title in page.text
    token = people.token(client, "/inbox")
    assert client.post(f"/inbox/{letter.id}", data={"csrf_token": token}).location == letter.path
    assert client.post("/inbox/read", data={"csrf_token": token}).status_code == 303


@pytest.mark.parametrize(
    "kind, subject, to, path",
    [
        ("notice.opened", "GG-360481-2026-00001", To.QUALIFIED, "/notices/GG-360481-2026-00001"),
        ("notice.submitted", "YZ-360481-2026-00001", To.REVIEWERS, "/office/notices"),
        ("notice.returned", "YZ-360481-2026-00001", To.OWNER, "/notices/mine"),
        ("award.issued", "GG-360481-2026-00001", To.WINNER, "/awards/TZ-360481-2026-00001"),
        (
            "enrolment.submitted",
            "RZ-360481-2026-00001",
            To.CHECKERS,
            "/office/enrolments/RZ-360481-2026-00001",
        ),
        ("enrolment.returned", "RZ-360481-2026-00001", To.APPLICANT, "/enrolment"),
        ("agency.suspended", "A000001", To.AGENCY, "/enrolment"),
        ("agency.revocation_opened", "A000001", To.SECTOR, "/office/agencies/A000001"),
        ("enrolment.document_submitted", "A000001", To.CHECKERS, "/office/agencies/A000001"),
        ("agency.suspension_proposed", "A000001", To.HEADS, "/office/agencies/A000001"),
        (
            "complaint.decision_overdue",
            "TS-360481-2026-00001",
            To.SUPERIOR,
            "/complaints/TS-360481-2026-00001",
        ),
    ],
)
def test_a_letter_links_what_it_is_about(kind, subject, to, path):
    assert paths.path(kind, subject, to) == path


def test_every_fact_is_told_to_somebody_or_silent_on_purpose(app):
    facts = set(fabric(app).event_labels)
    assert set(rules.LETTERS) | rules.SILENT == facts
    assert not set(rules.LETTERS) & rules.SILENT
    assert set(TITLES) <= set(rules.LETTERS) and set(WHY) == set(To)


def test_who_signs_a_refusal_hears_that_one_is_proposed(context):
    made = agencies.submitted_agency()
    head = agencies.head()
    do(
        enrolment.propose_refusal,
        agencies.checker(),
        number=made.number,
        reasons="资质已被吊销。",
        basis="《办法》第五条",
        remedy="可申请复核。",
    )
    jobs.write()
    assert f"入驻申请 {made.number} 拟不予入驻，请陈述意见" in titles(head)


def test_a_complaining_firm_s_colleagues_hear_too(context):
    number = selection.announced_notice()[0]
    made = agencies.active_agency()
    colleague = people.member(made.organisation_id, "agency_agent")
    complaint = complaints.filed(number, made.actor, complainant=Complainant.ORGANISATION)
    jobs.write()
    assert f"投诉 {complaint} 已收到" in titles(colleague)


def test_the_superior_of_a_late_body_hears_of_it_and_nobody_else_s(context, clock):
    people.rules_of_the_place()
    city = people.organisation("regulator", "九江市规划监督局")
    bureau = people.organisation("regulator", "自然资源局", superior_id=city)
    above = complaints.desk("regulator", city)
    stranger = complaints.desk("regulator", people.organisation("regulator", "水利局"))
    authority = people.staff("authority", "authority_assigner")
    inspector = people.staff("inspection", "inspector")
    owed = complaints.desk("regulator", bureau)
    number = complaints.filed(selection.published_notice(), door="regulator")
    clock.instant = windows.live(reading(CLOCK), ACCEPT, number).due_at
    windows_jobs.sweep()
    jobs.write()
    late = f"投诉 {number} 受理已超期"
    for told in (above.officer, above.signatory, inspector, owed.officer):
        assert titles(told).count(late) == 1
    for other in (authority, stranger.officer):
        assert late not in titles(other)
    (why,) = [
        letter.body for letter in queries.inbox(reading(above.officer)) if letter.title == late
    ]
    assert str(WHY[To.SUPERIOR]) in why


def test_with_nobody_above_and_no_office_yet_the_letters_go_on(context):
    """A calendar may be imported before the operating office is set up."""
    people.rules_of_the_place()
    assert not accounts.organisations(reading(CLOCK), "office")
    for kind in sorted(
        {
            kind
            for kind, to in rules.LETTERS.items()
            if set(to) & {To.CHECKERS, To.REVIEWERS, To.HEADS, To.EDITORS, To.INSPECTORS}
        }
    ):
        for to in set(rules.LETTERS[kind]) & {
            To.CHECKERS,
            To.REVIEWERS,
            To.HEADS,
            To.EDITORS,
            To.INSPECTORS,
        }:
            assert audience.people(reading(CLOCK), ledger.after(reading(CLOCK), 0, 1)[0], to) == []
    jobs.write()
    assert ledger.position(reading(CLOCK), service.READER) == ledger.size(reading(CLOCK))


def test_a_late_body_with_nobody_above_it_is_still_told(context, clock):
    desk = complaints.desk()
    number = complaints.filed(selection.published_notice())
    clock.instant = windows.live(reading(CLOCK), ACCEPT, number).due_at
    windows_jobs.sweep()
    jobs.write()
    assert f"投诉 {number} 受理已超期" in titles(desk.officer)


# --- every letter says what it is about, the day, and the one thing to do ---------------------


def pairs():
    return [(kind, to) for kind, whom in rules.LETTERS.items() for to in whom]


def made_up(kind):
    """An entry of the log as a letter needs it."""
    fields = {"window": "contracts.sign", "due": 1_772_000_000, "reason": "complaint_upheld"}
    return Entry(
        7,
        kind,
        "GG-360481-2026-00001",
        dt.datetime(2026, 3, 4, 1, tzinfo=dt.UTC),
        json.dumps(fields).encode(),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_letter_has_matter_day_and_action_in_the_reader_s_language(app, language):
    end = dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC)
    with app.app_context():
        for kind, to in pairs():
            ask = asks.ask_of(kind, to)
            told = rules.Told(1, "x@example.org", language, to)
            until = end if ask.until else None
            title, body = jobs.words(told, made_up(kind), rules.Matter("Survey of 7", until))
            assert "Survey of 7" in body and "2026-03-04" in body, kind
            assert title not in body, kind
            wanted = {"zh": ("请您办：", "不需要您办理任何事"), "en": ("To do:", "nothing for you")}
            assert any(one in body for one in wanted[language]), (kind, to)
            assert ("2026-03-09 24:00" in body) is bool(ask.until), (kind, to)
            if language == "en":
                assert not any("一" <= sign <= "鿿" for sign in title + body), (kind, to, body)


def test_no_letter_s_row_is_left_over():
    assert set(asks.ASKS) == set(rules.LETTERS)
    for kind, asked in asks.ASKS.items():
        if not isinstance(asked, asks.Ask):
            assert set(asked) == set(rules.LETTERS[kind]), kind


def test_overdue_is_told_once_and_to_those_who_hold_the_duty(context, clock):
    desk = complaints.desk()
    cook = people.member(desk.organisation_id, "intake_clerk")
    number = complaints.filed(selection.published_notice())
    due = windows.live(reading(CLOCK), ACCEPT, number).due_at
    for instant in (due - dt.timedelta(hours=1), due):
        clock.instant = instant
        windows_jobs.sweep()
    jobs.write()
    mine = [each for each in queries.inbox(reading(desk.officer)) if number in each.title]
    assert sum("超期" in each.title for each in mine) == 1
    assert any(each.title.startswith("快到期：决定是否受理投诉") for each in mine)
    assert not any(number in each.title for each in queries.inbox(reading(cook)))


def test_the_next_in_order_hears_that_it_is_proposed_and_the_other_why_it_is_not(context):
    number, made = selection.announced_notice()
    first = result_queries.notice(reading(CLOCK), number).winner.ref
    in_one_transaction(
        results.annul_to_next, CLOCK, number=number, reason="complaint_upheld", by="O000001"
    )
    jobs.write()
    second = result_queries.notice(reading(CLOCK), number).winner.ref
    by_ref = {each.ref: each.actor for each in made}
    out = [each.body for each in queries.inbox(reading(by_ref[first]))]
    assert any("不再列入这次选取的顺序。原因：投诉经调查成立" in body for body in out)
    new = [each.body for each in queries.inbox(reading(by_ref[second]))]
    assert any("现为拟中选机构" in body and "截止：" in body for body in new)


def test_an_entrant_hears_of_its_own_entry_alone(context):
    number = selection.published_notice()
    made = selection.agency()
    other = selection.agency()
    selection.enter(number, made)
    jobs.write()
    told = [each.title for each in queries.inbox(reading(made.actor))]
    assert f"{number} 报名已收到" in told
    assert f"{number} 报名已收到" not in titles(other.actor)


def test_new_notices_come_in_one_letter_a_day(context, clock):
    selection.town()
    made = selection.agency()
    numbers = [
        selection.published_notice(entry_close=selection.at(9), draw_at=selection.at(10))
        for _ in range(2)
    ]
    soon = selection.published_notice()
    jobs.write()
    assert [each for each in titles(made.actor) if "已发布，可以报名" in each] in (
        [],
        [f"选取公告 {soon} 已发布，可以报名"],
    )
    jobs.write_digest()
    clock.instant += dt.timedelta(days=1)
    jobs.write_digest()
    jobs.write_digest()
    (one,) = [each for each in queries.inbox(reading(made.actor)) if "新公告" in each.title]
    assert all(number in one.body for number in numbers)
