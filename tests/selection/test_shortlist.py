"""信用择优 by the real services: credit fixed at the publication, the lottery, the choice, silence."""

import dataclasses
import hashlib
import json

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.ledger.queries.integrity import compare
from market.rulebook import queries as rulebooks
from market.selection.kinds import Fund, Method
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.queries import offered
from market.selection.notices.rules.ways import Standing
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.shortlist import queries as shortlist_queries
from market.selection.shortlist import service as shortlist_service
from market.selection.shortlist.rules import Lists
from tests.factories import accounts as people
from tests.factories import reputation as credit
from tests.factories import rulebook as rules
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import sealing as s
from tests.selection import shortlisting as m
from tests.verify.node import batch
from verify.zjcs import examples, sealing
from verify.zjcs import scores as scored
from verify.zjcs.openings import Rule


def state(number):
    return result_queries.notice(reading(VISITOR), number).state.value


@pytest.mark.databases
def test_credit_of_the_day_draws_a_shortlist_and_the_owner_chooses_within_it(context):
    marked = m.town()
    buyer = f.owner()
    made = [f.agency() for _ in range(4)]
    number = m.published(buyer)
    promised = s.leaf(number, "notice.published")
    assert promised["shortlist"] == {"longlist": 4, "shortlist": 2, "silence": "fails"}
    assert promised["credit"]["mean"] == 93_00  # 0.7 x 90 + 0.3 x 100: one has a history

    late = f.agency()
    m.entered(number, marked, *made, late)
    credit.named_before("AG-P02")
    f.drawn(number)
    frozen = s.leaf(number, "credit.frozen")["rows"]
    assert [row["no"] for row in frozen] == [1, 2, 3, 4, 5, 6]
    assert [row.get("marks") for row in frozen] == [93_00, *[None] * 5]
    assert "salt" not in frozen[5]  # it came after the publication
    assert state(number) == "shortlisted"
    course = m.course(number)
    assert len(course.places) == 6  # all are equal: everybody at the cut is in
    assert [each.balls for each in course.places] == [5] * 6
    told = s.leaf(number, "shortlist.drawn")
    assert told["order"] == [each.ref for each in course.short]

    second = course.short[1].ref
    m.chosen(number, buyer, second)
    assert state(number) == "announced"
    rest = [each.ref for each in course.places if each.ref != second]
    assert [row.ref for row in m.ranks(number)] == [second, *rest]
    assert s.leaf(number, "owner.chose")["reason_sha256"] == sha256(m.REASON)
    chosen = shortlist_queries.choices_of(reading(VISITOR), [number])
    assert chosen == {number: (tuple(told["order"]), second)}
    f.tick()
    both_verify(number, second)


def test_another_way_keeps_nothing_of_what_was_written_for_the_first(context):
    m.town()
    buyer = f.owner()
    notice_id = m.drafted(buyer, Lists(4, 2, is_fixed=True))
    terms = notice_queries.own_draft(reading(buyer.drafter), notice_id).terms
    same = dataclasses.replace(terms, title=f"{terms.title}（一期）")
    do(notice_service.save, buyer.drafter, notice_id=notice_id, terms=same)
    assert shortlist_queries.lists_of(reading(buyer.drafter), notice_id) == Lists(4, 2, True)
    lowest = dataclasses.replace(terms, method=Method.LOWEST)
    do(notice_service.save, buyer.drafter, notice_id=notice_id, terms=lowest)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    number = f.published(notice_id)
    assert s.leaf(number, "notice.published")["quote_rule"]["floor"] == 0


def both_verify(number, second):
    """The Python verifier, the browser's, and the file that ranks again; then who follows."""
    rest = [row.ref for row in m.ranks(number)[1:]]
    assert s.verified(number)["choice"] == second
    assert s.verified(number)["credit"] == "1 + 5; 93.00"
    assert compare(reading(CLOCK), fabric().held).first == ()
    pinned = json.dumps(fabric().witness.inner.keys())
    answer = batch([{"text": s.file_of(number), "keys": pinned}])[0]
    assert answer["ok"] is True, answer
    file = result_queries.scores(reading(VISITOR), s.draw_of(number))
    assert examples.expected(file["method"], file["input"]) == file["expected"]
    scored.step(json.dumps(file), s.file_of(number))

    assert do(result_service.hold, CLOCK, number=number)
    assert do(result_service.release, CLOCK, number=number)
    followed = do(
        result_service.annul_to_next, CLOCK, number=number, reason="declined", by="office"
    )
    assert followed == rest[0]
    f.tick()
    assert s.verified(number)["after"].startswith(rest[0])


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_silent_owner_of_social_money_ends_it_and_of_public_money_lets_place_1_stand(context):
    marked = m.town(
        credit_public_basis="《江西省××办法》第九条", ways_state="random credit_shortlist"
    )
    made = [f.agency() for _ in range(3)]
    for money, ending in ((Fund.SOCIAL, "failed"), (Fund.STATE, "announced")):
        number = m.published(f.owner(), fund=money)
        m.entered(number, marked, *made)
        f.drawn(number)
        m.silent(number)
        assert state(number) == ending
        if money is Fund.SOCIAL:
            card = result_queries.notice(reading(VISITOR), number)
            assert card.failure == "OWNER_NO_CHOICE"
            said_once(number, made[0])
            continue
        first = m.course(number).places[0].ref
        assert m.ranks(number)[0].ref == first
        f.tick()
        assert s.verified(number)["choice"] == "-"


def said_once(number, made):
    """The clock comes again and again: one failure; and who comes later finds nobody to choose."""
    f.tick()
    kinds = [each.type for each in ledger.of_subject(reading(CLOCK), number)]
    assert kinds.count("selection.failed") == 1
    notice = notice_queries.notice(reading(CLOCK), number)
    owner = people.member(notice.owner_organisation_id, "owner_signatory")
    with pytest.raises(Refusal, match=r"shortlist\.wrong_state"):
        given = {"ref": str(made.ref), "reason": m.REASON}
        do(shortlist_service.choose, owner, number=number, **given)


def test_what_an_owner_may_not_choose_is_refused_by_its_field(context):
    marked = m.town()
    buyer = f.owner()
    number = m.published(buyer)
    with pytest.raises(Refusal, match=r"shortlist\.wrong_state"):
        m.chosen(number, buyer, str(marked.ref))
    m.entered(number, marked, *[f.agency() for _ in range(3)])
    f.drawn(number)
    course = m.course(number)
    short = course.short[0].ref
    outside = course.places[-1].ref
    with pytest.raises(Refusal, match=r"shortlist\.not_listed"):
        m.chosen(number, buyer, outside)
    for reason in ("太短", "长" * 501):
        with pytest.raises(Refusal, match=r"shortlist\.reason"):
            m.chosen(number, buyer, short, reason)
    with pytest.raises(Refusal, match=r"notice\.none"):
        m.chosen(number, f.owner(), short)
    due = course.due
    assert due is not None
    fabric().clock.instant = due.due_at
    with pytest.raises(Refusal, match=r"shortlist\.late"):
        m.chosen(number, buyer, short)


def test_a_fixed_price_is_everybodys_and_no_other_quote_stands(context):
    marked = m.town()
    number = m.published(f.owner(), Lists(4, 2, is_fixed=True))
    rule = s.leaf(number, "notice.published")["quote_rule"]
    assert rule["floor"] == rule["ceiling"] == 12_000_000
    others = [f.agency() for _ in range(2)]
    for who in (marked, *others):
        s.enter_sealed(number, who, s.sealed(number, who, 12_000_000))
    cheaper = f.agency()
    promise = sealing.promise_of(s.leaf(number, "notice.published"))
    free = promise._replace(rule=Rule(promise.rule.kind, None, None))
    s.enter_sealed(number, cheaper, sealing.seal_entry(free, str(cheaper.ref), 1))
    lowered = {"ceiling_fen": (12_000_000, 11_000_000)}
    with pytest.raises(Refusal, match=r"shortlist\.price_stays"):
        do(notice_service.correct, f.publisher(), number=number, changes=lowered, reason="upheld")
    f.drawn(number)
    course = m.course(number)
    assert {each.quote_fen for each in course.places} == {12_000_000}
    assert str(cheaper.ref) not in {each.ref for each in course.places}
    f.tick()


def test_one_alone_is_nobody_to_choose_among(context):
    marked = m.town()
    number = m.published(f.owner())
    m.entered(number, marked)
    f.drawn(number)
    card = result_queries.notice(reading(VISITOR), number)
    assert (card.state.value, card.failure) == ("failed", "TOO_FEW")


def test_later_acts_and_later_times_change_no_credit(context):
    marked = m.town()
    number = m.published(f.owner())
    before = s.leaf(number, "notice.published")["credit"]
    later = {"entry_close": f.at(12), "draw_at": f.at(12, 17, 30)}
    f.tick()
    do(notice_service.amend, f.publisher(), number=number, reason="节假日顺延", **later)
    amended = s.leaf(number, "notice.amended")
    assert (amended["credit"], amended["shortlist"]["longlist"]) == (before, 4)
    m.entered(number, marked, f.agency())
    f.drawn(number)
    assert state(number) == "shortlisted"


def test_a_place_offers_it_where_its_rulebook_lets_it_and_says_why_not(context):
    rules.city()
    _, standings = offered(rulebook())
    credit_of = standings[Method.CREDIT_SHORTLIST]
    assert set(credit_of.values()) == {Standing.NO_MARKS}


def rulebook():
    return rulebooks.in_force(reading(CLOCK))


def test_public_money_needs_the_article_that_prescribes_it(context):
    rules.marking()
    _, standings = offered(rulebook())
    found = standings[Method.CREDIT_SHORTLIST]
    assert found == {
        Fund.FISCAL: Standing.NO_ARTICLE,
        Fund.STATE: Standing.NO_ARTICLE,
        Fund.SOCIAL: Standing.OPEN,
    }


def test_who_enters_at_a_fixed_price_types_none(client):
    with client.application.app_context():
        m.town()
        number = m.published(f.owner(), Lists(4, 2, is_fixed=True))
        who = f.agency()
    people.sign_in(client, who.actor)
    page = client.get(f"/notices/{number}/entry").text
    assert "本公告价格固定为 120,000.00" in page
    assert "readonly" in page
    sent = people.submit(client, f"/notices/{number}/entry", {"quote_fen": "1", "pledge": "y"})
    assert sent.status_code == 303
    with client.application.app_context():
        f.drawn(number)
        (row,) = result_queries.entry_list(reading(VISITOR), number)
        assert row.quote_fen == 12_000_000
