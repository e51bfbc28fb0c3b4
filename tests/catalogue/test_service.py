"""Publishing the catalogue, on both databases."""
import pytest

from market.catalogue import queries, service, shipped
from market.catalogue.rules import Kind, State
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound, NotPermitted
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
        ("项目咨询评估", 24), ("工程勘察(设计)", 12), ("工程测量", 8), ("工程检测", 12), ("工程监理(代理)", 10), ("社会服务", 12)]


def test_a_changed_item_is_a_new_version_and_is_logged(context):
    rows = shipped.ruichang()
    load(rows)
    rows[24] = {**rows[24], "time_limit_days": "25"}
    assert load(rows) == 1
    card = queries.item(reading(CLOCK), "201")
    assert (card.version, card.time_limit_days) == (2, 25)
    last = ledger.latest(reading(CLOCK), limit=1)[0]
    assert (last.type, last.subject, last.fields["version"]) == ("catalogue.item_published", "360481-201", 2)


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
