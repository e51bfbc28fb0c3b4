"""Scored selections on their way, by the real services."""

import json

from flask import current_app

from market.adapters.vkeys import vkeys
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.kinds import Fund, Method
from market.selection.notices import service as notice_service
from market.selection.scored import jobs as scored_jobs
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored.rules.criteria import Criterion, Level, Scored, Scoring
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import sealing as s
from verify.zjcs import evidence, keys

LEVELS = (Level(100, "完整、可行"), Level(60, "基本可行"), Level(0, "没有说明"))
SCORING = Scoring(
    (Scored(Criterion.METHOD, 40, LEVELS), Scored(Criterion.QUALITY, 30, LEVELS)),
    "low_first",
    30,
    60,
    3,
)


def reviewers(buyer: f.Buyer, many: int = 5) -> list[Actor]:
    """So many persons who may judge for an owner."""
    return [people.member(buyer.organisation_id, "juror") for _ in range(many)]


def to_score(method: Method) -> tuple[f.Buyer, list[Actor], int]:
    """A draft whose scoring is to be written, in a town with both keys; its owner and reviewers."""
    s.sealing_town()
    buyer = f.owner()
    panel = reviewers(buyer, 4)
    money = {"fund": Fund.SOCIAL, "fiscal_percent": 0, "method": method}
    notice_id = in_one_transaction(
        notice_service.draft, buyer.drafter, terms=f.terms(**money, draw_at=None)
    )
    return buyer, panel, notice_id


def drafted(buyer: f.Buyer, panel: list[Actor], scoring: Scoring = SCORING, **terms) -> int:
    """A draft with its scoring; seats first, then reserves. Its row's id."""
    money = {"fund": Fund.SOCIAL, "fiscal_percent": 0, "method": Method.WEIGHTED, "draw_at": None}
    notice_id = in_one_transaction(
        notice_service.draft, buyer.drafter, terms=f.terms(**(money | terms))
    )
    ids = [each.person_id or 0 for each in panel]
    in_one_transaction(
        scored_service.set_terms,
        buyer.drafter,
        notice_id=notice_id,
        scoring=scoring,
        seated=ids[: scoring.jurors],
        reserves=ids[scoring.jurors :],
    )
    return notice_id


def published(scoring: Scoring = SCORING, reserves: int = 2) -> tuple[str, f.Buyer, list[Actor]]:
    """A notice open for proposals and quotes: its number, owner, panel."""
    s.sealing_town()
    buyer = f.owner()
    panel = reviewers(buyer, scoring.jurors + reserves)
    notice_id = drafted(buyer, panel, scoring)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    return f.published(notice_id), buyer, panel


def propose(number: str, who: agencies.Made, text: str = "先踏勘，再测量") -> None:
    in_one_transaction(
        entry_service.hand_in_proposal,
        who.actor,
        number=number,
        texts={each.code.value: text for each in SCORING.criteria},
        sealing_key=f.keys().sealing_public(),
    )


def entered(number: str, quotes: list[int]) -> list[agencies.Made]:
    """An agency for each quote (fen), with a proposal."""
    made = [f.agency() for _ in quotes]
    for place, (who, quote) in enumerate(zip(made, quotes, strict=True)):
        propose(number, who, f"方案内容{place}")
        f.enter(number, who, quote)
    return made


def last_sign(proposal: scored_queries.Proposal) -> str:
    """What a proposal is told apart by: what its text ends with."""
    return next(iter(proposal.texts.values()))[-1]


def marked(
    number: str, juror: Actor, points: dict[str, int] | int = 100, told_by=last_sign
) -> None:
    """Judge every proposal: so many points in each criterion, by what it is told apart by, or alike."""
    for each in scored_queries.desk(reading(juror), number).proposals:
        given = points if isinstance(points, int) else points[told_by(each)]
        in_one_transaction(
            scored_service.mark,
            juror,
            number=number,
            letter=each.letter,
            marks={name.code.value: given for name in SCORING.criteria},
            comment=f"按等次评{given}",
        )


def judged(number: str, juror: Actor, points: dict[str, int] | int = 100, told_by=last_sign) -> str:
    """Declare, judge, hand in."""
    in_one_transaction(scored_service.declare, juror, number=number)
    marked(number, juror, points, told_by)
    return in_one_transaction(scored_service.hand_in, juror, number=number)


def opened(number: str) -> None:
    """What the clock's process does once the sheets are closed."""
    f.tick()
    entry_jobs.bring_later_keys()
    scored_jobs.open_closed()
    f.tick()
    assert number and fabric()


def finished(quotes: tuple[int, ...] = (10_000_000, 9_000_000, 8_000_000)) -> str:
    """A selection whose result is out: one juror has recused himself after the beginning."""
    number, _, panel = published()
    entered(number, list(quotes))
    f.sealed(number)
    judged(number, panel[0], {"0": 100, "1": 60, "2": 60})
    in_one_transaction(scored_service.recuse, panel[1], number=number)
    judged(number, panel[2], {"0": 100, "1": 100, "2": 60})
    judged(number, panel[3], {"0": 100, "1": 60, "2": 60})
    opened(number)
    return number


def evidence_of(number: str) -> str:
    """The evidence as the public gets it."""
    work = reading(VISITOR)
    boxes = entry_queries.opened_boxes(work, number)
    known = vkeys(current_app.config)
    return json.dumps(scored_queries.evidence_of(work, number, known, boxes))


def checked(file: str) -> list[evidence.Step]:
    """The verifier's steps under the regulator's keys."""
    witness = fabric().witness
    assert witness is not None
    return list(evidence.check(file, keys.load(json.dumps(witness.keys()))))


def verified(number: str) -> dict[str, str]:
    """What each step of the verifier saw; none is undecided."""
    steps = checked(evidence_of(number))
    assert [step.fault for step in steps if step.fault] == []
    return {step.name: step.detail for step in steps}


def course(number: str) -> scored_queries.Course:
    return scored_queries.course(reading(CLOCK), number)
