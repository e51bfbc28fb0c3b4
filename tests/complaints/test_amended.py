"""A decision changes what an open notice demands: its ceiling price, the time of service, who must
stay away (ADR-0017).
"""

import dataclasses
import datetime as dt
import json

import pytest

from market.complaints import queries, service
from market.complaints.rules import Outcome, Remedy, State
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, Refusal
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters import queries as inbox
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules.terms import Exclusion
from market.selection.results import queries as result_queries
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in, submit
from tests.factories.deeds import do
from tests.selection.proof import check_draw

GROUNDS = complaints.GROUNDS
MINUTE = dt.timedelta(minutes=1)
INTEREST = "与业主有控股关系"
OUT = ["entry.above_new_ceiling", "entry.excluded_since"]


def notice_of(number: str):
    return result_queries.notice(reading(CLOCK), number)


def ordered(number: str, desk: complaints.Desk, **texts: str) -> None:
    """A decision to amend the notice so, proposed and signed."""
    complaints.decided(number, desk, Outcome.UPHELD, {Remedy.AMEND: ""}, texts=texts)


def own_fate(notice: str, who) -> tuple[str, str | None]:
    entry = result_queries.entry_of(reading(CLOCK), notice, who.organisation_id)
    assert entry is not None
    return entry.state.value, entry.reason


def check_restated(notice: str) -> None:
    """Rule 7: the one leaf of the amendment restates times and sources, times never earlier."""
    (leaf,) = [
        entry
        for entry in ledger.of_subject(reading(CLOCK), notice)
        if entry.type == "notice.amended"
    ]
    assert {"entry_close", "draw_at", "sources"} <= leaf.fields.keys()


@pytest.mark.databases
def test_ceiling_time_and_exclusions_change_at_the_signature_by_the_same_leaf(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    rival = selection.agency()
    number = complaints.accepted(complaints.filed(notice), desk)
    away = [[rival.uscc, "参与了本项目的设计"]]
    ordered(
        number,
        desk,
        ceiling_fen=9_000_000,
        service_days=45,
        exclusions=away,
        title=notice_of(notice).title,
    )
    now = notice_of(notice)
    assert (now.ceiling_fen, now.service_days, now.exclusions) == (
        9_000_000,
        45,
        ((rival.uscc, "参与了本项目的设计"),),
    )
    (change,) = notice_queries.amendments(reading(CLOCK), notice)
    assert change.changes == (
        ("ceiling_fen", 12_000_000, 9_000_000),
        ("service_days", 30, 45),
        ("exclusions", [], away),
    )
    check_restated(notice)
    said = json.loads(notice_queries.document(reading(CLOCK), notice))
    assert (said["ceiling_fen"], said["service_days"], said["exclusions"]) == (9_000_000, 45, away)
    with pytest.raises(Refusal, match="excluded"):
        selection.enter(notice, rival, 8_000_000)
    with pytest.raises(Invalid, match="above_ceiling"):
        selection.enter(notice, selection.agency(), 9_500_000)


def what_it_means(notice: str, who):
    """What an entrant is told of the amendment; None where it is nothing to him."""
    return entry_queries.affected(reading(CLOCK), notice, who.organisation_id)


def check_told(notice: str, entrants) -> None:
    """Each has a letter about the amendment."""
    for who in entrants:
        titles = [letter.title for letter in inbox.inbox(reading(who.actor))]
        assert f"选取公告 {notice} 有更正" in titles


def check_sealed(notice: str, listed: set[str], reasons: list[str]) -> None:
    """Who stands on the sealed list, and why others do not."""
    entries = ledger.of_subject(reading(CLOCK), notice)
    seal = next(entry for entry in entries if entry.type == "entries.sealed")
    assert sorted(row["reason"] for row in seal.fields["excluded"]) == reasons
    assert {row["ref"] for row in seal.fields["entrants"]} == listed


@pytest.mark.databases
def test_who_had_entered_is_told_and_may_enter_anew_and_who_does_not_is_taken_out_at_the_seal(
    context, clock
):
    """Four had entered at 100,000 yuan and more. The ceiling falls to 90,000: one enters anew, one
    is now to stay away.
    """
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    renews, sleeps, excluded, other = selection.entered(notice, 4)
    low = [selection.agency() for _ in range(2)]
    for who in low:
        selection.enter(notice, who, 8_000_000)
    clock.advance(MINUTE)
    ordered(number, desk, ceiling_fen=9_000_000, exclusions=[[excluded.uscc, INTEREST]])
    letters.write()
    check_told(notice, [renews, sleeps, excluded])
    for who in (renews, low[0]):  # nobody can read the quote: each must compare its own
        assert what_it_means(notice, who).code == "entry.ceiling_lowered"
    stays_away = what_it_means(notice, excluded)
    assert (stays_away.code, stays_away.facts["reason"]) == ("entry.excluded_now", INTEREST)
    again = {"number": notice, "sealing_key": selection.keys().sealing_public()}
    with pytest.raises(Invalid, match="above_ceiling"):
        do(entry_service.enter_anew, renews.actor, quote_fen=9_500_000, **again)
    clock.advance(MINUTE)
    do(entry_service.enter_anew, renews.actor, quote_fen=9_000_000, **again)
    assert what_it_means(notice, renews) is None
    with pytest.raises(Refusal, match="excluded"):
        do(entry_service.enter_anew, excluded.actor, quote_fen=8_000_000, **again)
    do(entry_service.withdraw, other.actor, number=notice)
    selection.drawn(notice)
    assert own_fate(notice, renews) == ("listed", None)
    assert own_fate(notice, sleeps) == ("ineligible", "entry.above_new_ceiling")
    assert own_fate(notice, excluded) == ("ineligible", "entry.excluded_since")
    check_sealed(notice, {renews.ref, *(who.ref for who in low)}, OUT)
    assert notice_of(notice).state == "announced"
    selection.tick()
    # An outsider finds every entry listed or excluded, and the amended notice.
    assert check_draw(notice)
    assert what_it_means(notice, sleeps) is None  # over


def test_a_ceiling_that_rises_and_an_exclusion_that_falls_away_touch_nobodys_entry(context, clock):
    desk = complaints.desk()
    rival = selection.agency()
    notice = selection.published_notice(exclusions=(Exclusion(rival.uscc, "参与了本项目的设计"),))
    number = complaints.accepted(complaints.filed(notice), desk)
    with pytest.raises(Refusal, match="excluded"):
        selection.enter(notice, rival)
    (first, *_) = selection.entered(notice, 3)
    clock.advance(MINUTE)
    ordered(number, desk, ceiling_fen=13_000_000, exclusions=[])
    assert entry_queries.affected(reading(CLOCK), notice, first.organisation_id) is None
    selection.enter(notice, rival, 12_500_000)
    selection.drawn(notice)
    assert (own_fate(notice, first), own_fate(notice, rival)) == (
        ("listed", None),
        ("listed", None),
    )


@pytest.mark.parametrize(
    ("texts", "code", "field"),
    [
        ({"ceiling_fen": None}, "notice.no_ceiling", "ceiling_fen"),
        ({"ceiling_fen": 0}, "notice.no_ceiling", "ceiling_fen"),
        ({"ceiling_fen": 30_000_000}, "notice.above_limit", "ceiling_fen"),
        ({"service_days": None}, "notice.missing", "service_days"),
        (
            {"exclusions": [["91360481MA35TEST00", "不认识"]]},
            "notice.exclusion_unknown",
            "exclusions",
        ),
        (
            {"ceiling_fen": 12_000_000, "service_days": 30, "exclusions": []},
            "complaint.correction_missing",
            "remedies",
        ),
    ],
)
def test_what_is_changed_keeps_the_rules_of_publication(context, texts, code, field):
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    with pytest.raises(Invalid, match=code) as no:
        do(
            service.propose_decision,
            desk.officer,
            number=number,
            outcome=Outcome.UPHELD,
            remedies={Remedy.AMEND: ""},
            texts=texts,
            **GROUNDS,
        )
    assert no.value.field == field


def test_a_ceiling_amended_meanwhile_is_looked_at_again(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    first, second = (complaints.accepted(complaints.filed(notice), desk) for _ in range(2))
    do(
        service.propose_decision,
        desk.officer,
        number=second,
        outcome=Outcome.UPHELD,
        remedies={Remedy.AMEND: ""},
        texts={"ceiling_fen": 8_000_000},
        **GROUNDS,
    )
    ordered(first, desk, ceiling_fen=9_000_000)
    with pytest.raises(Refusal, match=r"notice\.words_moved"):
        do(service.sign, desk.signatory, number=second)
    assert queries.by_key(reading(CLOCK), second).state is State.ACCEPTED


def amending(kept: dict[str, object], **texts: str) -> dict[str, object]:
    """The form of a decision to amend: the notice as it is, but for these texts."""
    names = ("title", "content", "requirement", "scale", "location", "price_note")
    whole = {name: kept[name] for name in names}
    return {"outcome": "upheld", "remedies": ["amend"], **GROUNDS, **whole, **texts}


def test_on_the_pages_from_the_proposal_to_the_entrants_warning(app, client, new_client, clock):
    with app.app_context():
        desk = complaints.desk()
        notice = selection.published_notice()
        rival = selection.agency()
        number = complaints.accepted(complaints.filed(notice), desk)
        (first, *_) = selection.entered(notice, 3)
        receipt = result_queries.entry_of(reading(CLOCK), notice, first.organisation_id).receipt
        kept = dataclasses.asdict(notice_of(notice))
    clock.advance(MINUTE)
    sign_in(client, desk.officer)
    url = f"/complaints/{number}/decide"
    page = client.get(url).text
    assert "现在：120,000.00 元" in page and "现在：30 日" in page
    form = amending(kept, ceiling_fen="90000", service_days="30")
    refused = submit(client, url, {**form, "exclusions": "某公司 有利害关系"})
    assert (refused.status_code, "请每行填写一家" in refused.text) == (422, True)
    assert (
        submit(client, url, {**form, "exclusions": f"{rival.uscc} 参与了本项目的设计"}).status_code
        == 303
    )
    signatory = new_client()
    sign_in(signatory, desk.signatory)
    sheet = signatory.get(f"/complaints/{number}/sign").text
    assert (
        "90,000.00 元" in sheet
        and f"{rival.uscc}：参与了本项目的设计" in sheet
        and "服务期限" not in sheet
    )
    assert submit(signatory, f"/complaints/{number}/sign").status_code == 303
    public = new_client().get(f"/notices/{notice}").text
    assert "120,000.00 元" in public and "90,000.00 元" in public and "参与了本项目的设计" in public
    entrant = new_client()
    sign_in(entrant, first.actor)
    for where in (f"/notices/{notice}", f"/notices/{notice}/entry", f"/entries/{receipt}"):
        assert "最高限价降为 90000.00 元" in entrant.get(where).text
    with app.app_context():
        selection.drawn(notice)
    sign_in(entrant, first.actor)
    assert "报价高于更正后的最高限价" in entrant.get(f"/entries/{receipt}").text
