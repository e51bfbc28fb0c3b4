"""Selections of public money on their way, whose jurors are drawn from a pool."""

import dataclasses
import datetime as dt

from market.catalogue import queries as catalogue
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, Actor
from market.selection.jurors import queries as pool_queries
from market.selection.jurors import service as pool_service
from market.selection.jurors.rules import Step
from market.selection.kinds import Fund, Method
from market.selection.notices import service as notice_service
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored.rules import Scoring
from tests.factories import accounts as people
from tests.factories import rulebook as rules
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import scoring as s
from tests.selection import sealing

LEAST = 15


@dataclasses.dataclass(frozen=True)
class Body:
    """A regulator with two people: one proposes, the other signs."""

    organisation_id: int
    officer: Actor
    signatory: Actor


def town() -> None:
    """A city that draws its jurors, whose quotes are sealed to two keys."""
    rules.city()
    sealing.sealing_town()


def body() -> Body:
    organisation = people.organisation("regulator")
    return Body(
        organisation,
        people.member(organisation, "regulator_officer"),
        people.member(organisation, "regulator_signatory"),
    )


def category() -> str:
    """Of the item that notices of these tests buy."""
    return catalogue.item(reading(CLOCK), f.ITEM).category


def another_category() -> str:
    """One that the notices of these tests have nothing to do with."""
    known = catalogue.categories(reading(CLOCK))
    return next(each.name for each in known if each.name != category())


def applied(of: Body, codes: list[str] | None = None, categories: list[str] | None = None) -> Actor:
    """A person who asks to be an expert."""
    who = people.actor_of(people.person())
    in_one_transaction(
        pool_service.apply,
        who,
        body_id=of.organisation_id,
        categories=categories or [category()],
        employer="某测绘学会",
        codes=codes or [],
        grounds="高级工程师，从业二十年",
    )
    return who


def number_of(who: Actor) -> str:
    card = pool_queries.own(reading(who))
    assert card is not None
    return card.number


def stepped(of: Body, who: Actor, step: Step = Step.ADMIT) -> None:
    number = number_of(who)
    do(pool_service.propose_step, of.officer, number=number, step=step, reason="符合条件。")
    do(pool_service.sign_step, of.signatory, number=number, followed=True)


def pool(of: Body, many: int = LEAST, **said: object) -> list[Actor]:
    """So many experts in the pool."""
    found = [applied(of, **said) for _ in range(many)]  # type: ignore[arg-type]
    for who in found:
        stepped(of, who)
    return found


def draft(
    own: int = 0,
    seats: int = 3,
    ceiling_fen: int = 12_000_000,
    buyer: f.Buyer | None = None,
    scoring: Scoring = s.SCORING,
) -> int:
    """A draft of fiscal money with its scoring; `own` sit for the owner. Its row's id."""
    buyer = buyer or f.owner()
    money = {"fund": Fund.FISCAL, "fiscal_percent": 100, "method": _way(scoring)}
    notice_id = in_one_transaction(
        notice_service.draft,
        buyer.drafter,
        terms=f.terms(**money, draw_at=None, ceiling_fen=ceiling_fen),
    )
    in_one_transaction(
        scored_service.set_terms,
        buyer.drafter,
        notice_id=notice_id,
        scoring=scoring._replace(jurors=seats),
        seated=[each.person_id or 0 for each in s.reviewers(buyer, own)],
        reserves=[],
    )
    return notice_id


def _way(scoring: Scoring) -> Method:
    return Method.WEIGHTED if scoring.has_price else Method.PROPOSAL


def published(own: int = 0, scoring: Scoring = s.SCORING) -> tuple[str, f.Buyer]:
    """A notice of fiscal money, open for proposals and quotes."""
    buyer = f.owner()
    notice_id = draft(own, buyer=buyer, scoring=scoring)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    return f.published(notice_id), buyer


def lot_at(number: str) -> dt.datetime:
    """When the experts of a notice are drawn."""
    drawn = scored_queries.course(reading(CLOCK), number).drawn
    assert drawn is not None and drawn.draw_at is not None
    return drawn.draw_at


def drawn(number: str) -> None:
    """Let the close pass, then the lot of the experts."""
    f.sealed(number)
    f.move_to(lot_at(number))


def seated(number: str) -> list[Actor]:
    """Who sits now, by seat."""
    seats = [
        each
        for each in scored_queries.course(reading(CLOCK), number).seats
        if each.seat and each.state not in ("gone", "reserve")
    ]
    return [
        people.actor_of(each.person_id) for each in sorted(seats, key=lambda one: one.seat or 0)
    ]


def finished(number: str, points: dict[str, int] | int = 100) -> None:
    """Everybody who sits judges alike, the quotes open."""
    for juror in seated(number):
        s.judged(number, juror, points)
    s.opened(number)
