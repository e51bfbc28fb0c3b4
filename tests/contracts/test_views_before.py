"""The pages of an award before its letter: for the winner, the owner, the office and the public."""

import datetime as dt

import pytest

from tests.contracts.asking import complete, confirming, now, offer_of, sweep_at, winner_of
from tests.factories import accounts as people
from tests.factories import agencies, selection
from tests.factories.accounts import sign_in, submit, token


def make(clock, *, asks: bool, owes: bool):
    """A notice at the end of its standstill; number, winner, a person of the owner."""
    if asks:
        confirming()
    if owes:
        agencies.deferrable((selection.ITEM, "授权代表社会保险缴纳记录", 40))
    notice, entrants = selection.announced_notice()
    sweep_at(clock, now(notice).standstill_due)
    return (
        notice,
        winner_of(notice, entrants),
        people.member(now(notice).owner_organisation_id, "owner_drafter"),
    )


@pytest.fixture
def asked(app, clock):
    with app.app_context():
        return make(clock, asks=True, owes=False)


@pytest.fixture
def blocked(app, clock):
    with app.app_context():
        return make(clock, asks=False, owes=True)


def test_the_winner_finds_it_on_his_list_of_things_to_do_and_confirms(client, asked):
    notice, winner, _ = asked
    url = f"/awards/TZ{notice[2:]}"
    sign_in(client, winner.actor)
    todo = client.get("/todo").text
    assert f'href="{url}"' in todo and "确认是否接受中选" in todo
    assert f'href="{url}"' in client.get("/awards").text
    page = client.get(url).text
    assert "待机构确认" in page and "2026-03-20 24:00" in page and f'action="{url}/confirm"' in page
    assert submit(client, url, to=f"{url}/confirm").status_code == 303
    assert "瑞中选〔2026〕1号" in client.get(url).text
    assert f'href="{url}"' not in client.get("/todo").text
    assert client.get("/awards").text.count(url) == 1


def test_the_winner_gives_up_before_there_is_a_letter(client, asked):
    notice, winner, _ = asked
    url = f"/awards/TZ{notice[2:]}"
    sign_in(client, winner.actor)
    assert (
        submit(
            client, f"{url}/decline", {"reason": "capacity", "statement": "设备不能按期到位"}
        ).status_code
        == 303
    )
    page = client.get(url).text
    assert "已放弃" in page and "设备不能按期到位" in page
    assert client.get(f"{url}/decline").status_code == 404
    assert client.get(f"/verify/TZ{notice[2:]}").status_code == 404  # there never was a letter


def test_one_who_is_late_is_told_so(client, clock, asked, app):
    notice, winner, _ = asked
    url = f"/awards/TZ{notice[2:]}"
    with app.app_context():
        clock.instant = offer_of(notice).due.due_at
    sign_in(client, winner.actor)
    page = client.get(url).text
    assert "待机构确认" in page and f'action="{url}/confirm"' not in page
    answer = client.post(f"{url}/confirm", data={"csrf_token": token(client, f"{url}/decline")})
    assert answer.status_code == 409 and "确认期限已过" in answer.text
    with app.app_context():
        sweep_at(clock, clock.instant)
        sweep_at(clock, clock.instant + dt.timedelta(minutes=1))
    assert "到期没有确认" in client.get(url).text


def test_the_public_reads_that_the_winner_is_asked_and_until_when(client, asked, app):
    notice, winner, owner = asked
    page = client.get(f"/notices/{notice}").text
    assert "待机构确认" in page and "2026-03-20 24:00" in page and "请中选机构确认" in page
    assert f"/awards/TZ{notice[2:]}" not in page
    assert client.get(f"/awards/TZ{notice[2:]}").status_code == 303
    sign_in(client, owner)
    page = client.get(f"/notices/{notice}").text
    assert f'href="/awards/TZ{notice[2:]}"' in page
    page = client.get(f"/awards/TZ{notice[2:]}").text
    assert "待机构确认" in page and "/confirm" not in page
    with app.app_context():
        other = selection.agency()
        overseer = people.staff("regulator", "regulator_officer")
    sign_in(client, other.actor)
    assert client.get(f"/awards/TZ{notice[2:]}").status_code == 404
    sign_in(client, overseer)
    board = client.get("/office/windows").text
    assert "确认是否接受中选" in board and f"TZ{notice[2:]}" in board


def test_the_publicity_says_what_comes_after_it(client, app, clock):
    with app.app_context():
        plain, _ = selection.announced_notice()
        confirming()
        asking, _ = selection.announced_notice()
    assert "由中选机构确认是否接受" not in client.get(f"/notices/{plain}").text
    assert "由中选机构确认是否接受" in client.get(f"/notices/{asking}").text


def test_why_a_letter_waits_is_for_the_parties_and_the_office(client, blocked, app, clock):
    notice, winner, owner = blocked
    url = f"/awards/TZ{notice[2:]}"
    words = "容缺材料未齐，暂缓发出"
    page = client.get(f"/notices/{notice}").text
    assert "尚未发出" in page and "容缺材料未齐" not in page
    with app.app_context():
        checker = people.staff("office", "case_officer")
    for who, sees in ((winner.actor, True), (owner, False), (checker, False)):
        sign_in(client, who)
        page = client.get(url).text
        assert words in page
        assert ("授权代表社会保险缴纳记录" in page) is sees
        assert words in client.get(f"/notices/{notice}").text
    with app.app_context():
        complete(winner)
        sweep_at(clock, clock.instant)
    assert "瑞中选〔2026〕1号" in client.get(url).text
    assert "已发中选通知书" in client.get(f"/notices/{notice}").text
