"""A desk that stayed open decides nothing about an agency that has changed since."""

import datetime as dt

import pytest
from sqlalchemy import select

from market.agencies.models import Agency
from market.db import db, reading
from market.enrolment import queries, service
from market.enrolment.rules import Section
from market.kernel.actor import CLOCK
from market.kernel.shown import Changed, seen, sight_of
from tests.enrolment.deeds import kinds
from tests.factories import accounts as people
from tests.factories import agencies as factory
from tests.factories import reputation as credit
from tests.factories.deeds import Tab, do

GROUNDS = {
    "reasons": "资质证书与申报事项不符。",
    "basis": "《办法》第九条",
    "remedy": "六十日内可申请行政复议。",
}
OTHER = {**GROUNDS, "reasons": "申报的营业场所查无此处。"}
UNTIL = dt.date(2026, 3, 20)


def suspended_again(made):
    """The suspension that the tab shows fell, and another was proposed for longer."""
    do(service.drop_standing, factory.head(), ref=made.ref)
    do(
        service.propose_suspension,
        factory.checker(),
        fact="abnormal",
        ref=made.ref,
        reason="另有原因。",
        until=UNTIL + dt.timedelta(days=3),
    )


def suspension(made):
    do(
        service.propose_suspension,
        factory.checker(),
        fact="abnormal",
        ref=made.ref,
        reason="违反承诺。",
        until=UNTIL,
    )


def removal(made, grounds=GROUNDS):
    do(
        service.propose_removal,
        factory.checker(),
        ref=made.ref,
        record_number=credit.ground(made),
        reasons=grounds["reasons"],
        remedy=grounds["remedy"],
        barred_until=dt.date(2026, 9, 4),
    )


def removed_otherwise(made):
    do(service.drop_removal, factory.head(), ref=made.ref)
    removal(made, OTHER)


@pytest.mark.databases
@pytest.mark.parametrize(
    ("deed", "before", "change", "now"),
    [
        ("standing/sign", suspension, suspended_again, "现为：2026-03-23"),
        ("standing/drop", suspension, suspended_again, "现为：另有原因。"),
        ("removal/sign", removal, removed_otherwise, "现为：申报的营业场所查无此处。"),
        ("removal/drop", removal, removed_otherwise, "现为：申报的营业场所查无此处。"),
    ],
)
def test_an_old_tab_signs_no_other_proposal(app, client, deed, before, change, now):
    with app.app_context():
        factory.town()
        made = factory.active_agency()
        before(made)
        head = factory.head()
    people.sign_in(client, head)
    desk = f"/office/agencies/{made.ref}"
    tab = Tab(client, desk, f"{desk}/{deed}")
    with app.app_context():
        change(made)
        entries = kinds(made.ref)

    refused = tab.send()

    assert refused.status_code == 409
    assert "内容已变化，请重新查看" in refused.text
    assert now in refused.text
    with app.app_context():
        assert kinds(made.ref) == entries


def mended(made):
    """Returned, mended at another address and handed in again."""
    point = (Section.BASICS, "营业场所与登记不符")
    do(service.send_back, factory.checker(), number=made.number, corrections=[point])
    moved = factory.basics(made.name, address="瑞昌市桂林路 2 号")
    do(service.save_basics, made.actor, basics=moved)
    do(service.sign_commitment, made.actor)
    do(service.submit, made.actor, submission_key="second")


@pytest.mark.databases
@pytest.mark.parametrize("deed", ["pass", "return", "refuse"])
def test_an_old_tab_does_not_decide_about_what_was_mended_since(app, client, deed):
    with app.app_context():
        made = factory.submitted_agency()
        checker = factory.checker()
    people.sign_in(client, checker)
    desk = f"/office/enrolments/{made.number}"
    tab = Tab(client, desk, f"{desk}/pass") if deed == "pass" else Tab(client, f"{desk}/{deed}")
    with app.app_context():
        mended(made)
        entries = kinds(made.number)

    refused = tab.send(**GROUNDS)

    assert refused.status_code == 409
    assert "内容已变化，请重新查看。与您刚才看到的不同的是：基本信息" in refused.text
    assert (GROUNDS["reasons"] in refused.text) is (deed == "refuse")
    with app.app_context():
        assert kinds(made.number) == entries
    if deed != "return":  # nothing is returned a second time
        tab.form = tab.read(refused.text)
        assert tab.send(**GROUNDS).status_code == 303


def test_an_agency_that_says_something_meanwhile_is_heard(context):
    made = factory.active_agency()
    removal(made)
    shown = seen(service.sign_removal, reading(CLOCK), made.ref)
    do(service.state_case, made.actor, statement="我单位已经改正。")

    with pytest.raises(Changed) as no:
        do(service.sign_removal, factory.head(), ref=made.ref, shown=shown)

    assert [each.part for each in no.value.differences] == ["departure.statement"]


@pytest.mark.parametrize(
    ("deed", "values"),
    [
        (service.accept_document, {}),
        (service.return_document, {"reason": "缺第二页。"}),
    ],
)
def test_a_document_that_was_handed_in_anew_is_looked_at(context, deed, values):
    made = factory.provisional_agency()
    (document,) = queries.outstanding_documents(reading(CLOCK), made.organisation_id)
    do(service.hand_in, made.actor, document_id=document.id, received=factory.paper())
    shown = seen(deed, reading(CLOCK), document.id)
    another = factory.paper(data=factory.PDF + b"2")
    do(service.hand_in, made.actor, document_id=document.id, received=another)

    with pytest.raises(Changed):
        do(deed, factory.checker(), document_id=document.id, shown=shown, **values)

    do(deed, factory.checker(), document_id=document.id, **values)


def test_every_deed_of_the_desk_says_what_it_is_about():
    named = {
        "ref": (
            service.confirm_addition,
            service.return_addition,
            service.revoke,
            service.keep,
            service.propose_revocation,
            service.propose_new_due,
            service.close_exit,
        ),
        "objection_id": (service.dismiss_objection, service.open_revocation),
        "number": (service.sign_refusal, service.overrule),
    }
    for key, deeds in named.items():
        for deed in deeds:
            sight = sight_of(deed)
            assert sight is not None and sight.key == key


@pytest.mark.databases
@pytest.mark.parametrize(
    ("act", "given"),
    [
        (service.propose_suspension, {"fact": "abnormal", "reason": "违反承诺。", "until": UNTIL}),
        (
            service.propose_removal,
            {
                "record_number": "JF-360481-2026-00001",
                "reasons": GROUNDS["reasons"],
                "remedy": GROUNDS["remedy"],
                "barred_until": dt.date(2026, 9, 4),
            },
        ),
    ],
)
def test_nothing_is_proposed_about_an_agency_that_has_changed(context, act, given):
    made = factory.active_agency()
    shown = seen(act, reading(CLOCK), made.ref)
    suspension(made)
    do(service.drop_standing, factory.head(), ref=made.ref)
    row = db.session.scalars(select(Agency).where(Agency.ref == made.ref)).one()
    row.name = "江西另名测绘有限公司"
    db.session.commit()

    with pytest.raises(Changed) as no:
        do(act, factory.checker(), ref=made.ref, shown=shown, **given)

    assert [each.part for each in no.value.differences] == ["agency.name"]
