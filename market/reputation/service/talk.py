"""A talk about a record: called for a day, held, its record signed by both sides."""

import datetime as dt

from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import check_shown, signs
from market.ledger.service import record
from market.reputation import permissions, queries, rules
from market.reputation.events import TalkCalled, TalkEnded, TalkHeld
from market.reputation.models import CreditEvent, CreditTalk
from market.reputation.rules import TalkState


def call_talk(work: Work, *, number: str, on: dt.date | None, place: str, topic: str) -> None:
    """Call the agency of a record in force to a talk on a day that lies ahead.

    Refuses `credit.none`, `credit.no_talk`, `credit.talk_waits` while another one is open,
    `credit.talk_day`, `credit.text`.
    """
    permissions.require(work.actor, "credit.talk")
    row = _of_body(work, number)
    rules.check_may_talk(row.state, row.party)
    former = queries.talk_row(work, number)
    if former is not None and former.state not in rules.ENDS:
        raise Refusal("credit.talk_waits")
    day = rules.check_talk_day(on, work.today)

    work.session.add(
        CreditTalk(
            event_id=row.id,
            state=TalkState.CALLED,
            on=day,
            place=rules.check_text(place, "place"),
            topic=rules.check_text(topic, "topic"),
            called_at=work.now,
            called_by=work.actor.person_id,
        )
    )
    record(work, TalkCalled(subject=number, on=day))


def hold_talk(work: Work, *, number: str, minutes: str) -> None:
    """Write the record of the talk, from its day on; whoever writes it signs for the body.

    Refuses `credit.none`, `credit.talk_state`, `credit.talk_early`, `credit.text`.
    """
    permissions.require(work.actor, "credit.talk")
    _of_body(work, number)
    talk = _talk(work, number)
    said = rules.check_text(minutes, "minutes")
    talk.state = rules.move_talk(talk.state, TalkState.HELD)
    if work.today < talk.on:
        raise Refusal("credit.talk_early", on=talk.on)
    talk.minutes = said
    talk.held_at = work.now
    talk.held_by = work.actor.person_id
    record(work, TalkHeld(subject=number))


@signs(queries.talk_shown, key="number")
def sign_talk(work: Work, *, number: str, remark: str, shown: str) -> None:
    """Sign the record of the talk for the agency, with what it has to add, if anything.

    Refuses `not_permitted`, `credit.none`, `credit.talk_state`, `credit.text`, `shown.changed`.
    """
    permissions.require(work.actor, "credit.sign_talk")
    row = queries.row(work, number, for_update=True)
    if row.organisation_id != work.actor.organisation_id:
        raise NotFound("credit.none")
    talk = _talk(work, number)
    check_shown(shown, queries.talk_shown(work, number))
    talk.remark = rules.check_text(remark, "remark") if remark else ""
    talk.signed_at = work.now
    talk.signed_by = work.actor.person_id
    _end(work, number, talk, TalkState.SIGNED)


def close_talk(work: Work, *, number: str, remark: str) -> None:
    """Say that the agency did not sign, and why as far as it is known; it has no other effect.

    Refuses `credit.none`, `credit.talk_state`, `credit.text`.
    """
    permissions.require(work.actor, "credit.talk")
    _of_body(work, number)
    talk = _talk(work, number)
    talk.remark = rules.check_text(remark, "remark")
    _end(work, number, talk, TalkState.UNSIGNED)


def cancel_talk(work: Work, row: CreditEvent) -> None:
    """A record that has ended takes its talk with it."""
    talk = queries.talk_row(work, row.number)
    if talk is not None and talk.state not in rules.ENDS:
        _end(work, row.number, talk, TalkState.CANCELLED)


def _end(work: Work, number: str, talk: CreditTalk, outcome: TalkState) -> None:
    talk.state = rules.move_talk(talk.state, outcome)
    talk.ended_at = work.now
    record(work, TalkEnded(subject=number, outcome=outcome.value))


def _talk(work: Work, number: str) -> CreditTalk:
    talk = queries.talk_row(work, number)
    if talk is None:
        raise NotFound("credit.none")
    return talk


def _of_body(work: Work, number: str) -> CreditEvent:
    row = queries.row(work, number, for_update=True)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("credit.none")
    return row
