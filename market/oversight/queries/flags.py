"""Findings of flags as those read them who may: a sector its own, inspection and authority all."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Select, String, case, cast, func, or_, select

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.agencies import queries as agencies
from market.db import Work, under_lock
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import as_typed
from market.kernel.shown import Parts
from market.kernel.sought import plain, words
from market.oversight.models import Finding, FlagRun
from market.oversight.queries.asking import QuestionCard, questions_of
from market.oversight.queries.reach import may_read
from market.oversight.rules.flags.facts import NAMED, Facts, alike
from market.oversight.rules.flags.table import Flag, FlagStanding, Level, Scope, switched_on
from market.oversight.shipped import flags
from market.rulebook import queries as rulebooks
from market.selection.results import queries as result_queries
from market.tasks.queries import Item
from market.web.paging import Page, keyset

PAGE = 30
OWNER = "owner:"
BODY = "body:"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sieve:
    """What the list of findings is narrowed to; empty means everything."""

    code: str = ""
    state: FlagStanding | None = None
    level: Level | None = None
    waits: bool = False
    q: str = ""  # words that a number, a platform number, a flag's code or its name has
    sort: str = "last"  # a name of FLAG_SORTS
    falls: bool = True


@dataclasses.dataclass(frozen=True, kw_only=True)
class FindingCard:
    """One finding. `about` says in names whom it is about; `opinion` waits for a second reader while
    it is open.
    """

    id: int
    flag: Flag
    version: int
    about: tuple[str, ...]
    number: str | None
    period: str
    level: Level
    numbers: Mapping[str, object]
    first_at: dt.datetime
    last_at: dt.datetime
    state: FlagStanding
    opinion: FlagStanding | None
    note: str
    judged_at: dt.datetime | None
    judged_by: str
    judged_by_id: int | None
    closed_at: dt.datetime | None
    closed_by: str
    case_number: str | None

    @property
    def selection(self) -> str:
        """The number of the selection that a question on it is about, "" where there is none."""
        return _selection(self.number, self.numbers)


@dataclasses.dataclass(frozen=True)
class Rate:
    """How often a flag was found, and what became of it: counts of findings."""

    found: int
    open: int
    explained: int
    case: int
    false_positive: int

    @property
    def closed(self) -> int:
        return self.explained + self.case + self.false_positive


@dataclasses.dataclass(frozen=True)
class Alike:
    """Two entries of a selection, by their numbers, and the facts in which they are the same."""

    no: int
    other_no: int
    facts: tuple[str, ...]


NOTHING = Rate(0, 0, 0, 0, 0)


RANKS = {level: rank for rank, level in enumerate(Level)}
Sortable = ColumnElement[str] | ColumnElement[int] | ColumnElement[dt.datetime]
FLAG_SORTS: Mapping[str, Sortable] = {
    "flag": Finding.code.expression,
    "about": Finding.subject.expression,
    "level": case(RANKS, value=Finding.level),
    "state": cast(Finding.state, String),
    "first": Finding.first_at.expression,
    "last": Finding.last_at.expression,
}
"""What the list can be sorted by."""


def flagged(work: Work, sieve: Sieve, after: str | None = None) -> Page[FindingCard]:
    """One page of findings that the actor reads, the last computed first unless another order is
    asked for. Refuses `web.cursor`.
    """
    asked = select(Finding).where(*may_read(work), *_sieved(sieve))
    column = FLAG_SORTS[sieve.sort]
    order = (column.desc() if sieve.falls else column, Finding.id.desc())
    page = keyset(work.session, asked, order, after, PAGE)
    return page.map(lambda row: _card(work, row[0]))


def next_finding(work: Work, finding_id: int) -> FindingCard | None:
    """The finding to go on with after one: of the open ones for whom this reader can do something,
    the most urgent, of those the oldest.
    """
    asked = (
        select(Finding)
        .where(
            Finding.id != finding_id,
            Finding.state == FlagStanding.OPEN,
            or_(Finding.judged_by.is_(None), Finding.judged_by != work.actor.person_id),
            *may_read(work),
        )
        .order_by(FLAG_SORTS["level"].desc(), Finding.id)
        .limit(1)
    )
    row = work.session.scalar(asked)
    return _card(work, row) if row else None


def flags_to_second(work: Work, limit: int = 200) -> list[Item]:
    """The findings that somebody found nothing in and that the actor may look at as the second reader.
    Discipline bodies are asked for nothing (docs/rules.md#separation-11).
    """
    if work.actor.kind == Kind.INSPECTION:
        return []
    asked = select(Finding).where(
        Finding.state == FlagStanding.OPEN,
        Finding.opinion.is_not(None),
        Finding.judged_by != work.actor.person_id,
        *may_read(work),
    )
    return [
        Item(row.number or "", str(row.id), row.code)
        for row in work.session.scalars(asked.order_by(Finding.id).limit(limit))
    ]


def findings_about(work: Work, number: str) -> list[FindingCard]:
    """The findings about one selection that the actor reads."""
    asked = select(Finding).where(Finding.number == number, *may_read(work))
    return [_card(work, row) for row in work.session.scalars(asked.order_by(Finding.id))]


def alike_in(work: Work, number: str) -> tuple[Alike, ...]:
    """Who on the sealed list of a selection is like whom, and in what; nothing before the seal. The
    caller has held that the actor oversees it.
    """
    found = (
        Alike(one.no, other.no, tuple(said))
        for each in result_queries.scanned_ones(work, [number])
        for one, other in Facts(of=each).pairs()
        if (said := alike(one, other, NAMED))
    )
    return tuple(found)


def finding(work: Work, finding_id: int) -> FindingCard:
    """One finding. Refuses `flag.none`, also for another sector's."""
    return _card(work, finding_row(work, finding_id))


def finding_row(work: Work, finding_id: int, *, lock: bool = False) -> Finding:
    """The row of a finding that the actor reads. Refuses `flag.none`."""
    asked = select(Finding).where(Finding.id == finding_id, *may_read(work))
    if lock:
        asked = under_lock(asked)
    row = work.session.scalar(asked)
    if row is None:
        raise NotFound("flag.none")
    return row


def finding_shown(work: Work, finding_id: int) -> Parts:
    """What a second reader judges."""
    row = finding_row(work, finding_id)
    return {
        "flag.numbers": row.numbers,
        "flag.state": row.state.value,
        "flag.opinion": row.opinion,
        "flag.note": row.note,
        "flag.answers": [
            (each.no, each.answer) for each in questions_of(work, finding_id, with_names=False)
        ],
    }


def questions_of_finding(work: Work, finding_id: int) -> tuple[QuestionCard, ...]:
    """What was asked about it, newest first; the caller has held that the actor reads it."""
    return questions_of(work, finding_id, with_names=True)


def flagged_numbers(work: Work) -> Select[str]:
    """A statement that gives the selections with an open finding that the actor reads."""
    return select(Finding.number).where(  # type: ignore[return-value]  # it says so
        Finding.number.is_not(None), Finding.state == FlagStanding.OPEN, *may_read(work)
    )


def rates(work: Work) -> dict[str, Rate]:
    """What became of each flag's findings, over all sectors."""
    of = {state: func.sum(case((Finding.state == state, 1), else_=0)) for state in FlagStanding}
    asked = select(
        Finding.code,
        func.count(),
        of[FlagStanding.OPEN],
        of[FlagStanding.EXPLAINED],
        of[FlagStanding.CASE],
        of[FlagStanding.FALSE_POSITIVE],
    ).group_by(Finding.code)
    return {code: Rate(*counts) for code, *counts in work.session.execute(asked)}


def switched_on_flags(work: Work) -> dict[str, Flag]:
    """The flags that the rulebook in force switches on and that something is computed for."""
    on = switched_on(rulebooks.in_force(work).flags_on, flags())
    return {code: flag for code, flag in flags().items() if code in on and flag.is_computed}


def last_run(work: Work) -> FlagRun | None:
    """The last night's pass."""
    return work.session.scalar(select(FlagRun).order_by(FlagRun.night.desc()).limit(1))


def notice_to_ask_about(work: Work, finding_id: int) -> str:
    """The selection about which a question on a finding is put. Refuses `flag.none`,
    `flag.no_notice` where it is about none.
    """
    row = finding_row(work, finding_id)
    number = _selection(row.number, row.numbers)
    if not number:
        raise Refusal("flag.no_notice")
    return number


def _selection(number: str | None, numbers: Mapping[str, object]) -> str:
    return str(number or numbers.get("last") or "")


def _sieved(sieve: Sieve) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sieve.code:
        found.append(Finding.code == sieve.code)
    if sieve.state is not None:
        found.append(Finding.state == sieve.state)
    if sieve.level is not None:
        found.append(Finding.level == sieve.level)
    if sieve.waits:
        found += [Finding.opinion.is_not(None), Finding.state == FlagStanding.OPEN]
    return [*found, *(_has(word) for word in words(sieve.q))]


def _has(word: str) -> ColumnElement[bool]:
    """That a finding has one word: in a number, in the flag's code or its name in either language."""
    named = [
        code
        for code, flag in flags().items()
        if word in plain(f"{code} {flag.name} {flag.english}").replace(" ", "")
    ]
    numbered = [
        func.lower(column).contains(part, autoescape=True)
        for column in (Finding.number, Finding.subject)
        for part in {word, as_typed(word).casefold()}
    ]
    return or_(Finding.code.in_(named), *numbered)


def _card(work: Work, row: Finding) -> FindingCard:
    flag = flags()[row.code]
    return FindingCard(
        id=row.id,
        flag=flag,
        version=row.version,
        about=_about(work, flag, row.subject),
        number=row.number,
        period=row.period,
        level=row.level,
        numbers=row.numbers,
        first_at=row.first_at,
        last_at=row.last_at,
        state=row.state,
        opinion=FlagStanding(row.opinion) if row.opinion else None,
        note=row.note,
        judged_at=row.judged_at,
        judged_by=_name(work, row.judged_by),
        judged_by_id=row.judged_by,
        closed_at=row.closed_at,
        closed_by=_name(work, row.closed_by),
        case_number=row.case_number,
    )


def _about(work: Work, flag: Flag, subject: str) -> tuple[str, ...]:
    """The subject in names: of an owner, of agencies by their platform number."""
    if flag.scope is Scope.NOTICE:
        return (subject,)
    return tuple(_word(work, word) for word in subject.split())


def _word(work: Work, word: str) -> str:
    for prefix in (OWNER, BODY):
        if word.startswith(prefix):
            return accounts.organisation(work, int(word.removeprefix(prefix))).name
    known = agencies.by_refs(work, [word])
    return f"{known[word].name} {word}" if word in known else word


def _name(work: Work, person_id: int | None) -> str:
    return accounts.person(work, person_id).name if person_id is not None else ""
