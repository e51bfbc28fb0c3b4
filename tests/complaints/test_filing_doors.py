"""To whom a complaint goes: the doors, bodies that are concerned themselves, conduct."""

import datetime as dt

import pytest

from market.accounts import queries as accounts
from market.complaints import queries, rules, service
from market.complaints.rules import About, Door, Respondent, State
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, Refusal
from market.ledger import queries as ledger
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from tests.complaints.deeds import card
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.deeds import do

SECOND = dt.timedelta(seconds=1)


def test_one_may_turn_to_the_sector_regulator(context):
    desk = complaints.regulator_desk()
    notice = selection.published_notice()
    assert card(complaints.filed(notice, door=Door.REGULATOR)).body_id == desk.organisation_id


def test_a_regulator_that_is_the_owner_does_not_hear_it(context):
    """水利局 buys and regulates: the same credit code stands behind both."""
    regulator = complaints.regulator_desk()
    buyer = selection.owner()
    owner = accounts.organisation(reading(CLOCK), buyer.organisation_id)
    notice = selection.published_notice(buyer)
    office = complaints.desk()
    with_code(regulator.organisation_id, owner.uscc)
    number = complaints.filed(notice, door=Door.REGULATOR)
    assert card(number).body_id == office.organisation_id
    reassigned = next(
        entry
        for entry in ledger.of_subject(reading(CLOCK), number)
        if entry.type == "complaint.reassigned"
    )
    assert reassigned.fields["reason"] == "owner"


def with_code(organisation_id: int, uscc: str) -> None:
    """Give a body the credit code of another organisation, as one bureau in two roles has."""

    def change(work):
        work.session.connection().exec_driver_sql(
            f"UPDATE organisation SET uscc = '{uscc}' WHERE id = {organisation_id}"
        )

    in_one_transaction(change, CLOCK)


def test_the_office_does_not_hear_a_complaint_about_itself(context):
    regulator = complaints.regulator_desk()
    notice = selection.published_notice()
    complaints.desk()
    assert (
        card(complaints.filed(notice, respondent=Respondent.OFFICE)).body_id
        == regulator.organisation_id
    )


def test_when_both_doors_are_concerned_the_authority_hears_it(context):
    regulator = complaints.regulator_desk()
    notice = selection.published_notice()
    complaints.desk()
    authority = complaints.desk("authority")
    buyer = result_queries.notice(reading(CLOCK), notice).owner_organisation_id
    with_code(regulator.organisation_id, accounts.organisation(reading(CLOCK), buyer).uscc)
    assert (
        card(complaints.filed(notice, respondent=Respondent.OFFICE)).body_id
        == authority.organisation_id
    )


def test_a_body_with_nobody_free_passes_it_on(context):
    """The only signatory of the office published the notice: he may not hear a complaint about it."""
    regulator = complaints.regulator_desk()
    office = people.body("office")
    notice_id = selection.submitted_notice()
    head = people.member(office, "publisher", "notice_reviewer", "complaint_signatory")
    people.member(office, "complaint_officer")
    notice = do(notice_service.publish, head, notice_id=notice_id)
    assert card(complaints.filed(notice)).body_id == regulator.organisation_id


def test_conduct_of_the_office_goes_to_the_authority_within_five_working_days(context, clock):
    people.rules_of_the_place()
    people.body("office")
    authority = complaints.desk("authority")
    who = complaints.citizen()
    said = {"about": About.CONDUCT, "respondent": Respondent.OFFICE}
    with pytest.raises(Invalid, match="act_day_missing"):
        complaints.filed("窗口服务", who, **said)
    with pytest.raises(Invalid, match="act_day_missing"):  # not in the future
        complaints.filed("窗口服务", who, **said, act_on=dt.date(2026, 3, 5))
    with pytest.raises(
        Refusal, match="too_late"
    ):  # Tuesday 24 February + 5 working days (28 February works): 2 March
        complaints.filed("窗口服务", who, **said, act_on=dt.date(2026, 2, 24))
    number = complaints.filed(
        "窗口服务", who, **said, act_on=dt.date(2026, 2, 27), matters="窗口拒收材料，未说明理由。"
    )
    row = card(number)
    assert (row.body_id, row.notice_number, row.notice_title) == (
        authority.organisation_id,
        None,
        "窗口服务",
    )
    complaints.accepted(number, authority)
    complaints.decided(number, authority)
    assert card(number).state is State.DISMISSED


def test_what_a_complaint_of_conduct_is_about_is_read_by_nobody_but_those_who_handle_it_and_goes_with_its_text(
    context, clock
):
    people.rules_of_the_place()
    authority = complaints.desk("authority")
    who = complaints.citizen()
    people.body("office")
    number = complaints.filed(
        "三号窗口李四退件",
        who,
        about=About.CONDUCT,
        respondent=Respondent.OFFICE,
        act_on=dt.date(2026, 3, 4),
    )
    (listed,) = queries.register(reading(VISITOR)).rows
    assert (listed.number, listed.notice_title) == (number, "")
    assert not queries.register(reading(VISITOR), q="李四").rows
    assert queries.view(reading(VISITOR), number).public.notice_title == ""
    for reader in (who, authority.officer):
        assert queries.view(reading(reader), number).public.notice_title == "三号窗口李四退件"
    in_one_transaction(service.withdraw, who, number=number, note="误会")
    in_one_transaction(
        service.propose_erasure,
        authority.officer,
        subject=number,
        basis="本人申请。",
        ground=rules.ErasureGround.CONSENT_WITHDRAWN,
    )
    do(service.sign_erasure, authority.signatory, subject=number)
    assert card(number).notice_title == ""
