"""A direct choice in a real browser, on a phone and on a desk: chosen, refused, chosen again, accepted;
and the whole log holds for an outsider.
"""

import json
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import jobs as ledger
from market.selection.results import queries as result_queries
from tests.browser import DESKTOP, PHONE, follow, look, signed_in
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.witness import NearWitness
from tests.selection.choosing import choice, published
from verify.zjcs import evidence, keys, logcheck


def ask(page: Page, number: str, name: str) -> None:
    page.goto(f"/notices/{number}")
    follow(page, page.get_by_role("button", name="选定机构"))
    page.get_by_label(name).check()
    page.get_by_label("商定的金额").fill("8万")
    look(page, "choose")
    follow(page, page.get_by_role("button", name="征询这家机构"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_refused_and_picked_again(app, live_server, visitor, size):
    with app.app_context():
        number, buyer, signs = published(4)
        first, second = choice(number).places[:2]
    owner = signed_in(visitor(viewport=size), app, live_server.url, buyer.signatory)
    ask(owner, number, first.name)
    expect(owner.locator("main")).to_contain_text("待答复")
    look(owner, "asked")

    agency = signed_in(visitor(viewport=size), app, live_server.url, signs[first.ref])
    agency.goto("/todo")
    expect(agency.locator("main")).to_contain_text("答复是否接受选定")
    agency.goto(f"/notices/{number}")
    look(agency, "notice-asked")
    follow(agency, agency.get_by_role("button", name="答复是否接受"))
    agency.get_by_label("不接受的理由").fill("本月人手已满")
    look(agency, "offer")
    follow(agency, agency.get_by_role("button", name="不接受"))

    owner.goto("/todo")
    expect(owner.locator("main")).to_contain_text("选定中介机构")
    ask(owner, number, second.name)
    expect(owner.locator("main")).to_contain_text("本月人手已满")
    other = signed_in(visitor(viewport=size), app, live_server.url, signs[second.ref])
    other.goto(f"/notices/{number}/offer")
    follow(other, other.get_by_role("button", name="接受", exact=True))
    expect(other.locator("main")).to_contain_text("中选公告已发布")
    look(other, "result")
    with app.app_context():
        (own,) = result_queries.entries_of(reading(CLOCK), signs[second.ref].organisation_id)
    other.goto(f"/entries/{own.receipt}")
    expect(other.locator("main")).to_contain_text("已接受业主选定")
    look(other, "receipt")
    with app.app_context():
        ledger.witness_head()
        inspector = people.staff("inspection", "inspector")
    overseer_reads(signed_in(visitor(viewport=size), app, live_server.url, inspector), number)
    everybody_reads(visitor(viewport=size), number)
    outsiders_verify(app, f"{live_server.url}/log", number, [first.ref, second.ref])


def overseer_reads(page: Page, number: str) -> None:
    page.goto("/office/selections")
    expect(page.locator("main")).to_contain_text("直接选取")
    page.goto(f"/office/selections/{number}")
    expect(page.locator("main")).to_contain_text("业主选定机构，征询是否接受")
    look(page, "overseen")


def everybody_reads(page: Page, number: str) -> None:
    page.goto(f"/notices/{number}/agencies")
    page.get_by_role("button", name="在我的浏览器里核对").click()
    expect(page.locator("#verify-verdict")).to_have_class("verify-ok")
    for name in ("direct_list", "direct_choice", "direct_result", "head"):
        expect(page.locator(f"[data-step={name}]")).to_contain_text("✓")
    look(page, "list")
    for address in ("/results", "/notices", f"/search?q={number}"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text(number)


def outsiders_verify(app, address: str, number: str, asked: list[str]) -> None:
    """The whole log holds, with what people chose and what followed."""
    with app.app_context():
        due = result_queries.notice(reading(CLOCK), number).standstill_due
        assert due is not None
        f.move_to(due)
        ledger.witness_head()
        near = fabric().witness
        assert isinstance(near, NearWitness)
        pinned = keys.load(json.dumps(near.inner.keys()))
    file = urllib.request.urlopen(
        address.replace("/log", f"/notices/{number}/evidence.json")
    ).read()
    assert [step.fault for step in evidence.check(file, pinned) if step.fault] == []
    steps = list(logcheck.check(logcheck.open_source(address), pinned))
    assert [str(step.fault) for step in steps if step.fault] == []
    said = {step.name: step.detail for step in steps}
    assert said["direct_list"].startswith("4; ")
    assert said["direct_choice"] == f"{','.join(asked)}; {asked[-1]}"
    assert said["direct_result"] == asked[-1]
