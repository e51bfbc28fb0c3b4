"""The instants at which the windows of a complaint end: a second before, at, after; rest days,
make-up days, over the year.

And the acceptance of one complaint racing its withdrawal.
"""

import datetime as dt
import threading
from functools import partial

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import About, Respondent, State
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.kernel.errors import Refusal
from market.rulebook import service as rulebooks
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from market.workdays.rules import Certainty, Unit, deadline
from tests.complaints.deeds import kinds
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.deeds import do
from tests.workdays.shipped import official

SECOND = dt.timedelta(seconds=1)
AROUND = [(-SECOND, False), (dt.timedelta(), True), (SECOND, True)]


def at(text: str) -> dt.datetime:
    """An instant of Beijing time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


# --- how long: 3, 2 and 15 working days (Ruichang) ----------------------------------------


@pytest.mark.parametrize(
    ("trigger", "filing", "accept", "decide"),
    [
        # a Wednesday with nothing special behind it
        ("2026-03-04T10:00:00", "2026-03-10", "2026-03-07", "2026-03-26"),
        # Friday evening: the weekend is not counted; over Qingming (4 to 6 April)
        ("2026-03-20T23:59:59", "2026-03-26", "2026-03-25", "2026-04-14"),
        # a Saturday and a Sunday: the day itself is never counted
        ("2026-03-07T09:00:00", "2026-03-12", "2026-03-11", "2026-03-28"),
        ("2026-03-08T23:00:00", "2026-03-12", "2026-03-11", "2026-03-28"),
        # before Spring Festival (15 to 23 February): the make-up Saturdays 14 and 28 February are
        # working days
        ("2026-02-12T17:00:00", "2026-02-25", "2026-02-15", "2026-03-12"),
        # on a make-up Saturday itself
        ("2026-02-14T09:00:00", "2026-02-27", "2026-02-26", "2026-03-14"),
        # in the middle of the holiday
        ("2026-02-18T12:00:00", "2026-02-27", "2026-02-26", "2026-03-14"),
        # over the year's end 2025: 1 to 3 January off, Sunday 4 January worked
        ("2025-12-30T09:00:00", "2026-01-06", "2026-01-05", "2026-01-22"),
    ],
)
def test_the_three_windows_end_at_midnight_after_their_last_working_day(
    trigger, filing, accept, decide
):
    for days, over in ((3, filing), (2, accept), (15, decide)):
        due = deadline(at(trigger), days, Unit.WORKING_DAY, official())
        assert due.due_at == at(f"{over}T00:00:00"), days
        assert due.certainty is Certainty.CONFIRMED


@pytest.mark.parametrize(
    ("trigger", "days", "certain"),
    [
        ("2026-12-24T09:00:00", 2, True),
        ("2026-12-25T09:00:00", 2, False),  # ADR-0009: certain to Monday 28 December
        ("2026-12-23T09:00:00", 3, True),
        ("2026-12-24T09:00:00", 3, False),
        ("2026-12-07T09:00:00", 15, True),
        ("2026-12-08T09:00:00", 15, False),
    ],
)
def test_a_window_that_reaches_into_an_unpublished_year_is_provisional(trigger, days, certain):
    due = deadline(at(trigger), days, Unit.WORKING_DAY, official())
    assert (due.certainty is Certainty.CONFIRMED) is certain


# --- at the instant -----------------------------------------------------------------------


@pytest.mark.databases
@pytest.mark.parametrize(("offset", "is_late"), AROUND)
def test_filing_ends_with_the_third_working_day_after_the_result(context, clock, offset, is_late):
    complaints.desk()
    notice, _ = selection.announced_notice()
    due = queries.filing(reading(CLOCK), notice).due_at
    assert due.astimezone(CHINA).time() == dt.time()
    clock.instant = due + offset
    if is_late:
        with pytest.raises(Refusal, match="too_late"):
            complaints.filed(notice, about=About.RESULT)
        assert queries.open_about(reading(CLOCK), notice) == 0
    else:
        assert complaints.filed(notice, about=About.RESULT)


@pytest.mark.databases
@pytest.mark.parametrize(("offset", "is_late"), AROUND)
def test_the_decision_is_overdue_from_the_end_of_the_fifteenth_working_day(
    context, clock, offset, is_late
):
    desk = complaints.desk()
    number = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    due = windows.live(reading(CLOCK), rules.DECIDE, number).due_at
    assert due == dt.datetime(2026, 3, 25, 16, tzinfo=dt.UTC)  # accepted on Wednesday 4 March
    clock.instant = due + offset
    for _ in range(2):
        windows_jobs.sweep()
    assert kinds(number).count("complaint.decision_overdue") == is_late
    assert queries.by_key(reading(CLOCK), number).state is State.ACCEPTED  # silence decides nothing
    complaints.decided(number, desk)  # and what is owed may still be done


@pytest.mark.databases
@pytest.mark.parametrize(("offset", "is_over"), AROUND)
def test_a_completion_lapses_with_its_last_day_and_the_body_goes_on(
    context, clock, offset, is_over
):
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.filed(selection.published_notice(), who)
    in_one_transaction(
        service.ask_completion, desk.officer, number=number, request="请补充证据原件"
    )
    clock.instant = windows.live(reading(CLOCK), rules.COMPLETE, number).due_at + offset
    windows_jobs.sweep()
    assert (queries.by_key(reading(CLOCK), number).state is State.FILED) is is_over
    assert kinds(number).count("complaint.completion_lapsed") == is_over


@pytest.mark.databases
@pytest.mark.parametrize(
    ("filed", "accept"),
    [
        (
            "2026-04-03T10:00:00",
            "2026-04-09T00:00:00",
        ),  # Friday before Qingming: Tuesday and Wednesday
        (
            "2026-05-08T10:00:00",
            "2026-05-12T00:00:00",
        ),  # Friday before a make-up Saturday: it and Monday
        ("2026-05-10T10:00:00", "2026-05-13T00:00:00"),  # a Sunday
    ],
)
def test_a_complaint_about_a_living_notice_is_counted_by_the_same_calendar(
    context, clock, filed, accept
):
    complaints.desk()
    notice = selection.published_notice()
    clock.instant = at(filed).astimezone(dt.UTC)
    number = complaints.filed(notice)
    assert windows.live(reading(CLOCK), rules.ACCEPT, number).due_at == at(accept)


# --- the acceptance of one complaint racing its withdrawal --------------------------------


def check_one_holds(number: str, refused: list[str]) -> None:
    """The log says what came first; one may withdraw after the acceptance too, so that it ends so."""
    both = ("complaint.accepted", "complaint.withdrawn")
    said = tuple(kind for kind in kinds(number) if kind in both)
    assert queries.by_key(reading(CLOCK), number).state is State.WITHDRAWN
    if refused:  # the withdrawal was first: the signature finds nothing to sign
        assert refused == ["complaint.no_proposal"]
        assert said == ("complaint.withdrawn",)
    else:
        assert said == both
    closed = [due.closed_at for due in windows.of_subject(reading(CLOCK), number)]
    assert None not in closed


@pytest.mark.databases
def test_of_an_acceptance_and_a_withdrawal_at_the_same_moment_one_holds_and_the_log_says_which(app):
    with app.app_context():
        desk = complaints.desk()
        notice = selection.published_notice()
        races = []
        for _ in range(8):
            who = complaints.citizen()
            number = complaints.filed(notice, who)
            do(service.propose_acceptance, desk.officer, number=number)
            races.append((number, who))
    refusals: dict[str, list[str]] = {number: [] for number, _ in races}
    start = threading.Barrier(2)

    def run(act, number, actor) -> None:
        start.wait(timeout=60)
        with app.app_context():
            try:
                do(act, actor, number=number)
            except Refusal as no:
                refusals[number].append(no.code)

    withdraw = partial(service.withdraw, note="误会")
    for number, who in races:
        both = [
            threading.Thread(target=run, args=(service.sign, number, desk.signatory)),
            threading.Thread(target=run, args=(withdraw, number, who)),
        ]
        for one in both:
            one.start()
        for one in both:
            one.join(timeout=60)
    with app.app_context():
        for number, _ in races:
            check_one_holds(number, refusals[number])
        assert queries.open_about(reading(CLOCK), notice) == 0


# --- which rulebook -----------------------------------------------------------------------


@pytest.mark.databases
def test_a_conduct_complaint_keeps_the_rulebook_that_it_was_filed_under(context, clock):
    people.rules_of_the_place()
    people.body("office")
    authority = complaints.desk("authority")
    about = {"about": About.CONDUCT, "respondent": Respondent.OFFICE, "act_on": dt.date(2026, 3, 4)}
    early = complaints.filed("窗口服务", **about)
    editor = people.staff("authority", "rule_editor")
    approver = people.staff("authority", "rule_approver")
    version = in_one_transaction(
        rulebooks.propose,
        editor,
        values={"decide_days": (5, "working_day"), "expert_stop_allowed": (True, "")},
        title="修订",
        document_number="瑞数〔2026〕3号",
        in_force_from=dt.date(2026, 3, 5),
    )
    do(rulebooks.approve, approver, version=version)
    clock.advance(dt.timedelta(days=1))
    late = complaints.filed("窗口服务", **about)
    ends = {}
    for number in (early, late):
        complaints.accepted(number, authority)
        ends[number] = windows.live(reading(CLOCK), rules.DECIDE, number).due_at
    assert ends == {
        early: at("2026-03-27T00:00:00"),
        late: at("2026-03-13T00:00:00"),
    }  # 15 days and 5 from Thursday 5 March
    assert [
        queries.view(reading(authority.officer), number).dossier.may_stop
        for number in (early, late)
    ] == [False, True]
    with pytest.raises(Refusal, match="stop_not_allowed"):
        in_one_transaction(service.pause, authority.officer, number=early, reason="鉴定")
    in_one_transaction(service.pause, authority.officer, number=late, reason="鉴定")
