"""The party appeals once; somebody who had no hand in the record decides."""

from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.reputation import permissions, queries, rules
from market.reputation.events import CreditAppealDecided, CreditAppealed
from market.reputation.models import CreditEvent
from market.reputation.rules import Act, CreditState
from market.reputation.service.decide import own, settle
from market.reputation.service.steps import add_step
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import service as windows


def appeal(work: Work, *, number: str, ground: str) -> None:
    """Appeal against a record, once and within `credit_appeal_days` of the decision.

    Of -6 marks and more the effect waits while it is decided. Refuses `credit.none`,
    `credit.wrong_state`, `credit.text`, `credit.appeal_over`.
    """
    permissions.require(work.actor, "credit.state")
    row = own(work, number)
    said = rules.check_text(ground, "ground")
    row.state = rules.move_event(row.state, CreditState.APPEALED)
    if not windows.close(work, rules.APPEAL, number):
        raise Refusal("credit.appeal_over")

    row.appeal_body_id = queries.hearing(work, row)
    add_step(work, row, Act.APPEALED, said)
    record(work, CreditAppealed(subject=number))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.APPEAL_DECISION,
        subject=number,
        span=book.window(Rulebook.credit_appeal_decide_days),
        rulebook=book.version,
        responsible_id=row.appeal_body_id or row.body_id,
    )


@signs(queries.shown, key="number")
def uphold(work: Work, *, number: str, reason: str, shown: str) -> None:
    """Find the party right: the record is void, and leaves every page but its own parties'.

    Refuses `credit.none`, `not_permitted`, `credit.had_a_hand`, `credit.wrong_state`,
    `credit.text`.
    """
    row = _hearing(work, number, shown)
    said = rules.check_text(reason, "reason")
    settle(work, row, Act.UPHELD, said)
    record(work, CreditAppealDecided(subject=number, outcome=Act.UPHELD.value))


@signs(queries.shown, key="number")
def reject(work: Work, *, number: str, reason: str, shown: str) -> None:
    """Find the record right: it counts on. Refuses as `uphold` does."""
    row = _hearing(work, number, shown)
    said = rules.check_text(reason, "reason")
    settle(work, row, Act.REJECTED, said)
    record(work, CreditAppealDecided(subject=number, outcome=Act.REJECTED.value))


def _hearing(work: Work, number: str, shown: str) -> CreditEvent:
    """The record whose appeal the actor may decide, locked: of his body, no hand in it before."""
    permissions.require(work.actor, "credit.appeal_decide")
    row = queries.row(work, number, for_update=True)
    if work.actor.organisation_id != (row.appeal_body_id or row.body_id):
        raise NotFound("credit.none")
    another_person(work.actor.person_id, *queries.hands(work, row), code="credit.had_a_hand")
    check_shown(shown, queries.shown(work, number))
    return row
