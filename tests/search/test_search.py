"""What can be found, on both databases; and that no writer forgets the index."""

import pytest
from sqlalchemy import select

from market.complaints.rules import Outcome
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.sought import Sought, plain
from market.search import jobs, queries, service
from market.search.models import SearchText
from market.search.rules import BLOCKS, Found
from market.selection.notices import service as notice_service
from tests.factories import agencies, complaints, selection
from tests.factories.deeds import do

pytestmark = pytest.mark.databases
TITLES = (
    "桂林街道办公楼规划放线",
    "桂林街道道路检测",
    "桂花林街道放线测量",
    "赤湖水质检测服务",
    "夏畈镇规划 放线(二期)",
    "街道林桂线放",
)


def subjects(sought: str, kind: Found) -> set[str]:
    """The numbers of what is found of one kind."""
    groups = queries.search(reading(VISITOR), sought)
    return {hit.subject for group in groups if group.kind is kind for hit in group.hits}


def paths(typed: str) -> list[str]:
    """Where a typed number leads."""
    return [each.path for each in queries.named(reading(VISITOR), typed)]


def test_words_are_found_as_a_scan_finds_them(context):
    numbers = {selection.published_notice(title=title): title for title in TITLES}
    signs = "".join(TITLES)
    words = {signs[at : at + size] for size in (1, 2, 3) for at in range(len(signs) - size + 1)}
    for word in sorted(word for word in words if plain(word) == word and " " not in word):
        scanned = {number for number, title in numbers.items() if word in plain(title)}
        assert subjects(word, Found.NOTICE) == scanned, word
    first, second = list(numbers)[:2]
    assert subjects("桂林街道 放线", Found.NOTICE) == {first}
    assert subjects("放线　桂林街道", Found.NOTICE) == {first}
    assert subjects("桂林街道", Found.NOTICE) == {first, second}
    assert subjects("桂林街道 水质", Found.NOTICE) == set()


def test_every_kind_is_found_and_nothing_that_is_not_public(context):
    buyer = selection.owner()
    do(notice_service.draft, buyer.drafter, terms=selection.terms(title="赤湖草稿放线"))
    number = selection.published_notice(title="赤湖水质检测服务")
    made = agencies.active_agency(name="瑞昌赤湖测绘有限公司")
    hidden = agencies.submitted_agency()
    complaint = complaints.filed(number)
    assert subjects("赤湖", Found.NOTICE) == {number}
    assert len(subjects("赤湖", Found.AGENCY)) == 1
    assert subjects("赤湖", Found.COMPLAINT) == {complaint}
    assert "360481-301" in subjects("301", Found.ITEM)
    assert made.uscc and subjects(made.uscc, Found.AGENCY)
    assert not subjects(hidden.uscc, Found.AGENCY)
    assert not service.differences(reading(CLOCK))


def test_numbers_lead_to_their_pages(context):
    number, *_ = selection.announced_notice()
    complaint = complaints.filed(number)
    draw = number.replace("GG", "XQ")
    assert paths(draw.replace("-", "－") + "。") == [f"/draws/{draw}"]
    assert paths(number.replace("-", "").lower()) == [f"/notices/{number}"]
    assert paths(number.replace("GG", "ZX")) == [f"/notices/{number}"]
    assert paths(complaint) == [f"/complaints/{complaint}"]
    owner = next(iter(queries.search(reading(VISITOR), "局", Found.OWNER)), None)
    assert owner and paths(owner.hits[0].subject) == [owner.hits[0].path]
    made = agencies.active_agency()
    assert paths(made.number) == [f"/agencies/{made.uscc}"]
    for nothing in (
        "XQ-360481-2026-09999",
        "XS-360481-2026-00001",
        "瑞中选〔2026〕99号",
        "A999999",
    ):
        assert paths(nothing) == []


def test_the_index_follows_what_becomes_of_a_thing(context):
    desk = complaints.desk()
    number = complaints.accepted(complaints.filed(selection.announced_notice()[0]), desk)
    complaints.decided(number, desk, Outcome.PARTLY)
    assert subjects("某某公司", Found.COMPLAINT) == set()
    complaints.published(number, desk)
    row = db.session.scalar(select(SearchText).where(SearchText.subject == number))
    assert row and "GG-" in row.more and not service.differences(reading(CLOCK))


def test_the_whole_index_can_be_made_anew(context):
    number = selection.published_notice(title="赤湖水质检测服务")
    agencies.active_agency(name="瑞昌赤湖测绘有限公司")
    before = {row.subject for row in db.session.query(SearchText)}
    db.session.query(SearchText).delete()
    db.session.commit()
    assert subjects("赤湖", Found.NOTICE) == set()
    assert number in service.differences(reading(CLOCK))
    jobs.fill()
    assert {row.subject for row in db.session.query(SearchText)} == before
    assert subjects("赤湖", Found.NOTICE) == {number}
    assert in_one_transaction(service.rebuild, CLOCK) == len(before)
    assert not service.differences(reading(CLOCK))


def test_a_long_list_goes_on_where_it_ended(context):
    in_one_transaction(_many, CLOCK)
    made = agencies.active_agency(name="瑞昌赤湖测绘有限公司")
    other, first = queries.search(reading(VISITOR), "赤湖")
    assert [hit.title for hit in other.hits] == [made.name]
    assert [hit.subject for hit in first.hits[:2]] == ["GG-45", "GG-44"] and len(first.hits) == 20
    second = queries.search(reading(VISITOR), "赤湖", Found.NOTICE, first.next)[0]
    third = queries.search(reading(VISITOR), "赤湖", Found.NOTICE, second.next)[0]
    assert len(second.hits) == 20 and len(third.hits) == 5 and third.next is None


def _many(work) -> None:
    for place in range(1, 46):
        facts = service._facts(Sought(f"GG-{place}", "/", "赤湖"))
        work.session.add(SearchText(id=BLOCKS[Found.NOTICE][0] + place, kind=Found.NOTICE, **facts))
