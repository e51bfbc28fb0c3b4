"""An agency corrects what it did, and the record leaves page, marks and report.

Source: 《信用修复管理办法》, in force 2026-04-01: after 0, 90 and 365 days of a minor, serious and
grave record, with the act corrected and a public commitment.
"""

from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.reputation import permissions, queries, rules
from market.reputation.events import RepairAsked, RepairDecided
from market.reputation.models import CreditEvent
from market.reputation.rules import Act, CreditState, Grade
from market.reputation.service.decide import own, settle
from market.reputation.service.steps import add_step
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import service as windows


def ask_repair(work: Work, *, number: str, corrected: str, has_committed: bool) -> None:
    """Say how the act was corrected and commit in public not to do it again.

    Refuses `credit.none`, `credit.wrong_state`, `credit.text`, `credit.no_commitment`,
    `credit.not_repairable`, `credit.repair_early`, `credit.repair_again`.
    """
    permissions.require(work.actor, "credit.state")
    row = own(work, number)
    said = rules.check_text(corrected, "corrected")
    rules.check_commitment(has_committed)
    row.state = rules.move_event(row.state, CreditState.REPAIRING)
    rules.check_repairable(
        row.grade,
        row.counts_from or work.today,
        work.today,
        again=queries.did_again(work, row),
    )

    add_step(work, row, Act.REPAIR_ASKED, said)
    record(work, RepairAsked(subject=number))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.REPAIR_DECISION,
        subject=number,
        span=book.window(Rulebook.credit_repair_decide_days),
        rulebook=book.version,
        responsible_id=row.body_id,
    )


@signs(queries.shown, key="number")
def repair(work: Work, *, number: str, reason: str, shown: str) -> None:
    """Find it corrected: the record ends, and only the archive keeps it.

    Refuses `credit.none`, `not_permitted` (a grave one asks for a signatory), `credit.same_person`,
    `credit.wrong_state`, `credit.text`.
    """
    row = _repairing(work, number, shown)
    said = rules.check_text(reason, "reason")
    settle(work, row, Act.REPAIRED, said)
    record(work, RepairDecided(subject=number, outcome=Act.REPAIRED.value))


@signs(queries.shown, key="number")
def refuse_repair(work: Work, *, number: str, reason: str, shown: str) -> None:
    """Find it not corrected: the record counts on, and repair may be asked for again. Refuses as
    `repair` does.
    """
    row = _repairing(work, number, shown)
    said = rules.check_text(reason, "reason")
    settle(work, row, Act.REPAIR_REFUSED, said)
    record(work, RepairDecided(subject=number, outcome=Act.REPAIR_REFUSED.value))


def _repairing(work: Work, number: str, shown: str) -> CreditEvent:
    """The record whose repair the actor may decide, locked."""
    permissions.require(work.actor, "credit.repair_decide")
    row = queries.row(work, number, for_update=True)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("credit.none")
    if row.grade is Grade.GRAVE:
        permissions.require(work.actor, "credit.repair_grave")
    another_person(work.actor.person_id, queries.proposer(work, row), code="credit.same_person")
    check_shown(shown, queries.shown(work, number))
    return row
