"""Amendments asked by the owner: signed in its body, made by the office that signs what it was shown."""

import json

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.shown import seen
from market.ledger.queries.integrity import compare
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.rules.attachments import Side
from market.selection.notices.rules.changes import ChangeState
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import check_refused, log_of
from verify.zjcs.leaves import check_leaf

NEW = "完成勘测定界并提交报告。\n成果须通过主管部门审查，另附电子版。"


@pytest.fixture
def buyer(context):
    return f.owner()


def proposed(buyer, number, entry_close=None, **texts):
    return in_one_transaction(
        notice_service.propose_change,
        buyer.drafter,
        number=number,
        texts=texts or {"content": NEW},
        entry_close=entry_close,
        reason="补充电子版要求",
    )


def signed(buyer, number, **given):
    change_id = proposed(buyer, number, **given)
    do(notice_service.sign_change, buyer.signatory, change_id=change_id)
    return change_id


def card_of(number):
    return notice_queries.notice(reading(CLOCK), number)


@pytest.mark.databases
def test_the_owner_asks_signs_and_the_office_amends_what_it_was_shown(context):
    buyer = f.owner()
    number = f.published_notice(buyer)
    before = card_of(number)
    f.enter(number, f.agency())
    change_id = signed(buyer, number)
    assert card_of(number).content == before.content
    matter = notice_service.change_matter(change_id)
    (due,) = [one for one in windows.of_subject(reading(CLOCK), number) if one.matter == matter]
    assert due.closed_at is None

    publisher = f.publisher()
    do(notice_service.make_change, publisher, change_id=change_id)
    after = card_of(number)
    assert (after.content, after.entries) == (NEW, 1)
    assert (after.entry_close, after.draw_at) == (before.entry_close, before.draw_at)
    (change,) = notice_queries.amendments(reading(CLOCK), number)
    assert change.changes == (("content", before.content, NEW),)
    (leaf,) = log_of(number, "notice.amended")
    check_leaf(leaf.fields)
    assert json.loads(notice_queries.document(reading(CLOCK), number))["content"] == NEW
    looked = notice_queries.screenings(reading(CLOCK), after.id)[-2:]
    assert [(one.side, one.made_by) for one in looked] == [
        (Side.OWNER, buyer.signatory.person_id),
        (Side.OFFICE, publisher.person_id),
    ]
    assert compare(reading(CLOCK), fabric().held).count == 0
    check_refused(
        "change.wrong_state", notice_service.make_change, f.publisher(), change_id=change_id
    )


def test_the_close_moves_where_less_than_the_least_is_left_and_the_draw_with_it(clock, buyer):
    number = f.published_notice(buyer)
    before = card_of(number)
    clock.instant = f.at(6, 10)
    do(notice_service.make_change, f.publisher(), change_id=signed(buyer, number))
    after = card_of(number)
    assert after.entry_close > before.entry_close
    assert after.draw_at - after.entry_close == before.draw_at - before.entry_close


def test_an_owner_moves_the_close_later_only(buyer):
    number = f.published_notice(buyer)
    check_refused(
        "notice.amend_earlier",
        notice_service.propose_change,
        buyer.drafter,
        number=number,
        texts={},
        entry_close=f.at(6),
        reason="提前",
    )
    do(
        notice_service.make_change,
        f.publisher(),
        change_id=signed(buyer, number, entry_close=f.at(9)),
    )
    assert card_of(number).entry_close == f.at(9)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"ceiling_fen": 1}, "change.not_this"),
        ({"item_code": "302"}, "change.not_this"),
        ({"content": "完成勘测定界并提交报告。\n成果须通过主管部门审查。"}, "change.nothing"),
        ({"content": "须在本市设有分支机构。"}, "notice.condition.region"),
        ({"requirement": "特级资质"}, "notice.beyond_catalogue"),
    ],
)
def test_what_may_not_be_changed_is_refused_when_it_is_asked(buyer, texts, code):
    number = f.published_notice(buyer)
    check_refused(
        code,
        notice_service.propose_change,
        buyer.drafter,
        number=number,
        texts=texts,
        entry_close=None,
        reason="更正",
    )


def test_one_change_at_a_time_and_nobody_signs_his_own(buyer):
    number = f.published_notice(buyer)
    change_id = proposed(buyer, number)
    check_refused(
        "change.under_way",
        notice_service.propose_change,
        buyer.drafter,
        number=number,
        texts={"title": "另一个标题的服务"},
        entry_close=None,
        reason="更正",
    )
    check_refused(
        "change.wrong_state", notice_service.make_change, f.publisher(), change_id=change_id
    )
    check_refused(
        "change.none", notice_service.sign_change, f.owner().signatory, change_id=change_id
    )
    in_one_transaction(notice_service.drop_change, buyer.drafter, change_id=change_id)
    assert proposed(buyer, number) != change_id


def test_an_old_page_signs_nothing(buyer):
    number = f.published_notice(buyer)
    change_id = signed(buyer, number)
    shown = seen(notice_service.make_change, reading(f.publisher()), change_id)
    in_one_transaction(
        notice_service.amend,
        f.publisher(),
        number=number,
        entry_close=f.at(9),
        draw_at=f.at(9, 17, 30),
        reason="顺延",
    )
    check_refused(
        "shown.changed",
        notice_service.make_change,
        f.publisher(),
        change_id=change_id,
        shown=shown,
    )


def test_the_office_refuses_with_a_reason_and_the_notice_stays(buyer):
    number = f.published_notice(buyer)
    before = card_of(number)
    change_id = signed(buyer, number)
    check_refused(
        "change.no_note",
        notice_service.refuse_change,
        f.publisher(),
        change_id=change_id,
        note=" ",
    )
    do(notice_service.refuse_change, f.publisher(), change_id=change_id, note="与清单不符")
    change = notice_queries.change(reading(buyer.drafter), change_id)
    assert (change.state, change.note) == (ChangeState.REFUSED, "与清单不符")
    assert card_of(number) == before
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_a_signed_change_taken_back_leaves_nothing_owed(buyer):
    number = f.published_notice(buyer)
    change_id = signed(buyer, number)
    in_one_transaction(notice_service.drop_change, buyer.signatory, change_id=change_id)
    matter = notice_service.change_matter(change_id)
    (due,) = [one for one in windows.of_subject(reading(CLOCK), number) if one.matter == matter]
    assert due.closed_at is not None


def test_a_firm_s_signatory_hands_it_in_at_once(context):
    firm = f.owner("firm")
    notice_id = in_one_transaction(notice_service.draft, firm.drafter, terms=f.terms())
    do(notice_service.submit, firm.drafter, notice_id=notice_id)
    change_id = proposed(firm, f.published(notice_id))
    change = notice_queries.change(reading(firm.drafter), change_id)
    assert change.state is ChangeState.SIGNED


def test_who_cancels_has_seen_the_notice_as_it_stands(buyer):
    number = f.published_notice(buyer)
    shown = seen(notice_service.cancel, reading(buyer.signatory), number)
    do(notice_service.make_change, f.publisher(), change_id=signed(buyer, number))
    check_refused(
        "shown.changed",
        notice_service.cancel,
        buyer.signatory,
        number=number,
        reason="项目调整",
        shown=shown,
    )


def inside(client, act, *args, **values):
    with client.application.app_context():
        return act(*args, **values)


def test_the_pages_show_the_difference_to_whoever_signs(client):
    buyer = inside(client, f.owner)
    number = inside(client, f.published_notice, buyer)
    people.sign_in(client, buyer.drafter)
    ask = f"/notices/{number}/change"
    assert ask in client.get(f"/notices/{number}").text
    assert people.submit(client, ask, {"reason": ""}).status_code == 422
    sent = people.submit(client, ask, {"content": NEW, "reason": "补充电子版要求"})
    assert sent.status_code == 303, sent.text
    page = client.get(sent.location).text
    assert "另附电子版" in page
    people.sign_in(client, buyer.signatory)
    assert sent.location in client.get("/todo").text
    assert people.submit(client, sent.location, to=f"{sent.location}/sign").status_code == 303
    people.sign_in(client, inside(client, f.publisher))
    assert sent.location in client.get("/todo").text
    to = f"{sent.location}/refuse"
    assert people.submit(client, sent.location, to=to).status_code == 422
    to = f"{sent.location}/make"
    assert people.submit(client, sent.location, to=to).status_code == 303
    assert "另附电子版" in client.get(f"/notices/{number}").text


def with_file(buyer, number, *, drops=(), names=("补充图纸",)):
    """A change of files alone, signed in its body."""
    change_id = in_one_transaction(
        notice_service.propose_change,
        buyer.drafter,
        number=number,
        texts={},
        entry_close=None,
        reason="图纸有误，换成新的",
        with_files=True,
    )
    for name in names:
        in_one_transaction(
            notice_service.bring_file,
            buyer.drafter,
            change_id=change_id,
            received=f.received(name),
        )
    for attachment_id in drops:
        in_one_transaction(
            notice_service.leave_out,
            buyer.drafter,
            change_id=change_id,
            attachment_id=attachment_id,
        )
    return change_id


def files_of(number):
    work = reading(CLOCK)
    return notice_queries.attachments(work, card_of(number).id)


def text_of(number):
    return json.loads(notice_queries.document(reading(CLOCK), number))


@pytest.mark.databases
def test_an_amendment_brings_a_file_and_leaves_another_out(context):
    buyer = f.owner()
    number = f.published(f.submitted_with(buyer, ("旧图纸",)))
    (old,) = files_of(number)
    change_id = with_file(buyer, number, drops=[old.id])
    assert [each.name for each in files_of(number)] == ["旧图纸.pdf"]  # nobody reads it yet
    do(notice_service.sign_change, buyer.signatory, change_id=change_id)
    do(notice_service.make_change, f.publisher(), change_id=change_id)

    before, after = files_of(number)
    assert (before.name, after.name) == ("旧图纸.pdf", "补充图纸.pdf")
    assert before.superseded_at is not None and before.file_id is not None
    assert after.published_at is not None
    assert [each["name"] for each in text_of(number)["attachments"]] == ["补充图纸.pdf"]
    (change,) = notice_queries.amendments(reading(CLOCK), number)
    assert change.changes == (
        ("attachments", [["旧图纸.pdf", before.sha256]], [["补充图纸.pdf", after.sha256]]),
    )
    (gone,) = log_of(number, "attachment.superseded")
    assert gone.fields["sha256"] == before.sha256
    assert log_of(number, "attachment.published")[-1].fields["sha256"] == after.sha256
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_a_change_of_files_that_has_none_is_not_signed(buyer):
    number = f.published_notice(buyer)
    change_id = with_file(buyer, number, names=())
    check_refused(
        "change.nothing", notice_service.sign_change, buyer.signatory, change_id=change_id
    )


@pytest.mark.parametrize("end", ["drop", "refuse"])
def test_what_a_change_was_to_bring_goes_with_it(buyer, end):
    number = f.published(f.submitted_with(buyer, ("旧图纸",)))
    (old,) = files_of(number)
    change_id = with_file(buyer, number, drops=[old.id])
    do(notice_service.sign_change, buyer.signatory, change_id=change_id)
    check_refused(
        "change.wrong_state",
        notice_service.leave_out,
        buyer.drafter,
        change_id=change_id,
        attachment_id=old.id,
    )
    if end == "drop":
        in_one_transaction(notice_service.drop_change, buyer.drafter, change_id=change_id)
    else:
        do(notice_service.refuse_change, f.publisher(), change_id=change_id, note="图纸不全")
    assert [each.id for each in files_of(number)] == [old.id]
    card = notice_queries.change(reading(buyer.drafter), change_id)
    assert notice_queries.files_of_change(reading(CLOCK), card).brings == []


def test_files_of_a_change_are_its_own_and_come_once(buyer):
    number = f.published(f.submitted_with(buyer, ("旧图纸",)))
    (old,) = files_of(number)
    change_id = with_file(buyer, number)
    card = notice_queries.change(reading(buyer.drafter), change_id)
    (new,) = notice_queries.files_of_change(reading(CLOCK), card).brings
    for code, act, values in (
        ("attachment.again", notice_service.bring_file, {"received": f.received("旧图纸")}),
        ("attachment.none", notice_service.take_file_back, {"attachment_id": old.id}),
        ("attachment.none", notice_service.leave_out, {"attachment_id": new.id}),
    ):
        check_refused(code, act, buyer.drafter, change_id=change_id, **values)
    other = f.owner()
    check_refused(
        "change.none",
        notice_service.leave_out,
        other.drafter,
        change_id=change_id,
        attachment_id=old.id,
    )
    keys = in_one_transaction(
        notice_service.take_file_back,
        buyer.drafter,
        change_id=change_id,
        attachment_id=new.id,
    )
    assert len(keys) == 1
    for _ in range(2):  # once more is with it again
        in_one_transaction(
            notice_service.leave_out, buyer.drafter, change_id=change_id, attachment_id=old.id
        )
    assert notice_queries.change(reading(buyer.drafter), change_id).drops == ()


def test_who_has_brought_a_file_does_not_sign_it_and_replaces_nothing_of_another_s(buyer):
    number = f.published(f.submitted_with(buyer, ("旧图纸",)))
    (old,) = files_of(number)
    change_id = with_file(buyer, number)
    helper = people.member(buyer.drafter.organisation_id, "owner_drafter", "owner_signatory")
    assert notice_queries.to_sign_changes(reading(helper))
    out = {"change_id": change_id, "attachment_id": old.id}
    check_refused("change.not_drafter", notice_service.leave_out, helper, **out)
    brings = {"change_id": change_id, "received": f.received("另一份")}
    in_one_transaction(notice_service.bring_file, helper, **brings)
    assert not notice_queries.to_sign_changes(reading(helper))
    check_refused("notice.same_person", notice_service.sign_change, helper, change_id=change_id)
    do(notice_service.sign_change, buyer.signatory, change_id=change_id)
