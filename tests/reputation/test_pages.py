"""Pages of recorded acts in a browser, at a desk and on a phone."""

import pytest

from market.reputation import service
from tests.browser import DESKTOP, PHONE, look, signed_in
from tests.factories import accounts as people
from tests.factories import reputation as made
from tests.factories.deeds import do
from tests.reputation.test_report import MINOR, SERIOUS, switch_marks_on


@pytest.fixture
def town(app):
    """Records in several states, of one agency."""
    with app.app_context():
        for code in (SERIOUS, MINOR):
            made.named_basis(code)
        switch_marks_on()
        at = made.bench()
        who = made.agency()
        made.recorded(SERIOUS, who, at)
        minor = made.recorded(MINOR, who, at)
        do(service.appeal, who.actor, number=minor, ground="逾期是业主推迟交接资料所致。")
        made.named_basis("AG-E03", 60)
        grave = made.recorded("AG-E03", who, at)
        asked = {"number": grave, "days": 30, "reason": "虚假材料，拒不改正。"}
        do(service.propose_suspension, at.officer, **asked)
        do(service.state_against_suspension, who.actor, number=grave, statement="正在整改。")
        do(service.sign_suspension, at.signatory, number=grave)
        number = made.proposed("AG-P07", at.officer, who.uscc)
        authority = people.body("authority", "营商环境办公室")
        editor = people.member(authority, "rule_editor")
        approver = people.member(authority, "rule_approver")
        made.waiting_basis(editor, "《江西省中介服务管理办法》第三十一条")
    return at, who, number, minor, grave, editor, approver


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_each_page_holds_its_screen(app, town, viewport, visitor, live_server):
    at, who, number, minor, grave, editor, approver = town
    page = visitor(viewport=viewport, bypass_csp=True)
    for name, path, reader in (
        ("behaviours", "/behaviours", None),
        ("measures", "/measures", None),
        ("suspended", f"/credit/{grave}", at.officer),
        ("public", f"/agencies/{who.uscc}/record", None),
        ("mine", "/credit", who.actor),
        ("statement", f"/credit/{number}", who.actor),
        ("report", "/credit/report", who.actor),
        ("desk", "/office/credit", at.officer),
        ("propose", "/office/credit/new", at.officer),
        ("appeal", f"/credit/{minor}", at.other),
        ("todo", "/todo", at.other),
        ("bases", "/office/behaviours", approver),
        ("basis", "/office/behaviours/new", editor),
    ):
        if reader is not None:
            signed_in(page, app, live_server.url, reader)
        page.goto(path)
        assert page.locator("h1").count() == 1
        look(page, name)
