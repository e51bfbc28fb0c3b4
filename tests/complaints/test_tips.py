"""A tip is read by whom it does not concern, closed by two, and asked after by number and code."""

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import Reader
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import looking, seen
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters import queries as inbox
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import complaints, selection

OFFICE, BUREAU, CITY, AUTHORITY, INSPECTION = range(1, 6)
BODIES = [
    Reader(OFFICE, "office", "协管办", AUTHORITY, True),
    Reader(BUREAU, "regulator", "自然资源局", CITY, True),
    Reader(CITY, "regulator", "市自然资源局", None, True),
    Reader(AUTHORITY, "authority", "行政审批局", None, True),
    Reader(INSPECTION, "inspection", "监察组", None, True),
]


def do(verb, actor, **values):
    return in_one_transaction(verb, actor, **looking(verb, reading(actor), values))


@pytest.mark.parametrize(
    ("concerned", "reader", "clock"),
    [
        (set(), OFFICE, False),
        ({OFFICE}, AUTHORITY, True),
        ({BUREAU}, CITY, True),
        ({BUREAU, CITY}, AUTHORITY, True),
        ({OFFICE, BUREAU}, AUTHORITY, True),
        ({OFFICE, AUTHORITY}, INSPECTION, False),
        ({AUTHORITY}, INSPECTION, False),
        ({INSPECTION}, AUTHORITY, True),
        ({OFFICE, AUTHORITY, INSPECTION}, None, False),
        ({OFFICE, BUREAU, CITY, AUTHORITY}, INSPECTION, False),
    ],
)
def test_whom_it_concerns_never_reads_it(concerned, reader, clock):
    found = rules.route(concerned, BODIES, OFFICE)
    assert found == reader and found not in concerned
    known = next((body for body in BODIES if body.id == found), None)
    assert rules.has_clock(concerned, known) is clock


def test_a_body_where_nobody_could_read_it_is_passed_over():
    bodies = [
        *BODIES[:3],
        Reader(AUTHORITY, "authority", "行政审批局", None, False),
        BODIES[4],
    ]
    assert rules.route({OFFICE}, bodies, OFFICE) == INSPECTION


@pytest.mark.parametrize(
    "text",
    [
        "协管办收钱",
        "协 管\n办收钱",
        "协\u200b管办收钱",
        "\u534f\u7ba1\u529e的人",
        "协·管·办收钱",
        "“协”管“办”",
        "协*管_办",
        "協管辦收錢",
        "协\ufe00管\U000e0100办",
        "协\u3164管\u2800办",
    ],
)
def test_a_name_is_found_however_it_is_spaced(text):
    assert rules.named_in(text, {1: ("协管办",), 2: ("财政局",)}) == {1}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("自然资源局的人收钱", 1),
        ("市自然资源局", 1),
        ("自然資源局", 1),
        ("审批局的窗口", 2),
        ("县水利局", 3),
        ("窗口的人收钱", None),
        ("在瑞昌市的公告", None),
        ("资源局", None),
        ("办公室的人收钱", None),
    ],
)
def test_a_body_is_named_without_its_place_too(text, body):
    names = {
        0: ("中介超市办公室",),
        1: ("瑞昌市自然资源局",),
        2: ("瑞昌市行政审批局",),
        3: ("江西省九江市武宁县水利局",),
    }
    assert rules.named_in(text, names) == ({body} if body else set())


@pytest.fixture
def place(context):
    """An office under an authority, a bureau, an inspection body, each with readers."""
    selection.town()
    made = {
        "office": complaints.desk(),
        "regulator": complaints.regulator_desk(),
        "authority": people.staff("authority", "authority_assigner"),
        "second": None,
        "inspection": people.staff("inspection", "inspector"),
    }
    made["second"] = people.member(made["authority"].organisation_id, "authority_assigner")
    return made


def readers(place, number) -> list[str]:
    who = {
        "office": place["office"].officer,
        "regulator": place["regulator"].officer,
        "authority": place["authority"],
        "inspection": place["inspection"],
    }
    return [
        name
        for name, actor in who.items()
        if any(card.number == number for card in queries.tips(reading(actor)))
    ]


@pytest.mark.databases
def test_a_tip_about_the_office_is_read_and_closed_by_its_superior_alone(place):
    office = place["office"]
    told = do(service.tip, VISITOR, content="中介超市协管办的人打听谁报了名。")
    ticked = do(
        service.tip,
        VISITOR,
        content="有工作人员打听谁报了名。",
        concerns=[office.organisation_id],
    )
    for number in (told, ticked):
        assert readers(place, number) == ["authority"]
        for actor in (office.officer, office.signatory, place["regulator"].officer):
            with pytest.raises(NotFound):
                do(service.look_at, actor, number=number, note="无事")
            with pytest.raises(NotFound):
                do(service.close_tip, actor, number=number)
        (due,) = windows.of_subject(reading(CLOCK), number)
        assert due.responsible_id == place["authority"].organisation_id

    with pytest.raises(Refusal, match="not_looked_at"):
        do(service.close_tip, place["authority"], number=told)
    do(service.look_at, place["authority"], number=told, note="约谈了有关人员")
    with pytest.raises(Refusal, match="same_person"):
        do(service.close_tip, place["authority"], number=told)
    shown = seen(service.close_tip, reading(CLOCK), told)
    do(service.look_at, place["authority"], number=told, note="约谈了有关人员，并作了提醒")
    with pytest.raises(Refusal, match="shown.changed"):
        do(service.close_tip, place["second"], number=told, shown=shown)
    do(service.close_tip, place["second"], number=told)
    with pytest.raises(Refusal, match="is_closed"):
        do(service.look_at, place["authority"], number=told, note="再看")
    kinds = [entry.type for entry in ledger.of_subject(reading(CLOCK), told)]
    assert kinds == [
        "tip.received",
        "window.opened",
        "window.closed",
        "tip.looked_at",
        "tip.closed",
    ]


@pytest.mark.databases
def test_a_tip_about_agencies_is_the_offices_and_has_no_clock(place):
    number = do(service.tip, VISITOR, content="两家机构的报价文件一模一样。")
    assert readers(place, number) == ["office"]
    assert windows.of_subject(reading(CLOCK), number) == []


def test_what_names_the_office_and_its_superior_is_handed_to_inspection_without_a_clock(place):
    authority = place["authority"].organisation_id
    number = do(service.tip, VISITOR, content="协管办和上级都知道这件事。", concerns=[authority])
    assert readers(place, number) == ["inspection"]
    (due,) = windows.of_subject(reading(CLOCK), number)  # of who carries it
    assert due.kind == rules.HAND_OVER.name
    assert due.responsible_id == place["regulator"].organisation_id


def test_its_readers_are_told_and_nobody_else(place):
    number = do(service.tip, VISITOR, content="协管办的人打听谁报了名。")
    letters.write()

    def told(actor) -> bool:
        return any(number in letter.title for letter in inbox.inbox(reading(actor)))

    assert told(place["authority"]) and told(place["second"])
    assert not told(place["office"].officer) and not told(place["regulator"].officer)
    assert not told(place["inspection"])


def test_whoever_gave_it_asks_by_number_and_code(app, new_client):
    with app.app_context():
        selection.town()
        desk = complaints.desk()
    giver = new_client()
    answer = people.submit(giver, "/tips/new", {"content": "几家机构串通报价，请查。"})
    received = giver.get(answer.location).text
    with app.app_context():
        number = "XS-360481-2026-00001"
        code = queries.tip_code(reading(CLOCK), number)
    assert code in received
    assert code not in giver.get(answer.location).text  # told once
    assert code not in new_client().get(answer.location).text

    stranger = new_client()

    def ask(**typed):
        return people.submit(stranger, "/tips/status", {"number": number, "code": code, **typed})

    assert "已收到，待阅处" in ask().text
    spaced = f"{code[:4].lower()} {code[4:]}"
    assert "已收到，待阅处" in ask(code=spaced).text
    wrong = [ask(code="A" * 12), ask(number="XS-360481-2026-00009")]
    assert [one.status_code for one in wrong] == [404, 404]
    assert all("编号或查询码不正确" in one.text for one in wrong)
    with app.app_context():
        do(service.look_at, desk.officer, number=number, note="内部意见")
        do(service.close_tip, desk.signatory, number=number)
    said = ask().text
    assert "已办结" in said and "内部意见" not in said
