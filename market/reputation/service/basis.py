"""A place names the text in law that gives a behaviour its effect; two persons do."""

import datetime as dt

from sqlalchemy import select

from market.db import Work
from market.kernel.shown import another_person, check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.reputation import permissions, queries, rules
from market.reputation.events import BasisDecided, BasisProposed
from market.reputation.models import BehaviourBasis
from market.reputation.rules import BasisState, Source
from market.submissions import sent


def propose_basis(
    work: Work,
    *,
    code: str,
    source: str,
    article: str,
    cap_days: int | None,
    in_force_from: dt.date,
    submission_key: str,
) -> int:
    """Propose the article under which a behaviour has its effect; returns the row's id.

    `cap_days`: the longest suspension that it allows. Refuses as `rules.check_basis` does.
    """
    permissions.require(work.actor, "basis.propose")
    typed = (code, source, article, cap_days, in_force_from)
    once = sent(work, submission_key, "basis.propose", *typed)
    known = select(BehaviourBasis.id).where(BehaviourBasis.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return int(same)
    of = Source(source)
    rules.check_basis(queries.behaviour(code), of, article, cap_days, in_force_from, work.today)

    row = BehaviourBasis(
        division=work.division,
        code=code,
        source=of,
        article=trimmed(article),
        cap_days=cap_days,
        in_force_from=in_force_from,
        state=BasisState.PROPOSED,
        proposed_at=work.now,
        proposed_by=work.actor.person_id,
        submission_key=once.key,
    )
    work.session.add(row)
    work.session.flush()
    record(work, _proposed(row))
    return row.id


def _proposed(row: BehaviourBasis) -> BasisProposed:
    return BasisProposed(
        subject=row.code,
        source=row.source.value,
        article=row.article,
        cap_days=row.cap_days,
        in_force_from=row.in_force_from,
    )


@signs(queries.basis_shown, key="basis_id")
def approve_basis(work: Work, *, basis_id: int, shown: str) -> None:
    """Approve it as the second person: it is in force from its day on, for acts recorded from then.

    Refuses `credit.no_basis`, `credit.same_person`, `credit.basis_done`, `credit.basis_future`.
    """
    row = _deciding(work, basis_id, shown)
    of = queries.behaviour(row.code)
    rules.check_basis(of, row.source, row.article, row.cap_days, row.in_force_from, work.today)
    _decide(work, row, BasisState.APPROVED)


@signs(queries.basis_shown, key="basis_id")
def reject_basis(work: Work, *, basis_id: int, shown: str) -> None:
    """Do not approve it. Refuses `credit.no_basis`, `credit.same_person`, `credit.basis_done`."""
    _decide(work, _deciding(work, basis_id, shown), BasisState.REJECTED)


def _deciding(work: Work, basis_id: int, shown: str) -> BehaviourBasis:
    permissions.require(work.actor, "basis.decide")
    row = queries.basis_row(work, basis_id)
    another_person(work.actor.person_id, row.proposed_by, code="credit.same_person")
    check_shown(shown, queries.basis_shown(work, basis_id))
    return row


def _decide(work: Work, row: BehaviourBasis, outcome: BasisState) -> None:
    row.state = rules.move_basis(row.state, outcome)
    row.decided_at = work.now
    row.decided_by = work.actor.person_id
    record(work, BasisDecided(subject=row.code, outcome=outcome.value, article=row.article))
