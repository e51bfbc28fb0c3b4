"""After enrolment: suspension and its end, proposed by one person, or by a decision, and signed by
another.
"""

import datetime as dt

from sqlalchemy import select

from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.rules import Fact, State
from market.agencies.service import end_of, locked
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.events import (
    AgencyReinstated,
    AgencySuspended,
    CaseStated,
    SuspensionDropped,
    SuspensionProposed,
)
from market.enrolment.service.fill import own
from market.enrolment.service.overdue import forget_suspension, rest
from market.kernel.errors import Invalid, Refusal
from market.kernel.shown import check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.reputation import queries as reputation
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState

FABRICATED = "AG-C02"
"""The line of the table about complaints whose facts were made up."""


@signs(queries.agency_shown, key="ref")
def propose_suspension(
    work: Work, *, ref: str, fact: str, reason: str, until: dt.date | None, shown: str
) -> None:
    """Propose to stop an agency's new entries because of a fact of a register, until it is cured and
    at the latest until the end of a day (暂停报名至××, docs/rules.md#states); another signs. What an
    agency did stops its entries on a record alone (`reputation`).

    Refuses `agency.none`, `agency.wrong_state`, `agency.fact` (no such fact),
    `agency.until_missing`, `agency.until_past`,
    `agency.until_too_long` (beyond the rulebook's most days), `agency.unreasoned`,
    `agency.proposal_waits`, `shown.changed`.
    """
    permissions.require(work.actor, "agency.propose_standing")
    row = locked(work, ref)
    agency_rules.move(row.state, State.SUSPENDED)
    check_shown(shown, queries.agency_shown(work, ref))
    _check_until(until, work.today, _check_again_by(work))
    if not 1 <= len(trimmed(reason)) <= rules.MOST_TEXT:
        raise Invalid("agency.unreasoned", field="reason")
    _propose(work, row, fact=_fact(fact), reason=trimmed(reason), until=until, to_suspend=True)
    record(work, SuspensionProposed(subject=ref, ground=""))


def open_suspension(work: Work, *, organisation_id: int, ground: str) -> bool:
    """Propose a suspension by itself because of a decision (its number: `ground`) that finds facts
    made up, under the article that the place names for that (AG-C02) and for as long as it allows.

    The agency is heard first, and another person than he who signed the decision signs. Part of a
    use case that has asked who may. False where no article with a cap is in force, where there is
    no agency that can be suspended now, or a proposal waits already.
    """
    basis = reputation.effect_of(work, FABRICATED)
    if not basis.article or basis.cap_days is None:
        return False
    row = work.session.scalar(
        select(Agency).where(Agency.organisation_id == organisation_id).with_for_update()
    )
    if (
        row is None
        or row.state not in agency_rules.MAY_ENTER
        or row.proposes_suspension is not None
    ):
        return False
    _propose(work, row, reason=basis.article, to_suspend=True, ground=ground)
    record(work, SuspensionProposed(subject=str(row.ref), ground=ground))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.SUSPENSION_CASE,
        subject=str(row.ref),
        span=book.window(Rulebook.statement_days),
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )
    return True


def answer_suspension(work: Work, *, statement: str) -> None:
    """Say what the agency has to say to a suspension that a decision proposed, once and within its
    days.

    Refuses `agency.none`, `agency.nothing_to_state`, `agency.statement_length`.
    """
    permissions.require(work.actor, "enrolment.submit")
    row = own(work)
    if not 1 <= len(trimmed(statement)) <= rules.MOST_TEXT:
        raise Invalid("agency.statement_length", field="statement", most=rules.MOST_TEXT)
    if not windows.close(work, rules.SUSPENSION_CASE, str(row.ref)):
        raise Refusal("agency.nothing_to_state")
    row.proposed_statement = trimmed(statement)
    record(work, CaseStated(subject=str(row.ref)))


@signs(queries.agency_shown, key="ref")
def propose_reinstatement(work: Work, *, ref: str, shown: str) -> None:
    """Propose to end a suspension before its time; another signs. Refuses `agency.none`,
    `agency.wrong_state`, `agency.proposal_waits`, `shown.changed`.
    """
    permissions.require(work.actor, "agency.propose_standing")
    row = locked(work, ref)
    if row.state is not State.SUSPENDED:
        raise agency_rules.wrong_state(row.state)
    check_shown(shown, queries.agency_shown(work, ref))
    _propose(work, row, to_suspend=False)


@signs(queries.agency_shown, key="ref")
def sign_standing(work: Work, *, ref: str, shown: str) -> None:
    """Sign the proposed suspension or its end as the second person (docs/rules.md#separation-4). What was entered
    or won goes on.

    Refuses `agency.none`, `agency.no_proposal`, `agency.same_person`, `agency.may_still_state`
    while the agency's days run, `agency.wrong_state`, `agency.until_past`.
    """
    permissions.require(work.actor, "agency.sign_standing")
    row = locked(work, ref)
    if row.proposes_suspension is None:
        raise Refusal("agency.no_proposal")
    rules.check_other_person(work.actor.person_id, row.proposed_by)
    check_shown(shown, queries.agency_shown(work, ref))
    if due := windows_queries.live(work, rules.SUSPENSION_CASE, ref):
        raise Refusal("agency.may_still_state", due=due.last_day)
    if row.proposes_suspension:
        _suspend(work, row)
    else:
        _reinstate(work, row)
        windows.close(work, rules.SUSPENSION, ref)
    _forget(row)


@signs(queries.agency_shown, key="ref")
def drop_standing(work: Work, *, ref: str, shown: str) -> None:
    """Do not sign: the proposal is gone and the agency stays as it is. Refuses `agency.none`,
    `agency.no_proposal`.
    """
    permissions.require(work.actor, "agency.sign_standing")
    row = locked(work, ref)
    if row.proposes_suspension is None:
        raise Refusal("agency.no_proposal")
    check_shown(shown, queries.agency_shown(work, ref))
    if row.proposes_suspension:
        windows.close(work, rules.SUSPENSION_CASE, ref, state=WindowState.CANCELLED)
        record(work, SuspensionDropped(subject=ref))
    _forget(row)


def _fact(value: str) -> Fact:
    if value not in list(Fact):
        raise Invalid("agency.fact", field="fact")
    return Fact(value)


def _check_until(until: dt.date | None, today: dt.date, longest: dt.date) -> None:
    if until is None:
        raise Invalid("agency.until_missing", field="until")
    if until <= today:
        raise Invalid("agency.until_past", field="until")
    if until > longest:
        raise Invalid("agency.until_too_long", field="until", last=longest.isoformat())


def _check_again_by(work: Work) -> dt.date:
    """When a fact is looked up again at the latest (rulebook: suspend_cap_days, calendar days)."""
    return work.today + dt.timedelta(days=int(rulebooks.in_force(work).suspend_cap_days))


def _by_article(work: Work) -> dt.date:
    """The last day that the article allows for what a decision found, from today. Refuses
    `credit.no_measure` where none is in force any more.
    """
    basis = reputation.effect_of(work, FABRICATED)
    if basis.cap_days is None:
        raise Refusal("credit.no_measure")
    return work.today + dt.timedelta(days=basis.cap_days)


def _propose(
    work: Work,
    row: Agency,
    *,
    to_suspend: bool,
    reason: str | None = None,
    until: dt.date | None = None,
    ground: str | None = None,
    fact: Fact | None = None,
) -> None:
    if row.proposes_suspension is not None:
        raise Refusal("agency.proposal_waits")
    row.proposes_suspension = to_suspend
    row.proposed_reason = reason
    row.proposed_fact = fact
    row.proposed_until = until
    row.proposed_ground = ground
    row.proposed_at = work.now
    row.proposed_by = work.actor.person_id


def _forget(row: Agency) -> None:
    row.proposes_suspension = row.proposed_at = row.proposed_by = row.proposed_until = (
        row.proposed_reason
    ) = None
    row.proposed_ground = row.proposed_statement = row.proposed_fact = None


def _suspend(work: Work, row: Agency) -> None:
    longest = _by_article(work) if row.proposed_ground else _check_again_by(work)
    until = row.proposed_until or longest  # of what a decision opened nobody has said a day
    _check_until(until, work.today, longest)
    row.state = agency_rules.move(row.state, State.SUSPENDED)
    row.suspended_at = work.now
    row.suspended_by = work.actor.person_id
    row.suspended_until = until
    row.suspension_reason = row.proposed_reason
    row.suspension_fact = row.proposed_fact
    record(work, AgencySuspended(subject=str(row.ref), until=until))
    windows.open_at(
        work,
        rules.SUSPENSION,
        subject=str(row.ref),
        due_at=end_of(until),
        responsible_id=row.organisation_id,
    )


def suspension_due(work: Work, due: Due) -> None:
    """The suspension's last day is over."""
    row = locked(work, due.matter)
    if row.state is State.SUSPENDED:
        _reinstate(work, row)
        _forget(row)


def _reinstate(work: Work, row: Agency) -> None:
    if (
        row.state is not State.SUSPENDED
    ):  # the table also leads to active from an intended refusal or revocation
        raise agency_rules.wrong_state(row.state)
    row.state = agency_rules.move(row.state, rest(work, row))
    forget_suspension(row)
    record(work, AgencyReinstated(subject=str(row.ref)))
