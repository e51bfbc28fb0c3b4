"""Complaints on their way, made by the real services: filed, accepted, decided, called back.

Everything needs an app context. `number` is a complaint's number TS-..., `notice` a notice's GG-...
"""

import dataclasses
import datetime as dt
from typing import Any

from market.complaints import service
from market.complaints.rules import (
    About,
    Channel,
    Complainant,
    Door,
    Intake,
    Outcome,
    Reason,
    Remedy,
    Respondent,
    Statement,
)
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import FixedClock
from market.rulebook import service as rulebooks
from tests.factories import accounts as people
from tests.factories import selection
from tests.factories.deeds import do
from tests.scenes import scene

GROUNDS = {
    "reasons": "经查阅日志和公告，所反映的情况属实。",
    "legal_basis": "《瑞昌市中介超市管理办法》第十二条",
    "remedy_note": "可在收到之日起 60 日内申请行政复议。",
}


@dataclasses.dataclass(frozen=True)
class Desk:
    """Two people of a body who handle complaints."""

    organisation_id: int
    officer: Actor
    signatory: Actor


@scene
def desk(kind: str = "office", organisation_id: int | None = None) -> Desk:
    """A body's desk with fresh people."""
    body = organisation_id or people.body(kind)
    return Desk(
        body,
        people.member(body, "complaint_officer", name="承办人"),
        people.member(body, "complaint_signatory", name="审签人"),
    )


@scene
def regulator_desk() -> Desk:
    """The desk of the sector regulator of the tests' item. Call it before the first notice is made:
    the catalogue knows the regulators that are there when it is loaded.
    """
    return desk("regulator", people.body("regulator", "自然资源局"))


def appraisals_stop_the_clock(clock: FixedClock) -> None:
    """A rulebook that lets an appraisal stop the clock, in force: it is the next morning."""
    selection.town()
    editor = people.staff("authority", "rule_editor")
    approver = people.staff("authority", "rule_approver")
    version = in_one_transaction(
        rulebooks.propose,
        editor,
        values={"expert_stop_allowed": (True, "")},
        title="允许鉴定停表",
        document_number="瑞数〔2026〕3号",
        in_force_from=reading(CLOCK).today + dt.timedelta(days=1),
    )
    do(rulebooks.approve, approver, version=version)
    clock.advance(dt.timedelta(days=1))


@scene
def citizen(name: str = "王小民") -> Actor:
    """Somebody with a verified identity and no organisation."""
    return people.actor_of(people.person(name=name))


def statement(notice: str, **changes: Any) -> Statement:
    """A complaint by a citizen about the notice, to the operating office."""
    whole = Statement(
        matter=notice,
        about=About.NOTICE,
        respondent=Respondent.OWNER,
        matters="公告要求在本市设有分支机构，属于地域限制。",
        request="请求更正公告。",
        complainant=Complainant.PERSON,
        name="",
        phone="13812345678",
        door=Door.OFFICE,
    )
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


@scene
def drafted(notice: str, who: Actor, intake: Intake | None = None, **changes: Any) -> int:
    """A draft; returns its id."""
    return in_one_transaction(
        service.save_draft, who, said=statement(notice, **changes), intake=intake
    )


@scene
def filed(notice: str, who: Actor | None = None, **changes: Any) -> str:
    """A complaint that was filed online; returns its number."""
    who = who or citizen()
    return in_one_transaction(service.file, who, draft_id=drafted(notice, who, **changes))


@scene
def registered(notice: str, clerk: Actor, intake: Intake, **changes: Any) -> str:
    """A complaint that staff registered; returns its number."""
    said = {"name": "王小民", **changes}
    return in_one_transaction(service.file, clerk, draft_id=drafted(notice, clerk, intake, **said))


def by_hotline(external_number: str | None = "12345-2026-0001", **changes: Any) -> Intake:
    """A work order of 12345 that came now."""
    whole = Intake(Channel.HOTLINE, reading(CLOCK).now, external_number=external_number)
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


@scene
def accepted(number: str, at: Desk) -> str:
    """Propose and sign acceptance; returns the number."""
    do(service.propose_acceptance, at.officer, number=number)
    do(service.sign, at.signatory, number=number)
    return number


@scene
def refused(number: str, at: Desk, reason: Reason = Reason.NO_FACTS) -> str:
    """Propose and sign that it is not accepted; returns the number."""
    do(service.propose_non_acceptance, at.officer, number=number, reason=reason, **GROUNDS)
    do(service.sign, at.signatory, number=number)
    return number


@scene
def decided(
    number: str,
    at: Desk,
    outcome: Outcome = Outcome.DISMISSED,
    remedies: dict[Remedy, str] | None = None,
    *,
    is_fabricated: bool = False,
    texts: dict[str, str] | None = None,
) -> str:
    """Propose and sign a decision about an accepted complaint; returns the number."""
    given = (
        remedies
        if remedies is not None
        else {}
        if outcome is Outcome.DISMISSED
        else {Remedy.RECTIFY: ""}
    )
    do(
        service.propose_decision,
        at.officer,
        number=number,
        outcome=outcome,
        remedies=given,
        is_fabricated=is_fabricated,
        texts=texts,
        **GROUNDS,
    )
    do(service.sign, at.signatory, number=number)
    return number


@scene
def taken_back(number: str, at: Desk) -> str:
    """Propose and sign the withdrawal of a complaint that staff registered; returns the number."""
    do(
        service.propose_withdrawal,
        at.officer,
        number=number,
        reasons="本人于 3 月 4 日来电要求撤回。",
    )
    do(service.sign, at.signatory, number=number)
    return number


@scene
def published(number: str, at: Desk) -> str:
    """Publish the decision; returns the number."""
    in_one_transaction(
        service.publish_decision, at.officer, number=number, text="投诉事项不成立，理由见决定书。"
    )
    return number
