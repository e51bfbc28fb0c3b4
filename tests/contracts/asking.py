"""What the tests of awards say often: a place that asks its winners, the clock's work, what stands
on a notice.
"""

import datetime as dt

from market.contracts import jobs, queries, service
from market.contracts.queries import Offered
from market.contracts.rules import Decline, Offer
from market.db import in_one_transaction, reading
from market.enrolment import queries as enrolments
from market.enrolment import service as enrolment
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import FixedClock
from market.ledger import queries as ledger
from market.rulebook import service as rulebooks
from market.selection.results import queries as result_queries
from market.windows import jobs as window_jobs
from tests.factories import accounts as people
from tests.factories import agencies, selection
from tests.factories import reputation as credit
from tests.factories.deeds import do


def confirming(days: int = 2) -> None:
    """From the next day on winners are asked; puts the clock there."""
    selection.town()
    editor = people.staff("authority", "rule_editor")
    approver = people.staff("authority", "rule_approver")
    version = in_one_transaction(
        rulebooks.propose,
        editor,
        values={"confirm_days": (days, "working_day")},
        title="修订",
        document_number="瑞数〔2026〕5号",
        in_force_from=reading(CLOCK).today + dt.timedelta(days=1),
    )
    do(rulebooks.approve, approver, version=version)
    clock = fabric().clock
    assert isinstance(clock, FixedClock)
    clock.advance(dt.timedelta(days=1))


def now(notice: str) -> result_queries.Selection:
    return result_queries.notice(reading(CLOCK), notice)


def letters(notice: str) -> list[queries.Letter]:
    return queries.of_notice(reading(CLOCK), notice)


def offer_of(notice: str, rank: int | None = None) -> Offered | None:
    """The newest award of a notice before its letter, or that of a rank."""
    offers = queries.offers_of_notice(reading(CLOCK), notice)
    return next((each for each in reversed(offers) if rank in (None, each.rank)), None)


def sweep_at(clock, instant: dt.datetime | None) -> None:
    assert instant is not None
    clock.instant = instant
    window_jobs.sweep()
    jobs.follow()


def kinds(subject: str) -> list[str]:
    return [entry.type for entry in ledger.of_subject(reading(CLOCK), subject)]


def winner_of(notice: str, entrants: list[agencies.Made]) -> agencies.Made:
    winner = now(notice).winner
    assert winner is not None
    return next(made for made in entrants if made.ref == winner.ref)


def give_up(who: agencies.Made, notice: str) -> str | None:
    return in_one_transaction(
        service.decline,
        who.actor,
        number=f"TZ{notice[2:]}",
        reason=Decline.CAPACITY,
        statement="设备不能按期到位",
    )


def confirm(who: agencies.Made, notice: str) -> Offer:
    return in_one_transaction(service.confirm, who.actor, number=f"TZ{notice[2:]}")


def complete(made: agencies.Made) -> None:
    """The agency hands in what it owes, the office accepts it."""
    for document in enrolments.outstanding_documents(reading(CLOCK), made.organisation_id):
        in_one_transaction(
            enrolment.hand_in, made.actor, document_id=document.id, received=agencies.paper()
        )
        do(enrolment.accept_document, agencies.checker(), document_id=document.id)


def removed(made: agencies.Made) -> None:
    """An agency that was heard and is out."""
    assert made.ref is not None
    do(
        enrolment.propose_removal,
        agencies.checker(),
        ref=made.ref,
        record_number=credit.ground(made),
        reasons="证书系伪造",
        remedy="60 日内申请行政复议",
        barred_until=dt.date(2027, 12, 31),
    )
    in_one_transaction(enrolment.state_case, made.actor, statement="无异议")
    do(enrolment.sign_removal, agencies.head(), ref=made.ref)
