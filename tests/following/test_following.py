"""Who follows a search is told of what came, once, in his inbox and by mail, until he stops."""

import dataclasses
import datetime as dt
import re

import pytest

from market.accounts import jobs as mail_jobs
from market.accounts import service as accounts
from market.complaints import words as complaint_words
from market.complaints.rules import About, Respondent
from market.db import in_one_transaction, reading
from market.following import jobs, queries, rules, service, words
from market.following.rules import COMES, Pace, Seen, Wanted, What, fits, stop_link, stopped_by
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.letters import jobs as letter_jobs
from market.letters import queries as letters
from market.selection.notices import words as notice_words
from tests.factories import accounts as people
from tests.factories import complaints, selection

SEEN = Seen(
    number="GG-360481-2026-00012",
    title="桂林街道 GIS 土地勘测",
    category="测绘",
    fund="fiscal",
    owner_id=7,
)


@pytest.fixture
def app_config():
    return {"PUBLIC_URL": "https://zjcs.example", "MAIL_FROM": "zjcs@zjcs.example"}


def follow(who, what=What.NOTICES, pace=Pace.AT_ONCE, by_mail=False, **wanted):
    return in_one_transaction(
        service.follow, who, what=what, wanted=Wanted(**wanted), pace=pace, by_mail=by_mail
    )


def turn():
    """The clock's turn: letters, and behind them who follows."""
    letter_jobs.write()
    jobs.tell()


def told(who):
    return [each for each in letters.inbox(reading(who)) if "您关注的" in each.title]


@pytest.mark.parametrize(
    ("wanted", "is_it"),
    [
        ({}, True),
        ({"text": "土地 勘测"}, True),
        ({"text": "gis"}, True),
        ({"text": "土地 房屋"}, False),
        ({"text": "GG-360481-2026-00012"}, True),
        ({"text": "ＧＧ３６０４８１-2026-00012。"}, True),
        ({"text": "GG-360481-2026-00013"}, False),
        ({"category": "测绘"}, True),
        ({"category": "监理"}, False),
        ({"fund": "social"}, False),
        ({"owner_id": 7, "fund": "fiscal"}, True),
        ({"owner_id": 8}, False),
    ],
)
def test_what_fits_a_search_is_what_its_list_would_show(wanted, is_it):
    assert fits(What.NOTICES, Wanted(**wanted), "notice.opened", SEEN) is is_it


@pytest.mark.parametrize(
    ("what", "state", "kind", "states", "is_it"),
    [
        (What.NOTICES, "", "notice.opened", None, True),
        (What.NOTICES, "", "selection.failed", None, False),
        (What.NOTICES, "open", "notice.opened", None, True),
        (What.NOTICES, "open", "notice.cancelled", None, False),
        (What.NOTICES, "failed", "notice.cancelled", None, True),
        (What.NOTICES, "failed", "notice.opened", None, False),
        (What.NOTICES, "announced", "result.published", None, True),
        (What.NOTICES, "today", "notice.amended", {"open"}, False),
        (What.NOTICES, "today", "notice.amended", {"open", "today"}, True),
        (What.COMPLAINTS, "upheld", "complaint.decided", {"upheld"}, True),
        (What.COMPLAINTS, "dismissed", "complaint.decided", {"upheld"}, False),
        (What.COMPLAINTS, "not_accepted", "complaint.accepted", None, False),
    ],
)
def test_a_heading_or_state_that_is_followed_lets_only_its_steps_through(
    what, state, kind, states, is_it
):
    seen = dataclasses.replace(SEEN, states=states)
    assert fits(what, Wanted(state=state), kind, seen) is is_it


def test_the_words_of_a_heading_are_those_of_its_list():
    assert {str(key): str(words) for key, words in notice_words.TABS.items()} == {
        state: str(label) for state, label in words.STATES[What.NOTICES].items()
    }
    assert set(words.STATES[What.NOTICES]) == set(COMES[What.NOTICES])
    labels = {state.value: str(label) for state, (label, _) in complaint_words.STATES.items()}
    del labels["draft"]
    assert labels == {state: str(label) for state, label in words.STATES[What.COMPLAINTS].items()}
    assert set(labels) == set(COMES[What.COMPLAINTS])


@pytest.mark.databases
def test_who_follows_a_heading_is_told_of_what_comes_there_and_of_nothing_else(context):
    reader = people.actor_of(people.person())
    follow(reader, state="announced")
    other = people.actor_of(people.person("li@example.org"))
    follow(other, What.COMPLAINTS, state="not_accepted")
    number, _ = selection.announced_notice()
    turn()
    assert [(each.subject, each.path) for each in told(reader)] == [(number, f"/notices/{number}")]
    complaint = complaints.filed(number, about=About.RESULT, respondent=Respondent.AGENCY)
    complaints.accepted(complaint, complaints.desk())
    turn()
    assert told(other) == []


def test_the_link_that_ends_a_following_cannot_be_guessed():
    token = stop_link("secret", 12).rpartition("/")[2]
    assert stopped_by("secret", token) == 12
    for other in (token.replace("12.", "13."), "12.", "12", "", ".", "x." + token, "１２" + token):
        assert stopped_by("secret", other) is None
    assert stopped_by("other", token) is None


@pytest.mark.databases
def test_who_follows_notices_is_told_once_of_those_that_fit(context):
    reader = people.actor_of(people.person())
    follow(reader, text="勘测")
    old = selection.published_notice(title="旧的土地勘测")
    turn()
    fits_it = selection.published_notice(title="桂林街道土地勘测")
    selection.published_notice(title="湓城街道消防检测")
    turn()
    turn()
    first, second = told(reader)[::-1]
    assert (first.subject, second.subject) == (old, fits_it)
    assert "桂林街道土地勘测" in second.title and second.path == f"/notices/{fits_it}"
    assert ledger.position(reading(CLOCK), service.READER) == ledger.size(reading(CLOCK))


def test_of_what_was_before_nobody_is_told(context):
    selection.published_notice(title="土地勘测")
    reader = people.actor_of(people.person())
    follow(reader)
    turn()
    assert told(reader) == []


@pytest.mark.databases
def test_results_and_complaints_are_followed_as_everybody_may_read_them(context):
    reader = people.actor_of(people.person())
    follow(reader, What.RESULTS)
    follow(reader, What.COMPLAINTS, about="result")
    number, _ = selection.announced_notice()
    complaint = complaints.filed(number, about=About.RESULT, respondent=Respondent.AGENCY)
    complaints.accepted(complaint, complaints.desk())
    turn()
    found = told(reader)[::-1]
    assert [each.subject for each in found] == [number, complaint, complaint]
    assert [each.path for each in found][1] == f"/complaints/{complaint}"
    text = "".join(each.title + each.body for each in found)
    for canary in ("王小民", complaints.statement(number).matters):
        assert canary not in text


def test_who_is_told_of_a_step_anyway_is_not_told_twice(context):
    buyer = selection.owner()
    follow(buyer.signatory)
    selection.published_notice(buyer)
    turn()
    assert told(buyer.signatory) == []


def test_who_was_told_of_a_step_does_not_read_it_again_in_the_day_s_letter(context, clock):
    buyer = selection.owner()
    both = people.actor_of(people.person())
    follow(buyer.signatory, pace=Pace.DAILY)  # who is told anyway
    follow(both, text="勘测", pace=Pace.DAILY)
    follow(both, pace=Pace.AT_ONCE)
    selection.published_notice(buyer)
    turn()
    assert (len(told(buyer.signatory)), len(told(both))) == (0, 1)
    clock.advance(dt.timedelta(days=1))
    jobs.write_digest()
    assert (len(told(buyer.signatory)), len(told(both))) == (0, 1)


@pytest.mark.databases
def test_the_day_s_letter_has_everything_since_the_last_once(context, clock):
    reader = people.actor_of(people.person())
    follow(reader, pace=Pace.DAILY)
    for title in ("第一件勘测", "第二件勘测"):
        selection.published_notice(title=title)
    turn()
    jobs.write_digest()
    assert told(reader) == []  # the day has not ended
    clock.advance(dt.timedelta(days=1))
    jobs.write_digest()
    jobs.write_digest()
    (letter,) = told(reader)
    assert "2 件" in letter.title and letter.path == "/following"
    assert "第一件勘测" in letter.body and "第二件勘测" in letter.body


def test_all_get_the_day_s_letter_some_in_a_transaction(context, clock, monkeypatch):
    monkeypatch.setattr(service, "PEOPLE", 2)
    readers = [people.actor_of(people.person()) for _ in range(5)]
    for each in readers:
        follow(each, pace=Pace.DAILY)
    selection.published_notice()
    turn()
    clock.advance(dt.timedelta(days=1))
    jobs.write_digest()
    jobs.write_digest()
    assert [len(told(each)) for each in readers] == [1] * 5


def test_a_day_has_one_letter_also_where_its_last_step_is_read_late(context, clock):
    reader = people.actor_of(people.person())
    follow(reader, pace=Pace.DAILY)
    selection.published_notice(title="第一件勘测")
    turn()
    selection.published_notice(title="第二件勘测")
    clock.advance(dt.timedelta(days=1))
    jobs.write_digest()
    assert told(reader) == []  # the second is not read yet
    turn()
    jobs.write_digest()
    (letter,) = told(reader)
    assert "2 件" in letter.title


@pytest.mark.parametrize("pace", Pace)
def test_who_has_no_account_any_more_is_told_nothing(context, clock, pace):
    gone = people.actor_of(people.person())
    follow(gone, pace=pace, by_mail=True)
    admin = people.staff("office", "security_admin")
    in_one_transaction(accounts.disable, admin, person_id=gone.person_id)
    selection.published_notice()
    turn()
    clock.advance(dt.timedelta(days=1))
    jobs.write_digest()
    assert told(gone) == []


def test_the_last_cut_is_eight_in_the_morning():
    at = dt.datetime(2026, 3, 5, 0, 30, tzinfo=dt.UTC)  # 8:30 in China
    assert rules.last_cut(at).astimezone(dt.UTC) == dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
    early = at - dt.timedelta(hours=1)
    assert rules.last_cut(early).astimezone(dt.UTC) == dt.datetime(2026, 3, 4, tzinfo=dt.UTC)


def test_the_same_search_again_changes_how_one_is_told(context):
    reader = people.actor_of(people.person())
    one = follow(reader, text="勘测")
    assert follow(reader, text="勘测", pace=Pace.DAILY, by_mail=True) == one
    (card,) = queries.mine(reading(reader))
    assert (card.pace, card.by_mail) == (Pace.DAILY, True)


def test_what_may_not_be_followed(context):
    reader = people.actor_of(people.person())
    with pytest.raises(NotPermitted):
        follow(VISITOR)
    with pytest.raises(Invalid):
        follow(reader, text="长" * 81)
    with pytest.raises(Invalid):
        follow(reader, What.COMPLAINTS, fund="fiscal")
    with pytest.raises(NotFound):
        follow(reader, owner_id=999_999)
    for place in range(rules.MOST):
        follow(reader, text=f"词{place}")
    with pytest.raises(Refusal) as no:
        follow(reader, text="再一个")
    assert no.value.code == "following.most"


def test_another_s_following_is_nobody_s_to_stop(context):
    one = follow(people.actor_of(people.person()))
    with pytest.raises(NotFound):
        in_one_transaction(service.stop, people.actor_of(people.person()), following_id=one)


class TestMail:
    @pytest.fixture
    def app_config(self, mail_server):
        there = f"smtp://{mail_server.host}:{mail_server.port}"
        return {"PUBLIC_URL": "https://zjcs.example", "SMTP_URL": there}

    def test_nothing_is_lost_while_mail_is_down_and_the_link_stops_it(
        self, app, mail_server, clock
    ):
        with app.app_context():
            reader = people.actor_of(people.person())
            follow(reader, by_mail=True)
            mail_server.refuse("451 try later")
            number = selection.published_notice()
            turn()
            mail_jobs.send_mail()
            assert mail_server.received == []
            assert len(told(reader)) == 1
            mail_server.refuse(None)
            clock.advance(dt.timedelta(hours=2))
            mail_jobs.send_mail()
        (mail,) = [
            each.message.get_content()
            for each in mail_server.received
            if "关注" in each.message["Subject"]
        ]
        assert f"https://zjcs.example/notices/{number}" in mail
        (link,) = re.findall(r"https://zjcs\.example(/following/stop/\S+)", mail)
        client = app.test_client()  # signed in as nobody
        assert "不再关注" in client.get(link).text
        with app.app_context():
            assert len(queries.mine(reading(reader))) == 1  # who opens the link ends nothing
        answer = client.post(link, data={"csrf_token": people.token(client, link)})
        assert "已停止关注" in answer.text
        assert client.get(link).status_code == 404
        with app.app_context():
            assert queries.mine(reading(reader)) == []
            selection.published_notice()
            turn()
            assert len(told(reader)) == 1


def test_pages_from_a_list_to_the_end(app, client):
    with app.app_context():
        reader = people.actor_of(people.person())
        selection.published_notice()
    assert client.get("/following").location.startswith("/sign-in")
    people.sign_in(client, reader)
    for address in ("/notices?q=勘测&tab=open", "/results", "/complaints?about=result"):
        page = client.get(address).text
        (link,) = re.findall(r'href="(/following/new/[^"]*)"', page)
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    begin = "/following/new/notices?q=勘测"
    assert 'value="勘测"' in client.get(begin).text
    fields = {"csrf_token": people.token(client, begin), "q": "勘测", "owner": ""}
    wrong = client.post(begin, data={**fields, "pace": "never"})
    assert wrong.status_code == 422 and 'id="pace-error"' in wrong.text
    long = client.post(begin, data={**fields, "q": "长" * 81, "pace": "daily"})
    assert long.status_code == 422 and 'id="q-error"' in long.text
    forged = client.post(begin, data={**fields, "owner": "999999", "pace": "daily"})
    assert forged.status_code == 404
    done = client.post(begin, data={**fields, "pace": "at_once", "by_mail": "y"})
    assert done.location == "/following"
    page = client.get("/following").text
    assert "“勘测”" in page and "电子邮箱" in page
    (stop,) = re.findall(r'action="(/following/\d+/stop)"', page)
    asked = client.post(stop, data={"csrf_token": people.token(client, "/following")})
    assert "不再关注？" in asked.text
    sure = {"csrf_token": people.token(client, "/following"), "sure": "1"}
    assert client.post(stop, data=sure).location == "/following"
    assert "还没有关注" in client.get("/following").text
    assert client.get("/following/new/nothing").status_code == 404
    assert client.get("/following/stop/x.y").status_code == 404
