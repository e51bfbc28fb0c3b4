"""Publishing the catalogue, on both databases."""

import pytest

from market.catalogue import queries, service, shipped
from market.catalogue.rules import Kind, State
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from tests.factories import accounts as people
from tests.factories.catalogue import shipped_catalogue

pytestmark = pytest.mark.databases


def load(rows):
    return in_one_transaction(service.load, CLOCK, rows=rows)


def test_loading_twice_changes_nothing_the_second_time(context):
    assert shipped_catalogue() == 78
    before = ledger.size(reading(CLOCK))
    assert shipped_catalogue() == 0
    assert ledger.size(reading(CLOCK)) == before
    assert [(each.name, each.items) for each in queries.categories(reading(CLOCK))] == [
        ("项目咨询评估", 24),
        ("工程勘察(设计)", 12),
        ("工程测量", 8),
        ("工程检测", 12),
        ("工程监理(代理)", 10),
        ("社会服务", 12),
    ]


def test_a_changed_item_is_a_new_version_and_is_logged(context):
    rows = shipped.ruichang()
    load(rows)
    rows[24] = {**rows[24], "time_limit_days": "25"}
    assert load(rows) == 1
    card = queries.item(reading(CLOCK), "201")
    assert (card.version, card.time_limit_days) == (2, 25)
    last = ledger.latest(reading(CLOCK), limit=1)[0]
    assert (last.type, last.subject, last.fields["version"]) == (
        "catalogue.item_published",
        "360481-201",
        2,
    )


def test_what_is_not_in_the_file_is_abolished_and_can_come_back(context):
    rows = shipped.ruichang()
    load(rows)
    assert load(rows[1:]) == 1
    assert load(rows[1:]) == 0
    gone = queries.item(reading(CLOCK), "101")
    assert gone.state is State.ABOLISHED and not gone.is_published
    assert "101" not in [item.code for item in queries.items(reading(CLOCK))]
    assert load(rows) == 1
    assert queries.item(reading(CLOCK), "101").version == 2


def test_a_regulator_is_bound_to_its_organisation_when_there_is_one(context):
    shipped_catalogue()
    assert queries.item(reading(CLOCK), "106").regulator_id is None
    water = people.organisation("regulator", "瑞昌市水利局")
    assert shipped_catalogue() > 0
    card = queries.item(reading(CLOCK), "106")
    assert (card.regulator_id, card.regulator_name) == (water, "水利局")


def test_a_bad_row_loads_nothing(context):
    rows = [*shipped.ruichang()[:3], {**shipped.ruichang()[3], "kind": "?"}]
    with pytest.raises(Invalid, match=r"catalogue.bad_row"):
        load(rows)
    assert queries.items(reading(CLOCK)) == []


def test_a_visitor_cannot_load(context):
    with pytest.raises(NotPermitted):
        in_one_transaction(service.load, VISITOR, rows=[])


def test_items_are_found_by_category_text_and_code(context):
    shipped_catalogue()
    work = reading(CLOCK)
    assert len(queries.items(work, "工程测量")) == 8
    assert [item.code for item in queries.items(work, text="301")] == ["301"]
    assert {item.code for item in queries.items(work, text="水土保持方案")} == {"106"}
    assert queries.items(work, "工程测量", "审计") == []
    assert queries.items(work, text="%") == []
    assert queries.item(work, "301").qualification_kind is Kind.CERTIFICATE
    with pytest.raises(NotFound, match=r"catalogue.no_item"):
        queries.item(work, "999")


# --- documents that may come later --------------------------------------------------------

PROOF = "授权代表社会保险缴纳记录"


def publish(*rows):
    lines = [dict(zip(("item", "name", "days"), row, strict=True)) for row in rows]
    return in_one_transaction(service.load_deferrable, CLOCK, rows=lines)


def test_the_list_is_what_the_file_says_and_a_change_is_on_the_log(context):
    shipped_catalogue()
    assert publish(("301", PROOF, "10"), ("302", PROOF, "5"), ("302", "印章备案回执", "3")) == 2
    assert publish(("302", PROOF, "5"), ("302", "印章备案回执", "3"), ("301", PROOF, "10")) == 0
    assert [(each.name, each.days, each.items) for each in queries.deferrable(reading(CLOCK))] == [
        (PROOF, 5, ("301", "302")),
        ("印章备案回执", 3, ("302",)),
    ]
    assert [each.days for each in queries.deferrable(reading(CLOCK), ["301"])] == [10]
    assert publish(("301", PROOF, "12")) == 2
    last = ledger.latest(reading(CLOCK), limit=2)
    assert [
        (each.type, each.fields["item"], each.fields["documents"], each.fields["days"])
        for each in last
    ] == [
        ("catalogue.deferrable_published", "302", [], []),
        ("catalogue.deferrable_published", "301", [PROOF], [12]),
    ]
    assert queries.deferrable(reading(CLOCK), []) == []


@pytest.mark.parametrize(
    "rows, code",
    [
        ([("301", "营业执照副本", "5")], "catalogue.core_document"),
        ([("301", "测绘资质", "5")], "catalogue.core_document"),
        ([("301", "测 绘资质证明", "5")], "catalogue.core_document"),
        ([("301", PROOF, "5"), ("301", PROOF, "6")], "catalogue.listed_twice"),
        ([("301", PROOF, "0")], "catalogue.bad_row"),
        ([("301", PROOF, "100")], "catalogue.bad_row"),
        ([("301", PROOF, "五")], "catalogue.bad_row"),
        ([("301", "x", "5")], "catalogue.bad_row"),
        ([("", PROOF, "5")], "catalogue.bad_row"),
        ([("999", PROOF, "5")], "catalogue.no_item"),
    ],
)
def test_the_licence_and_the_qualification_itself_never_come_later(context, rows, code):
    shipped_catalogue()
    with pytest.raises(Refusal) as no:
        publish(*rows)
    assert no.value.code == code
    assert queries.deferrable(reading(CLOCK)) == []


def test_only_the_terminal_publishes_the_list(context):
    with pytest.raises(NotPermitted):
        in_one_transaction(service.load_deferrable, VISITOR, rows=[])
