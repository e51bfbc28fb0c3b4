"""When a source gives no value: losses and failures on the log, the fallbacks that follow, the
lottery read by two.

Nothing here draws again: a fallback takes the place of a value that never came
(docs/rules.md#fallbacks, rules 9 and 10).
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from market.db import Work
from market.kernel.clock import epoch, from_epoch
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.moments import moment
from market.kernel.plain import Json
from market.kernel.shown import another_person, check_shown, signs
from market.selection import permissions
from market.selection.kinds import Failure
from market.selection.leaves import record_draw
from market.selection.sources.events import SourceFailed, SourceLost, SourceValued
from market.selection.sources.models import (
    DrawSource,
    LotteryReport,
    NoticeLot,
    SourceFailure,
    SourceValue,
)
from market.selection.sources.queries import failing
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.rules import plan
from market.selection.sources.rules.plan import Failed, Step
from market.selection.sources.rules.states import DrawState
from verify.zjcs import draw as protocol
from verify.zjcs import keys as verifier_keys
from verify.zjcs import note as notes
from verify.zjcs.case import NUMBERED_BY
from verify.zjcs.faults import Fault
from verify.zjcs.sources import lost_text

PATIENCE = dt.timedelta(seconds=protocol.PATIENCE)
REASONS = ("NO_ANSWER", "SECRET_LOST")
NOTE_LIMIT = 4000  # characters in a leaf


@dataclasses.dataclass(frozen=True)
class Course:
    """What stands behind a draw: the transcript of its seed once all is in, why it cannot be drawn,
    the level reached.
    """

    transcript: list[Json] | None
    fault: Failure | None
    has_failed: bool
    level: str


def course(work: Work, draw: NoticeLot, seen_at: dt.datetime, witnesses: int) -> Course:
    """Settle which sources a draw has now, fallbacks included, and what they have given.

    `seen_at` is when its seal was first witnessed: what was known before that cannot be drawn from.
    `witnesses`: how many cosigned the seal in time.
    """
    steps = _settle(work, draw)
    known = [work.session.get(SourceValue, (step.source, step.slot)) for step in steps]
    values = [
        value
        for step, value in zip(steps, known, strict=True)
        if value is not None and not step.failed
    ]
    is_whole = plan.is_covered(steps) and all(
        step.failed or value for step, value in zip(steps, known, strict=True)
    )
    return Course(
        [_used(step, value) for step, value in zip(steps, known, strict=True)]
        if is_whole
        else None,
        _fault(draw, steps, values, seen_at),
        any(step.failed for step in steps),
        _level(work, steps, witnesses),
    )


def _settle(work: Work, draw: NoticeLot) -> list[Step]:
    """Lay down the fallbacks that the failures so far call for, by the verifiers' own order."""
    found = source_rows.plan_of(work, draw.id)
    planned = [row for row in found if not row.is_fallback]

    def failure(source: str, kind: str, slot: int) -> Failed | None:
        row = failing.failure(work, source, kind, slot)
        return Failed(row.leaf, epoch(row.failed_at)) if row else None

    steps = plan.with_fallbacks(
        [Step(row.source, row.kind, row.slot) for row in planned], draw.fallback, failure
    )
    laid = [(row.source, row.slot, row.failed_leaf) for row in found]
    if laid != [
        (step.source, step.slot, step.failed.leaf if step.failed else None) for step in steps
    ]:
        for row in found:
            work.session.delete(row)
        work.session.flush()
        work.session.add_all(
            DrawSource(
                draw_id=draw.id,
                position=position,
                source=step.source,
                kind=step.kind,
                slot=step.slot,
                failed_leaf=step.failed.leaf if step.failed else None,
                is_fallback=step.is_fallback,
            )
            for position, step in enumerate(steps)
        )
        work.session.flush()
    return steps


def _used(step: Step, value: SourceValue | None) -> Json:
    """A source as it stands in the transcript of the seed."""
    if step.failed or value is None:
        return {"id": step.source, "failed_leaf": step.failed.leaf if step.failed else None}
    number = value.value.split("/")[1] if step.kind == "lottery" else step.slot
    return {"id": step.source, NUMBERED_BY[step.kind]: number, "value": value.value}


def _fault(
    draw: NoticeLot, steps: Sequence[Step], values: Sequence[SourceValue], seen_at: dt.datetime
) -> Failure | None:
    """A list that was sealed after a value was known, or after a source was lost, is not drawn but
    listed again.
    """
    if any(value.revealed_at < seen_at for value in values):
        return Failure.SYSTEM_FAULT
    if draw.sealed_at and any(
        step.failed and step.failed.at <= epoch(draw.sealed_at) for step in steps
    ):
        return Failure.SOURCE_LOST
    return None


def _level(work: Work, steps: Sequence[Step], witnesses: int) -> str:
    good = {step.source: step.kind for step in steps if not step.failed}
    chains = [chain for chain in source_rows.chains(work) if chain.source in good]
    return plan.level(chains, any(kind != "chain" for kind in good.values()), witnesses)


def refuse_final(work: Work, row: DrawSource) -> None:
    """Refuse a value of a source that failed for good.

    Refuses `draw.lottery_by_officers`, `draw.source_lost`, `draw.source_failed` (another draw went
    by the failure).
    """
    if row.kind == "lottery":
        raise Refusal("draw.lottery_by_officers")
    if failing.failure(work, row.source, row.kind, row.slot) is None:
        return
    if row.kind == "chain":
        raise Refusal("draw.source_lost")
    went_by = (
        select(NoticeLot.id)
        .join(DrawSource, DrawSource.draw_id == NoticeLot.id)
        .where(
            NoticeLot.state == DrawState.DRAWN,
            DrawSource.source == row.source,
            DrawSource.slot == row.slot,
            DrawSource.failed_leaf.is_not(None),
        )
        .limit(1)
    )
    if work.session.scalar(went_by) is not None:
        raise Refusal("draw.source_failed")


# --- a chain that is lost -----------------------------------------------------------------


def _check_given_up(work: Work, source: str, slot: int) -> None:
    """The slot is the one that is waited for, a day after its time. Refuses as `lose_chain` does."""
    chain = next((each for each in source_rows.chains(work) if each.source == source), None)
    if chain is None:
        raise NotFound("draw.no_source")
    if failing.loss(work, source):
        raise Refusal("source.lost_already")
    waited = failing.waited_slot(work, source)
    if waited is None:
        raise Refusal("source.not_waited")
    if slot != waited:
        raise Invalid("source.other_slot", field="slot", slot=waited)
    due = from_epoch(chain.due_at(slot))
    if work.now < due + PATIENCE:
        raise Refusal("source.lost_early", at=moment(due + PATIENCE))


def lose_chain(
    work: Work, *, source: str, slot: int, reason: str, signed: Sequence[str], vkeys: Sequence[str]
) -> None:
    """Declare a chain lost from a slot on, for ever: signed by its owner and another body, a day
    after the slot's time.

    `signed` are notes over `verify.zjcs.sources.lost_text`, each as one body's program printed it;
    `vkeys` the log's verifier key, then its witnesses'. Refuses `draw.no_source`,
    `source.lost_already`, `source.not_waited`, `source.other_slot`, `source.lost_early`,
    `source.reason`, `source.note_malformed`, `source.note_other`, `source.note_signers`.
    """
    permissions.require(work.actor, "source.lose")
    _check_given_up(work, source, slot)
    if reason not in REASONS:
        raise Invalid("source.reason", field="reason")
    text = _twice_signed(source, slot, signed, vkeys)
    leaf = record_draw(
        work,
        SourceLost(
            subject=source,
            source=source,
            slot=slot,
            at=work.now,
            reason=reason.lower(),  # as zjcs-draw/2 spells codes; draws of both read this leaf
            by=str(work.actor.kind),
            note=text,
        ),
    )
    work.session.add(SourceFailure(source=source, slot=slot, leaf=leaf, failed_at=work.now))


def _twice_signed(source: str, slot: int, signed: Sequence[str], vkeys: Sequence[str]) -> str:
    """One note with the signatures of the chain's owner and of another body, from the notes that
    each has made.
    """
    origin = notes.parse_vkey(vkeys[0]).name
    known = verifier_keys.claimed(origin, vkeys[:1], vkeys[1:])
    lines = []
    signers = set()
    text = lost_text(source, slot)
    try:
        for each in map(_tidy, filter(str.strip, signed)):
            parsed = notes.parse_note(each)
            if parsed.text != text:
                raise Invalid("source.note_other", field="signed")
            for key in (*known.log, *known.witnesses):
                if notes.verify_signature(parsed, key) is not None:
                    signers.add(key.name)
                    lines += [
                        line
                        for line in parsed.signatures
                        if (line.name, line.key_id) == (key.name, key.id)
                    ]
        whole = notes.format_note(text, list(dict.fromkeys(lines)))
    except Fault as fault:
        raise Invalid("source.note_malformed", field="signed") from fault
    owner = known.owner(source)
    if owner not in signers or len(signers) < 2 or len(whole) > NOTE_LIMIT:
        raise Invalid(
            "source.note_signers",
            field="signed",
            owner=owner,
            found=", ".join(sorted(signers)) or "—",
        )
    return whole


def _tidy(pasted: str) -> str:
    """A note as its program printed it, whatever the clipboard made of line ends and blank lines
    around it.
    """
    return pasted.replace("\r\n", "\n").strip("\n ") + "\n"


# --- a round that never came --------------------------------------------------------------


def note_failed(work: Work, *, source: str, round_: int) -> bool:
    """Say on the log that a beacon's round has been missing for a day; False when it is there, is
    not that late, or was said. Whoever hands the round in before a draw goes by it makes the
    failure
    void.
    """
    permissions.require(work.actor, "selection.clock")
    at = (source, round_)
    if (
        work.now < from_epoch(protocol.drand_time(round_)) + PATIENCE
        or work.session.get(SourceValue, at) is not None
        or work.session.get(SourceFailure, at) is not None
    ):
        return False
    leaf = record_draw(
        work,
        SourceFailed(
            subject=source, source=source, round=round_, at=work.now, by="clock", reason="NO_ANSWER"
        ),
    )
    work.session.add(SourceFailure(source=source, slot=round_, leaf=leaf, failed_at=work.now))
    return True


# --- the lottery, read by two -------------------------------------------------------------


def report_lottery(work: Work, *, issue: str, day: dt.date, numbers: Sequence[int]) -> int:
    """Enter a 快乐8 issue as its public result says it; another officer must confirm it. Returns
    the report's id.

    Refuses `lottery.not_drawn`, `lottery.not_waited`, `lottery.malformed`.
    """
    permissions.require(work.actor, "lottery.report")
    if epoch(work.now) < plan.evening_time(day.toordinal()):
        raise Invalid("lottery.not_drawn", field="day")
    if not failing.lottery_waiting(work, day.toordinal()):
        raise Refusal("lottery.not_waited")
    try:
        value = protocol.lottery_value(issue, numbers)
    except Fault as fault:
        raise Invalid("lottery.malformed", field="numbers") from fault
    if not issue.startswith(str(day.year)):
        raise Invalid("lottery.malformed", field="issue")
    report = LotteryReport(
        issue=issue,
        day=day.toordinal(),
        value=value,
        proposed_at=work.now,
        proposed_by=work.actor.person_id,
    )
    work.session.add(report)
    work.session.flush()
    return report.id


@signs(failing.lottery_shown, key="report_id")
def confirm_lottery(work: Work, *, report_id: int, shown: str) -> list[str]:
    """Confirm a report as a second person: it becomes the value of every draw that waits for an
    issue of that day or before.

    Returns the numbers of those draws. Refuses `lottery.none`, `lottery.confirmed`,
    `lottery.second_person`, `lottery.not_waited`.
    """
    permissions.require(work.actor, "lottery.report")
    report = work.session.get(LotteryReport, report_id, with_for_update=True)
    if report is None:
        raise NotFound("lottery.none")
    if report.confirmed_at is not None:
        raise Refusal("lottery.confirmed")
    another_person(work.actor.person_id, report.proposed_by, code="lottery.second_person")
    check_shown(shown, failing.lottery_shown(work, report_id))
    waiting = failing.lottery_waiting(work, report.day)
    if not waiting:
        raise Refusal("lottery.not_waited")
    report.confirmed_at = work.now
    report.confirmed_by = work.actor.person_id
    for row in waiting:
        work.session.add(
            SourceValue(source=row.source, slot=row.slot, value=report.value, revealed_at=work.now)
        )
        record_draw(
            work,
            SourceValued(
                subject=row.source, source=row.source, issue=report.issue, value=report.value
            ),
        )
    return [row.draw_no for row in waiting]
