"""What a notice promises of a direct choice: the list that its owner chooses from, and until when."""

import datetime as dt
from functools import partial

from market.db import Work
from market.evaluations import queries as evaluations
from market.kernel.clock import epoch
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.direct import queries
from market.selection.direct.events import DirectListed, DirectPart, DirectPublished
from market.selection.direct.models import DirectPlace
from market.selection.direct.rules import ANSWER, CHOOSE, PRIOR_MATTERS, WEIGHTS
from market.selection.leaves import record_draw, record_list
from market.selection.notices.models import Notice
from market.selection.notices.rules.terms import fixed
from market.selection.way import Published
from market.windows import service as windows
from market.windows.rules import State as WindowState
from market.workdays import queries as workdays
from market.workdays.rules import Unit, deadline
from verify.zjcs import direct as protocol
from verify.zjcs.draw import RANKED_2
from verify.zjcs.ways import Record


def problems(work: Work, of: Published) -> list[Refusal]:
    """Somebody must be there to choose among. Of a public notice nothing: its list is made."""
    if of.number is not None or _candidates(work, _notice(work, of)):
        return []
    return [Refusal("direct.nobody")]


def result_time(work: Work, of: Published) -> dt.datetime:
    """Until when the owner chooses, counted from now by the rulebook of the notice."""
    n, unit = _rulebook(work, _notice(work, of)).window(Rulebook.choose_days)
    return deadline(work.now, n, Unit(unit), workdays.calendar(work)).due_at


def lay_down(work: Work, of: Published) -> None:
    """Make the list, and fix it in the log beside the promise."""
    notice = _notice(work, of)
    rule = _promise(work, of, notice)
    found = {each.ref: each for each in _candidates(work, notice)}
    records = queries.records(work, list(found))
    new = queries.newcomers(work, list(found))
    order = protocol.list_order(records, new, rule)

    _record_promise(work, of, rule)
    rows = [_row(place, ref, records[ref], ref in new) for place, ref in enumerate(order, 1)]
    _record_list(work, of, rows)
    work.session.add_all(
        DirectPlace(
            notice_id=of.notice_id,
            place=place,
            ref=ref,
            agency_id=found[ref].organisation_id,
            completed=records[ref].completed,
            stars=records[ref].stars,
            on_time=records[ref].on_time,
            is_new=ref in new,
        )
        for place, ref in enumerate(order, 1)
    )


def _record_promise(work: Work, of: Published, rule: Json) -> None:
    before = of.predecessor
    record_draw(
        work,
        DirectPublished(
            subject=str(of.number),
            alg=RANKED_2,
            choose_by=epoch(fixed(of.result_at)),
            draw=_draw(of),
            notice_sha256=str(of.document_sha256),
            predecessor=sibling(before, Prefix.DRAW) if before else None,
            project=of.project,
            rule=protocol.RULE,
            winners=protocol.WINNERS,
            **rule,
        ),
        alg=RANKED_2,
    )


def no_amendment(work: Work, of: Published) -> None:
    """A notice whose owner chooses has no times to move: it is cancelled and listed again."""
    raise ValueError("a direct choice is not amended")


def no_entries(work: Work, of: object) -> None:
    """Nobody enters a direct choice, so no list of entries is sealed."""
    raise ValueError("a direct choice has no entries")


def clock(work: Work, number: str, at: dt.datetime | None) -> None:
    """Open the owner's days to choose; None takes back whatever runs."""
    if at is None:
        for kind in (CHOOSE, ANSWER):
            windows.close(work, kind, number, state=WindowState.CANCELLED)
        return
    open_choosing(work, queries.direct_notice(work, number))


def open_choosing(work: Work, notice: Notice) -> dt.datetime:
    """The owner's days to choose begin; their end, which lists show as the notice's next instant."""
    rulebook = _rulebook(work, notice)
    due = windows.open_counted(
        work,
        CHOOSE,
        subject=str(notice.number),
        span=rulebook.window(Rulebook.choose_days),
        rulebook=rulebook.version,
        responsible_id=notice.owner_id,
    )
    notice.entry_close = due.due_at
    notice.draw_at = due.due_at
    return due.due_at


def _promise(work: Work, of: Published, notice: Notice) -> Json:
    """By what the list is sorted: part of the promise, so that anybody can sort it again."""
    rulebook = _rulebook(work, notice)
    platform = evaluations.of_all_agencies(work)
    return {
        "cap": rulebook.direct_completed_cap,
        "day": work.today.isoformat(),
        "prior": {"matters": PRIOR_MATTERS, "stars": platform.mean or 0, "on_time": 0},
        "weights": dict(WEIGHTS),
        "rulebook": {
            "version": rulebook.version,
            "sha256": rulebooks.one(work, rulebook.version).digest,
        },
    }


def _record_list(work: Work, of: Published, rows: list[Json]) -> None:
    facts: Json = {"subject": str(of.number), "draw": _draw(of)}
    record_list(
        work,
        rows,
        whole=partial(DirectListed, **facts, at=work.now),
        part=partial(DirectPart, **facts),
        alg=RANKED_2,
    )


def _row(place: int, ref: str, record: Record, is_new: bool) -> Json:
    known = {"stars": record.stars, "on_time": record.on_time}
    return {
        "completed": record.completed,
        "new": is_new,
        "place": place,
        "ref": ref,
        **{name: value for name, value in known.items() if value is not None},
    }


def _candidates(work: Work, notice: Notice) -> list[queries.Candidate]:
    away = [uscc for uscc, _ in notice.exclusions]
    return queries.candidates(work, notice.items, notice.owner_id, away)


def _notice(work: Work, of: Published) -> Notice:
    return work.session.get_one(Notice, of.notice_id)


def _rulebook(work: Work, notice: Notice) -> Rulebook:
    return rulebooks.version(work, notice.rulebook)


def _draw(of: Published) -> str:
    return sibling(str(of.number), Prefix.DRAW)
