"""The use cases of the pool: asking in, proposing, signing, leaving; listing it for a notice."""

import dataclasses
from collections.abc import Collection, Mapping

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.clock import local_date
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix
from market.kernel.shown import another_person, check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions
from market.selection.jurors import queries as pool_queries
from market.selection.jurors import rules
from market.selection.jurors.events import (
    ExpertApplied,
    ExpertDecided,
    ExpertLeft,
    ExpertProposed,
    JurorsListed,
    PoolEdited,
)
from market.selection.jurors.models import PoolEdition, PoolListing, PoolMember
from market.selection.jurors.rules import ADMIT, POOL, STEPS, Asked, MemberState, Step, move_member
from market.selection.leaves import record_draw
from market.windows import service as windows
from verify.zjcs import experts as arithmetic
from verify.zjcs.draw import RANKED_2

OFFICER = "regulator_officer"
SIGNATORY = "regulator_signatory"
REGULATOR = "regulator"


def apply(
    work: Work,
    *,
    body_id: int,
    categories: list[str],
    employer: str,
    codes: list[str],
    grounds: str,
) -> str:
    """Ask, as oneself, to be in the pool; the body chosen decides within `juror_admit_days`. Sent again it
    corrects what was asked. Returns the number PS-….

    Refuses `not_permitted` without a name, `pool.no_body`, `pool.no_category`, `pool.text`, `pool.code`,
    `pool.wrong_state` where one is in already, `pool.proposed` where an officer has proposed something,
    `pool.other_body` where another body has decided about one before.
    """
    permissions.require(work.actor, "pool.apply")
    bodies = {each.id for each in accounts.organisations(work, REGULATOR)}
    if body_id not in bodies:
        raise Invalid("pool.no_body", field="body")
    said = rules.checked(
        pool_queries.categories(work),
        categories=categories,
        employer=employer,
        codes=codes,
        grounds=grounds,
    )
    row = pool_queries.row_of_person(work, work.actor.person_id, lock=True) or _new(work, body_id)
    _check_body(work, row, body_id, bodies)
    if row.state is not MemberState.APPLIED:
        row.state = move_member(row.state, MemberState.APPLIED)
    row.body_id = body_id
    row.categories = list(said.categories)
    row.employer = said.employer
    row.codes = list(said.codes)
    row.grounds = said.grounds
    row.applied_at = work.now
    work.session.flush()
    _await_decision(work, row)
    return row.number


def _check_body(work: Work, row: PoolMember, body_id: int, bodies: Collection[int]) -> None:
    """Nothing waits for a signature, and who has decided before decides again: it knows why."""
    if row.step is not None:
        raise Refusal("pool.proposed")
    if row.decided_at is not None and row.body_id != body_id and row.body_id in bodies:
        known = accounts.organisation(work, row.body_id).name
        raise Invalid("pool.other_body", field="body", body=known)


def _new(work: Work, body_id: int) -> PoolMember:
    row = PoolMember(
        division=work.division,
        number=work.next_number(Prefix.EXPERT),
        person_id=work.actor.person_id,
        body_id=body_id,
        categories=[],
        employer="",
        codes=[],
        grounds="",
        state=MemberState.APPLIED,
        applied_at=work.now,
    )
    work.session.add(row)
    return row


def _await_decision(work: Work, row: PoolMember) -> None:
    """The regulator's days run anew from what was said last."""
    book = rulebooks.in_force(work)
    windows.close(work, ADMIT, row.number)
    work.session.flush()  # One live window of a member: the old one first.
    record(work, ExpertApplied(subject=row.number))
    windows.open_counted(
        work,
        ADMIT,
        subject=row.number,
        span=book.window(Rulebook.juror_admit_days),
        rulebook=book.version,
        responsible_id=row.body_id,
    )


@signs(pool_queries.shown, key="number")
def propose_step(work: Work, *, number: str, step: Step, reason: str, shown: str) -> None:
    """Propose, as an officer of the body, what is to become of a member.

    Refuses `not_permitted`, `pool.none`, `pool.wrong_state`, `pool.proposed`, `pool.text`,
    `pool.own` of oneself, `shown.changed`.
    """
    permissions.require(work.actor, "pool.propose")
    row = _of_body(work, number)
    another_person(work.actor.person_id, row.person_id, code="pool.own")
    check_shown(shown, pool_queries.shown(work, number))
    said = trimmed(reason)
    if not 0 < len(said) <= rules.MOST_TEXT:
        raise Invalid("pool.text", field="reason", most=rules.MOST_TEXT)
    if row.step is not None:
        raise Refusal("pool.proposed")
    if step not in rules.steps_from(row.state):
        raise Refusal("pool.wrong_state")
    row.step = step
    row.reason = said
    row.proposed_at = work.now
    row.proposed_by = work.actor.person_id
    record(work, ExpertProposed(subject=number, step=step.value))


@signs(pool_queries.shown, key="number")
def sign_step(work: Work, *, number: str, followed: bool, shown: str) -> None:
    """Follow what an officer has proposed, as another person of the body, or not: then it is proposed anew.

    Refuses `not_permitted`, `pool.none`, `pool.not_proposed`, `pool.same_person`, `pool.full`,
    `shown.changed`.
    """
    permissions.require(work.actor, "pool.sign")
    row = _of_body(work, number)
    check_shown(shown, pool_queries.shown(work, number))
    step = row.step
    if step is None:
        raise Refusal("pool.not_proposed")
    another_person(work.actor.person_id, row.proposed_by, row.person_id, code="pool.same_person")
    row.step = None
    row.proposed_at = None
    row.proposed_by = None
    record(work, ExpertDecided(subject=number, step=step.value, followed=followed))
    if not followed:
        return

    row.state = move_member(row.state, STEPS[step][1])
    row.decided_at = work.now
    row.decided_by = work.actor.person_id
    if step in (Step.ADMIT, Step.RENEW):
        row.until = local_date(work.now) + rules.TERM
    windows.close(work, ADMIT, number)
    if step is Step.ADMIT:
        _edit(work, by=OFFICER, second=SIGNATORY)


def leave(work: Work) -> None:
    """Leave the pool. Refuses `pool.none`, `pool.wrong_state`."""
    _gone(work, MemberState.ADMITTED, MemberState.SUSPENDED)
    _edit(work, by="juror")


def withdraw(work: Work) -> None:
    """Take one's application back. Refuses `pool.none`, `pool.wrong_state`."""
    _gone(work, MemberState.APPLIED)


def _gone(work: Work, *states: MemberState) -> None:
    """Out of one of the states, with whatever an officer had proposed."""
    permissions.require(work.actor, "pool.apply")
    row = pool_queries.row_of_person(work, work.actor.person_id, lock=True)
    if row is None:
        raise NotFound("pool.none")
    if row.state not in states:
        raise Refusal("pool.wrong_state")
    row.state = move_member(row.state, MemberState.LEFT)
    row.step = None
    row.proposed_at = None
    row.proposed_by = None
    windows.close(work, ADMIT, row.number)
    record(work, ExpertLeft(subject=row.number))


def _of_body(work: Work, number: str) -> PoolMember:
    row = pool_queries.member_row(work, number, lock=True)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("pool.none")
    return row


def _edit(work: Work, *, by: str, second: str | None = None) -> None:
    """Put the pool on the log as it is now. Refuses `pool.full`."""
    work.session.flush()
    work.next_in(POOL)  # Who signs at the same time waits, and lists the one before him too.
    members = pool_queries.rows_now(work)
    if len(members) > rules.MOST:
        raise Refusal("pool.full", most=rules.MOST)
    sha256 = arithmetic.pool_digest(members)
    leaf = record_draw(
        work,
        PoolEdited(
            subject=POOL, at=work.now, by=by, count=len(members), second=second, sha256=sha256
        ),
        alg=RANKED_2,
    )
    work.session.add(
        PoolEdition(leaf=leaf, count=len(members), sha256=sha256, members=members, made_at=work.now)
    )


# --- for a notice -------------------------------------------------------------------------
@dataclasses.dataclass(frozen=True)
class Ask:
    """A notice whose jurors are drawn: its row, number, draw and alg, the pool as it was at its publication,
    how many seats, what it asks of them, and who sat in its owner's last notices (persons).
    """

    notice_id: int
    number: str
    draw: str
    alg: str
    edition_id: int | None
    seats: int
    asked: Asked
    sat: Mapping[int, int]


def list_for(work: Work, ask: Ask) -> list[str]:
    """List everybody of the pool as it stood before the notice, under digests that are new for it, and
    put the list on the log. Returns the digests of those who may judge, ascending; of fewer than there
    are seats nothing is put on the log.
    """
    edition = work.session.get(PoolEdition, ask.edition_id) if ask.edition_id else None
    standings = pool_queries.standings(work, pool_queries.categories_in(edition), dict(ask.sat))
    found = rules.sorted_out(standings, ask.asked, ask.seats)
    if edition is None or sum(why is None for why in found.values()) < ask.seats:
        return []
    rows = _listing(work, ask, found)
    refs = sorted(row.ref for row in rows if row.why is None)
    record_draw(
        work,
        JurorsListed(
            subject=ask.number,
            at=work.now,
            draw=ask.draw,
            excluded=sorted(
                ({"ref": row.ref, "reason": row.why.value} for row in rows if row.why),
                key=lambda row: str(row["ref"]),
            ),
            pool={"count": edition.count, "sha256": edition.sha256},
            refs=refs,
            round=arithmetic.ROUND,
        ),
        alg=ask.alg,
    )
    return refs


def _listing(work: Work, ask: Ask, found: Mapping[str, rules.Why | None]) -> list[PoolListing]:
    rows = []
    for number, why in found.items():
        salt = work.entropy(16).hex()
        row = PoolListing(
            notice_id=ask.notice_id,
            member_id=pool_queries.member_row(work, number).id,
            ref=arithmetic.ref_of(ask.draw, number, salt),
            salt=salt,
            why=why,
        )
        rows.append(row)
    work.session.add_all(rows)
    return rows
