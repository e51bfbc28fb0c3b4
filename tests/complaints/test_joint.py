"""Joint handling: one body leads, others give their opinion by a day of their own; nobody is
offered what is not his.
"""

import datetime as dt

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import About, Outcome, Respondent
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.letters import jobs as told
from market.letters import queries as inbox
from market.selection.results import queries as result_queries
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from tests.complaints.deeds import do
from tests.complaints.joint import DAY, join
from tests.factories import accounts as people
from tests.factories import complaints, selection

GROUNDS = complaints.GROUNDS
ITS_END = dt.datetime(2026, 3, 13, 16, tzinfo=dt.UTC)


def opinions(number: str) -> list[windows.Due]:
    return [
        due for due in windows.of_subject(reading(CLOCK), number) if due.kind == rules.OPINION.name
    ]


def notes(number: str, kind: str) -> list[dict[str, object]]:
    """What the log says besides when and of what."""
    return [
        {
            name: said
            for name, said in entry.fields.items()
            if name not in ("at", "subject", "type", "v")
        }
        for entry in ledger.of_subject(reading(CLOCK), number)
        if entry.type == kind
    ]


def titles(who) -> list[str]:
    return [letter.title for letter in inbox.inbox(reading(who))]


def check_awaited(number: str, body) -> None:
    """The opinion is this body's to give, by the end of its day, and stands on its desk."""
    (due,) = opinions(number)
    assert (due.due_at, due.responsible_id, due.state) == (
        ITS_END,
        body.organisation_id,
        "open",
    )
    assert due in windows.waiting_for(reading(body.officer), body.organisation_id)
    rows = queries.desk(reading(body.officer), body.organisation_id)
    assert [(row.complaint.number, row.due and row.due.kind) for row in rows] == [
        (number, "complaint.opinion")
    ]


@pytest.mark.databases
def test_another_body_assists_and_the_first_leads(context, assisted):
    number, desk, regulator = assisted
    notice = queries.by_key(reading(CLOCK), number).notice_number
    owner = result_queries.notice(reading(CLOCK), notice).owner_organisation_id
    for body in (owner, desk.organisation_id):
        with pytest.raises(Invalid, match="no_body"):
            do(service.join, desk.officer, number=number, organisation_id=body, due_on=DAY)
    with pytest.raises(NotFound):
        do(service.give_opinion, regulator.officer, number=number, text="还没有被邀请")
    join(number, desk, regulator)
    with pytest.raises(Refusal, match="joined_already"):
        join(number, desk, regulator)
    check_awaited(number, regulator)
    do(service.give_opinion, regulator.officer, number=number, text="资质要求合规")
    with pytest.raises(Refusal, match="opinion_given"):
        do(service.give_opinion, regulator.officer, number=number, text="改主意了")
    assert opinions(number)[0].state == "met"
    body = f"O{regulator.organisation_id:06d}"
    assert notes(number, "complaint.joined") == [{"body": body, "due": int(ITS_END.timestamp())}]
    assert notes(number, "complaint.opinion_given") == [{"body": body}]  # nothing of what it says
    seen = queries.view(reading(desk.officer), number)
    assert [opinion for _, opinion in seen.dossier.assistants] == ["资质要求合规"]
    assert queries.view(reading(regulator.officer), number).relation == "body"
    with pytest.raises(NotFound):  # assisting is not deciding
        do(
            service.propose_decision,
            regulator.officer,
            number=number,
            outcome=Outcome.DISMISSED,
            remedies={},
            **GROUNDS,
        )
    told.write()
    for who in (regulator.officer, regulator.signatory):
        assert f"投诉 {number} 由其他单位参与联合办理" in titles(who)
    assert f"投诉 {number} 收到一份联合办理意见" in titles(desk.officer)


@pytest.mark.databases
def test_the_day_of_the_opinion_is_not_over_and_not_after_the_decisions(context, clock, assisted):
    number, desk, regulator = assisted
    last = dt.date(2026, 3, 25)
    for day, code in (
        (dt.date(2026, 3, 3), "opinion_day_over"),
        (last + dt.timedelta(days=1), "opinion_day_late"),
    ):
        with pytest.raises(Invalid, match=code):
            join(number, desk, regulator, day)
    assert queries.opinion_day(reading(desk.officer), number) == dt.date(
        2026, 3, 16
    )  # 8 of the 15 days
    join(number, desk, regulator, last)
    clock.instant = opinions(number)[0].due_at + dt.timedelta(days=1)
    authority = complaints.desk("authority")
    join(
        number, desk, authority, dt.date(2026, 3, 27)
    )  # the decision is late already: any day to come


@pytest.mark.databases
def test_an_opinion_that_does_not_come_is_noted_once_against_its_body_and_may_still_come(
    context, clock, assisted
):
    number, desk, regulator = assisted
    inspector = people.staff("inspection", "inspector")
    third = complaints.desk("regulator", people.organisation("regulator", "水利局"))
    join(number, desk, regulator)
    join(number, desk, third, DAY + dt.timedelta(days=4))
    clock.instant = ITS_END
    windows_jobs.sweep()
    windows_jobs.sweep()
    (note,) = notes(number, "complaint.opinion_overdue")
    assert note["body"] == f"O{regulator.organisation_id:06d}"
    told.write()
    assert f"投诉 {number} 的联合办理意见已超期" in titles(inspector)
    assert [each for each in titles(regulator.officer) if each.startswith("已超期：")]
    assert not [
        each for each in titles(third.officer) if each.startswith("已超期：")
    ]  # his day is another
    do(service.give_opinion, regulator.officer, number=number, text="迟来的意见")
    assert [due.state for due in opinions(number)] == ["met", "open"]


@pytest.mark.databases
def test_nobody_waits_for_an_opinion_when_the_complaint_ends_or_its_body_comes_to_lead(
    context, assisted
):
    number, desk, regulator = assisted
    join(number, desk, regulator)
    other = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    join(other, desk, regulator)
    complaints.decided(number, desk)
    assert opinions(number)[0].state == "cancelled"
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.give_opinion, regulator.officer, number=number, text="太晚")
    do(
        service.reassign,
        people.staff("authority", "authority_assigner"),
        number=other,
        organisation_id=regulator.organisation_id,
        reason="指定办理",
    )
    assert opinions(other)[0].state == "cancelled"
    seen = queries.view(reading(regulator.officer), other)
    assert (seen.joint, sorted(seen.parts)) == ((), ["lead", "officer"])


@pytest.mark.databases
def test_a_party_is_not_asked_to_help_with_the_complaint_about_it_and_reads_no_word_of_it(context):
    selection.town()
    office = complaints.desk()
    authority = complaints.desk("authority")
    number = complaints.filed(
        "三号窗口李四退件",
        about=About.CONDUCT,
        respondent=Respondent.OFFICE,
        act_on=dt.date(2026, 3, 4),
    )
    complaints.accepted(number, authority)
    with pytest.raises(Invalid, match="body_concerned"):
        join(number, authority, office)
    row = queries.by_key(reading(CLOCK), number)
    assert office.organisation_id not in {
        *queries.assisting(reading(authority.officer), row),
        *queries.hearing(reading(authority.officer), row),
    }
    concerned = people.member(authority.organisation_id, "complaint_officer")
    do(service.declare_interest, concerned, number=number, note="亲属")
    shown = {
        who.person_id: queries.desk(reading(who), authority.organisation_id)
        .rows[0]
        .complaint.notice_title
        for who in (authority.officer, concerned)
    }
    assert shown == {authority.officer.person_id: "三号窗口李四退件", concerned.person_id: ""}


def test_a_body_whose_officers_must_all_keep_out_is_not_asked(context, assisted):
    number, desk, _ = assisted
    empty = people.organisation("regulator", "水利局")
    with pytest.raises(Invalid, match="no_free_officer"):
        do(service.join, desk.officer, number=number, organisation_id=empty, due_on=DAY)
    assert empty not in queries.assisting(
        reading(desk.officer), queries.by_key(reading(CLOCK), number)
    )


def test_an_assigner_who_must_keep_out_moves_nothing(context):
    regulator = complaints.regulator_desk()
    complaints.desk()
    notice = selection.published_notice()
    number = complaints.filed(notice)
    assigner = people.staff("authority", "authority_assigner")
    people.join(
        result_queries.notice(reading(CLOCK), notice).owner_organisation_id,
        assigner.person_id,
        "owner_drafter",
    )
    with pytest.raises(NotPermitted, match="recused_member"):
        do(
            service.reassign,
            assigner,
            number=number,
            organisation_id=regulator.organisation_id,
            reason="我来定",
        )


@pytest.mark.databases
def test_who_only_registered_a_complaint_may_call_back_and_who_handled_it_is_not_offered_to(
    context,
):
    notice = selection.published_notice()
    desk = complaints.desk()
    clerk = people.staff("office", "intake_clerk", "callback_officer")
    handler = people.member(desk.organisation_id, "complaint_officer", "callback_officer")
    number = complaints.registered(notice, clerk, complaints.by_hotline())
    do(service.ask_completion, handler, number=number, request="请补充")
    do(service.complete, handler, number=number, text="来电补充")
    complaints.published(complaints.decided(complaints.accepted(number, desk), desk), desk)
    assert [sorted(queries.view(reading(who), number).parts) for who in (clerk, handler)] == [
        ["caller", "lead"],
        ["lead", "officer"],
    ]
    assert [row.number for row in queries.to_call_back(reading(clerk))] == [number]
    with pytest.raises(NotPermitted, match="handled_it"):
        do(
            service.call_back,
            handler,
            number=number,
            note="满意",
            result=rules.CallbackResult.SATISFIED,
        )
    assert (
        do(
            service.call_back,
            clerk,
            number=number,
            note="满意",
            result=rules.CallbackResult.SATISFIED,
        )
        == "closed"
    )
