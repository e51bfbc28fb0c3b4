"""The same facts are heard once: new evidence is a file that was not there before, and doors and
ways do not matter.
"""

import datetime as dt
import hashlib
from typing import Any

import pytest
from sqlalchemy import select

from market.complaints import queries, rules, service
from market.complaints.models import Complaint
from market.complaints.rules import About, Channel, Complainant, Door, Respondent
from market.db import Work, db, in_one_transaction, reading
from market.files.service import Received
from market.kernel.actor import CLOCK, Actor
from market.kernel.errors import Refusal
from tests.complaints.deeds import race
from tests.factories import accounts as people
from tests.factories import complaints, selection


def proof(draft: int, who: Actor, content: str) -> None:
    """Attach a file of this content to a draft; its name says nothing."""
    digest = hashlib.sha256(content.encode()).hexdigest()
    in_one_transaction(
        service.attach,
        who,
        draft_id=draft,
        scan=Received(
            f"{draft}.pdf", "application/pdf", len(content), digest, f"key-{draft}-{digest}"
        ),
    )


def refile(notice: str, who: Actor, *contents: str, **changes: Any) -> str:
    """File the same facts with what is called new evidence."""
    draft = complaints.drafted(notice, who, has_new_evidence=True, **changes)
    for content in contents:
        proof(draft, who, content)
    return in_one_transaction(service.file, who, draft_id=draft)


@pytest.mark.databases
def test_new_evidence_is_a_file_whose_content_was_not_handed_in_before(context):
    notice = selection.published_notice()
    who = complaints.citizen()
    complaints.desk()
    draft = complaints.drafted(notice, who)
    proof(draft, who, "截图")
    first = in_one_transaction(service.file, who, draft_id=draft)
    in_one_transaction(service.withdraw, who, number=first, note="误会")
    for files in ((), ("截图",)):  # none, and the same under another name
        with pytest.raises(Refusal, match="nothing_new") as no:
            refile(notice, who, *files)
        assert no.value.facts["earlier"] == first
    second = refile(notice, who, "截图", "录音")
    with pytest.raises(Refusal, match="nothing_new"):  # what was new once is new no more
        refile(notice, who, "录音")
    assert second != first and refile(notice, who, "合同")


def by_paper() -> rules.Intake:
    return rules.Intake(Channel.PAPER, reading(CLOCK).now)


def test_what_staff_entered_is_not_filed_again_online_by_the_same_person(context):
    regulator = complaints.regulator_desk()
    notice = selection.published_notice()
    who = complaints.citizen()
    complaints.desk()
    first = complaints.registered(
        notice, regulator.officer, by_paper(), phone="138-1234-5678", door=Door.REGULATOR
    )
    for phone in ("13812345678", "13899999999"):
        if phone != "13812345678":  # another telephone typed: that of his account tells
            who = people.actor_of(people.person(name="王小民", phone="13812345678"))
        with pytest.raises(Refusal, match=r"same_facts$") as no:
            complaints.filed(notice, who, phone=phone)
        assert no.value.facts["earlier"] == first
    assert complaints.filed(notice, who, matters="另一件事：公告里的服务期限过短。")  # other facts
    assert complaints.filed(
        notice, complaints.citizen(), phone="13700000000"
    )  # one who only has the same name
    assert complaints.filed(
        notice, complaints.citizen("李大明")
    )  # or who only shares the telephone
    assert queries.by_key(reading(CLOCK), first).body_id == regulator.organisation_id


def test_what_was_filed_online_is_not_entered_again_by_staff(context):
    notice = selection.published_notice()
    who = complaints.citizen()
    clerk = people.member(complaints.desk().organisation_id, "intake_clerk")
    first = complaints.filed(notice, who)
    with pytest.raises(Refusal, match="same_facts_entered") as no:
        complaints.registered(notice, clerk, by_paper())
    assert no.value.facts["earlier"] == first
    assert complaints.registered(notice, clerk, by_paper(), phone="13700000000")


def test_a_firm_is_known_by_its_name_across_the_ways(context):
    notice = selection.published_notice()
    agency = selection.agency()
    clerk = people.member(complaints.desk().organisation_id, "intake_clerk")
    firm = {"complainant": Complainant.ORGANISATION}
    complaints.filed(notice, agency.actor, **firm)
    with pytest.raises(Refusal, match="same_facts_entered"):
        complaints.registered(
            notice, clerk, by_paper(), name=f" {agency.name} ", phone="0792-4222222", **firm
        )
    assert complaints.registered(notice, clerk, by_paper(), name=f"{agency.name}分公司", **firm)


def test_conduct_is_the_same_by_whichever_way(context):
    people.rules_of_the_place()
    clerk = people.member(people.body("office"), "intake_clerk")
    complaints.desk("authority")
    said = {"about": About.CONDUCT, "respondent": Respondent.OFFICE, "act_on": dt.date(2026, 3, 3)}
    complaints.registered("窗口服务", clerk, by_paper(), **said)
    with pytest.raises(Refusal, match="same_facts"):
        complaints.filed("窗口服务", **said)


@pytest.mark.databases
def test_two_drafts_of_the_same_facts_filed_at_one_instant_make_one_complaint(app):
    """Whoever comes second sees what the first has filed, though neither was there when the other
    began.
    """
    with app.app_context():
        who = complaints.citizen()
        pairs = [
            [complaints.drafted(notice, who) for _ in range(2)]
            for notice in [selection.published_notice() for _ in range(6)]
        ]
        db.session.remove()
    for one, other in pairs:
        race(app, (file_draft, who, one), (file_draft, who, other))
    with app.app_context():
        assert len(
            db.session.scalars(select(Complaint).where(Complaint.number.is_not(None))).all()
        ) == len(pairs)


def file_draft(work: Work, *, number: int) -> str:
    """Filing as `race` calls it."""
    return service.file(work, draft_id=number)
