"""Tokens of a duty, and addresses that are told: in order, signed, once, and nothing lost."""

import concurrent.futures
import contextlib
import datetime as dt
import hashlib
import hmac
import http.server
import json
import re
import threading

import pytest
from flask import current_app

from market.adapters import hooks
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.kernel.events import every_kind
from market.ledger import queries as ledger
from market.programs import jobs, queries, rules, service
from market.programs.models import ApiToken
from tests.factories import accounts as people
from tests.factories import rulebook, selection

HOUR = dt.timedelta(hours=1)
INSIDE = ("127.0.0.1",)


@pytest.fixture
def app_config():
    return {"API_PER_MINUTE": 2, "WEBHOOK_INSIDE": list(INSIDE)}


class Receiver(http.server.ThreadingHTTPServer):
    """A real receiver: keeps what it is sent, and answers as it is told."""

    def __init__(self):
        self.kept = []
        self.answer = 204
        self.reason = None
        self.pause = 0.0  # seconds before an answer
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/in?a=1"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.kept.append((self.path, dict(self.headers), body))
        self.server.over.wait(self.server.pause)
        self.send_response(self.server.answer, self.server.reason)
        if self.server.answer == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *said):
        """Nothing."""


@contextlib.contextmanager
def receiving():
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def receiver():
    with receiving() as server:
        yield server


def admin():
    return people.staff("office", "system_admin")


def token(who, duty="system_admin", label="每日同步", key="one"):
    return in_one_transaction(service.make_token, who, duty=duty, label=label, submission_key=key)


def hook(who, url, kinds="", key="hook"):
    return in_one_transaction(
        service.make_hook, who, url=url, kinds=kinds, inside=INSIDE, submission_key=key
    )


def indexes(receiver):
    return [
        each["log_index"]
        for _path, _headers, body in receiver.kept
        for each in json.loads(body)["data"]
    ]


# --- tokens ---------------------------------------------------------------------------------
@pytest.mark.databases
def test_a_token_is_kept_as_a_digest_and_ends_once(context):
    who = admin()
    made = token(who)
    assert rules.TOKEN.fullmatch(made)
    (row,) = db.session.scalars(db.select(ApiToken)).all()
    kept = " ".join(str(value) for value in vars(row).values())
    assert made not in kept and row.digest == hashlib.sha256(made.encode()).hexdigest()
    assert queries.by_token(reading(VISITOR), made).label == "每日同步"
    with pytest.raises(Refusal) as no:
        token(who)
    assert no.value.code == "program.sent"
    in_one_transaction(service.revoke_token, who, token_id=row.id)
    assert queries.by_token(reading(VISITOR), made) is None
    with pytest.raises(NotFound):
        in_one_transaction(service.revoke_token, who, token_id=row.id)


def test_a_token_is_the_duty_s_whoever_holds_it(context):
    first = admin()
    token(first)
    second = people.member(first.organisation_id, "system_admin")
    (found,) = queries.tokens(reading(second))
    head = people.member(first.organisation_id, "office_head")
    assert queries.tokens(reading(head)) == []
    with pytest.raises(NotFound):
        in_one_transaction(service.revoke_token, head, token_id=found.id)
    in_one_transaction(service.revoke_token, second, token_id=found.id)


def test_nobody_has_a_token_of_a_duty_that_is_not_his(context):
    with pytest.raises(NotFound):
        token(admin(), duty="inspector")
    with pytest.raises(NotPermitted):
        token(people.staff("office", "intake_clerk"))
    with pytest.raises(Invalid):
        token(admin(), label="　")


def test_with_a_token_one_asks_more_often_and_it_is_noted(app, clock):
    with app.app_context():
        rulebook.open_data()
        who = admin()
        made = token(who)
    client = app.test_client()
    bearer = {"Authorization": f"Bearer {made}"}
    for _ in range(3):
        assert client.get("/api/v1/", headers=bearer).status_code == 200
    assert [client.get("/api/v1/").status_code for _ in range(3)] == [200, 200, 429]
    with app.app_context():
        (found,) = queries.tokens(reading(who))
        assert found.last_used_at == clock.now()
        in_one_transaction(service.revoke_token, who, token_id=found.id)
    for wrong in (f"Bearer {made}", "Bearer zjcs_x", "Basic eDp5", "Bearer"):
        clock.advance(dt.timedelta(minutes=1))
        answer = client.get("/api/v1/", headers={"Authorization": wrong})
        assert (answer.status_code, answer.json["code"]) == (401, "program.token")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_wrong_tokens_are_requests_of_their_address(app):
    with app.app_context():
        rulebook.open_data()
    client = app.test_client()
    wrong = {"Authorization": "Bearer zjcs_" + "x" * 43}
    asked = [client.get("/api/v1/", headers=wrong).status_code for _ in range(3)]
    assert asked == [401, 401, 429]


# --- addresses ------------------------------------------------------------------------------
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "0x7f.1", "2130706433"])
def test_nothing_is_sent_into_our_own_network(receiver, host):
    with pytest.raises(hooks.NotReceived):
        hooks.post(f"http://{host}:{receiver.server_port}/", b"{}", {})
    assert receiver.kept == []


@pytest.mark.databases
def test_what_a_receiver_answers_is_kept_as_it_can_be_shown(opened_town, receiver):
    who, _begun = opened_town
    hook(who, receiver.url)
    selection.published_notice()
    receiver.answer = 503
    receiver.reason = "no\0room\x1b[2J"
    jobs.send()
    (card,) = queries.hooks(reading(who))
    assert (card.tries, card.last_error) == (1, "503 no?room?[2J")


def test_who_answers_slowly_takes_no_other_s_turn(opened_town, receiver, monkeypatch):
    monkeypatch.setattr(rules, "TURN", 0.1)
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    who, begun = opened_town
    hook(who, receiver.url)
    receiver.pause = 0.2
    with receiving() as other:
        hook(who, other.url, key="other")
        selection.published_notice()
        jobs.send()
        assert (indexes(receiver), indexes(other)[:1]) == ([begun], [begun])
        jobs.send()
        assert indexes(receiver) == [begun, begun + 1]


@pytest.mark.databases
def test_what_is_new_is_sent_in_order_signed_and_once(opened_town, receiver):
    who, begun = opened_town
    hook(who, receiver.url)
    assert jobs.send() == 0
    number = selection.published_notice()
    jobs.send()
    jobs.send()
    end = ledger.size(reading(CLOCK))
    assert indexes(receiver) == list(range(begun, end))
    (path, headers, body), *_ = receiver.kept
    assert path == "/in?a=1"
    (card,) = queries.hooks(reading(who))
    secret = rules.secret_of(str(site_secret()), card.id, card.salt)
    stamp = headers["X-Zjcs-Timestamp"]
    known = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Zjcs-Signature"] == f"sha256={known}"
    assert number in body.decode()
    assert (card.position, card.tries) == (end, 0)


def test_an_hour_without_the_receiver_loses_nothing(opened_town, receiver, clock):
    who, begun = opened_town
    hook_id = hook(who, receiver.url)
    receiver.answer = 503
    for _ in range(6):
        selection.published_notice()
        jobs.send()
        clock.advance(dt.timedelta(minutes=10))
    (card,) = queries.hooks(reading(who))
    assert card.tries >= 3 and card.last_error.startswith("503") and card.position == begun
    tried = len(receiver.kept)
    jobs.send()
    assert len(receiver.kept) - tried <= 1  # it waits, longer each time
    receiver.answer = 200
    receiver.kept.clear()
    clock.advance(HOUR)
    jobs.send()
    assert indexes(receiver) == list(range(begun, ledger.size(reading(CLOCK))))
    in_one_transaction(service.replay, who, hook_id=hook_id, first=begun + 1)
    receiver.kept.clear()
    jobs.send()
    assert indexes(receiver) == list(range(begun + 1, ledger.size(reading(CLOCK))))


def test_one_that_never_answers_waits_for_a_person(opened_town, receiver, clock):
    who, begun = opened_town
    hook_id = hook(who, receiver.url)
    receiver.answer = 302  # another address is no answer
    selection.published_notice()
    for _ in range(rules.GIVEN_UP + 2):
        jobs.send()
        clock.advance(dt.timedelta(days=1))
    assert len(receiver.kept) == rules.GIVEN_UP
    assert queries.hook(reading(who), hook_id).next_try_at is None
    receiver.answer = 200
    receiver.kept.clear()
    in_one_transaction(service.resume_hook, who, hook_id=hook_id)
    jobs.send()
    assert indexes(receiver)[0] == begun
    in_one_transaction(service.stop_hook, who, hook_id=hook_id)
    receiver.kept.clear()
    selection.published_notice()
    jobs.send()
    assert receiver.kept == []


def test_only_the_kinds_that_are_wanted(opened_town, receiver):
    who, _begun = opened_town
    hook(who, receiver.url, kinds="notice.opened")
    selection.published_notice()
    jobs.send()
    kinds = {each["type"] for _p, _h, body in receiver.kept for each in json.loads(body)["data"]}
    assert kinds == {"notice.opened"}


@pytest.mark.parametrize(
    ("kinds", "code", "facts"),
    [
        ("notice.open", "program.kind_like", {"kind": "notice.open", "like": "notice.opened"}),
        ("notice.opened，complaint.filled", "program.kind_like", {"kind": "complaint.filled"}),
        ("zzz.qqq", "program.kind", {"kind": "zzz.qqq"}),
        ("Nothing", "program.kinds", {}),
    ],
)
def test_a_kind_that_no_entry_has_is_refused_with_the_one_that_is_meant(
    opened_town, receiver, kinds, code, facts
):
    who, _begun = opened_town
    with pytest.raises(Invalid) as no:
        hook(who, receiver.url, kinds=kinds)
    assert (no.value.code, no.value.field) == (code, "kinds")
    assert facts.items() <= no.value.facts.items()


def test_every_kind_of_the_log_can_be_asked_for(opened_town, receiver):
    who, _begun = opened_town
    there = {each.type for each in ledger.after(reading(CLOCK), 0, 1000)}
    assert len(there) > 3
    assert there <= every_kind()
    assert hook(who, receiver.url, kinds="、".join(sorted(there)))
    assert rules.check_kinds(" ,notice.opened,, ", every_kind()) == "notice.opened"


@pytest.mark.databases
def test_two_at_once_get_no_token_more_than_there_may_be(app):
    with app.app_context():
        who = admin()
        for place in range(rules.MOST_TOKENS - 1):
            token(who, key=f"key {place}")

    def ask(place):
        with app.app_context():
            try:
                token(who, key=f"at once {place}")
            except Refusal as no:
                return no.code
            return None

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))
    assert sorted(answers, key=str) == [None, *["program.most"] * 3]


@pytest.mark.databases
def test_two_processes_deliver_once(app, opened_town, receiver):
    who, begun = opened_town
    hook(who, receiver.url)
    selection.published_notice()
    end = ledger.size(reading(CLOCK))
    db.session.commit()
    gate = threading.Barrier(3)

    def process():
        with app.app_context():
            gate.wait()
            jobs.send()

    both = [threading.Thread(target=process) for _ in range(3)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(indexes(receiver)) == list(range(begun, end))


def test_where_data_are_not_open_nothing_is_sent(context, receiver):
    rulebook.default_rulebook()
    who = admin()
    hook(who, receiver.url)
    selection.published_notice()
    jobs.send()
    assert receiver.kept == []


@pytest.fixture
def opened_town(context):
    """A town whose data are open, its administrator, and the size of its log."""
    rulebook.open_data()
    selection.town()
    selection.owner()
    who = admin()
    return who, ledger.size(reading(CLOCK))


def site_secret():
    return current_app.config["SECRET_KEY"]


# --- pages ----------------------------------------------------------------------------------
def test_pages_from_the_token_to_the_address(app, client, receiver):
    with app.app_context():
        rulebook.open_data()
        who = admin()
    people.sign_in(client, who)
    wrong = people.submit(client, "/office/programs/tokens/new", {"label": ""})
    assert wrong.status_code == 422 and 'id="label-error"' in wrong.text
    done = people.submit(client, "/office/programs/tokens/new", {"label": "每日同步"})
    (made,) = re.findall(r'id="token">(zjcs_[\w-]{43})<', done.text)
    page = client.get("/office/programs").text
    assert made not in page and made[:12] in page and "每日同步" in page
    bad = people.submit(client, "/office/programs/hooks/new", {"url": "http://10.0.0.1/"})
    assert bad.status_code == 422 and 'id="url-error"' in bad.text
    odd = people.submit(
        client, "/office/programs/hooks/new", {"url": receiver.url, "kinds": "Nothing"}
    )
    assert odd.status_code == 422 and 'id="kinds-error"' in odd.text
    done = people.submit(client, "/office/programs/hooks/new", {"url": receiver.url})
    page = done.location
    assert receiver.url.replace("&", "&amp;") in client.get(page).text
    far = people.submit(client, page, {"first": "99999"}, to=f"{page}/replay")
    assert far.status_code == 422 and 'id="first-error"' in far.text
    assert people.submit(client, page, {"first": "0"}, to=f"{page}/replay").status_code == 303
    assert people.submit(client, page, to=f"{page}/resume").status_code == 303
    assert "停止发送？" in people.submit(client, page, to=f"{page}/stop").text
