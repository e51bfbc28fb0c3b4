"""From the list to the closed sheets: letters, declarations, marks, and who leaves a seat."""

from collections.abc import Mapping

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.kernel.visible import trimmed
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules.states import EntryState
from market.selection.entries.service.failing import fail
from market.selection.kinds import Failure
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.scored import rules
from market.selection.scored.events import JurorReplaced, LettersFixed, SheetsClosed, SheetSealed
from market.selection.scored.models import ScoredJuror, ScoredLetter, ScoredSheet
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.rules import ACCEPT, SHEETS, Gone, JurorState, move_juror
from market.selection.scored.service import experts
from market.selection.scored.service.promise import matter
from market.selection.way import SealedList
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.rules import Kind
from market.workdays.rules import is_in_time
from verify.zjcs import draw as protocol
from verify.zjcs import scored as arithmetic

LONGEST_COMMENT = 500
CLOCK_HAND = 0
"""Stands for a person where nobody acted."""


def sealed(work: Work, of: SealedList) -> None:
    """The list stands: give each proposal its letter and let the jurors begin."""
    notice = notice_rows.by_number(work, of.number, lock=True)
    row = scored_rows.round_of(work, notice.id)
    row.list_leaf = of.leaf
    row.listed_at = work.now
    if of.failure is not None:
        return
    notice.state = move_notice(notice.state, NoticeState.SCORING)
    _fix_letters(work, notice)
    if row.experts is not None:
        experts.fix(work, notice, row)
        return
    for juror in scored_rows.jurors(work, notice.id):
        if juror.state is JurorState.SEATED:
            _open_days(work, notice, juror)


def _fix_letters(work: Work, notice: Notice) -> None:
    """Letters in an order that chance gave, hidden by salts."""
    number = str(notice.number)
    draw = sibling(number, Prefix.DRAW)
    entries = entry_rows.entries(work, notice.id, EntryState.LISTED)
    shuffled = sorted((work.entropy(16).hex(), entry.id) for entry in entries)
    by_id = {entry.id: entry for entry in entries}
    rows = []
    for place, (_, entry_id) in enumerate(shuffled, 1):
        letter = f"p{place}"
        salt = work.entropy(16).hex()
        entry = by_id[entry_id]
        work.session.add(
            ScoredLetter(notice_id=notice.id, entry_id=entry_id, letter=letter, salt=salt)
        )
        opened = {
            "no": entry.no,
            "letter": letter,
            "proposal": scored_rows.shown_digest(work, entry),
            "salt": salt,
        }
        rows.append({"no": entry.no, "commit": arithmetic.letter_commit(draw, opened)})
    rows.sort(key=lambda row: int(str(row["no"])))
    for chunk in protocol.in_parts(rows):
        record_draw(
            work,
            LettersFixed(subject=number, at=work.now, draw=draw, rows=chunk),
            alg=notice.alg,
        )


def open_answer(work: Work, notice: Notice, juror: ScoredJuror) -> None:
    """Ask who was drawn whether he takes part."""
    _open(work, notice, juror, ACCEPT)


def _open_days(work: Work, notice: Notice, juror: ScoredJuror) -> None:
    _open(work, notice, juror, SHEETS)


DAYS = {ACCEPT: Rulebook.juror_accept_days, SHEETS: Rulebook.juror_days}


def _open(work: Work, notice: Notice, juror: ScoredJuror, kind: Kind) -> None:
    rulebook = rulebooks.version(work, notice.rulebook)
    number = str(notice.number)
    due = windows.open_counted(
        work,
        kind,
        subject=number,
        matter=matter(number, juror.seat or 0),
        span=rulebook.window(DAYS[kind]),
        rulebook=rulebook.version,
        responsible_id=notice.owner_id,
        person_id=juror.person_id,
    )
    notice.draw_at = due.due_at


# --- the juror's own deeds ----------------------------------------------------------------
def declare(work: Work, *, number: str) -> None:
    """Declare, as a juror, that one has no interest in the owner's or an entrant's side, and begin.

    Refuses `notice.none`, `scored.wrong_state`, `scored.own_interest` where the person acts for one of
    the entrants, or has told the pool of a tie to a party; `scored.no_longer` where he was drawn and may
    not judge any more.
    """
    notice, juror = _mine(work, number)
    experts.require_free(work, notice, juror)
    listed = entry_rows.entries(work, notice.id, EntryState.LISTED)
    agencies = {entry.agency_id for entry in listed}
    acts_for = {each.organisation_id for each in accounts.memberships(work, juror.person_id)}
    if agencies & acts_for:
        raise Refusal("scored.own_interest")
    juror.state = move_juror(juror.state, JurorState.JUDGING)
    juror.declared_at = work.now
    if windows.close(work, ACCEPT, matter(number, juror.seat or 0)):
        _open_days(work, notice, juror)


def decline(work: Work, *, number: str) -> None:
    """Say, before one begins, that one cannot take part: the next in turn sits. Refuses `notice.none`,
    `scored.wrong_state`.
    """
    notice, juror = _mine(work, number)
    if juror.state is not JurorState.SEATED:
        raise Refusal("scored.wrong_state")
    leave_seat(work, notice, juror, Gone.DECLINED)


def recuse(work: Work, *, number: str) -> None:
    """Leave one's seat before the sheets are closed: the next reserve sits, and what was marked counts
    for nothing. Refuses `notice.none`, `scored.wrong_state`.
    """
    notice, juror = _mine(work, number)
    is_first = juror.state is JurorState.SEATED
    leave_seat(work, notice, juror, Gone.INTEREST if is_first else Gone.RECUSED)


def mark(work: Work, *, number: str, letter: str, marks: Mapping[str, int], comment: str) -> None:
    """Judge one proposal: the points of a level for each criterion, and why, for its entrant to read.
    It can be changed until the sheet is handed in.

    Refuses `notice.none`, `scored.no_letter`, `scored.wrong_state`, `scored.no_longer`,
    `scored.no_level`, `scored.no_comment`.
    """
    notice, juror = _mine(work, number)
    _require_judging(work, notice, juror)
    if letter not in letters_of(work, notice):
        raise NotFound("scored.no_letter")
    scoring = rules.read(notice.way)
    for each in scoring.criteria if scoring else ():
        if marks.get(each.code.value) not in {level.points for level in each.levels}:
            raise Invalid("scored.no_level", field=each.code.value)
    if not 0 < len(trimmed(comment)) <= LONGEST_COMMENT:
        raise Invalid("scored.no_comment", field="comment", most=LONGEST_COMMENT)
    codes = [each.code.value for each in scoring.criteria] if scoring else []
    kept = {code: int(marks[code]) for code in codes}
    scored_rows.sheet_of(work, juror.id).mark(letter, kept, trimmed(comment))


def hand_in(work: Work, *, number: str) -> str:
    """Lock one's sheet with its digest (hex) on the log. The last one closes the scoring.

    Refuses `notice.none`, `scored.wrong_state`, `scored.no_longer`, `scored.incomplete`.
    """
    notice, juror = _mine(work, number)
    _require_judging(work, notice, juror)
    sheet = scored_rows.sheet_of(work, juror.id)
    missing = sheet.lacks(letters_of(work, notice))
    if missing:
        raise Refusal("scored.incomplete", count=len(missing))
    salt = work.entropy(16).hex()
    whole = opened_sheet(work, notice, juror, sheet, salt)
    sha256 = arithmetic.sheet_digest(sibling(number, Prefix.DRAW), whole)
    juror.state = move_juror(juror.state, JurorState.HANDED_IN)
    sheet.salt = salt
    sheet.sha256 = sha256
    sheet.sealed_at = work.now
    windows.close(work, SHEETS, matter(number, juror.seat or 0))
    _record_sheet(work, notice, juror, sheet)
    work.session.flush()  # Whether it was the last is asked of the rows.
    _close_when_all_are_in(work, notice)
    return sha256


def _record_sheet(work: Work, notice: Notice, juror: ScoredJuror, sheet: ScoredSheet) -> None:
    number = str(notice.number)
    record_draw(
        work,
        SheetSealed(
            subject=number,
            at=work.now,
            draw=sibling(number, Prefix.DRAW),
            letters=letters_of(work, notice)[: protocol.PART_ROWS],
            seat=juror.seat or 0,
            sha256=str(sheet.sha256),
        ),
        alg=notice.alg,
    )


def opened_sheet(
    work: Work, notice: Notice, juror: ScoredJuror, sheet: ScoredSheet, salt: str
) -> Json:
    """A sheet as its digest covers it: marks in the order of the notice's criteria, comments as a digest."""
    scoring = rules.read(notice.way)
    codes = [each.code.value for each in scoring.criteria] if scoring else []
    comments = {"comments": sheet.comments, "salt": salt}
    return {
        "seat": juror.seat,
        "juror": juror.ref,
        "salt": salt,
        "comments": arithmetic.digest(arithmetic.COMMENTS, comments),
        "rows": [
            {
                "letter": letter.letter,
                "proposal": scored_rows.shown_digest(work, entry),
                "marks": [sheet.marks[letter.letter][code] for code in codes],
            }
            for letter, entry in scored_rows.letters(work, notice.id)
        ],
    }


def _close_when_all_are_in(work: Work, notice: Notice) -> None:
    seated = [row for row in scored_rows.jurors(work, notice.id) if _sits(row)]
    if any(row.state is not JurorState.HANDED_IN for row in seated):
        return
    number = str(notice.number)
    row = scored_rows.round_of(work, notice.id)
    row.closed_at = work.now
    row.closed_leaf = record_draw(
        work,
        SheetsClosed(
            subject=number,
            at=work.now,
            count=len(seated),
            draw=sibling(number, Prefix.DRAW),
        ),
        alg=notice.alg,
    )


def _sits(row: ScoredJuror) -> bool:
    return row.state not in (JurorState.RESERVE, JurorState.GONE)


def _mine(work: Work, number: str) -> tuple[Notice, ScoredJuror]:
    """The notice, locked, and the actor's seat in it. Refuses `scored.wrong_state` outside the scoring."""
    permissions.require(work.actor, "scored.judge")
    notice = scored_rows.scored_notice(work, number, lock=True)
    juror = scored_rows.juror_of(work, notice.id, work.actor.person_id)
    _require_scoring(work, notice)
    return notice, juror


def _require_scoring(work: Work, notice: Notice) -> None:
    is_open = notice.state is NoticeState.SCORING
    if not is_open or scored_rows.round_of(work, notice.id).closed_at is not None:
        raise Refusal("scored.wrong_state")


def _require_judging(work: Work, notice: Notice, juror: ScoredJuror) -> None:
    if juror.state is not JurorState.JUDGING:
        raise Refusal("scored.wrong_state")
    experts.require_in_pool(work, notice, juror)


def letters_of(work: Work, notice: Notice) -> list[str]:
    """The letters of a notice's proposals, in their order."""
    return [letter.letter for letter, _ in scored_rows.letters(work, notice.id)]


# --- who leaves a seat --------------------------------------------------------------------
def replace(work: Work, *, number: str, seat: int) -> None:
    """Put the next reserve into the seat of a juror whose days are over without a sheet, as the owner's
    signatory. Refuses `notice.none`, `scored.wrong_state`, `scored.not_overdue`.
    """
    permissions.require(work.actor, "scored.replace")
    notice = scored_rows.scored_notice(work, number, lock=True)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    if scored_rows.round_of(work, notice.id).experts is not None:
        raise Refusal("scored.office_replaces")
    leave_seat(work, notice, silent_in(work, notice, seat), Gone.SILENT)


def silent_in(work: Work, notice: Notice, seat: int) -> ScoredJuror:
    """Who sits there and has let his days pass. Refuses `notice.none`, `scored.wrong_state`,
    `scored.not_overdue`.
    """
    _require_scoring(work, notice)
    juror = next(
        (row for row in scored_rows.jurors(work, notice.id) if row.seat == seat and _sits(row)),
        None,
    )
    if juror is None:
        raise NotFound("notice.none")
    if juror.state is JurorState.HANDED_IN or not is_overdue(work, str(notice.number), seat):
        raise Refusal("scored.not_overdue")
    return juror


def is_overdue(work: Work, number: str, seat: int) -> bool:
    """Whether the days of a seat are over; a provisional end is none."""
    of = (windows_queries.live(work, kind, matter(number, seat)) for kind in (ACCEPT, SHEETS))
    found = next((due for due in of if due is not None), None)
    if found is None or found.is_provisional:
        return False
    return not is_in_time(work.received_at, found.due_at)


def leave_seat(
    work: Work, notice: Notice, juror: ScoredJuror, reason: Gone, delivery: str | None = None
) -> None:
    """Empty a seat and let the next in turn sit; without one the selection has failed. Who was drawn and may
    not judge any more sits for no moment: the turn is kept, and the one behind him follows. `delivery`: the
    digest (hex) of how somebody silent had been told.
    """
    seat = juror.seat or 0
    _empty(work, juror, reason)
    for kind in (ACCEPT, SHEETS):
        windows.close(work, kind, matter(str(notice.number), seat))
    work.session.flush()  # One live window of a seat: the old one first.

    for reserve in scored_rows.jurors(work, notice.id):
        if reserve.state is not JurorState.RESERVE:
            continue
        _follow(work, notice, reserve, seat, reason, delivery)
        if experts.why_not_today(work, notice, reserve) is None:
            is_drawn = scored_rows.round_of(work, notice.id).experts is not None
            _open(work, notice, reserve, ACCEPT if is_drawn else SHEETS)
            return
        reason = Gone.BARRED
        delivery = None
        _empty(work, reserve, reason)
    listed = len(entry_rows.entries(work, notice.id, EntryState.LISTED))
    fail(work, notice, Failure.NO_JURORS, listed=listed, least=0)


def _empty(work: Work, juror: ScoredJuror, reason: Gone) -> None:
    juror.state = move_juror(juror.state, JurorState.GONE)
    juror.reason = reason
    juror.gone_at = work.now
    juror.gone_by = work.actor.person_id or CLOCK_HAND


def _follow(
    work: Work,
    notice: Notice,
    reserve: ScoredJuror,
    seat: int,
    reason: Gone,
    delivery: str | None,
) -> None:
    """The next in turn takes a seat, which the log says with why it was empty."""
    number = str(notice.number)
    reserve.state = move_juror(reserve.state, JurorState.SEATED)
    reserve.seat = seat
    record_draw(
        work,
        JurorReplaced(
            subject=number,
            at=work.now,
            delivery=delivery,
            draw=sibling(number, Prefix.DRAW),
            reason=reason.value,
            ref=str(reserve.ref),
            seat=seat,
        ),
        alg=notice.alg,
    )
