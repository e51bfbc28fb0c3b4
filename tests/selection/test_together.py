"""Those who wait at one moment are received together: one transaction, and each gets its own answer."""

import concurrent.futures
import datetime as dt
import threading

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.gathering import Gathering
from market.kernel.actor import CLOCK
from market.kernel.arrival import Arrival, TakenBy
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.selection.entries import service
from market.selection.entries.models import Entry
from market.selection.notices.models import Notice
from tests.factories import agencies
from tests.factories import selection as f

pytestmark = pytest.mark.databases
MILLISECOND = dt.timedelta(milliseconds=1)
ENOUGH = 60


def form(number: str, actor, quote: int = 90_000_00, key: str | None = None, later: int = 0):
    """A form that came some milliseconds after now."""
    return service.Asked(
        actor=actor,
        arrival=Arrival(reading(CLOCK).now + later * MILLISECOND, TakenBy.KERNEL),
        number=number,
        quote_fen=quote,
        sealing_key=f.keys().sealing_public(),
        submission_key=key,
    )


def said(outcomes) -> list:
    """Numbers of those who were received, codes of those who were not."""
    return [each.code if isinstance(each, Refusal) else each.no for each in outcomes]


def entries(number: str) -> list[Entry]:
    asked = select(Entry).join(Notice, Notice.id == Entry.notice_id).where(Notice.number == number)
    return list(db.session.scalars(asked.order_by(Entry.no)))


def leaves(number: str) -> list[int]:
    return [
        each.fields["no"]
        for each in ledger.of_subject(reading(CLOCK), number)
        if each.type == "entry.received"
    ]


def test_numbers_follow_the_instants_of_receipt_without_a_gap(context):
    number = f.published_notice()
    agents = [f.agency().actor for _ in range(5)]
    asked = [form(number, agent, later=-place) for place, agent in enumerate(agents)]
    outcomes = in_one_transaction(service.enter_together, CLOCK, asked)
    assert said(outcomes) == [5, 4, 3, 2, 1]
    assert leaves(number) == [1, 2, 3, 4, 5]
    kept = entries(number)
    assert [each.agency_id for each in kept] == [a.organisation_id for a in reversed(agents)]
    assert {each.received_by for each in kept} == {"kernel"}


def test_each_meets_its_own_refusal_and_who_is_refused_has_written_nothing(context):
    number = f.published_notice()
    good, again, dear, stranger = (f.agency().actor for _ in range(4))
    before = ledger.size(reading(CLOCK))
    close = db.session.scalar(select(Notice.entry_close).where(Notice.number == number))
    late = form(number, stranger)
    late = service.Asked(**{**vars(late), "arrival": Arrival(close, TakenBy.KERNEL)})
    asked = [
        form(number, good),
        form(number, again),
        form(number, again, quote=80_000_00, later=1),
        form(number, dear, quote=10**12),
        form(number, dear, quote=0),
        late,
        form("GG-360481-2026-99999", stranger),
        form(number, CLOCK),
    ]
    outcomes = in_one_transaction(service.enter_together, CLOCK, asked)
    assert said(outcomes) == [
        1,
        2,
        "entry.twice",
        "entry.above_ceiling",
        "entry.quote_not_positive",
        "entry.late",
        "notice.none",
        "not_permitted",
    ]
    assert ledger.size(reading(CLOCK)) == before + 2
    assert len(entries(number)) == 2


def test_one_form_sent_four_times_in_a_group_is_one_entry_with_one_receipt(context):
    number = f.published_notice()
    agent, other = (f.agency().actor for _ in range(2))
    asked = [form(number, agent, key="one form", later=place) for place in range(4)]
    asked.append(form(number, agent, quote=70_000_00, key="one form", later=5))
    asked.append(form(number, other, key="one form", later=6))
    outcomes = in_one_transaction(service.enter_together, CLOCK, asked)
    assert said(outcomes) == [1, 1, 1, 1, "once.changed", "once.not_yours"]
    assert len({each.receipt for each in outcomes[:4]}) == 1
    again = in_one_transaction(service.enter_together, CLOCK, asked[:1])
    assert again == outcomes[:1]


def test_forms_of_several_notices_come_in_one_group(context):
    first = f.published_notice()
    second = f.published_notice()
    agents = [f.agency().actor for _ in range(3)]
    asked = [form(first, a) for a in agents] + [form(second, a) for a in agents]
    outcomes = in_one_transaction(service.enter_together, CLOCK, asked)
    assert sorted(said(outcomes[:3])) == [1, 2, 3]
    assert sorted(said(outcomes[3:])) == [1, 2, 3]


def test_more_than_a_statement_asks_for_at_once(context):
    number = f.published_notice()
    first = f.agency()
    agents = [each.actor for each in (first, *agencies.alike(first, 34))]
    outcomes = in_one_transaction(
        service.enter_together, CLOCK, [form(number, agent) for agent in agents]
    )
    assert sorted(said(outcomes)) == list(range(1, 36))


@pytest.fixture
def rush(app):
    """Send forms at once, each from a thread of its own, through the gathering."""

    def send(asked):
        start = threading.Barrier(len(asked))

        def one(each):
            with app.app_context():
                start.wait(timeout=ENOUGH)
                try:
                    return service.receive(each)
                except Refusal as no:
                    return no
                except OperationalError as lost:
                    return lost

        with concurrent.futures.ThreadPoolExecutor(len(asked)) as pool:
            return list(pool.map(one, asked))

    return send


def test_forty_at_once_one_agency_with_many_forms(app, rush):
    with app.app_context():
        number = f.published_notice()
        many, *others = [f.agency().actor for _ in range(11)]
        asked = [form(number, many, quote=quote) for quote in range(1, 31)]
        asked += [form(number, agent) for agent in others]
    outcomes = said(rush(asked))
    with app.app_context():
        assert sorted(no for no in outcomes if isinstance(no, int)) == list(range(1, 12))
        assert outcomes.count("entry.twice") == 29
        assert leaves(number) == list(range(1, 12))
        assert [each.no for each in entries(number)] == list(range(1, 12))


@pytest.mark.parametrize("fails", [1, 2, 100])
def test_a_commit_that_fails_loses_nobody_who_was_answered(app, rush, fails):
    """The group is undone and each is tried alone; who fails alone too is told, and is not in."""
    with app.app_context():
        number = f.published_notice()
        asked = [form(number, f.agency().actor) for _ in range(8)]
        left = [fails]

        def broken(connection):
            if left[0] > 0 and connection.get_execution_options().get("writes"):
                left[0] -= 1
                raise OperationalError("COMMIT", None, Exception("the disk is full"))

        event.listen(db.engine, "commit", broken)
    outcomes = rush(asked)
    with app.app_context():
        event.remove(db.engine, "commit", broken)
        given = sorted(each.no for each in outcomes if isinstance(each, service.Receipt))
        assert given == leaves(number) == [each.no for each in entries(number)]
        assert (len(given) == 0) == (fails == 100)
        assert all(isinstance(each, service.Receipt | OperationalError) for each in outcomes)
        retried = in_one_transaction(service.enter_together, CLOCK, asked)
        assert len(entries(number)) == 8
        assert all(isinstance(each, service.Receipt | Refusal) for each in retried)


def test_a_group_that_cannot_write_tells_each(app, rush, tmp_path):
    """A refusal that is nobody's own, such as a log that only reads, reaches everybody."""
    with app.app_context():
        number = f.published_notice()
        asked = [form(number, f.agency().actor) for _ in range(4)]
        fabric(app).guard.lock(5, 9, "elsewhere")
    assert said(rush(asked)) == ["ledger.read_only"] * 4
    with app.app_context():
        assert entries(number) == []


@pytest.mark.parametrize("fault", [ValueError("of one"), Refusal("notice.none")])
def test_the_fault_of_one_is_nobody_elses(app, fault):
    """Whatever ends a group, each is then tried alone and meets what is its own."""

    def act(work, asked):
        if "bad" in asked:
            raise fault
        return [f"{each} came" for each in asked]

    together = Gathering(act)
    start = threading.Barrier(9)

    def one(each):
        with app.app_context():
            start.wait(timeout=ENOUGH)
            try:
                return together.ask(each)
            except (ValueError, Refusal) as no:
                return no

    asked = ["bad", *(f"agency {place}" for place in range(8))]
    with concurrent.futures.ThreadPoolExecutor(9) as pool:
        outcomes = list(pool.map(one, asked))
    assert outcomes == [fault, *(f"{each} came" for each in asked[1:])]
