"""The public side: until when one may file, what is open, the register, each body's timeliness."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union

from market.accounts import queries as accounts
from market.accounts.queries import OrganisationCard
from market.complaints import rules
from market.complaints.models import Complaint
from market.complaints.queries.bodies import book_of, doors, ended_at
from market.complaints.rules import About, Door, Outcome, State
from market.db import Work
from market.kernel import ids
from market.kernel.ids import Prefix
from market.kernel.sought import Sought, parts
from market.rulebook.rules import Rulebook
from market.selection.results import queries as result_queries
from market.selection.results.queries import Selection
from market.web.paging import Page, keyset
from market.windows import queries as windows_queries
from market.workdays import queries as workdays
from market.workdays.rules import Certainty, Deadline

UPHELD = (Outcome.UPHELD, Outcome.PARTLY)


@dataclasses.dataclass(frozen=True)
class Filing:
    """What a page says before a complaint is begun. `due_at` is exclusive; None: no result yet, the
    days do not run.
    """

    notice: Selection
    is_open: bool
    due_at: dt.datetime | None
    is_provisional: bool
    doors: dict[Door, OrganisationCard]
    accept: tuple[
        int, str
    ]  # spans of the version of the rulebook that the notice was published under
    decide: tuple[int, str]


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the public register: nobody is named. What a conduct complaint is about is the
    complainant's own words: `notice_title` is "" to whoever may not read them.
    """

    number: str
    notice_number: str | None
    notice_title: str
    about: About
    state: State
    outcome: Outcome | None
    filed_at: dt.datetime
    ended_at: dt.datetime | None
    body_id: int
    body_name: str
    is_late: bool
    goes_on: bool  # its complainant took it back, and the body goes on with what it has found


@dataclasses.dataclass(frozen=True)
class Timeliness:
    """How many complaints a body received, how many it accepted or refused and decided late, what
    is still open.
    """

    body_name: str
    received: int
    open: int
    accepted_late: int
    decided_late: int


def closes(work: Work, notice: Selection) -> Deadline | None:
    """Until when complaints about this notice are received; None while there is no result.

    The window's row holds when there is one: a calendar that was corrected since has moved it, or a
    due that was announced was kept (docs/rules.md#calendar). Until the clock has opened the row it
    is
    counted here.
    """
    ended = ended_at(work, notice)
    row = next(
        (
            due
            for due in windows_queries.of_subject(work, notice.number)
            if due.kind == rules.FILING.name and due.trigger_at == ended
        ),
        None,
    )
    if row is not None and row.last_day is not None:
        return Deadline(row.last_day, row.due_at, Certainty(row.certainty), ())
    return rules.filing_deadline(
        ended, book_of(work, notice).window(Rulebook.complaint_file_days), workdays.calendar(work)
    )


def filing(work: Work, number: str) -> Filing:
    """What the notice's page says about complaining. Refuses as selection does for a notice that is
    not public.
    """
    notice = result_queries.notice(work, number)
    due = closes(work, notice)
    book = book_of(work, notice)
    return Filing(
        notice=notice,
        is_open=notice.published_at is not None and rules.is_in_time(work.received_at, due),
        due_at=due.due_at if due else None,
        is_provisional=due is not None and due.certainty == "provisional",
        doors=doors(work, notice),
        accept=book.window(Rulebook.accept_days),
        decide=book.window(Rulebook.decide_days),
    )


def open_about(work: Work, number: str) -> int:
    """How many complaints about this notice are being handled: from filing until refused, withdrawn
    or decided.
    """
    return (
        work.session.scalar(select(func.count()).select_from(Complaint).where(*_about(number))) or 0
    )


def count_filed(work: Work, numbers: Collection[str]) -> dict[str, int]:
    """How many complaints were filed about each of these notices, ended ones too; others left out."""
    asked = (
        select(Complaint.notice_number, func.count())
        .where(Complaint.notice_number.in_(numbers), Complaint.state != State.DRAFT)
        .group_by(Complaint.notice_number)
    )
    return {str(number): count for number, count in work.session.execute(asked)}


def findings_about(work: Work, numbers: Collection[str]) -> dict[str, bool]:
    """Of the notices about which a complaint was decided: whether one was upheld, wholly or partly."""
    asked = select(Complaint.notice_number, Complaint.outcome).where(
        Complaint.notice_number.in_(numbers), Complaint.outcome.is_not(None)
    )
    found: dict[str, bool] = {}
    for number, outcome in work.session.execute(asked):
        found[str(number)] = found.get(str(number), False) or outcome in UPHELD
    return found


def holding(work: Work, number: str) -> int:
    """How many complaints stop the award of this notice, so that no letter leaves: the open ones
    whose hold has not reached its cap, and those upheld whose relisting waits for the result.
    """
    return _holding(work, number, _stops())


def holding_publicly(work: Work, number: str) -> int:
    """How many of them hold it in public: it is known who complains, or the office has not looked
    in time (ADR 0035).
    """
    return _holding(work, number, _stops(Complaint.hold_began_at.is_not(None)))


def _stops(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(
        and_(Complaint.state.in_(rules.HANDLED), Complaint.hold_ended_at.is_(None), *more),
        Complaint.relist_waits_since.is_not(None),
    )


def _holding(work: Work, number: str, which: ColumnElement[bool]) -> int:
    asked = select(func.count()).select_from(Complaint)
    return work.session.scalar(asked.where(Complaint.notice_number == number, which)) or 0


def _about(number: str) -> tuple[ColumnElement[bool], ...]:
    return Complaint.notice_number == number, Complaint.state.in_(rules.HANDLED)


def _says(word: str) -> ColumnElement[bool]:
    """Whether a word stands in what the public reads: the title only of a notice that was published."""
    part = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return or_(
        *(
            column.ilike(part, escape="\\")
            for column in (Complaint.number, Complaint.notice_number, Complaint.public_text)
        ),
        and_(
            Complaint.notice_number.is_not(None),
            Complaint.notice_title.ilike(part, escape="\\"),
        ),
    )


def register(
    work: Work,
    *,
    q: str = "",
    state: State | None = None,
    about: About | None = None,
    body_id: int | None = None,
    after: str | None = None,
    limit: int = 20,
) -> Page[Row]:
    """The public register, newest first: rows of `Row`. `q` is looked for in numbers, titles and
    published decisions.

    Refuses `web.cursor`.
    """
    asked = select(Complaint).where(Complaint.state != State.DRAFT)
    for word in _parts(q):
        asked = asked.where(_says(word))
    for column, value in (
        (Complaint.state, state),
        (Complaint.about, about),
        (Complaint.body_id, body_id),
    ):
        if value is not None:
            asked = asked.where(column == value)
    names = body_names(work)
    order = (Complaint.filed_at.desc(), Complaint.id.desc())
    return keyset(work.session, asked, order, after, limit).map(
        lambda row: public_row(row[0], names)
    )


def _parts(q: str) -> tuple[str, ...]:
    """What is looked for: a number where one is typed (of a draw or a result its notice's), else
    each part of the text.
    """
    numbers = ids.typed(q)
    if not numbers:
        return parts(q)
    is_own = numbers[0].startswith(Prefix.COMPLAINT)
    return (numbers[0] if is_own else ids.sibling(numbers[0], Prefix.NOTICE),)


def sought(work: Work, numbers: Collection[str] | None = None) -> Iterator[Sought]:
    """Every complaint of the register as the search knows it, or those of these numbers; oldest
    first: its number, what notice it is about and the decision as it was published, nothing else of
    what anybody wrote.
    """
    asked = select(
        Complaint.number, Complaint.notice_number, Complaint.notice_title, Complaint.public_text
    ).where(Complaint.state != State.DRAFT)
    if numbers is not None:
        asked = asked.where(Complaint.number.in_(numbers))
    for number, notice, title, text in work.session.execute(
        asked.order_by(Complaint.filed_at, Complaint.id)
    ):
        more = " ".join(part for part in (notice, text) if part)
        yield Sought(str(number), f"/complaints/{number}", title if notice else "", more)


def public_row(row: Complaint, names: dict[int, str], *, knows: bool = False) -> Row:
    """A complaint as it is seen in a list: by anybody, or by one who `knows` what it says."""
    if row.number is None or row.filed_at is None:
        raise AssertionError("unreachable")
    title = row.notice_title if knows or row.notice_number else ""
    return Row(
        row.number,
        row.notice_number,
        title,
        row.about,
        row.state,
        row.outcome,
        row.filed_at,
        row.ended_at,
        row.body_id,
        names.get(row.body_id, ""),
        bool(row.acceptance_overdue_at or row.decision_overdue_at),
        row.withdrawn_at is not None and row.state is not State.WITHDRAWN,
    )


def body_names(work: Work) -> dict[int, str]:
    """Names of the bodies that hear complaints."""
    return {
        card.id: card.name
        for kind in ("office", "regulator", "authority")
        for card in accounts.organisations(work, kind)
    }


def timeliness(work: Work) -> list[Timeliness]:
    """The public counter, body by body. A complaint counts with every body that has or had it; a
    delay only with the body whose days it overran, also when another has taken over since (decision
    18).
    """
    had = windows_queries.answered_for([rules.ACCEPT, rules.DECIDE]).subquery()
    pairs = union(
        select(had.c.body, had.c.subject),
        select(Complaint.body_id, Complaint.number).where(Complaint.state != State.DRAFT),
    ).subquery()
    received = _counts(work, select(pairs.c.body, func.count()).group_by(pairs.c.body))
    under_way = _counts(
        work,
        select(Complaint.body_id, func.count())
        .where(Complaint.state.in_(rules.HANDLED))
        .group_by(Complaint.body_id),
    )
    late = {
        kind: _counts(
            work,
            select(had.c.body, func.count(had.c.subject.distinct()))
            .where(had.c.kind == kind.name, had.c.overdue_at.is_not(None))
            .group_by(had.c.body),
        )
        for kind in (rules.ACCEPT, rules.DECIDE)
    }
    names = body_names(work)
    return [
        Timeliness(
            names.get(body, ""),
            count,
            under_way.get(body, 0),
            late[rules.ACCEPT].get(body, 0),
            late[rules.DECIDE].get(body, 0),
        )
        for body, count in sorted(received.items())
    ]


def _counts(work: Work, asked: Select[int, int]) -> dict[int, int]:
    return {body: int(count) for body, count in work.session.execute(asked)}
