"""What oversight writes: a review, and what the recomputation of a draw gave."""

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import Refusal
from market.kernel.events import Event
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.oversight import permissions, queries, rules
from market.oversight.events import ClueKept, SelectionReviewed
from market.oversight.models import Review, Verification
from market.oversight.queries import sampling
from market.oversight.rules import Check, Mark, Outcome, Verdict
from market.selection.results import queries as result_queries
from market.submissions import sent


def review(
    work: Work,
    *,
    number: str,
    outcome: Outcome,
    marks: Mapping[Check, Mark],
    remark: str = "",
    submission_key: str | None = None,
) -> int:
    """Write down one review of a selection; returns which round of its body's it is.

    Refuses `notice.none`, also for another sector's; `oversight.own_matter` for whoever had a hand
    in the notice or whose body bought; and as `rules.check_review` does.
    """
    permissions.require(work.actor, "oversight.review")
    queries.check_seen(work, number)
    deed = f"oversight.review {number}"
    once = sent(work, submission_key, deed, outcome, sorted(marks.items()), remark)
    known = select(Review.round).where(Review.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return int(same)
    check_not_own(work, number)
    system = queries.system_checks(work, number)
    rules.check_review(outcome, marks, remark, system)

    row = _kept(work, number, outcome, marks, remark)
    row.system = {check.value: said for check, said in system.items()}
    row.submission_key = once.key
    if row.is_kept:
        row.salt = work.entropy(32).hex()
        row.digest = digest_of(row)
    work.session.add(row)
    record(work, _said(row))
    return row.round


def _said(row: Review) -> Event:
    """What the public log is told: of a clue nothing that could warn anybody."""
    if row.digest is not None:
        return ClueKept(subject=row.digest)
    return SelectionReviewed(
        subject=row.number, body=row.body, outcome=row.outcome.value, round=row.round
    )


def digest_of(row: Review) -> str:
    """The salted SHA-256 (hex) of a clue, over a JSON list of what was found and by whom."""
    said = [
        row.salt,
        row.number,
        row.body,
        row.round,
        row.outcome.value,
        sorted(row.marks.items()),
        row.remark,
    ]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(
    work: Work, number: str, outcome: Outcome, marks: Mapping[Check, Mark], remark: str
) -> Review:
    """The row of a review, in its body's next round."""
    body = accounts.organisation(work, work.actor.organisation_id or 0)
    # Of a sampled notice the missing entry alone would say that it was made a clue of.
    is_kept = outcome is Outcome.CLUE or sampling.is_sampled(work, number, body.id)
    last = select(func.max(Review.round)).where(
        Review.number == number, Review.body_id == body.id, Review.is_kept.is_(is_kept)
    )
    return Review(
        number=number,
        body_id=body.id,
        body=body.name,
        round=(work.session.scalar(last) or 0) + 1,
        outcome=outcome,
        marks={check.value: mark.value for check, mark in marks.items()},
        remark=trimmed(remark),
        made_at=work.now,
        made_by=work.actor.person_id,
        is_kept=is_kept,
    )


def check_not_own(work: Work, number: str) -> None:
    """Nobody oversees what he or his body has done. Refuses `oversight.own_matter`."""
    hands = {done.person_id for done in result_queries.steps(work, number)}
    owner_id = result_queries.notice(work, number).owner_organisation_id
    own = accounts.organisation(work, work.actor.organisation_id or 0)
    owner = accounts.organisation(work, owner_id)
    is_owner = own.id == owner_id or (own.uscc is not None and own.uscc == owner.uscc)
    if work.actor.person_id in hands or is_owner:
        raise Refusal("oversight.own_matter")


def keep_verification(work: Work, *, draw: str, verdict: Verdict, fault: str | None) -> None:
    """Keep what the recomputation of a draw gave."""
    permissions.require(work.actor, "oversight.verify")
    row = work.session.get(Verification, draw)
    if row is None:
        row = Verification(draw=draw)
        work.session.add(row)
    row.checked_at = work.now
    row.verdict = verdict
    row.fault = fault
