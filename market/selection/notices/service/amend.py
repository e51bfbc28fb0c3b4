"""Amending an open notice: later times by the office; words, ceiling, time of service and who must
stay away by the decision on a complaint (rule 7; ADR-0014, ADR-0017).
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from market.db import Work
from market.kernel.clock import CHINA, local_date
from market.kernel.errors import Invalid, Refusal
from market.kernel.plain import Json
from market.selection import permissions
from market.selection.notices.models import Notice, NoticeAmendment
from market.selection.notices.queries import against, case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules import publication
from market.selection.notices.rules.publication import Case
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.terms import AMENDABLE, WORDED, Exclusion, fixed
from market.selection.notices.service.publish import close_windows, given, open_windows
from market.selection.notices.service.saying import document_of
from market.selection.way import way_of
from market.workdays import queries as workdays

Changes = Mapping[str, tuple[object, object]]
"""Field of AMENDABLE -> what it says before and after, as JSON keeps it: texts, fen, days, [[credit code, reason], ...]."""


def amend(
    work: Work, *, number: str, entry_close: dt.datetime, draw_at: dt.datetime, reason: str
) -> None:
    """Move the times of an open notice later, before its close, with a public reason (rule 7).

    Refuses `notice.amend_closed`, `notice.amend_earlier`, `notice.no_reasons` and what stands
    against the new times.
    """
    permissions.require(work.actor, "notice.amend")
    notice = open_notice(work, number)
    old_close = fixed(notice.entry_close)
    old_draw = fixed(notice.draw_at)
    if (
        entry_close < old_close
        or draw_at < old_draw
        or (entry_close, draw_at) == (old_close, old_draw)
    ):
        raise Invalid("notice.amend_earlier", field="entry_close")
    (reason,) = given([reason])
    judged = _at(case.case_of(work, notice), entry_close, draw_at)
    for refusal in publication.draws_after_the_close(judged):
        raise refusal
    for refusal in against.of_its_way(work, notice, judged.terms):
        raise refusal
    put_into_force(work, notice, judged, reason, {})


def postpone(work: Work, *, number: str, days: int, reason: str) -> dt.datetime:
    """Move close and draw of an open notice by so many working days, as an order of suspension says;
    `reason` is a code (words.CORRECTED). Returns the new close.

    Like `correct` it is called by a use case that has asked for permission. Refuses
    `notice.amend_closed` and what stands against the new times.
    """
    notice = open_notice(work, number)
    close = fixed(notice.entry_close)
    day = workdays.calendar(work).nth_after(local_date(close), days)
    later = dt.datetime.combine(day, close.astimezone(CHINA).time(), CHINA).astimezone(dt.UTC)
    found = case.case_of(work, notice)
    moved = dataclasses.replace(found.terms, draw_at=later + (fixed(notice.draw_at) - close))
    draw_at = way_of(notice.method).result_time(work, against.published(notice, moved))
    judged = _at(found, later, draw_at)
    for refusal in publication.draws_after_the_close(judged):
        raise refusal
    for refusal in against.of_its_way(work, notice, judged.terms):
        raise refusal
    put_into_force(work, notice, judged, reason, {})
    return later


def changes_of(
    work: Work, *, number: str, texts: Mapping[str, object]
) -> dict[str, tuple[object, object]]:
    """What `texts` (field of AMENDABLE -> what it is to say) would change in a notice."""
    notice = notice_rows.by_number(work, number)
    return {
        name: (getattr(notice, name), kept(name, texts[name]))
        for name in AMENDABLE
        if name in texts and kept(name, texts[name]) != kept(name, getattr(notice, name))
    }


def check_correction(work: Work, *, number: str, changes: Changes) -> None:
    """Judge changes to an open notice as `correct` will judge them, with its refusals."""
    corrected(work, open_notice(work, number), changes)


def correct(work: Work, *, number: str, changes: Changes, reason: str) -> None:
    """Change an open notice as a decision orders; its entry period is made up to the rulebook's
    minimum from now, never earlier than it was, and the draw moves with it. `reason` is a code
    (words.BY_DECISION).

    Like those of after.py it is called by a use case that has asked for permission. Refuses
    `notice.amend_closed`, `notice.words_moved` when it no longer says what was to be changed, and
    what stands against the new notice.
    """
    notice = open_notice(work, number)
    if any(getattr(notice, name) != before for name, (before, _) in changes.items()):
        raise Refusal("notice.words_moved")
    judged = corrected(work, notice, changes)
    for name, (_, after) in changes.items():
        setattr(notice, name, after)
    put_into_force(work, notice, judged, reason, changes)


def kept(name: str, said: object) -> object:
    """A field as it is kept, for comparing."""
    if name in WORDED and isinstance(said, str):
        return plain(said)
    if name == "exclusions" and isinstance(said, (list, tuple)):
        return [[uscc, reason.strip()] for uscc, reason in said]
    return said


def plain(text: str) -> str:
    """A text as it is kept: lines as a form sends them and as they were written are the same."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def open_notice(work: Work, number: str) -> Notice:
    """A notice before its close, locked. Refuses `notice.amend_closed`."""
    notice = notice_rows.by_number(work, number, lock=True)
    close = fixed(notice.entry_close)
    if notice.state is not NoticeState.ENTRY_OPEN or work.received_at >= close or work.now >= close:
        raise Refusal("notice.amend_closed")
    return notice


def corrected(
    work: Work, notice: Notice, changes: Changes, asked: dt.datetime | None = None
) -> Case:
    """The case of the notice with its changes and new times, the close at `asked` or where the
    rulebook puts it. Refuses what stands against it.
    """
    found = case.case_of(work, notice)
    close = fixed(notice.entry_close)
    draw_at = fixed(notice.draw_at)
    later = publication.later_close(asked or close, found, workdays.calendar(work))
    if later != close:
        moved = dataclasses.replace(found.terms, draw_at=later + (draw_at - close))
        draw_at = way_of(notice.method).result_time(work, against.published(notice, moved))
    said: Json = {name: after for name, (_, after) in changes.items()}
    if "exclusions" in said:
        said["exclusions"] = tuple(Exclusion(uscc, reason) for uscc, reason in said["exclusions"])
    terms = dataclasses.replace(found.terms, entry_close=later, draw_at=draw_at, **said)
    judged = dataclasses.replace(
        found, terms=terms, known_agencies=case.known_agencies(work, terms)
    )
    for refusal in publication.against_amendment(judged, changes):
        raise refusal
    _check_promised(notice, judged)
    for refusal in against.of_its_way(work, notice, terms):
        raise refusal
    return judged


def _check_promised(notice: Notice, judged: Case) -> None:
    """Refuse `notice.ceiling_promised` for a ceiling above the one by which sealed quotes are judged: that
    one stands in the notice's first leaf and stays (rule 7). A lower one takes out who lies above it.
    """
    promised = (notice.quote_rule or {}).get("ceiling")
    if promised is not None and (judged.terms.ceiling_fen or 0) > promised:
        raise Invalid("notice.ceiling_promised", field="ceiling_fen")


def _at(found: Case, entry_close: dt.datetime, draw_at: dt.datetime) -> Case:
    return dataclasses.replace(
        found, terms=dataclasses.replace(found.terms, entry_close=entry_close, draw_at=draw_at)
    )


def put_into_force(work: Work, notice: Notice, judged: Case, reason: str, changes: Changes) -> None:
    """Write an amendment that was judged: row, text, leaf, windows."""
    old_close = fixed(notice.entry_close)
    old_draw = fixed(notice.draw_at)
    notice.entry_close = fixed(judged.terms.entry_close)
    notice.draw_at = fixed(judged.terms.draw_at)
    notice.amended_at = work.now
    notice.amended_by = work.actor.person_id
    work.session.add(
        NoticeAmendment(
            notice_id=notice.id,
            old_close=old_close,
            new_close=notice.entry_close,
            old_draw=old_draw,
            new_draw=notice.draw_at,
            reason=reason,
            changes={name: list(pair) for name, pair in changes.items()},
            made_at=work.now,
            made_by=work.actor.person_id,
        )
    )

    way = way_of(notice.method)
    close_windows(work, notice)
    way.clock(work, str(notice.number), None)
    work.session.flush()  # One live window of a kind: the old ones first.

    notice.document = document_of(work, notice)
    way.amended(work, against.published(notice, case.terms_of(notice)))
    open_windows(work, notice)
    way.clock(work, str(notice.number), notice.draw_at)
