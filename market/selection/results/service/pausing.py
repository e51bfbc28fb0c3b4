"""An owner pauses its open notice: later times before the close (rule 7), with a code of a closed list. The
office agrees, or the sector regulator once somebody has entered; the owner lets it go on (ADR 0081).
"""

from market.accounts import queries as accounts
from market.accounts.rules import Kind, organisation_ref
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.owners import queries as owners
from market.owners.rules import Kind as OwnerKind
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.selection.results.events import (
    PauseAsked,
    PauseBegan,
    PauseEnded,
    PauseRefused,
)
from market.selection.results.models import Pause
from market.selection.results.queries import pausing
from market.selection.results.rules import suspending as rules
from market.selection.results.rules.pausing import (
    ASKED,
    PAUSE,
    PauseCode,
    PauseState,
    move_pause,
)
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState

REASON = "paused"  # of the amendment that a pause is, as a code
OVER = "over"
RESUMED = "resumed"


def propose_pause(
    work: Work, *, number: str, days: int | None, why: PauseCode, reason: str
) -> None:
    """Propose to pause one's own open notice for so many working days, with a public reason. Who may
    sign for a firm or himself has signed by it.

    Refuses `notice.none`, `pause.too_late`, `pause.live`, at its field `suspension.days` and
    `suspension.no_words`.
    """
    permissions.require(work.actor, "pause.propose")
    notice = _own(work, number)
    if result_queries.live_pause(work, number) is not None:
        raise Refusal("pause.live")
    row = Pause(
        notice_id=notice.id,
        number=number,
        state=PauseState.PROPOSED,
        code=why,
        days=rules.check_days(days, *_cap(work, number)),
        reason=rules.check_words(reason, "reason"),
        note="",
        proposed_at=work.now,
        proposed_by=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()  # The log below names it.
    if not _needs_two(work) and work.actor.has(notice_service.SIGNATORY):
        _ask(work, row, notice)


def _own(work: Work, number: str) -> result_queries.Selection:
    notice = result_queries.notice(work, number)
    if notice.owner_organisation_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    _check_open(work, notice)
    return notice


def _check_open(work: Work, notice: result_queries.Selection) -> None:
    if notice.state not in rules.BEFORE or work.now >= notice.entry_close:
        raise Refusal("pause.too_late")


def _needs_two(work: Work) -> bool:
    owner = owners.of_actor(work)
    return owner is None or owner.kind is OwnerKind.PUBLIC


def _cap(work: Work, number: str) -> tuple[int, int]:
    """The most working days of all pauses of a notice, and how many are used."""
    return rulebooks.in_force(work).pause_cap_days, result_queries.paused_days(work, number)


@signs(pausing.pause_shown, key="number")
def sign_pause(work: Work, *, number: str, shown: str) -> None:
    """Sign it for the owner: it goes to whoever decides. Refuses `notice.none`, `pause.none`,
    `pause.too_late`, `pause.wrong_state`, `notice.same_person` in public bodies, `shown.changed`.
    """
    permissions.require(work.actor, "pause.sign")
    notice = _own(work, number)
    row = _live(work, number, PauseState.PROPOSED)
    if _needs_two(work):
        another_person(work.actor.person_id, row.proposed_by, code="notice.same_person")
    check_shown(shown, pausing.pause_shown(work, number))
    _ask(work, row, notice)


def _ask(work: Work, row: Pause, notice: result_queries.Selection) -> None:
    row.state = move_pause(row.state, PauseState.ASKED)
    row.signed_at = work.now
    row.signed_by = work.actor.person_id
    _lay_before(work, row, _decider(work, notice), notice)


def _lay_before(work: Work, row: Pause, body_id: int, notice: result_queries.Selection) -> None:
    row.body_id = body_id
    book = rulebooks.version(work, notice.rulebook)
    windows.open_counted(
        work,
        ASKED,
        subject=row.number,
        rulebook=book.version,
        span=book.window(Rulebook.formal_check_days),
        responsible_id=body_id,
    )
    record(
        work,
        PauseAsked(
            subject=row.number,
            pause=row.id,
            code=row.code.value,
            days=row.days,
            body=organisation_ref(body_id),
        ),
    )


def _decider(work: Work, notice: result_queries.Selection) -> int:
    """The office while nobody has entered; then the lead regulator, or another one that is concerned
    where that is the owner itself, else the managing authority.
    """
    office = accounts.office(work).id
    if not notice.entries:
        return office
    others = [each for each in notice.regulators if each != notice.owner_organisation_id]
    above = [each.id for each in accounts.organisations(work, Kind.AUTHORITY)]
    return next(iter([*others, *above]), office)


@signs(pausing.pause_shown, key="number")
def agree_pause(work: Work, *, number: str, shown: str) -> bool:
    """Agree: close and selection move by its days and it is in force. Where somebody has entered since
    it was laid before the office it goes to the regulator instead; then the answer is False.

    Refuses `pause.none`, `pause.too_late`, `pause.wrong_state`, `shown.changed`,
    `suspension.days` where an order has used the days meanwhile.
    """
    permissions.require(work.actor, "pause.decide")
    row = _deciding(work, number, shown)
    notice = result_queries.notice(work, number)
    _check_open(work, notice)
    rules.check_days(row.days, *_cap(work, number))
    windows.close(work, ASKED, number)
    decider = _decider(work, notice)
    if decider != row.body_id and row.body_id == accounts.office(work).id:
        work.session.flush()  # One live window of a kind.
        _lay_before(work, row, decider, notice)
        return False

    row.until = notice_service.postpone(work, number=number, days=row.days, reason=REASON)
    row.state = move_pause(row.state, PauseState.IN_FORCE)
    row.decided_at = work.now
    row.decided_by = work.actor.person_id
    windows.open_at(work, PAUSE, subject=number, due_at=row.until)
    record(
        work,
        PauseBegan(
            subject=number,
            pause=row.id,
            code=row.code.value,
            body=organisation_ref(row.body_id or 0),
            until=row.until,
        ),
    )
    return True


@signs(pausing.pause_shown, key="number")
def refuse_pause(work: Work, *, number: str, note: str, shown: str) -> None:
    """Not agree, with the reason for the owner. Refuses as `agree_pause`, and `pause.no_note`."""
    permissions.require(work.actor, "pause.decide")
    row = _deciding(work, number, shown)
    if not trimmed(note):
        raise Invalid("pause.no_note", field="note")
    row.note = trimmed(note)
    row.state = move_pause(row.state, PauseState.REFUSED)
    row.decided_at = work.now
    row.decided_by = work.actor.person_id
    windows.close(work, ASKED, number)
    body = organisation_ref(row.body_id or 0)
    record(work, PauseRefused(subject=number, pause=row.id, body=body))


def drop_pause(work: Work, *, number: str) -> None:
    """Take a pause back that nobody has decided. Refuses `notice.none`, `pause.none`,
    `pause.wrong_state`.
    """
    permissions.require(work.actor, "pause.own")
    row = _of_owner(work, number)
    if row.state is PauseState.ASKED:
        windows.close(work, ASKED, number)
    row.state = move_pause(row.state, PauseState.DROPPED)


def resume(work: Work, *, number: str) -> None:
    """Let a paused notice of one's own go on before its time; what has moved stays. Refuses
    `notice.none`, `pause.none`, `pause.wrong_state`.
    """
    permissions.require(work.actor, "pause.sign")
    row = _of_owner(work, number)
    row.resumed_at = work.now
    row.resumed_by = work.actor.person_id
    _end(work, row, RESUMED)
    windows.close(work, PAUSE, number, state=WindowState.CANCELLED)


def pause_over(work: Work, due: Due) -> None:
    """Its days are over: the notice goes on."""
    permissions.require(work.actor, "selection.clock")
    row = result_queries.live_pause(work, due.matter)
    if row is not None and row.state is PauseState.IN_FORCE:
        _end(work, row, OVER)


def _end(work: Work, row: Pause, how: str) -> None:
    row.state = move_pause(row.state, PauseState.ENDED)
    row.ended_at = work.now
    row.how = how
    record(work, PauseEnded(subject=row.number, pause=row.id, how=how))


def _live(work: Work, number: str, state: PauseState) -> Pause:
    row = result_queries.live_pause(work, number)
    if row is None:
        raise NotFound("notice.none")
    if row.state is not state:
        raise Refusal("pause.wrong_state")
    return row


def _of_owner(work: Work, number: str) -> Pause:
    notice = result_queries.notice(work, number)
    if notice.owner_organisation_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    row = result_queries.live_pause(work, number)
    if row is None:
        raise NotFound("pause.none")
    return row


def _deciding(work: Work, number: str, shown: str) -> Pause:
    """The pause for one of the body before which it lies."""
    row = _live(work, number, PauseState.ASKED)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    another_person(work.actor.person_id, row.proposed_by, row.signed_by, code="notice.own_matter")
    check_shown(shown, pausing.pause_shown(work, number))
    return row


WINDOW_HANDLERS = {PAUSE.name: pause_over}
