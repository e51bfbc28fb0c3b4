"""Proposing and approving versions of the rulebook, on the database."""

import datetime as dt
from typing import Any

import pytest

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.rulebook import queries, service
from market.rulebook.models import RulebookRow
from market.rulebook.rules import Rulebook, State
from tests.factories.deeds import do
from tests.factories.rulebook import default_rulebook, demo_rulebook
from tests.factories.workdays import APPROVER, EDITOR
from tests.workdays.shipped import local

pytestmark = pytest.mark.databases
TOMORROW = dt.date(2026, 3, 5)
SHORTER = {"decide_days": (10, "working_day")}


def propose(by: Actor = EDITOR, **change: Any) -> int:
    proposal: dict[str, Any] = {
        "values": SHORTER,
        "document_number": "瑞府办发〔2026〕12号",
        "title": "关于缩短办理期限的通知",
        "in_force_from": TOMORROW,
    }
    return in_one_transaction(service.propose, by, **(proposal | change))


def approve(version: int, by: Actor = APPROVER) -> None:
    do(service.approve, by, version=version)


@pytest.fixture
def installed(context):
    """Version 1 is in force."""
    default_rulebook()


def test_without_an_installation_nothing_is_in_force(context):
    with pytest.raises(Refusal, match=r"rulebook\.none_in_force"):
        queries.in_force(reading(VISITOR))


def test_the_first_version_is_in_force_for_every_day_of_the_calendar(context):
    assert default_rulebook() == 1
    assert default_rulebook() == 1
    assert queries.in_force(reading(VISITOR), dt.date(2018, 1, 1)).version == 1
    assert queries.in_force(reading(VISITOR)).window(Rulebook.accept_days) == (2, "working_day")
    assert len(queries.history(reading(VISITOR))) == 1


def test_a_change_is_in_force_from_its_day_and_what_came_before_keeps_its_version(installed, clock):
    assert propose() == 2
    approve(2)
    assert queries.in_force(reading(VISITOR)).decide_days == 15
    clock.instant = local("2026-03-04 23:59:59")
    assert queries.in_force(reading(VISITOR)).version == 1
    clock.instant = local("2026-03-05 00:00")
    assert queries.in_force(reading(VISITOR)).decide_days == 10
    assert queries.in_force(reading(VISITOR), local("2026-03-04 23:59:59")).version == 1
    assert queries.in_force(reading(VISITOR), dt.date(2026, 3, 4)).version == 1
    assert queries.version(reading(VISITOR), 1).decide_days == 15


def test_the_log_says_what_was_changed_by_which_document_from_when(installed):
    approve(propose())
    (fact,) = ledger.latest(reading(VISITOR), type="rulebook.approved", subject="GZ-360481-2")
    fields = fact.fields
    assert (fields["changed"], fields["document_number"]) == (
        ["decide_days"],
        "瑞府办发〔2026〕12号",
    )
    assert fields["in_force_from"] == "2026-03-05"
    assert fields["digest"] == queries.one(reading(VISITOR), 2).digest


def test_a_version_is_read_once_and_kept(installed, monkeypatch):
    first = queries.in_force(reading(VISITOR))
    assert queries.in_force(reading(VISITOR)) is first
    monkeypatch.setattr(queries, "MOST_KEPT", 0)
    approve(propose())
    assert queries.version(reading(VISITOR), 2).decide_days == 10
    assert queries.version(reading(VISITOR), 1) == first


def test_nobody_approves_what_he_proposed(installed):
    both = Actor(person_id=EDITOR.person_id, duties=EDITOR.duties | APPROVER.duties)
    with pytest.raises(Refusal, match=r"rulebook\.same_person"):
        approve(propose(both), both)


@pytest.mark.parametrize(
    ("act", "by", "values"),
    [
        (
            service.propose,
            APPROVER,
            {"values": SHORTER, "document_number": "", "title": "", "in_force_from": TOMORROW},
        ),
        (
            service.propose,
            VISITOR,
            {"values": SHORTER, "document_number": "", "title": "", "in_force_from": TOMORROW},
        ),
        (service.approve, EDITOR, {"version": 1}),
        (service.reject, EDITOR, {"version": 1, "reason": ""}),
        (service.load_default, EDITOR, {}),
        (service.load_demo, APPROVER, {}),
    ],
)
def test_each_act_is_for_its_duty_alone(installed, act, by, values):
    with pytest.raises(NotPermitted):
        do(act, by, **values)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"document_number": "12号"}, "rulebook.no_document_number"),
        ({"in_force_from": dt.date(2026, 3, 4)}, "rulebook.not_in_future"),
        ({"values": {"decide_days": (15, "working_day")}}, "rulebook.nothing_changes"),
        ({"values": {}}, "rulebook.nothing_changes"),
        ({"values": {"decide_days": (99, "working_day")}}, "rulebook.out_of_range"),
        ({"values": {"nothing": (1, "")}}, "rulebook.unknown_parameter"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused(installed, change, code):
    with pytest.raises(Invalid) as no:
        propose(**change)
    assert no.value.code == code


def test_a_starter_is_chosen_on_an_empty_database_and_never_again(context):
    """Settled A18: RULEBOOK= works on an empty database only."""
    assert do(service.load_default, CLOCK, starter="city") == 1
    assert do(service.load_default, CLOCK, starter="city") == 1
    assert do(service.load_default, CLOCK) == 1
    with pytest.raises(Refusal, match=r"rulebook\.not_empty"):
        do(service.load_default, CLOCK, starter="county")
    assert "direct" in queries.in_force(reading(CLOCK)).ways_social


def test_who_chooses_no_starter_begins_with_the_countys(installed):
    assert queries.in_force(reading(CLOCK)).ways_fiscal == "random"
    with pytest.raises(Refusal, match=r"rulebook\.no_starter"):
        do(service.load_default, CLOCK, starter="province")


def test_a_demonstration_says_what_the_place_says_in_minutes(context):
    do(service.load_default, CLOCK, starter="city")
    do(service.load_demo, CLOCK)
    city = queries.in_force(reading(CLOCK))
    short = queries.demo(reading(CLOCK))
    assert short.ways_fiscal == city.ways_fiscal != "random"


def test_one_proposal_at_a_time_and_one_submission_makes_one(installed):
    assert propose(submission_key="a" * 32) == 2
    assert propose(submission_key="a" * 32) == 2
    with pytest.raises(Refusal, match=r"rulebook\.proposal_pending"):
        propose(submission_key="b" * 32)


def test_a_proposal_that_waited_past_its_day_cannot_be_approved(installed, clock):
    propose()
    clock.instant = local("2026-03-05 00:00")
    with pytest.raises(Invalid, match=r"rulebook\.not_in_future"):
        approve(2)
    do(service.reject, APPROVER, version=2, reason="已过生效日期")
    assert propose(in_force_from=dt.date(2026, 4, 1)) == 3


def test_a_proposal_is_turned_down_with_its_reason_once(installed):
    propose()
    do(service.reject, APPROVER, version=2, reason="尚未会签")
    turned_down = queries.one(reading(VISITOR), 2)
    assert (turned_down.number, turned_down.state, turned_down.reason) == (
        2,
        State.REJECTED,
        "尚未会签",
    )
    with pytest.raises(Refusal, match=r"rulebook\.wrong_state"):
        approve(2)
    with pytest.raises(NotFound):
        queries.version(reading(VISITOR), 2)
    assert [one.state for one in queries.history(reading(VISITOR))] == [
        State.REJECTED,
        State.APPROVED,
    ]


def test_a_later_version_builds_on_the_one_before(installed):
    approve(propose())
    approve(propose(values={"accept_days": (1, "working_day")}, in_force_from=dt.date(2026, 3, 6)))
    rulebook = queries.version(reading(VISITOR), 3)
    assert (rulebook.decide_days, rulebook.accept_days) == (10, 1)


def test_a_later_version_does_not_come_into_force_before_the_one_it_builds_on(installed):
    approve(propose(in_force_from=dt.date(2026, 5, 1)))
    with pytest.raises(Invalid, match=r"rulebook\.before_newest"):
        propose(values={"accept_days": (1, "working_day")}, in_force_from=dt.date(2026, 4, 30))
    approve(propose(values={"accept_days": (1, "working_day")}, in_force_from=dt.date(2026, 5, 1)))
    assert queries.in_force(reading(VISITOR), dt.date(2026, 4, 30)).decide_days == 15
    rulebook = queries.in_force(reading(VISITOR), dt.date(2026, 5, 1))
    assert (rulebook.decide_days, rulebook.accept_days) == (10, 1)


def test_an_unknown_version_is_not_found(installed):
    for ask in (queries.version, queries.one):
        with pytest.raises(NotFound, match=r"rulebook\.no_version"):
            ask(reading(VISITOR), 9)
    with pytest.raises(NotFound):
        approve(9)


def test_the_rulebook_of_a_demonstration_is_never_in_force_by_itself(installed):
    assert queries.demo(reading(VISITOR)) is None
    version = demo_rulebook()
    assert demo_rulebook() == version == 2
    assert queries.in_force(reading(VISITOR)).version == 1
    assert queries.demo(reading(VISITOR)).window(Rulebook.decide_days) == (15, "minute")
    assert queries.version(reading(VISITOR), version).window(Rulebook.decide_days) == (15, "minute")
    assert queries.one(reading(VISITOR), version).is_demo


def test_a_parameter_of_a_later_release_has_its_default_in_the_next_version(installed):
    def forget(work):
        row = work.session.query(RulebookRow).one()
        row.contents = {
            name: value for name, value in row.contents.items() if name != "transfer_days"
        }
        row.digest = "0" * 64

    in_one_transaction(forget, VISITOR)
    assert "transfer_days" not in queries.version(reading(VISITOR), 1).values
    approve(propose())
    assert queries.version(reading(VISITOR), 2).transfer_days == 1
