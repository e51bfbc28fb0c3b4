"""The pages of enrolment, as a person walks through them."""

import io
import re

import pytest
from sqlalchemy import select

from market.accounts.models import Organisation
from market.agencies import queries as agencies
from market.agencies.models import Agency
from market.agencies.rules import State
from market.db import db, reading
from market.enrolment import queries
from market.kernel.actor import CLOCK
from tests.factories import accounts as people
from tests.factories import agencies as factory

USCC = people.credit_code(777)
FIELDS = {
    "name": "瑞昌市青山测绘有限公司",
    "type": "enterprise",
    "region": "360481",
    "legal_representative": "李青山",
    "representative_number": people.id_number(),
    "capital_fen": "300万",
    "established_on": "2015-6-1",
    "address": "瑞昌市湓城街道1号",
    "contact_person": "王五",
    "contact_phone": "0792-4222222",
    "contact_email": "office@example.org",
}
CERTIFICATE = {
    "name": "测绘资质",
    "grade": "乙级",
    "specialities": "工程测量",
    "number": "乙测资字3600001",
    "issuer": "江西省自然资源厅",
    "valid_from": "2024-01-01",
    "valid_to": "2028-12-31",
}


def scan():
    return {"scan": (io.BytesIO(factory.PDF), "证书.pdf")}


def walk(client, **changes):
    """From the start page to the check page, everything filled in."""
    people.submit(client, "/enrolment/start", {"uscc": USCC, "name": FIELDS["name"]})
    people.submit(client, "/enrolment/basics", FIELDS)
    people.submit(client, "/enrolment/lines", {"items": ["301", "103"]})
    people.submit(client, "/enrolment/qualifications/new", {**CERTIFICATE, **changes}, files=scan())
    return people.submit(client, "/enrolment/commitment", {"agree": "y"})


def test_an_agency_enrols_without_visiting(client, new_client, people_here, app):
    assistant, checker, _head = people_here
    people.sign_in(client, assistant)
    assert "一次性告知" in client.get("/enrolment").text
    assert walk(client).location == "/enrolment"
    tasks = client.get("/enrolment").text
    assert tasks.count("已完成") == 4
    page = client.get("/enrolment/check").text
    assert "修改" in page and "91 360481 " in page and "查看扫描件" in page
    assert people.submit(client, "/enrolment/check").location == "/enrolment/receipt"
    receipt = client.get("/enrolment/receipt").text
    number = re.search(r"RZ-360481-2026-\d{5}", receipt)[0]
    assert "2026-03-06 24:00" in receipt

    office = new_client()
    people.sign_in(office, checker)
    assert number in office.get("/office/enrolments").text
    page = office.get(f"/office/enrolments/{number}")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert 'class="mk-decide"' in page.text and 'aria-current="page">入驻核验' in page.text
    everything = page.text
    assert "乙测资字3600001" in everything and "office@example.org" in everything
    file = re.search(r"/files/\d+", everything)[0]
    assert office.get(file).status_code == 200
    answer = people.submit(
        office, f"/office/enrolments/{number}", to=f"/office/enrolments/{number}/pass"
    )
    assert answer.status_code == 303, answer.text

    public = new_client()
    shown = public.get(f"/agencies/{USCC}").text
    assert (
        "已入驻" in shown and "入驻公示中" in shown and "A000001" in shown and "入驻生效" in shown
    )
    assert "office@example.org" not in shown and "/files/" not in shown
    assert public.get(file).status_code in (303, 403, 404)
    assert FIELDS["name"] in public.get("/agencies?tier=here&item=301").text
    assert FIELDS["name"] not in public.get("/agencies?tier=elsewhere").text
    for state, is_found in {"active": True, "removed": False, "removing": True, "x": True}.items():
        assert (FIELDS["name"] in public.get(f"/agencies?state={state}").text) is is_found


def test_a_wrong_checksum_is_named_and_nothing_typed_is_lost(client, people_here):
    people.sign_in(client, people_here[0])
    wrong = USCC[:-1] + ("0" if USCC[-1] != "0" else "1")
    answer = people.submit(client, "/enrolment/start", {"uscc": wrong, "name": "青山测绘"})
    assert answer.status_code == 422
    assert "校验不符" in answer.text and wrong in answer.text and "青山测绘" in answer.text


def test_the_same_agency_enrols_once(client, new_client, people_here, app):
    people.sign_in(client, people_here[0])
    people.submit(client, "/enrolment/start", {"uscc": USCC, "name": FIELDS["name"]})
    other = new_client()
    with app.app_context():
        second = people.person()
    people.sign_in(other, second)
    answer = people.submit(other, "/enrolment/start", {"uscc": USCC, "name": FIELDS["name"]})
    assert answer.status_code == 422
    assert "已有入驻记录" in answer.text


def test_an_expired_certificate_is_refused_naming_the_field_and_the_scan_is_kept(
    client, people_here
):
    people.sign_in(client, people_here[0])
    answer = walk_to_certificate(client, {"valid_to": "2026-03-03"})
    assert answer.status_code == 422
    assert "有效期止为 2026-03-03，已经过期" in answer.text and 'href="#valid_to"' in answer.text
    assert "扫描件已保存" in answer.text and CERTIFICATE["number"] in answer.text


def walk_to_certificate(client, changes):
    people.submit(client, "/enrolment/start", {"uscc": USCC, "name": FIELDS["name"]})
    people.submit(client, "/enrolment/lines", {"items": ["301"]})
    return people.submit(
        client, "/enrolment/qualifications/new", {**CERTIFICATE, **changes}, files=scan()
    )


def test_saved_halfway_and_come_back_to(client, people_here, app):
    people.sign_in(client, people_here[0])
    people.submit(client, "/enrolment/start", {"uscc": USCC, "name": FIELDS["name"]})
    half = {"legal_representative": "李青山", "contact_person": ""}
    assert people.submit(client, "/enrolment/basics", half).status_code == 422
    assert people.submit(client, "/enrolment/basics", {**half, "save": "1"}).status_code == 303
    assert "李青山" in client.get("/enrolment/basics").text
    assert "填写中" in client.get("/enrolment").text
    answer = people.submit(client, "/enrolment/basics", {"contact_phone": "12", "save": "1"})
    assert answer.status_code == 422 and 'value="12"' in answer.text


def test_another_agencys_certificate_is_not_there(client, app):
    with app.app_context():
        mine = factory.started_agency()
        other = factory.active_agency(["301"])
        foreign = agencies.qualifications(
            reading(CLOCK), agencies.agency(reading(CLOCK), other.uscc).id
        )[0]
    people.sign_in(client, mine.actor)
    assert client.get(f"/enrolment/qualifications/{foreign.id}").status_code == 404
    token = people.token(client, "/enrolment/basics")
    gone = client.post(
        f"/enrolment/qualifications/{foreign.id}/remove", data={"csrf_token": token, "sure": "1"}
    )
    assert gone.status_code == 404
    stolen = people.submit(
        client,
        "/enrolment/qualifications/new",
        {**CERTIFICATE, "name": "other", "other": "测绘资质", "kept": str(foreign.file_id)},
    )
    assert stolen.status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/agencies/91360481MA35LK1X2Q",
        "/office/agencies/A999999",
        "/office/enrolments/RZ-360481-2026-99999",
        "/office/objections/9223372036854775807",
        "/office/objections/99999999999999999999",
    ],
)
def test_what_is_not_there_is_404(client, people_here, path):
    people.sign_in(client, people_here[1])
    assert client.get(path).status_code == 404


def test_a_malformed_cursor_is_refused(client):
    assert client.get("/agencies?after=xyz").status_code == 400


def test_the_public_is_sent_to_sign_in(client):
    for path in ("/enrolment/start", "/enrolment/basics", "/office/enrolments"):
        assert client.get(path).status_code == 303


def test_an_agency_cannot_open_the_offices_desk(client, app):
    with app.app_context():
        made = factory.started_agency()
    people.sign_in(client, made.actor)
    assert client.get("/office/enrolments").status_code == 403


def test_submitting_twice_makes_one_application(client, people_here, app):
    people.sign_in(client, people_here[0])
    walk(client)
    form = next(
        each for each in people.forms(client.get("/enrolment/check").text) if "once" in each.fields
    )
    first = client.post("/enrolment/check", data=form.fields)
    second = client.post("/enrolment/check", data=form.fields)
    assert first.status_code == second.status_code == 303
    with app.app_context():
        assert len(queries.desk(reading(CLOCK))) == 1
        assert agencies.agency(reading(CLOCK), USCC).state is State.SUBMITTED


def test_what_is_odd_in_a_certificate_is_said_at_its_field(client, people_here):
    people.sign_in(client, people_here[0])
    answer = walk_to_certificate(
        client, {"name": "other", "valid_to": "", "specialities": "工" * 101}
    )
    assert answer.status_code == 422
    for sentence in ("请填写“其他名称”", "请勾选“长期有效”", "每行最多 100 个字"):
        assert sentence in answer.text
    script = {"scan": (io.BytesIO(b"<script>alert(1)</script>"), "证书.pdf")}
    wrong = people.submit(client, "/enrolment/qualifications/new", CERTIFICATE, files=script)
    assert wrong.status_code == 422 and 'href="#scan"' in wrong.text


def test_a_certificate_under_another_name_without_end_is_kept_and_taken_out_again(
    client, people_here
):
    people.sign_in(client, people_here[0])
    kept = walk_to_certificate(
        client, {"name": "other", "other": "规划资质", "valid_to": "", "lasting": "y"}
    )
    assert kept.status_code == 303
    page = client.get("/enrolment/qualifications").text
    assert "规划资质" in page and "长期" in page and "还没有" in page
    link = re.search(r"/enrolment/qualifications/\d+/remove", page)[0]
    assert 'value="规划资质"' in client.get(link.removesuffix("/remove")).text
    assert (
        people.submit(client, "/enrolment/qualifications", {"sure": "1"}, to=link).status_code
        == 303
    )
    assert "规划资质" not in client.get("/enrolment/qualifications").text


def test_the_head_enrols_against_a_proposal_or_ends_a_revocation(client, new_client, app):
    with app.app_context():
        made = factory.submitted_agency()
        checker = factory.checker()
        head = factory.head()
    people.sign_in(client, checker)
    people.sign_in(chief := new_client(), head)
    said = {"reasons": "材料存疑", "basis": "《办法》第九条"}
    people.submit(client, f"/office/enrolments/{made.number}/refuse", said)
    page = f"/office/enrolments/{made.number}"
    assert people.submit(chief, page, to=f"{page}/overrule").status_code == 303
    with app.app_context():
        citizen = people.person()
        officer = people.staff("regulator", "regulator_officer")
    people.sign_in(other := new_client(), citizen)
    people.submit(other, f"/agencies/{made.uscc}/object", {"reason": "该机构的办公地址不存在"})
    people.sign_in(desk := new_client(), officer)
    link = re.search(r"/office/objections/\d+", desk.get("/office/enrolments").text)[0]
    people.submit(desk, f"{link}/revoke", said)
    assert made.name in desk.get("/office/enrolments").text
    assert (
        people.submit(
            chief, "/office/agencies/A000001", to="/office/agencies/A000001/keep"
        ).status_code
        == 303
    )
    assert "已入驻" in other.get(f"/agencies/{made.uscc}").text


def test_the_directory_by_category(client, app):
    with app.app_context():
        made = factory.active_agency(["301"])
    assert made.name in client.get("/agencies?category=工程测量").text
    assert made.name not in client.get("/agencies?category=社会服务").text
    assert made.name in client.get("/agencies?tier=moon").text


def test_an_enrolled_agency_adds_an_item_by_its_pages(client, new_client, app):
    with app.app_context():
        made = factory.active_agency(["301"])
        checker = factory.checker()
    people.sign_in(client, made.actor)
    assert "/enrolment/addition" in client.get("/enrolment").text
    assert people.submit(client, "/enrolment/addition", {"agree": "y"}).status_code == 422
    deed = {**CERTIFICATE, "name": "other", "other": "测绘资质", "specialities": "界线与不动产测绘"}
    assert (
        people.submit(client, "/enrolment/qualifications/new", deed, files=scan()).status_code
        == 303
    )
    assert "已核验" in client.get("/enrolment/qualifications").text
    page = client.get("/enrolment/addition").text
    assert CERTIFICATE["number"] in page and 'value="304"' in page and 'value="301"' not in page
    assert (
        people.submit(client, "/enrolment/addition", {"items": ["304"], "agree": "y"}).status_code
        == 303
    )
    assert "增项申请正在核验" in client.get("/enrolment").text
    assert "上一次增项申请正在核验" in client.get("/enrolment/addition").text
    people.sign_in(office := new_client(), checker)
    assert made.name in office.get("/office/enrolments").text
    desk = f"/office/agencies/{made.ref}"
    assert "土地勘测定界" in office.get(desk).text
    assert people.submit(office, f"{desk}/return", {"reason": "扫描件缺第二页"}).status_code == 303
    assert "扫描件缺第二页" in client.get("/enrolment").text
    assert (
        people.submit(client, "/enrolment/addition", {"items": ["304"], "agree": "y"}).status_code
        == 303
    )
    assert people.submit(office, desk, to=f"{desk}/confirm").status_code == 303
    assert "土地勘测定界" in new_client().get(f"/agencies/{made.uscc}").text


LEGAL = "瑞昌市①号（集团）测绘㎡有限公司"


def test_a_firms_name_is_kept_as_its_licence_has_it(client, people_here, app):
    people.sign_in(client, people_here[0])
    people.submit(client, "/enrolment/start", {"uscc": USCC, "name": LEGAL})
    basics = {**FIELDS, "name": f" {LEGAL}\u200b", "address": "湓城街道１号（Ａ座）"}
    assert people.submit(client, "/enrolment/basics", basics).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(Agency)).one()
        assert (row.name, row.address) == (LEGAL, "湓城街道１号（Ａ座）")
        body = db.session.get(Organisation, row.organisation_id)
        assert body.name == LEGAL


def test_the_number_of_the_representative_is_asked_once_kept_as_a_digest_and_never_shown(
    client, people_here, app
):
    people.sign_in(client, people_here[0])
    people.submit(client, "/enrolment/start", {"uscc": USCC, "name": FIELDS["name"]})
    number = FIELDS["representative_number"]
    without = {**FIELDS, "representative_number": ""}
    assert people.submit(client, "/enrolment/basics", without).status_code == 422
    wrong = people.submit(
        client, "/enrolment/basics", {**FIELDS, "representative_number": number[:-2]}
    )
    assert wrong.status_code == 422 and 'href="#representative_number"' in wrong.text
    assert number[:-2] not in wrong.text
    assert people.submit(client, "/enrolment/basics", FIELDS).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(Agency)).one()
        digest = row.representative_digest
        assert len(digest) == 64 and number not in str(vars(row))
    shown = client.get("/enrolment/basics").text + client.get("/enrolment/check").text
    assert number not in shown and digest not in shown
    assert people.submit(client, "/enrolment/basics", without).status_code == 303  # known already
    other = {**without, "legal_representative": "赵青山"}
    assert people.submit(client, "/enrolment/basics", other).status_code == 422  # another person
