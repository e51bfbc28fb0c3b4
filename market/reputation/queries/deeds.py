"""What a reader may do with a record now: which forms its page shows."""

from market.db import Work
from market.kernel.permits import holds
from market.reputation.models import CreditTalk
from market.reputation.permissions import MAY
from market.reputation.queries.measures import measure_row
from market.reputation.queries.records import Record, hands, may_still_state, proposer, row
from market.reputation.queries.talks import talk_row
from market.reputation.rules import (
    ENDS,
    MEASURE_STATEMENT,
    Act,
    CreditState,
    Grade,
    MeasureKind,
    MeasureState,
    Party,
    TalkState,
    may_follow,
    may_talk,
)
from market.windows import queries as windows_queries


def deeds(work: Work, found: Record) -> tuple[str, ...]:
    """The names of the reader's deeds, in the order of the page."""
    by_state = {
        CreditState.PROPOSED: ("state", "decide"),
        CreditState.IN_FORCE: ("appeal", "repair"),
        CreditState.APPEALED: ("decide_appeal",),
        CreditState.REPAIRING: ("decide_repair",),
    }
    names = (*by_state.get(found.state, ()), *AFTER)
    return tuple(name for name in names if ASKED[name](work, found))


def _may_state(work: Work, found: Record) -> bool:
    return _is_party(work, found) and may_still_state(work, found.number) is not None


def _may_decide(work: Work, found: Record) -> bool:
    return (
        found.body_id == work.actor.organisation_id
        and found.behaviour.decides in work.actor.duties
        and work.actor.person_id != proposer(work, row(work, found.number))
    )


def _may_appeal(work: Work, found: Record) -> bool:
    live = windows_queries.live_of(work, "credit.appeal", found.number)
    return _is_party(work, found) and live is not None


def _may_repair(work: Work, found: Record) -> bool:
    first = found.repairable_from
    return (
        _is_party(work, found)
        and found.party is Party.AGENCY
        and first is not None
        and first <= work.today
    )


def _may_decide_appeal(work: Work, found: Record) -> bool:
    body = found.appeal_body_id or found.body_id
    return (
        body == work.actor.organisation_id
        and holds(work.actor, MAY["credit.appeal_decide"])
        and work.actor.person_id not in hands(work, row(work, found.number))
    )


def _may_decide_repair(work: Work, found: Record) -> bool:
    need = "credit.repair_grave" if found.grade is Grade.GRAVE else "credit.repair_decide"
    proposed_by = next(step.person_id for step in found.steps if step.act is Act.PROPOSED)
    return (
        found.body_id == work.actor.organisation_id
        and holds(work.actor, MAY[need])
        and work.actor.person_id != proposed_by
    )


def _may_suspend(work: Work, found: Record) -> bool:
    former = measure_row(work, found.number)
    return (
        found.body_id == work.actor.organisation_id
        and holds(work.actor, MAY["credit.suspend"])
        and may_follow(
            MeasureKind.SUSPENSION, found.state, found.measure, found.article, found.cap_days
        )
        and (former is None or former.state is MeasureState.DROPPED)
    )


def _may_state_suspension(work: Work, found: Record) -> bool:
    live = windows_queries.live(work, MEASURE_STATEMENT, found.number)
    return _is_party(work, found) and live is not None


def _may_sign_suspension(work: Work, found: Record) -> bool:
    waiting = measure_row(work, found.number)
    return (
        found.body_id == work.actor.organisation_id
        and holds(work.actor, MAY["credit.sign_suspension"])
        and waiting is not None
        and waiting.state is MeasureState.PROPOSED
        and waiting.proposed_by != work.actor.person_id
    )


def _is_party(work: Work, found: Record) -> bool:
    mine = work.actor.organisation_id
    return found.organisation_id == mine and holds(work.actor, MAY["credit.state"])


def _may_call_talk(work: Work, found: Record) -> bool:
    former = talk_row(work, found.number)
    return (
        _is_body(work, found)
        and may_talk(found.state, found.party)
        and (former is None or former.state in ENDS)
    )


def _may_hold_talk(work: Work, found: Record) -> bool:
    called = _talk_in(work, found, TalkState.CALLED)
    return _is_body(work, found) and called is not None and called.on <= work.today


def _may_sign_talk(work: Work, found: Record) -> bool:
    return (
        found.organisation_id == work.actor.organisation_id
        and holds(work.actor, MAY["credit.sign_talk"])
        and _talk_in(work, found, TalkState.HELD) is not None
    )


def _may_close_talk(work: Work, found: Record) -> bool:
    return _is_body(work, found) and _talk_in(work, found, TalkState.HELD) is not None


def _talk_in(work: Work, found: Record, state: TalkState) -> CreditTalk | None:
    talk = talk_row(work, found.number)
    return talk if talk is not None and talk.state is state else None


def _is_body(work: Work, found: Record) -> bool:
    mine = work.actor.organisation_id
    return found.body_id == mine and holds(work.actor, MAY["credit.talk"])


AFTER = (
    "call_talk",
    "hold_talk",
    "sign_talk",
    "close_talk",
    "suspend",
    "state_suspension",
    "sign_suspension",
)
"""What may follow from a record that stands, in the order of its page."""
ASKED = {
    "call_talk": _may_call_talk,
    "hold_talk": _may_hold_talk,
    "sign_talk": _may_sign_talk,
    "close_talk": _may_close_talk,
    "state": _may_state,
    "decide": _may_decide,
    "appeal": _may_appeal,
    "repair": _may_repair,
    "suspend": _may_suspend,
    "state_suspension": _may_state_suspension,
    "sign_suspension": _may_sign_suspension,
    "decide_appeal": _may_decide_appeal,
    "decide_repair": _may_decide_repair,
}
