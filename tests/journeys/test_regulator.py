"""A sector regulator's morning by the web pages: three reviews, one question, one suspension."""

import pytest

from market.db import reading
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.oversight import jobs
from market.oversight.rules import BY_READER
from tests.factories import accounts as people
from tests.factories import selection
from tests.journeys.conftest import login

pytestmark = pytest.mark.browser
REASON = "收到举报，需要核实资格条件。"
ASKED = "请说明这次报名时间的依据。"


def drawn(place) -> list[str]:
    """Three selections with a result, of the regulator's sector, and its two people."""
    with place.app.app_context():
        bureau = people.body("regulator", "自然资源局")
        people.member(bureau, "regulator_officer", login=login("bureau"), name="陈承办")
        people.member(bureau, "regulator_signatory", login=login("chief"), name="周审签")
        numbers = [selection.announced_notice()[0] for _ in range(3)]
        jobs.verify()
    return numbers


def test_three_reviews_a_question_and_a_suspension(place, walker):
    numbers = drawn(place)
    officer = walker("bureau")
    officer.sign_in(login("bureau"))
    officer.go("/office/selections").sees(*numbers)
    for number in numbers:
        officer.go("/office/selections").follow(number).sees("选取结果可以重算")
        marks = {check.value: "good" for check in BY_READER}
        officer.fill(**marks, outcome="in_order").press("登记审阅").sees("审阅已登记")

    officer.press("询问经办单位").fill(to="owner", question=ASKED).press("送出询问")
    officer.sees("询问已送达", "待答复").press("责令暂停")
    officer.fill(days="99", basis="《招标投标法实施条例》第六十二条", reason=REASON)
    officer.press("提出，由另一人签发").is_refused("日数须在")
    officer.fill(days="5").press("提出，由另一人签发").sees("待签发")

    chief = walker("chief")
    chief.sign_in(login("chief"))
    chief.go("/todo").sees("责令暂停（或解除）待签发")
    chief.go(f"/office/selections/{numbers[-1]}/suspension").sees(REASON)
    chief.press("签发").sees("暂停中")
    public = walker("public")
    public.go(f"/notices/{numbers[-1]}").sees(REASON, "行业主管部门责令暂停")
    public.sees_no("陈承办", "周审签", ASKED)
    with place.app.app_context():
        types = {each.type for each in ledger.of_subject(reading(CLOCK), numbers[-1])}
    assert {"oversight.reviewed", "oversight.asked", "suspension.ordered", "result.held"} <= types
