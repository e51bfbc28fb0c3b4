"""Both sides, or a side and the clock, act on one contract at the same moment: one effect, one story."""

import datetime as dt
import threading
from functools import partial

import pytest

from market.contracts import jobs, queries, service
from market.contracts.rules.change import OBJECT, SETTLE, Change, ChangeState, Reason
from market.contracts.rules.inspecting import Judged, Verdict
from market.contracts.rules.matter import ContractState
from market.db import db, reading
from market.kernel.actor import CLOCK
from market.kernel.shown import looking
from market.ledger.queries.integrity import compare, declared
from market.windows import jobs as window_jobs
from market.windows import queries as windows
from tests.complaints.deeds import race
from tests.contracts.asking import kinds
from tests.contracts.test_change import ask, change, due
from tests.factories import accounts as people
from tests.factories import contracts

pytestmark = pytest.mark.databases
HOUR = dt.timedelta(hours=1)
OBJECTION = "延误因业主资料不齐，有往来函件，不同意解除。"
ENDS = ("contract.cancel_asked", "contract.cancel_objected", "contract.settlement_due")


def cancelling(reason: Reason) -> partial:
    """The use case by which one side ends the contract."""
    asked = change(Change.CANCEL, reason=reason, amount_fen=1_000_000)
    return partial(service.ask_change, asked=asked)


def accepting(work, *, number: str) -> None:
    """The acceptor finds met what is asked in that moment."""
    asked = queries.requirements_of(work, number)
    given = {"number": number, "verdicts": [Judged(Verdict.MET)] * len(asked)}
    service.accept_delivery(work, **looking(service.accept_delivery, work, given))


def objecting(work, *, number: str) -> None:
    """The other side objects to what it sees in that moment."""
    given = {"number": number, "objection": OBJECTION}
    service.refuse_change(work, **looking(service.refuse_change, work, given))


def sweep_together(app) -> None:
    """Three clocks run at once, as when one was thought to be dead."""

    def sweep() -> None:
        with app.app_context():
            window_jobs.sweep()
            db.session.remove()

    clocks = [threading.Thread(target=sweep) for _ in range(3)]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join(timeout=60)


def is_in_step() -> bool:
    return compare(reading(CLOCK), declared()).count == 0


def prepared(app, make=contracts.started, ends_by=None):
    """A deal that everybody's own session may read, with its end asked by one side."""
    with app.app_context():
        deal = make()
        if ends_by is not None:
            who, reason = ends_by(deal)
            ask(deal, who, Change.CANCEL, reason=reason, amount_fen=1_000_000)
        db.session.remove()
    return deal


def by_owner(deal):
    return deal.buyer.signatory, Reason.AGENCY_FAULT


def by_agency(deal):
    return deal.winner.actor, Reason.OWNER_FAULT


def test_of_two_ends_told_at_once_one_waits_for_the_other_side(app):
    deal = prepared(app)
    race(
        app,
        (cancelling(Reason.AGENCY_FAULT), deal.buyer.signatory, deal.number),
        (cancelling(Reason.OWNER_FAULT), deal.winner.actor, deal.number),
    )
    with app.app_context():
        (only,) = contracts.of(deal).changes
        assert only.state is ChangeState.ASKED
        assert kinds(deal.notice).count("contract.cancel_asked") == 1
        live = windows.live(reading(CLOCK), OBJECT, deal.number)
        other = deal.winner if only.by == "owner" else deal.buyer
        assert live.responsible_id == other.organisation_id
        assert is_in_step()


def test_an_end_taken_back_while_the_other_objects_is_one_of_both(app):
    deal = prepared(app, ends_by=by_owner)
    race(
        app,
        (service.withdraw_change, deal.buyer.signatory, deal.number),
        (objecting, deal.winner.actor, deal.number),
    )
    with app.app_context():
        card = contracts.of(deal)
        assert (card.state, card.changes[-1].state) in (
            (ContractState.RUNNING, ChangeState.WITHDRAWN),
            (ContractState.SETTLING, ChangeState.STOOD),
        )
        has_ended = card.state is ContractState.SETTLING
        assert kinds(deal.notice).count("contract.cancel_objected") == has_ended
        assert kinds(deal.notice).count("contract.change_withdrawn") == (not has_ended)
        assert due(deal, OBJECT) is None
        assert (due(deal, SETTLE) is not None) == has_ended
        assert is_in_step()


def test_two_colleagues_who_answer_at_once_answer_once(app):
    deal = prepared(app, ends_by=by_owner)
    with app.app_context():
        colleague = people.member(deal.winner.organisation_id, "agency_signatory")
        db.session.remove()
    race(
        app,
        (service.agree_change, deal.winner.actor, deal.number),
        (objecting, colleague, deal.number),
    )
    with app.app_context():
        card = contracts.of(deal)
        assert (card.state, card.changes[-1].state) in (
            (ContractState.ENDED, ChangeState.AGREED),
            (ContractState.SETTLING, ChangeState.STOOD),
        )
        assert kinds(deal.notice).count("contract.cancel_asked") == 1
        assert is_in_step()


def test_work_accepted_in_the_moment_of_an_end_is_one_of_both(app):
    deal = prepared(app, contracts.delivered, by_agency)
    race(
        app,
        (accepting, deal.acceptor, deal.number),
        (service.agree_change, deal.buyer.signatory, deal.number),
    )
    with app.app_context():
        card = contracts.of(deal)
        assert card.state in (ContractState.ACCEPTED, ContractState.ENDED)
        has_ended = card.state is ContractState.ENDED
        assert (card.changes[-1].state is ChangeState.AGREED) == has_ended
        assert is_in_step()


def test_an_objection_in_the_second_of_the_due_ends_it_once(app, clock):
    deal = prepared(app, ends_by=by_owner)
    with app.app_context():
        clock.instant = due(deal, OBJECT) + HOUR
        db.session.remove()
    sweeping = threading.Thread(target=sweep_together, args=(app,))
    sweeping.start()
    race(
        app,
        (objecting, deal.winner.actor, deal.number),
    )
    sweeping.join(timeout=60)
    sweep_together(app)
    with app.app_context():
        card = contracts.of(deal)
        assert (card.state, card.changes[-1].state) == (ContractState.SETTLING, ChangeState.STOOD)
        story = kinds(deal.notice)
        assert story.count("contract.cancel_objected") <= 1
        assert due(deal, SETTLE) is not None
        assert is_in_step()


def test_a_clock_that_stood_across_both_dues_says_each_once(app, clock):
    deal = prepared(app, ends_by=by_owner)
    with app.app_context():
        clock.instant = due(deal, OBJECT) + dt.timedelta(days=90)
        db.session.remove()
    sweep_together(app)
    with app.app_context():
        clock.instant = due(deal, SETTLE) + dt.timedelta(days=90)
        db.session.remove()
    for _ in range(2):
        sweep_together(app)
        with app.app_context():
            jobs.follow()
    with app.app_context():
        assert contracts.of(deal).state is ContractState.SETTLING
        assert kinds(deal.notice).count("contract.unsettled") == 1
        assert is_in_step()
