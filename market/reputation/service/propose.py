"""A recorded act is proposed: by whom the table says, and shown to the party before it counts."""

import dataclasses
import datetime as dt
import hashlib
import json

from sqlalchemy import select

from market.accounts.queries import OrganisationCard
from market.db import Work
from market.kernel.errors import Invalid, Refusal, all_told
from market.kernel.ids import Prefix
from market.kernel.visible import trimmed
from market.ledger import queries as ledger
from market.ledger.service import record
from market.reputation import permissions, queries, rules
from market.reputation.events import CreditProposed
from market.reputation.models import CreditEvent
from market.reputation.rules import Act, Behaviour, CreditState
from market.reputation.service.steps import add_step
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.submissions import sent
from market.windows import service as windows


@dataclasses.dataclass(frozen=True, kw_only=True)
class Found:
    """What somebody did, as it is proposed. `points` is asked of behaviours that have several;
    `matter` is the public number of what it happened in.
    """

    code: str
    uscc: str
    fact: str
    evidence: str
    happened_on: dt.date
    matter: str | None = None
    points: int | None = None
    body_id: int | None = None


def propose(work: Work, *, found: Found, submission_key: str) -> str:
    """Propose that something be recorded of a party; returns the record's number JF-….

    The party states its case within `credit_statement_days`; somebody else decides. Refuses
    `not_permitted` to whoever the behaviour's own line does not name; `credit.no_behaviour`,
    `credit.no_party`, `credit.public_bodies_only`, `credit.own_party`, `credit.points`,
    `credit.fact`, `credit.evidence`, `credit.future`, `credit.no_matter`, `credit.body`,
    `credit.no_body`, `credit.twice`.
    """
    permissions.require(work.actor, "credit.propose")
    return _propose(work, found, submission_key)


def propose_found(work: Work, *, found: Found, submission_key: str) -> str:
    """The same by the system: a window fell due, a fact was established. Refuses as `propose`."""
    permissions.require(work.actor, "credit.found")
    return _propose(work, found, submission_key)


def _propose(work: Work, found: Found, submission_key: str) -> str:
    behaviour = queries.behaviour(found.code)
    rules.check_proposer(behaviour, work.actor.duties)
    once = sent(work, submission_key, "credit.propose", found)
    known = select(CreditEvent.number).where(CreditEvent.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return str(same)

    party = queries.party_of(work, behaviour, found.uscc)
    if party.id == work.actor.organisation_id:
        raise Refusal("credit.own_party")
    all_told(
        lambda: rules.check_fact(found.fact, found.evidence, found.happened_on, work.today),
        lambda: rules.points_of(queries.effect_of(work, found.code), found.points),
        lambda: _check_matter(work, found.matter),
    )
    _check_once(work, behaviour, party, found)

    row = _new(work, behaviour, party, found)
    row.submission_key = once.key
    work.session.add(row)
    work.session.flush()
    add_step(work, row, Act.PROPOSED)
    record(work, CreditProposed(subject=row.number, digest=row.digest))
    _hear(work, row)
    return row.number


def _check_matter(work: Work, matter: str | None) -> None:
    """A record names a matter that the log knows, or none."""
    if matter and not ledger.latest(work, limit=1, subject=matter):
        raise Invalid("credit.no_matter", field="matter")


def _check_once(work: Work, behaviour: Behaviour, party: OrganisationCard, found: Found) -> None:
    """One act, one record: the same behaviour in the same matter on the same day is proposed once."""
    asked = select(CreditEvent.number).where(
        CreditEvent.organisation_id == party.id,
        CreditEvent.behaviour == behaviour.code,
        CreditEvent.happened_on == found.happened_on,
        CreditEvent.matter == found.matter if found.matter else CreditEvent.matter.is_(None),
        CreditEvent.state.not_in([CreditState.DROPPED, CreditState.VOID]),
    )
    if same := work.session.scalar(asked.limit(1)):
        raise Refusal("credit.twice", number=same)


def _new(work: Work, behaviour: Behaviour, party: OrganisationCard, found: Found) -> CreditEvent:
    """The row of an act, with what the table says of its behaviour today."""
    effect = queries.effect_of(work, behaviour.code)
    salt = work.entropy(32).hex()
    said = [party.uscc, behaviour.code, trimmed(found.fact), found.happened_on.isoformat()]
    text = json.dumps([salt, *said], ensure_ascii=False, separators=(",", ":"))
    return CreditEvent(
        division=work.division,
        number=work.next_number(Prefix.CREDIT),
        behaviour=behaviour.code,
        party=behaviour.party,
        organisation_id=party.id,
        grade=behaviour.grade,
        points=rules.points_of(effect, found.points),
        months=behaviour.months,
        measure=effect.measure,
        article=effect.article,
        cap_days=effect.cap_days,
        fact=trimmed(found.fact),
        evidence=trimmed(found.evidence),
        matter=found.matter or None,
        happened_on=found.happened_on,
        state=CreditState.PROPOSED,
        body_id=queries.deciding(work, behaviour, party.id, found.body_id),
        salt=salt,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        rulebook=rulebooks.in_force(work).version,
    )


def _hear(work: Work, row: CreditEvent) -> None:
    """The party is heard before anything is decided."""
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.STATEMENT,
        subject=row.number,
        span=book.window(Rulebook.credit_statement_days),
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )
