"""A scored selection as pages see it: how it is scored, who judges, what came of it."""

import dataclasses
import datetime as dt
from collections import Counter

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.db import Work
from market.kernel.errors import NotFound
from market.rulebook import queries as rulebooks
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState
from market.selection.jurors import queries as pool_queries
from market.selection.jurors.rules import Why
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.results import queries as result_queries
from market.selection.results.queries.cards import Selection
from market.selection.scored import rules
from market.selection.scored.models import ScoredJuror, ScoredRound
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.rules import ACCEPT, SHEETS, Gone, JurorState, Scoring
from market.selection.sources.queries import rows as source_rows
from market.windows import queries as windows_queries
from market.windows.queries import Due
from market.workdays.rules import is_in_time
from verify.zjcs import experts


@dataclasses.dataclass(frozen=True)
class Seat:
    """Who sits or sat: `seat` None for a reserve; `due` while he has not handed in; `is_own`: the owner named
    him, no lot did.
    """

    person_id: int
    name: str
    seat: int | None
    state: JurorState
    reason: Gone | None
    due: Due | None
    is_overdue: bool
    is_own: bool


@dataclasses.dataclass(frozen=True)
class Drawn:
    """How the experts of a notice are drawn: `own` seats of the owner's, the category, when the lot is (None
    before the list stands), its seed (hex) once it is out, whether it was postponed, how many are in it, and how many are not by why.
    """

    own: int
    category: str
    draw_at: dt.datetime | None
    seed: str | None
    is_postponed: bool
    listed: int
    excluded: dict[Why, int]


@dataclasses.dataclass(frozen=True)
class Course:
    """How far a scoring has come: how it is scored, the panel, when sheets were closed and quotes
    opened.
    """

    scoring: Scoring
    seats: tuple[Seat, ...]
    listed_at: dt.datetime | None
    closed_at: dt.datetime | None
    opened_at: dt.datetime | None
    entrants: tuple[str, ...]
    drawn: Drawn | None = None

    @property
    def handed_in(self) -> int:
        """How many sheets are in."""
        return sum(each.state is JurorState.HANDED_IN for each in self.seats)


def scoring_of(work: Work, notice_id: int) -> Scoring | None:
    """How a notice, public or not, is scored; None of another way, or where nothing is written."""
    notice = notice_rows.by_id(work, notice_id)
    return rules.read(notice.way or {}) if scored_rows.is_scored(notice.method) else None


def credit_max(work: Work, notice_id: int, *, by_pool: bool) -> int:
    """The most points that credit may weigh in a draft; 0 where it may not be scored."""
    notice = notice_rows.by_id(work, notice_id)
    return rules.credit_max(rulebooks.version(work, notice.rulebook), by_pool=by_pool)


def panel_of(work: Work, notice_id: int) -> tuple[list[int], list[int]]:
    """The persons who are named for a draft: seats, reserves."""
    named = scored_rows.jurors(work, notice_id)
    return (
        [row.person_id for row in named if row.seat is not None],
        [row.person_id for row in named if row.seat is None],
    )


def course(work: Work, number: str) -> Course:
    """How far the scoring of a public notice has come. Refuses `notice.none`."""
    notice = scored_rows.scored_notice(work, number)
    row = scored_rows.round_of(work, notice.id)
    scoring = rules.read(notice.way or {})
    if scoring is None:
        raise ValueError("a published notice has its criteria")
    named = scored_rows.jurors(work, notice.id)
    listed = scored_rows.letters(work, notice.id)
    known = agencies.by_refs(work, [entry.ref for _, entry in listed])
    return Course(
        scoring,
        tuple(_seat(work, number, each) for each in named),
        row.listed_at,
        row.closed_at,
        row.opened_at,
        tuple(sorted(_name(known, entry) for _, entry in listed)),
        drawn_of(work, notice.id, row),
    )


def drawn_of(work: Work, notice_id: int, row: ScoredRound) -> Drawn | None:
    """How the experts are drawn; None where the owner named its own."""
    if row.experts is None:
        return None
    lot = source_rows.fixed_lot(work, notice_id, experts.LABEL)
    listing = [one.why for one, _member in pool_queries.listing(work, notice_id)]
    return Drawn(
        own=row.experts["own"],
        category=row.experts["category"],
        draw_at=lot.draw_at if lot else None,
        seed=lot.seed if lot else None,
        is_postponed=lot is not None and lot.postponed_at is not None,
        listed=sum(why is None for why in listing),
        excluded=dict(Counter(why for why in listing if why)),
    )


def _name(known: dict[str, agencies.AgencyCard], entry: Entry) -> str:
    return known[entry.ref].name if entry.ref in known else entry.ref


def _seat(work: Work, number: str, row: ScoredJuror) -> Seat:
    of = (windows_queries.live(work, kind, f"{number}/{row.seat}") for kind in (ACCEPT, SHEETS))
    due = next((each for each in of if each is not None), None) if row.seat else None
    sits = row.state in (JurorState.SEATED, JurorState.JUDGING)
    is_over = due is not None and not due.is_provisional and not is_in_time(work.now, due.due_at)
    return Seat(
        row.person_id,
        accounts.person(work, row.person_id).name,
        row.seat,
        row.state,
        row.reason,
        due if sits else None,
        sits and is_over,
        row.place <= rules.BEHIND,
    )


def overdue_seat(work: Work, number: str, seat: int) -> Selection:
    """The notice of a drawn expert's seat whose days are over, for the office. Refuses `notice.none`."""
    whole = course(work, number)
    if whole.drawn is None or not any(one.seat == seat and one.is_overdue for one in whole.seats):
        raise NotFound("notice.none")
    return result_queries.notice(work, number)


# --- the juror's desk ---------------------------------------------------------------------
@dataclasses.dataclass(frozen=True)
class Proposal:
    """A proposal as a juror sees it: letter, text by criterion or a file (its digest, hex), whether its
    named part can be read too, marks and comment so far.
    """

    letter: str
    texts: dict[str, str]
    sha256: str | None
    has_named: bool
    marks: dict[str, int]
    comment: str

    @property
    def is_judged(self) -> bool:
        """Whether it was marked."""
        return bool(self.marks)


@dataclasses.dataclass(frozen=True)
class Desk:
    """A notice on a juror's desk."""

    number: str
    title: str
    owner: str
    seat: Seat
    course: Course
    proposals: tuple[Proposal, ...]
    sha256: str | None
    salt: str | None
    is_open: bool

    @property
    def missing(self) -> int:
        """How many proposals are not judged."""
        return sum(not each.is_judged for each in self.proposals)


def desk(work: Work, number: str) -> Desk:
    """The actor's own desk of a notice; proposals only while or after he judges. Refuses `notice.none`."""
    notice = scored_rows.scored_notice(work, number)
    juror = scored_rows.juror_of(work, notice.id, work.actor.person_id)
    whole = course(work, number)
    sheet = scored_rows.sheet_read(work, juror.id)
    may_read = juror.state in (JurorState.JUDGING, JurorState.HANDED_IN)
    marks = sheet.marks if sheet else {}
    comments = sheet.comments if sheet else {}
    shown = scored_rows.shown(work, notice) if may_read else ()
    return Desk(
        number=number,
        title=notice.title,
        owner=accounts.organisation(work, notice.owner_id).name,
        seat=_seat(work, number, juror),
        course=whole,
        proposals=tuple(
            Proposal(
                each.letter,
                each.texts,
                each.sha256,
                each.has_named and whole.closed_at is not None,
                marks.get(each.letter, {}),
                comments.get(each.letter, ""),
            )
            for each in shown
        ),
        sha256=sheet.sha256 if sheet else None,
        salt=sheet.salt if sheet else None,
        is_open=whole.listed_at is not None and whole.closed_at is None and _goes_on(notice),
    )


def _goes_on(notice: Notice) -> bool:
    return notice.failure is None


@dataclasses.dataclass(frozen=True)
class Asked:
    """One line of a juror's list."""

    number: str
    title: str
    state: JurorState
    due: Due | None
    is_begun: bool


def asked(work: Work) -> list[Asked]:
    """The public notices whose panel the actor sits or sat in, newest first."""
    return [
        Asked(
            str(notice.number),
            notice.title,
            juror.state,
            _seat(work, str(notice.number), juror).due,
            scored_rows.round_of(work, notice.id).listed_at is not None,
        )
        for notice, juror in scored_rows.seats_of(work, work.actor.person_id)
    ]


def asked_to_begin(work: Work, number: str, ref: str | None = None) -> list[int]:
    """The persons who sit and have not declared their interests; of these the one who stands as `ref`."""
    notice = scored_rows.scored_notice(work, number)
    return [
        row.person_id
        for row in scored_rows.jurors(work, notice.id)
        if row.state is JurorState.SEATED and ref in (None, row.ref)
    ]


# --- for entrants -------------------------------------------------------------------------
@dataclasses.dataclass(frozen=True)
class OwnScore:
    """What an entrant alone sees: the jurors' comments on its proposal, by seat."""

    letter: str
    comments: tuple[str, ...]


def own_score(work: Work, number: str, organisation_id: int | None) -> OwnScore | None:
    """The comments on an agency's own proposal, once the quotes are open; None for everybody else."""
    notice = scored_rows.scored_notice(work, number)
    if organisation_id is None or scored_rows.round_of(work, notice.id).opened_at is None:
        return None
    for letter, entry in scored_rows.letters(work, notice.id):
        if entry.agency_id == organisation_id:
            sheets = scored_rows.standing_sheets(work, notice.id)
            said = tuple(sheet.comments.get(letter.letter, "") for _, sheet in sheets)
            return OwnScore(letter.letter, said)
    return None


def handed_in_proposal(work: Work, number: str, organisation_id: int | None) -> dt.datetime | None:
    """When an agency handed in its proposal; None where it has not."""
    notice = scored_rows.scored_notice(work, number)
    return scored_rows.proposal_at(work, notice.id, organisation_id or 0)


def is_entrant(work: Work, number: str, organisation_id: int | None) -> bool:
    """Whether an agency stands on the list, or was taken out of it."""
    notice = scored_rows.scored_notice(work, number)
    return any(
        entry.agency_id == organisation_id and entry.state is not EntryState.WITHDRAWN
        for _, entry in scored_rows.letters(work, notice.id)
    )
