"""A hotline's orders come as a table and go back with reply and closure."""

import concurrent.futures
import csv
import io
import threading

import pytest

from market.cases import orders, queries, service
from market.cases.rules import Asked, CaseState, Order, Result, Source, Told
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.web import csvs
from tests.factories import accounts as people
from tests.factories import selection
from tests.factories.deeds import do

GOOD = ("12345-2026-1", "咨询", "", "询问入驻要什么材料。", "", "李女士", "13812345679")


def table(*rows, heads=orders.COLUMNS, encoding="utf-8-sig"):
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode(encoding)


def row(**changes):
    said = dict(zip(orders.COLUMNS, GOOD, strict=True)) | changes
    return tuple(said.values())


def test_lines_that_were_only_formatted_are_no_orders():
    lines, wrong = orders.read(table(GOOD, ("",) * len(GOOD), (" ", "", "　"), row(工单编号="2")))
    assert not wrong
    assert [line.no for line in lines] == [2, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_however_a_spreadsheet_has_saved_it(encoding):
    lines, wrong = orders.read(table(GOOD, row(工单编号="2", 诉求类别="表扬"), encoding=encoding))
    assert not wrong
    assert [(line.no, line.of.order_kind) for line in lines] == [
        (2, Order.CONSULT),
        (3, Order.PRAISE),
    ]
    assert lines[0].of.said == GOOD[3]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"工单编号": " "}, "工单编号"),
        ({"诉求类别": "别的"}, "诉求类别"),
        ({"诉求类别": "投诉"}, "是否按投诉办理"),
        ({"诉求类别": "投诉", "是否按投诉办理": "是"}, "是否按投诉办理"),
        ({"是否按投诉办理": "也许"}, "是否按投诉办理"),
        ({"诉求内容": "\u200b"}, "诉求内容"),
        ({"反映人": "名" * 61}, "反映人"),
        ({"诉求内容": "门口\0没有人"}, "诉求内容"),
        ({"诉求内容": "门口\u202e没有人"}, "诉求内容"),
        ({"工单编号": "12345\u202e"}, "工单编号"),
        ({"联系电话": "1.38E+10"}, "联系电话"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(changes, column):
    lines, wrong = orders.read(table(GOOD, row(**changes)))
    assert (lines, wrong) == ([], [(3, column)])


def test_a_cell_is_kept_as_the_form_would_keep_it_and_lines_are_those_of_the_spreadsheet():
    typed = row(
        联系电话="１３８ １２３４ ５６７９",
        所涉事项的编号="gg 360481 2026 00012",
        反映人="李\u200b女士",
    )
    lines, wrong = orders.read(table(row(诉求内容="一\n二\n三"), (), typed))
    assert not wrong
    assert [line.no for line in lines] == [2, 4]
    said = lines[1].of
    kept = (said.phone, said.matter, said.party_name)
    assert kept == ("13812345679", "GG-360481-2026-00012", "李女士")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xfe\x00\x80", "unreadable"),
        (b"", "columns"),
        (b"a,b\n1,2\n", "columns"),
        (table(), "empty"),
        (table(*[GOOD] * 501), "long"),
        (b'a\n"' + b"x" * 200_000, "columns"),
    ],
)
def test_what_is_no_table_says_so(data, why):
    with pytest.raises(csvs.Unread) as no:
        orders.read(data)
    assert no.value.why == why


@pytest.mark.databases
def test_orders_are_entered_once_and_go_back_with_their_reply(app, client):
    with app.app_context():
        selection.town()
        officer = people.staff("office", "case_officer")
        caller = people.member(officer.organisation_id, "callback_officer")
    people.sign_in(client, officer)
    page = "/office/cases/orders"

    def send(data):
        return people.submit(client, page, {"file": (io.BytesIO(data), "orders.csv")})

    wrong = send(table(GOOD, row(工单编号="2", 诉求类别="投诉")))
    assert wrong.status_code == 422
    assert "是否按投诉办理" in wrong.text
    with app.app_context():
        assert not list(queries.orders(reading(officer)))  # all or none
    canary = row(工单编号="=1+1", 诉求类别="表扬")
    assert send(table(GOOD, canary)).status_code == 303
    assert send(table(GOOD, canary)).status_code == 303
    with app.app_context():
        first, praise = queries.orders(reading(officer))
        assert praise.state is CaseState.CLOSED
        do(service.contact, officer, number=first.number, note="已电话联系")
        do(service.rectify, officer, number=first.number, answer="可以网上入驻。")
        said = {"result": Result.SOLVED, "said": "已答复"}
        do(service.call_back, caller, number=first.number, **said)
    back = client.get("/office/cases/orders.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(back)))
    assert [each["工单编号"] for each in rows] == [GOOD[0], "'=1+1"]
    assert (rows[0]["答复"], rows[0]["回访结果"]) == ("可以网上入驻。", "已解决")
    assert GOOD[6] not in back


def test_another_body_s_orders_do_not_go_back(app, context):
    selection.town()
    officer = people.staff("office", "case_officer")
    lines, _wrong = orders.read(table(GOOD))
    assert do(service.enter_orders, officer, lines=lines, submission_key="k") == (1, 0)
    assert do(service.enter_orders, officer, lines=lines, submission_key="k") == (0, 1)
    other = people.staff("regulator", "complaint_officer")
    assert not list(queries.orders(reading(other)))
    assert len(list(queries.orders(reading(officer)))) == 1
    assert lines[0].asked is Asked.NOT_NEEDED
    assert reading(CLOCK).now


@pytest.mark.databases
def test_of_two_clerks_with_the_same_orders_one_enters_them(app, context):
    selection.town()
    clerks = [people.staff("office", "case_officer")]
    clerks.append(people.member(clerks[0].organisation_id, "case_officer"))
    lines, _wrong = orders.read(table(GOOD, row(工单编号="2")))
    gate = threading.Barrier(2)
    db.session.commit()

    def enter(who):
        with app.app_context():
            gate.wait()
            return in_one_transaction(service.enter_orders, who, lines=lines)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enter, clerks)) == [(0, 2), (2, 0)]


def test_a_number_of_a_survey_may_stand_on_many_cases(app, context):
    selection.town()
    officer = people.staff("office", "case_officer")
    told = Told(source=Source.SURVEY, source_number="7", said="等得太久。", party_name="李女士")
    first = do(service.enter, officer, of=told, asked=Asked.NOT_NEEDED)
    assert do(service.enter, officer, of=told, asked=Asked.NOT_NEEDED) != first
