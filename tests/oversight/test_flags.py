"""Findings of flags: computed at the moments, nightly; read and judged by whom; never public."""

import datetime as dt

import pytest
from flask import request

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, Refusal
from market.kernel.likeness import Origin, digest
from market.oversight import jobs, queries, service
from market.oversight.forms import FlagSearch
from market.oversight.queries import Sieve
from market.oversight.rules.asking import Addressee
from market.oversight.rules.flags.table import FlagStanding, Level, Raised
from market.selection.entries import service as entry_service
from market.selection.results.queries import Sought
from tests.factories import accounts as people
from tests.factories import rulebook
from tests.factories import selection as made
from tests.factories.deeds import do

KEY = b"k" * 32
DEVICE = "d" * 32
SECRETS = ("RF-", "风险提示", DEVICE)


def enter(number, who, device=DEVICE):
    asked = {"number": number, "quote_fen": 10_000_000, "sealing_key": made.keys().sealing_public()}
    return in_one_transaction(
        entry_service.enter, who.actor, **asked, origin=Origin(KEY, device, "n" * 32)
    )


def found(who, **sieve):
    return list(queries.flagged(reading(who), Sieve(**sieve)))


def inspector():
    return people.staff("inspection", "inspector")


@pytest.fixture
def alike(app):
    """A drawn selection whose three entries came from one device, and its sector's regulator."""
    with app.app_context():
        rulebook.city_rulebook()
        regulator = people.staff("regulator", "regulator_officer", name="自然资源局")
        number = made.published_notice()
        trio = [made.agency() for _ in range(3)]
        for who in trio:
            enter(number, who)
        assert not queries.file(reading(regulator), number).alike
        made.drawn(number)
        jobs.follow_flags()
        return number, regulator, trio


def test_likeness_is_kept_as_digests_and_found_at_the_seal(alike, context):
    number, regulator, trio = alike
    (card,) = found(regulator, code="RF-23")
    assert card.numbers == {"device": 3, "network": 3} and card.number == number
    assert (card.version, card.state) == (1, FlagStanding.OPEN)
    pairs = queries.file(reading(regulator), number).alike
    assert len(pairs) == 3 and "device" in pairs[0].facts
    assert digest(KEY, "phone", "0792 4221111") == digest(KEY, "phone", "07924221111")
    assert digest(KEY, "phone", "1") != digest(KEY, "address", "1")
    (row,) = queries.desk(reading(regulator), Sought())
    assert row.flags == 1
    flagged = Sought(numbers=(queries.flagged_numbers(reading(regulator)),))
    assert [each.selection.number for each in queries.desk(reading(regulator), flagged)] == [number]


def test_a_night_is_passed_once_and_finds_pairs(alike, context):
    _number, regulator, trio = alike
    assert jobs.nightly_flags() > 0 and jobs.nightly_flags() == 0
    cards = found(regulator, code="RF-17")
    assert len(cards) == 3 and all(trio[0].ref or card.about for card in cards)
    assert all("device" in card.numbers["alike"] for card in cards)
    assert queries.last_run(reading(CLOCK)).selections == 1


def test_another_sector_reads_nothing_and_what_is_judged_stays(alike, context):
    number, regulator, _ = alike
    (card,) = found(regulator, code="RF-23")
    other = people.member(people.organisation("regulator", "水利局"), "regulator_officer")
    assert found(other) == []
    with pytest.raises(NotFound):
        queries.finding(reading(other), card.id)
    judged = {"finding_id": card.id, "to": FlagStanding.FALSE_POSITIVE, "note": "帮办窗口代为报名"}
    assert do(service.judge, regulator, **judged)
    with pytest.raises(Refusal) as no:
        do(service.judge, regulator, **judged)
    assert no.value.code == "flag.closed"
    in_one_transaction(service.compute, CLOCK, numbers=[number])
    assert found(regulator, code="RF-23")[0].state is FlagStanding.FALSE_POSITIVE
    rate = queries.rates(reading(inspector()))["RF-23"]
    assert (rate.found, rate.false_positive, rate.open) == (1, 1, 0)


def test_nothing_to_a_high_one_needs_another_reader(alike, context):
    number, regulator, _ = alike
    high = Raised(code="RF-06", subject=number, numbers={"late": 1, "first_no": 1},
                  level=Level.HIGH, number=number, sector=regulator.organisation_id)  # fmt: skip
    in_one_transaction(service.flags.keep, CLOCK, found=[high])
    (card,) = found(regulator, code="RF-06")
    judged = {"finding_id": card.id, "to": FlagStanding.EXPLAINED, "note": "时钟已核对"}
    assert do(service.judge, regulator, **judged) is False
    assert [each.id for each in found(regulator, waits=True)] == [card.id]
    with pytest.raises(Refusal) as no:
        do(service.agree, regulator, finding_id=card.id)
    assert no.value.code == "flag.same_person"
    second = people.member(regulator.organisation_id, "regulator_signatory")
    do(service.disagree, second, finding_id=card.id)
    do(service.judge, regulator, **judged)
    do(service.agree, second, finding_id=card.id)
    assert queries.finding(reading(second), card.id).state is FlagStanding.EXPLAINED


def test_the_second_reader_is_asked_by_his_list_and_nobody_else(app, client, alike):
    number, regulator, _ = alike
    with app.app_context():
        sector = regulator.organisation_id
        high = Raised(code="RF-06", subject=number, numbers={"late": 1, "first_no": 1},
                      level=Level.HIGH, number=number, sector=sector)  # fmt: skip
        in_one_transaction(service.flags.keep, CLOCK, found=[high])
        (card,) = found(regulator, code="RF-06")
        second = people.member(sector, "regulator_signatory")
        judged = {"finding_id": card.id, "to": FlagStanding.EXPLAINED, "note": "时钟已核对"}
        do(service.judge, regulator, **judged)
        asked = {
            who: [each.row for each in queries.flags_to_second(reading(actor))]
            for who, actor in (("same", regulator), ("second", second), ("inspector", inspector()))
        }
        assert asked == {"same": [], "second": [str(card.id)], "inspector": []}
        people.sign_in(client, second)
    assert f"/office/flags/{card.id}" in client.get("/todo").text
    page = client.get(f"/office/flags/{card.id}").text
    assert 'form="agree"' in page and "data-back" in page and "data-next" in page
    assert '风险提示 <span class="mk-desk__count">1</span>' in page


def test_who_is_asked_learns_nothing_of_the_flag(app, client, alike):
    number, regulator, _ = alike
    with app.app_context():
        (card,) = found(regulator, code="RF-23")
        asked = {"number": number, "to": Addressee.OFFICE, "question": "请说明代办情况。"}
        question = in_one_transaction(service.ask, regulator, **asked, finding_id=card.id)
        (known,) = queries.questions_of_finding(reading(regulator), card.id)
        assert known.id == question
        people.sign_in(client, people.staff("office", "notice_reviewer"))
    page = client.get(f"/oversight/questions/{question}").text
    assert "请说明代办情况" in page and not any(each in page for each in SECRETS)


def test_no_public_page_and_no_party_ever_sees_a_flag_or_a_likeness(app, client, alike):
    number, _, trio = alike
    with app.app_context():
        jobs.nightly_flags()
        office = people.staff("office", "publisher")
    pages = [
        "/",
        f"/notices/{number}",
        f"/draws/{number.replace('GG', 'XQ')}",
        f"/draws/{number.replace('GG', 'XQ')}/evidence.json",
        f"/log?subject={number}",
        "/results",
        f"/api/v1/ocds/records/{number}",
        "/sitemap",
        "/todo",
    ]
    for who in (None, trio[0].actor, office):
        if who is not None:
            with app.app_context():
                people.sign_in(client, who)
        for url in pages:
            text = client.get(url).get_data(as_text=True)
            assert not any(each in text for each in SECRETS), (url, who)
        assert client.get("/office/flags").status_code in (303, 403)


def test_likeness_goes_when_its_months_are_over(alike, context, clock):
    assert in_one_transaction(entry_service.erase_likeness, CLOCK) == 0
    clock.advance(dt.timedelta(days=800))
    assert in_one_transaction(entry_service.erase_likeness, CLOCK) == 3


def test_the_pages(app, client, alike):
    number, regulator, _ = alike
    with app.app_context():
        (card,) = found(regulator, code="RF-23")
        people.sign_in(client, regulator)
    assert "同一来源报名" in client.get("/office/flags").text
    for asked in (
        "q=rf23",
        "q=ＲＦ－２３",
        "q=同一来源",
        f"q={number}",
        "sort=level",
        "sort=x&falls=y",
    ):
        assert (
            f'href="/office/flags/{card.id}" data-case' in client.get(f"/office/flags?{asked}").text
        )
    assert "data-case" not in client.get("/office/flags?q=无此提示").text
    for sort in queries.FLAG_SORTS:
        assert 'aria-sort="descending"' in client.get(f"/office/flags?sort={sort}&falls=1").text
    table = client.get("/office/flags/table").text
    assert "本版本还不读取评分表" in table and "误报率" not in table.split("<table")[1]
    url = f"/office/flags/{card.id}"
    assert "同一设备的报名" in client.get(url).text
    assert "RF-23" in client.get(f"/office/selections/{number}").text
    sent = {"csrf_token": people.token(client, url)}
    assert client.post(f"{url}/judge", data=sent).status_code == 422
    sent |= {"to": "case", "note": "同一设备替三家报名"}
    assert client.post(f"{url}/judge", data=sent).status_code == 409  # nothing was shown
    assert people.submit(client, url, sent, to=f"{url}/judge").status_code == 303
    assert "转为办理" in client.get(url).text
    ask = client.get(f"{url}/ask")
    assert ask.status_code == 200 and number in ask.text
    with app.app_context():
        people.sign_in(client, inspector())
    assert "误报率" in client.get("/office/flags/table").text
    assert client.get("/office/flags?state=case&code=RF-23").text.count("RF-23") >= 1


@pytest.mark.parametrize("asked", ["S01", ""])
def test_the_list_is_narrowed_to_the_flag_that_is_chosen(app, asked):
    with app.test_request_context(f"/office/flags?flag={asked}"):
        form = FlagSearch(request.args)
        form.flag.choices = [("", "全部"), ("S01", "S01")]
        assert form.validate() and form.sieve().code == asked
