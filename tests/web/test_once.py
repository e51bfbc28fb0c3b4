"""Every form that creates something does its work once, for its own sender and its own content.

One row a use case: the deed, who may do it, another who may do it too, what is typed, and something
else that might have been typed under the same key.
"""

import ast
import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest

from market.accounts import service as accounts_service
from market.agencies.rules import Held
from market.complaints import service as complaints_service
from market.db import in_one_transaction
from market.enrolment import service as enrolment
from market.kernel.actor import VISITOR, Actor
from market.kernel.errors import Refusal
from market.owners import service as owners_service
from market.rulebook import service as rulebook
from market.selection.notices import service as notice_service
from market.workdays import service as workdays
from tests.factories import accounts as people
from tests.factories import agencies, complaints, owners
from tests.factories import selection as f
from tests.factories.rulebook import default_rulebook
from tests.factories.workdays import shipped_calendar
from tests.house.sources import sources
from tests.workdays import test_service as calendars

KEY = "0123456789abcdef" * 2


class Form(NamedTuple):
    """One use case. `other` is None where a deed is nobody's in particular; `changed` is empty
    where what is typed last counts.
    """

    act: Callable[..., object]
    who: Actor
    other: Actor | None
    typed: Mapping[str, object]
    changed: Mapping[str, object]


def register() -> Form:
    people.rules_of_the_place()
    typed = {"name": "李四", "id_number": people.id_number(), "phone": None}
    form = {"login": "li@example.org", "password": "松下问童子，言师采药去，只在此山中", **typed}
    return Form(accounts_service.register, VISITOR, None, form, {"name": "王五"})


def register_with_another_password() -> Form:
    return register()._replace(changed={"password": "云深不知处，松下问童子，言师采药去"})


def start() -> Form:
    agencies.town()
    who = people.actor_of(people.person())
    typed = {"uscc": people.credit_code(), "name": "甲公司"}
    return Form(enrolment.start, who, people.actor_of(people.person()), typed, {"name": "乙公司"})


def qualification() -> Form:
    who = agencies.started_agency().actor
    held = Held("测绘资质", "甲级", ("工程测量",), dt.date(2025, 1, 1), None)
    typed = {"held": held, "number": "A1", "issuer": "省厅", "file_id": None}
    other = agencies.started_agency().actor
    return Form(enrolment.add_qualification, who, other, typed, {"number": "A2"})


def owner() -> Form:
    people.rules_of_the_place()
    people.body("office")
    typed = {"kind": "firm", "details": owners.details()}
    changed = {"details": owners.details()}
    who = people.actor_of(people.person())
    return Form(owners_service.register, who, people.actor_of(people.person()), typed, changed)


def tip() -> Form:
    f.town()
    return Form(
        complaints_service.tip, VISITOR, None, {"content": "有人围标"}, {"content": "有人串通"}
    )


def complaint() -> Form:
    number = f.published_notice()
    typed = {"said": complaints.statement(number)}
    changed = {"said": complaints.statement(f.published_notice())}
    who = complaints.citizen()
    return Form(complaints_service.save_draft, who, complaints.citizen(), typed, changed)


def notice() -> Form:
    who = f.owner().drafter
    typed = {"terms": f.terms()}
    changed = {"terms": f.terms(title="另一个项目")}
    return Form(notice_service.draft, who, f.owner().drafter, typed, changed)


def calendar() -> Form:
    shipped_calendar()
    typed = {"text": calendars.notice_2027(), **calendars.NOTICE}
    other = Actor(person_id=77, duties=calendars.EDITOR.duties)
    changed = {"text": calendars.notice_2027("2027-09-26")}
    return Form(workdays.import_arrangement, calendars.EDITOR, other, typed, changed)


def rules() -> Form:
    default_rulebook()
    who = people.staff("office", "rule_editor")
    typed = {
        "values": {"decide_days": (10, "working_day")},
        "document_number": "瑞中介〔2026〕3号",
        "title": "关于缩短办理期限的通知",
        "in_force_from": dt.date(2026, 3, 5),
    }
    other = people.staff("office", "rule_editor")
    return Form(rulebook.propose, who, other, typed, {"title": "关于办理期限的通知"})


FORMS = [
    register,
    register_with_another_password,
    start,
    qualification,
    owner,
    tip,
    complaint,
    notice,
    calendar,
    rules,
]


def send(form: Form, key: str | None, by: Actor | None = None, **changed: object) -> object:
    return in_one_transaction(
        form.act, by or form.who, **{**form.typed, **changed}, submission_key=key
    )


def code_of(form: Form, key: str | None, by: Actor | None = None, **changed: object) -> str:
    with pytest.raises(Refusal) as no:
        send(form, key, by, **changed)
    assert no.value.status == 409
    return no.value.code


@pytest.mark.databases
@pytest.mark.parametrize("make", FORMS, ids=lambda make: make.__name__)
def test_a_key_is_its_senders_and_its_contents_own(context, make):
    form = make()
    first = send(form, KEY)
    assert send(form, KEY) == first
    assert code_of(form, KEY, **form.changed) == "once.changed"
    if form.other is not None:
        assert code_of(form, KEY, form.other) == "once.not_yours"
    assert send(form, KEY) == first


@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize("make", FORMS, ids=lambda make: make.__name__)
def test_an_empty_key_is_nobodys(context, make, empty):
    """Two send none: the second is judged by what it says, never by the first one's key."""
    form = make()
    send(form, empty)
    try:
        send(form, empty, form.other, **form.changed)
    except Refusal as no:
        assert not no.code.startswith("once.")


def test_every_use_case_that_takes_a_key_asks_whose_it_is():
    silent = []
    takers = 0
    for source in sources("market"):
        for each in ast.walk(source.tree if "/service" in source.name else ast.Module([], [])):
            if not isinstance(each, ast.FunctionDef):
                continue
            if "submission_key" in {arg.arg for arg in (*each.args.args, *each.args.kwonlyargs)}:
                takers += 1
                called = {
                    call.func.id
                    for call in ast.walk(each)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                }
                # a complaint's draft asks where it looks for its row, entries where many are received,
                # recorded acts where both ways of proposing meet
                asks = {"sent", "_row", "_alone", "_propose"}
                silent += [] if called & asks else [source.at(each)]
    assert takers > 10
    assert silent == []
