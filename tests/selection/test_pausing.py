"""An owner pauses its open notice: who agrees, what moves, how it ends, and whom it shuts out: nobody."""

import datetime as dt

import pytest

from market.agencies.models import ServiceLine
from market.agencies.rules import LineState, State, why_not
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import local_date
from market.ledger.queries.integrity import compare
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.results import service
from market.selection.results.rules.pausing import PauseCode, PauseState
from market.tasks.queries import sources
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import check_refused

WHY = "图纸坐标有误，请测绘单位复核后再报名。"


@pytest.fixture
def bureau(context):
    """The signatory of the sector, before the catalogue is loaded."""
    return people.staff("regulator", "regulator_signatory", name="自然资源局")


def proposed(buyer, number, days=3):
    in_one_transaction(
        service.propose_pause,
        buyer.drafter,
        number=number,
        days=days,
        why=PauseCode.REQUIREMENTS,
        reason=WHY,
    )


def asked(buyer, number, days=3):
    proposed(buyer, number, days)
    do(service.sign_pause, buyer.signatory, number=number)


def card_of(number):
    return result_queries.notice(reading(CLOCK), number)


def pause_of(number):
    return result_queries.pauses(reading(CLOCK), number)[0]


@pytest.mark.databases
def test_the_office_agrees_while_nobody_has_entered_and_the_clock_ends_it(bureau):
    buyer = f.owner()
    number = f.published_notice(buyer)
    before = card_of(number)
    proposed(buyer, number)
    assert sources.ASKED["pause.sign"](reading(buyer.signatory))[0].subject == number
    check_refused("notice.same_person", service.sign_pause, buyer.drafter, number=number)
    do(service.sign_pause, buyer.signatory, number=number)
    check_refused("notice.none", service.agree_pause, bureau, number=number)
    assert do(service.agree_pause, f.publisher(), number=number)

    after = card_of(number)
    assert after.state is NoticeState.ENTRY_OPEN
    assert after.entry_close - before.entry_close == dt.timedelta(days=5)  # over a weekend
    (change,) = notice_queries.amendments(reading(CLOCK), number)
    assert change.reason == "paused"
    f.enter(number, f.agency())  # entries go on
    f.move_to(pause_of(number).until)
    assert (pause_of(number).state, pause_of(number).how) == (PauseState.ENDED, "over")
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_once_somebody_has_entered_the_regulator_agrees(bureau):
    buyer = f.owner()
    number = f.published_notice(buyer)
    asked(buyer, number)
    f.enter(number, f.agency())
    assert not do(service.agree_pause, f.publisher(), number=number)
    assert pause_of(number).state is PauseState.ASKED
    check_refused("notice.none", service.agree_pause, f.publisher(), number=number)
    assert do(service.agree_pause, bureau, number=number)
    assert pause_of(number).body_id == bureau.organisation_id


def test_the_owner_lets_it_go_on_and_the_times_stay(bureau):
    buyer = f.owner()
    number = f.published_notice(buyer)
    asked(buyer, number)
    do(service.agree_pause, f.publisher(), number=number)
    moved = card_of(number).entry_close
    in_one_transaction(service.resume, buyer.signatory, number=number)
    assert (pause_of(number).how, card_of(number).entry_close) == ("resumed", moved)
    asked(buyer, number, 17)  # of twenty working days three are used
    in_one_transaction(service.drop_pause, buyer.drafter, number=number)
    no = check_refused(
        "suspension.days",
        service.propose_pause,
        buyer.drafter,
        number=number,
        days=18,
        why=PauseCode.FORCE,
        reason=WHY,
    )
    assert no.facts["most"] == 17


def test_who_does_not_agree_says_why_and_nothing_moves(bureau):
    buyer = f.owner()
    number = f.published_notice(buyer)
    before = card_of(number)
    asked(buyer, number)
    check_refused("pause.no_note", service.refuse_pause, f.publisher(), number=number, note=" ")
    do(service.refuse_pause, f.publisher(), number=number, note="可以用更正解决")
    assert (pause_of(number).state, pause_of(number).note) == (
        PauseState.REFUSED,
        "可以用更正解决",
    )
    assert card_of(number) == before
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_nothing_pauses_after_the_close(bureau):
    buyer = f.owner()
    number = f.published_notice(buyer)
    f.sealed(number)
    check_refused(
        "pause.too_late",
        service.propose_pause,
        buyer.drafter,
        number=number,
        days=3,
        why=PauseCode.FORCE,
        reason=WHY,
    )


@pytest.mark.parametrize(
    ("line", "valid_to", "promised", "found"),
    [
        (LineState.ACTIVE, 10, None, "agency.qualification_expired"),
        (LineState.ACTIVE, 10, 10, None),
        (LineState.LAPSED, 10, 9, None),
        (LineState.LAPSED, 10, 11, "agency.qualification_expired"),
    ],
)
def test_a_paper_that_lapsed_only_through_a_pause_shuts_nobody_out(line, valid_to, promised, found):
    day = dt.date(2026, 3, 1)

    def on(number):
        return None if number is None else day.replace(day=number)

    assert why_not(State.ACTIVE, line, on(valid_to), on(20), on(promised)) == found


def test_such_an_entry_is_listed(bureau):
    buyer = f.owner()
    number = f.published_notice(buyer)
    made = f.entered(number, 3)
    last = local_date(card_of(number).entry_close)
    asked(buyer, number)
    do(service.agree_pause, bureau, number=number)
    work = reading(CLOCK)
    assert notice_queries.promised_day(work, card_of(number).id) == last
    for line in work.session.query(ServiceLine).all():
        line.valid_to = last
    work.session.commit()
    f.sealed(number)
    listed = result_queries.entry_list(reading(CLOCK), number)
    assert [row.reason for row in listed] == [None] * len(made)


def test_the_pages_lead_through_it(client, app):
    with app.app_context():
        buyer = f.owner()
        number = f.published_notice(buyer)
        office = f.publisher()
    at = f"/notices/{number}/pause"
    people.sign_in(client, buyer.drafter)
    assert at in client.get(f"/notices/{number}").text
    assert people.submit(client, at, {"days": "3"}).status_code == 422
    sent = {"days": "3", "cause": "requirements", "reason": WHY}
    assert people.submit(client, at, sent).status_code == 303
    people.sign_in(client, buyer.signatory)
    assert at in client.get("/todo").text
    assert people.submit(client, at, to=f"{at}/sign").status_code == 303
    people.sign_in(client, office)
    assert at in client.get("/todo").text
    assert people.submit(client, at, to=f"{at}/agree").status_code == 303
    assert WHY in client.get(f"/notices/{number}").text
