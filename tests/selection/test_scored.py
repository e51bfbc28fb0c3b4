"""综合评分: from the criteria to the result, by the real services."""

import datetime as dt
import json

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.ledger.queries.integrity import compare
from market.selection.entries import queries as entry_queries
from market.selection.kinds import Fund
from market.selection.notices import service as notice_service
from market.selection.notices.queries import against
from market.selection.notices.queries import rows as notice_rows
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored.rules.criteria import Criterion, Level, Scored
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.selection import scoring as s
from tests.selection.deeds import check_refused, log_of
from tests.selection.sealing import everything_kept, sealing_town
from verify.zjcs import examples


def state_of(number: str) -> str:
    return result_queries.notice(reading(CLOCK), number).state.value


@pytest.mark.databases
def test_three_jurors_of_whom_one_is_recused_to_the_result(context):
    number, _, panel = s.published()
    made = s.entered(number, [10_000_000, 9_876_543, 8_000_000])
    kept = b"".join(everything_kept())
    assert "方案内容1".encode() not in kept and b"9876543" not in kept
    f.sealed(number)
    assert state_of(number) == "scoring"
    assert entry_queries.opened_quotes(reading(CLOCK), number) == ()

    s.judged(number, panel[0], {"0": 100, "1": 60, "2": 60})
    in_one_transaction(scored_service.recuse, panel[1], number=number)
    s.judged(number, panel[2], {"0": 100, "1": 100, "2": 60})
    s.opened(number)
    assert (log_of(number, "quote.key"), log_of(number, "quotes.opened")) == ([], [])
    s.judged(number, panel[3], {"0": 100, "1": 60, "2": 60})
    s.opened(number)
    s.opened(number)

    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.winner.ref) == ("announced", made[0].ref)
    assert len(log_of(number, "ranking.result")) == 1
    result = scored_queries.result(reading(CLOCK), number)
    assert [line.total for line in result.lines] == [9400, 7563, 7200]
    example = json.loads(json.dumps(scored_queries.example_of(reading(CLOCK), number)))
    ranked = examples.expected(example["method"], example["input"])
    assert ranked["order"] == [line.ref for line in result.lines]
    own = scored_queries.own_score(reading(CLOCK), number, made[1].organisation_id)
    assert own is not None and own.comments == ("按等次评60", "按等次评60", "按等次评100")
    assert compare(reading(CLOCK), fabric().held).first == ()


def problems(notice_id: int) -> list[str]:
    work = reading(CLOCK)
    return [no.code for no in against.problems(work, notice_rows.by_id(work, notice_id))]


LEVELS = s.LEVELS
WRONG = {
    "weights that do not add up": ({"price_weight": 20}, "scored.sum"),
    "a quote that decides alone": (
        {"price_weight": 60, "criteria": (Scored(Criterion.METHOD, 40, LEVELS),)},
        "scored.price_weight",
    ),
    "levels that rise": (
        {"criteria": (Scored(Criterion.METHOD, 70, (Level(0, "无"), *LEVELS[:2])),)},
        "scored.levels",
    ),
    "two levels": ({"criteria": (Scored(Criterion.METHOD, 70, LEVELS[:2]),)}, "scored.levels"),
    "a level of past works": (
        {
            "criteria": (
                Scored(Criterion.TEAM, 70, (Level(100, "须具有三项类似业绩"), *LEVELS[1:])),
            )
        },
        "scored.condition",
    ),
    "a mark nobody can reach": ({"pass_mark": 101}, "scored.pass_mark"),
    "two seats": ({"jurors": 1}, "scored.seats"),
}


def test_what_may_not_be_promised_is_told_before_publication(context):
    sealing_town()
    buyer = f.owner()
    panel = s.reviewers(buyer)
    notice_id = s.drafted(buyer, panel)
    assert problems(notice_id) == []
    named = [each.person_id or 0 for each in panel]
    for name, (change, code) in WRONG.items():
        wrong = s.SCORING._replace(**change)
        _set(buyer, notice_id, wrong, named[:3], named[3:])
        assert code in problems(notice_id), name

    _set(buyer, notice_id, s.SCORING, named[:3], [])
    assert problems(notice_id) == ["scored.reserves"]
    _set(buyer, notice_id, s.SCORING, [buyer.drafter.person_id or 0, *named[:2]], named[3:])
    assert "scored.barred" in problems(notice_id)
    own = [people.member(buyer.organisation_id, "juror", "owner_drafter") for _ in range(2)]
    ids = [each.person_id or 0 for each in own]
    _set(buyer, notice_id, s.SCORING, [ids[0], *named[:2]], named[3:])
    assert problems(notice_id) == []
    _set(buyer, notice_id, s.SCORING, [*ids, named[0]], named[3:])
    assert problems(notice_id) == ["scored.too_many_own"]
    public = s.drafted(buyer, panel, fund=Fund.FISCAL, fiscal_percent=100)
    assert "notice.way_no_pool" in problems(public)


def _set(buyer, notice_id, scoring, seated, reserves) -> None:
    in_one_transaction(
        scored_service.set_terms,
        buyer.drafter,
        notice_id=notice_id,
        scoring=scoring,
        seated=seated,
        reserves=reserves,
    )


def test_without_a_second_key_it_is_not_published(context):
    buyer = f.owner()
    assert "scored.no_witness" in problems(s.drafted(buyer, s.reviewers(buyer)))


def test_a_proposal_is_handed_in_before_the_entry_that_carries_it(context):
    number, _, panel = s.published(reserves=1)
    who = f.agency()
    with pytest.raises(Refusal, match=r"entry\.no_proposal"):
        f.enter(number, who)
    s.propose(number, who)
    f.enter(number, who)
    with pytest.raises(Refusal, match=r"entry\.proposal_in"):
        s.propose(number, who)
    check_refused("scored.wrong_state", scored_service.declare, panel[0], number=number)
    f.sealed(number)
    with pytest.raises(Refusal, match=r"entry\.closed"):
        s.propose(number, f.agency())


MARK = {"letter": "p1", "comment": "好", "marks": {"method": 100, "quality": 60}}


def test_who_may_do_what_while_it_is_scored(context):
    number, buyer, panel = s.published(reserves=1)
    s.entered(number, [10_000_000])
    f.sealed(number)
    mark = {"number": number, **MARK}
    check_refused("scored.wrong_state", scored_service.mark, panel[0], **mark)
    in_one_transaction(scored_service.declare, panel[0], number=number)
    check_refused("scored.no_level", scored_service.mark, panel[0], **{**mark, "marks": {}})
    check_refused("scored.no_comment", scored_service.mark, panel[0], **{**mark, "comment": " "})
    check_refused("scored.no_letter", scored_service.mark, panel[0], **{**mark, "letter": "p2"})
    check_refused("scored.incomplete", scored_service.hand_in, panel[0], number=number)
    in_one_transaction(scored_service.mark, panel[0], **mark)
    in_one_transaction(scored_service.hand_in, panel[0], number=number)
    check_refused("scored.wrong_state", scored_service.mark, panel[0], **mark)
    check_refused("notice.none", scored_service.declare, panel[3], number=number)  # a reserve
    check_refused("notice.none", scored_service.declare, buyer.signatory, number=number)

    seat = {"number": number, "seat": 2}
    check_refused("scored.not_overdue", scored_service.replace, buyer.signatory, **seat)
    check_refused("notice.none", scored_service.replace, f.owner().signatory, **seat)
    f.move_to(fabric().clock.now() + dt.timedelta(days=9))
    assert s.course(number).seats[1].is_overdue
    in_one_transaction(scored_service.replace, buyer.signatory, **seat)
    assert [each.seat for each in s.course(number).seats] == [1, 2, 3, 2]
    in_one_transaction(scored_service.recuse, panel[2], number=number)
    assert result_queries.notice(reading(CLOCK), number).failure == "NO_JURORS"
    assert compare(reading(CLOCK), fabric().held).first == ()


def amended(number: str, close: dt.datetime) -> None:
    in_one_transaction(
        notice_service.amend,
        f.publisher(),
        number=number,
        entry_close=close,
        draw_at=f.at(14),
        reason="应多家机构要求，延长报名时间。",
    )


def test_one_reviewer_and_nobody_above_the_mark(context):
    alone = s.SCORING._replace(jurors=1)
    number, _, panel = s.published(alone, reserves=1)
    other, *_ = s.published(alone, reserves=1)
    s.entered(number, [5_000_000, 6_000_000])
    close = f.at(7)
    amended(number, f.at(9))
    f.move_to(close - dt.timedelta(minutes=29))
    with pytest.raises(Refusal, match=r"scored\.amend_soon"):
        amended(other, f.at(2))  # a witness might see it only after the close
    f.sealed(number)
    s.judged(number, panel[0], 0)
    s.opened(number)
    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.failure) == ("failed", "ALL_BELOW_MARK")
    assert {line.invalid for line in scored_queries.result(reading(CLOCK), number).lines} == {
        "below_pass_mark"
    }
    assert s.verified(number)["scored_result"] == "ALL_BELOW_MARK"
    assert state_of(other) == "failed"  # nobody entered
    assert s.course(other).closed_at is None
