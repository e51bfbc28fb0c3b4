"""Letters follow the log: once each, to those whom it concerns, in their language, and never
instead of the fact.
"""

import pytest

from market.accounts import queries as accounts
from market.complaints.rules import ACCEPT, Complainant
from market.db import in_one_transaction, reading
from market.enrolment import service as enrolment
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, NotPermitted
from market.ledger import queries as ledger
from market.letters import audience, jobs, queries, rules, service
from market.letters.rules import To
from market.letters.words import TITLES, WHY
from market.selection.entries import queries as entry_queries
from market.selection.results import queries as result_queries
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
    assert rules.path(kind, subject, to) == path


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
