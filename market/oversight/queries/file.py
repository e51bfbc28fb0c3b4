"""One selection's file: everything that its reviewer looks at, and the reviews."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints import queries as complaints
from market.contracts import queries as contracts
from market.contracts.queries import Letter, Offered
from market.db import Work
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.oversight.models import Review, Verification
from market.oversight.queries.asking import QuestionCard, questions_about
from market.oversight.queries.desk import verifications
from market.oversight.queries.flags import Alike, FindingCard, alike_in, findings_about
from market.oversight.queries.reach import sector_of
from market.oversight.rules import Check, Mark, Outcome, by_system
from market.selection.results import queries as result_queries
from market.selection.results.queries import Done, EntryRow, Selection
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class Step:
    """Who did one step of a notice, and when."""

    act: str
    at: dt.datetime
    name: str


@dataclasses.dataclass(frozen=True)
class ReviewCard:
    """One review as it is read."""

    body: str
    round: int
    outcome: Outcome
    system: Mapping[Check, bool | None]
    marks: Mapping[Check, Mark]
    remark: str
    made_at: dt.datetime
    made_by: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class File:
    """One selection with everything that its reviewer looks at; who entered after the seal alone."""

    notice: Selection
    steps: tuple[Step, ...]
    entries: tuple[EntryRow, ...]
    late: int
    windows: tuple[Due, ...]
    history: tuple[ledger.Entry, ...]
    papers: tuple[Letter | Offered, ...]
    complaints_open: int
    system: Mapping[Check, bool | None]
    verified: Verification | None
    reviews: tuple[ReviewCard, ...]
    questions: tuple[QuestionCard, ...]
    flags: tuple[FindingCard, ...]
    alike: tuple[Alike, ...]


def file(work: Work, number: str) -> File:
    """The file of a selection. Refuses `notice.none`, also for another sector's."""
    check_seen(work, number)
    notice = result_queries.notice(work, number)
    verified = verifications(work, [notice.draw_number]).get(notice.draw_number)
    history = ledger.of_subject(work, number)
    return File(
        notice=notice,
        steps=tuple(_step(work, done) for done in result_queries.steps(work, number)),
        entries=result_queries.entry_list(work, number),
        late=sum(each.type == "entry.late" for each in history),
        windows=tuple(windows_queries.of_subject(work, number)),
        history=tuple(history),
        papers=(*contracts.offers_of_notice(work, number), *contracts.of_notice(work, number)),
        complaints_open=complaints.open_about(work, number),
        system=system_checks(work, number),
        verified=verified,
        reviews=tuple(reviews(work, number)),
        questions=questions_about(work, number),
        flags=tuple(findings_about(work, number)),
        alike=alike_in(work, number),
    )


def check_seen(work: Work, number: str) -> None:
    """Hold that the actor oversees this selection. Refuses `notice.none`."""
    sector = sector_of(work.actor)
    if sector is not None and not result_queries.is_of_sector(work, number, sector):
        raise NotFound("notice.none")


def system_checks(work: Work, number: str) -> dict[Check, bool | None]:
    """The nine checks of the system as they stand now."""
    draw = result_queries.notice(work, number).draw_number
    verified = verifications(work, [draw]).get(draw)
    return by_system(result_queries.facts(work, number), verified.verdict if verified else None)


def _step(work: Work, done: Done) -> Step:
    return Step(done.act, done.at, _name(work, done.person_id))


def reviews(work: Work, number: str) -> list[ReviewCard]:
    """The reviews of a selection, newest first."""
    asked = select(Review).where(Review.number == number).order_by(Review.id.desc())
    return [
        ReviewCard(
            body=row.body,
            round=row.round,
            outcome=row.outcome,
            system={Check(name): said for name, said in row.system.items()},
            marks={Check(name): Mark(mark) for name, mark in row.marks.items()},
            remark=row.remark,
            made_at=row.made_at,
            made_by=_name(work, row.made_by),
        )
        for row in work.session.scalars(asked)
    ]


def _name(work: Work, person_id: int) -> str:
    """A person's name; the clock and the terminal have none."""
    try:
        return accounts.person(work, person_id).name
    except NotFound:
        return "—"
