"""Who somebody is: claimed by anybody, checked by a body or a register; whose number it then is."""

import datetime as dt

import pytest

from market.accounts import jobs, queries, service
from market.accounts.models import IdentityCheck, Person
from market.accounts.rules import IDENTITY, CheckReason, CheckState, Level, level_of
from market.adapters.identities import RegisterFile
from market.db import db, in_one_transaction, reading
from market.files import queries as files
from market.files.service import Received
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.windows import jobs as windows_jobs
from tests.factories import accounts
from tests.factories.deeds import Tab, do

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
SCAN = Received("身份证.jpg", "image/jpeg", 10, "0" * 64, "a" * 64)
ANEW = Received("身份证2.jpg", "image/jpeg", 10, "1" * 64, "b" * 64)


@pytest.fixture(autouse=True)
def place(context):
    accounts.rules_of_the_place()
    accounts.body("office")


def act(verb, actor, **values):
    return do(verb, actor, **values)


def level(actor):
    return queries.person(reading(CLOCK), actor.person_id).level


def clerk():
    return accounts.staff("office", "intake_clerk")


def handed_in(who, **values):
    number, _ = act(service.hand_in, who, scan=SCAN, **values)
    return number


@pytest.mark.parametrize(
    ("claimed", "verified", "expected"),
    [
        (None, None, Level.NONE),
        (NOON, None, Level.CLAIMED),
        (None, NOON, Level.CHECKED),
        (NOON, NOON, Level.CHECKED),
    ],
)
def test_levels(claimed, verified, expected):
    assert level_of(claimed, verified) is expected


@pytest.mark.databases
def test_who_types_anothers_number_first_does_not_occupy_it_and_falls_back():
    number = accounts.id_number()
    first, holder = (accounts.claimant(number=number) for _ in range(2))
    assert (level(first), level(holder)) == (Level.CLAIMED, Level.CLAIMED)
    act(service.verify, clerk(), person_id=holder.person_id)
    assert (level(first), level(holder)) == (Level.NONE, Level.CHECKED)
    assert db.session.get_one(Person, first.person_id).id_number is None
    told = queries.last_check(reading(CLOCK), first.person_id)
    assert (told.state, told.reason) == (CheckState.REFUSED, CheckReason.OTHERS)
    with pytest.raises(Invalid, match="id_taken"):
        handed_in(first, id_number=number)


def test_a_link_opened_after_anothers_check_claims_nothing():
    number = accounts.id_number()
    letter = service.Letter("late", "激活", "…")
    late = in_one_transaction(
        service.open_account,
        CLOCK,
        letter=letter,
        login="late@example.org",
        password=accounts.password(),
        name="赵六",
        id_number=number,
        phone="13800000001",
        submission_key="late",
    )
    act(service.verify, clerk(), person_id=accounts.claimant(number=number).person_id)
    in_one_transaction(service.activate, CLOCK, token="late")
    assert queries.person(reading(CLOCK), late).level is Level.NONE


@pytest.mark.databases
def test_a_document_is_checked_within_a_working_day_and_its_scan_goes(clock):
    who = accounts.claimant()
    number = handed_in(who)
    check = queries.check_by_number(reading(CLOCK), number)
    assert check.due.due_at == dt.datetime(2026, 3, 5, 16, tzinfo=dt.UTC)  # asked on the 4th
    [waiting] = queries.checks_to_settle(reading(CLOCK), check.organisation_id)
    assert (waiting.person.id, waiting.file_id) == (who.person_id, check.file_id)
    assert act(service.verify, clerk(), person_id=who.person_id) == [SCAN.key]
    assert level(who) is Level.CHECKED
    settled = queries.check_by_number(reading(CLOCK), number)
    assert (settled.state, settled.file_id, settled.due) == (CheckState.CONFIRMED, None, None)
    assert files.unknown(reading(CLOCK), [SCAN.key]) == {SCAN.key}


def test_another_scan_takes_the_place_of_the_first():
    who = accounts.claimant()
    number = handed_in(who)
    again = act(service.hand_in, who, scan=Received("b.jpg", "image/jpeg", 9, "1" * 64, "second"))
    assert again == (number, [SCAN.key])


def test_a_refusal_says_why_and_the_person_hands_in_anew():
    who = accounts.claimant()
    first = handed_in(who)
    with pytest.raises(Invalid, match="no_check_reason"):
        refuse(who, CheckReason.OTHERS)
    refuse(who, CheckReason.ILLEGIBLE)
    assert level(who) is Level.NONE
    told = queries.last_check(reading(CLOCK), who.person_id)
    assert (told.number, told.reason, told.note) == (first, CheckReason.ILLEGIBLE, "请重新拍照。")
    with pytest.raises(Refusal, match="no_check"):
        refuse(who, CheckReason.ILLEGIBLE)
    assert handed_in(who) != first
    assert level(who) is Level.CLAIMED


def test_a_reason_that_is_known_to_be_false_is_none(context):
    handed_in(shown := accounts.claimant())
    with pytest.raises(Invalid, match="reason_shown") as no:
        refuse(shown, CheckReason.NOT_SHOWN)
    assert no.value.field == "reason"
    refuse(shown, CheckReason.MISMATCH)


def refuse(who, reason):
    act(
        service.refuse_identity,
        clerk(),
        person_id=who.person_id,
        reason=reason,
        note=" 请重新拍照。",
    )


@pytest.mark.databases
def test_a_check_that_does_not_come_is_noted_once_and_stays_owed(clock):
    number = handed_in(who := accounts.claimant())
    clock.advance(dt.timedelta(days=3))
    windows_jobs.sweep()
    windows_jobs.sweep()
    types = [entry.type for entry in ledger.of_subject(reading(CLOCK), number)]
    assert types.count("identity.overdue") == types.count("window.overdue") == 1
    act(service.verify, clerk(), person_id=who.person_id)
    assert level(who) is Level.CHECKED


def test_only_the_body_that_is_asked_checks():
    who = accounts.claimant()
    handed_in(who)
    other = accounts.member(accounts.body("regulator", "水利局"), "complaint_officer")
    with pytest.raises(NotFound):
        act(service.verify, other, person_id=who.person_id)
    with pytest.raises(NotPermitted):
        act(service.verify, accounts.staff("office", "publisher"), person_id=who.person_id)


def test_one_s_own_page_refuses_what_needs_nothing():
    known = accounts.actor_of(accounts.person())
    with pytest.raises(Refusal, match="verified_already"):
        handed_in(known)
    with pytest.raises(Refusal, match="not_active"):
        handed_in(accounts.actor_of(accounts.person(verified=False)))


def test_the_log_says_of_a_check_what_happened_and_nobody():
    number = handed_in(who := accounts.claimant("secret@example.org", name="欧阳修文"))
    act(service.verify, clerk(), person_id=who.person_id)
    kinds = {entry.type for entry in ledger.of_subject(reading(CLOCK), number)}
    assert {"identity.asked", "identity.checked", "window.opened", "window.closed"} <= kinds
    log = "".join(entry.leaf.decode() for entry in ledger.after(reading(CLOCK), 0))
    assert "欧阳" not in log
    assert "secret@" not in log


# --- a register ---------------------------------------------------------------------------


WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@pytest.fixture
def register(tmp_path, app):
    path = tmp_path / "people.tsv"
    path.touch(mode=0o600)
    jobs.REGISTER.keep(RegisterFile(path), app)
    return path


@pytest.mark.parametrize(
    ("line", "mode", "expected"),
    [
        ("{number}\t欧阳 修文\tOuyang@Example.org", 0o600, Level.CHECKED),
        ("{wide}\t欧阳修文\touyang@example.org\u200b", 0o600, Level.CHECKED),
        ("{number}\t欧阳修文\tsomebody@example.org", 0o600, Level.CLAIMED),  # anybody knows both
        ("{number}\t欧阳\touyang@example.org", 0o600, Level.CLAIMED),
        ("11010119900101001X\t欧阳修文\touyang@example.org", 0o600, Level.CLAIMED),
        ("{number}\t欧阳修文", 0o600, Level.CLAIMED),
        ("{number}\t欧阳修文\touyang@example.org", 0o644, Level.CLAIMED),  # open to the machine
    ],
)
def test_a_register_confirms_number_name_and_address_together(register, line, mode, expected):
    number = accounts.id_number()
    who = accounts.claimant("ouyang@example.org", name="欧阳修文", number=number)
    wide = "\u2011".join(number.translate(WIDE))
    register.write_text("\ufeff" + line.format(number=number.lower(), wide=wide) + "\n", "utf-8")
    register.chmod(mode)
    assert jobs.ask_register() == (expected is Level.CHECKED)
    assert level(who) is expected


def test_a_register_is_asked_once_a_day_and_takes_no_checked_number_away(register, clock):
    number = accounts.id_number()
    late = accounts.claimant("late@example.org", name="赵六", number=number)
    assert jobs.ask_register() == 0
    register.write_text(f"{number}\t赵六\tlate@example.org\n", "utf-8")
    assert jobs.ask_register() == 0
    act(service.verify, clerk(), person_id=accounts.claimant(number=number).person_id)
    clock.advance(dt.timedelta(days=2))
    jobs.ask_register()
    assert level(late) is Level.NONE
    assert db.session.query(IdentityCheck).filter_by(state=CheckState.WAITING).count() == 0


def test_without_a_register_nobody_is_asked(tmp_path):
    assert jobs.ask_register() == 0
    assert not RegisterFile(tmp_path / "gone").confirms(id_number="1", name="a", login="b")
    assert IDENTITY.name == "accounts.identity"


@pytest.mark.parametrize("deed", ["verify", "refuse"])
def test_another_scan_handed_in_meanwhile_is_looked_at_first(app, client, deed):
    with app.app_context():
        accounts.rules_of_the_place()
        who = accounts.claimant()
        handed_in(who)
        desk = clerk()
    accounts.sign_in(client, desk)
    url = f"/office/people/{who.person_id}"
    tab = Tab(client, url, url if deed == "verify" else f"{url}/refuse")
    with app.app_context():
        act(service.hand_in, who, scan=ANEW)

    typed = {"reason": "illegible", "note": "请重新拍照。"} if deed == "refuse" else {}
    refused = tab.send(**typed)

    assert refused.status_code == 409
    assert "提交的证件" in refused.text
    with app.app_context():
        assert level(who) is Level.CLAIMED
    tab.form = tab.read(refused.text)
    assert tab.send(**typed).status_code == 303
