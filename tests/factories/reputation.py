"""Recorded acts, made by the real services."""

import dataclasses
import datetime as dt
import itertools
from typing import Any

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, Actor
from market.reputation import queries, service
from market.reputation.service import Found
from market.reputation.shipped import behaviours
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories.deeds import do
from tests.scenes import scene

BUREAU = "自然资源局"
_count = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Bench:
    """The two persons of a regulator: who proposes, who decides; and a third one who had no hand."""

    officer: Actor
    signatory: Actor
    other: Actor


@scene
def bench(name: str = BUREAU) -> Bench:
    """A sector regulator with its people."""
    agencies.town()
    body = people.body("regulator", name)
    return Bench(
        people.member(body, "regulator_officer"),
        people.member(body, "regulator_signatory"),
        people.member(body, "regulator_signatory"),
    )


@scene
def agency() -> agencies.Made:
    """An agency of whom something may be recorded."""
    return agencies.active_agency()


def found(code: str, uscc: str, **more: Any) -> Found:
    """An act of that behaviour, done yesterday."""
    yesterday = reading(CLOCK).today - dt.timedelta(days=1)
    asked = {
        "fact": "2026年3月在放线项目中，" + behaviours()[code].text,
        "evidence": "核查记录第7号",
        "happened_on": yesterday,
        **more,
    }
    return Found(code=code, uscc=uscc, **asked)


def proposed(code: str, who: Actor, uscc: str, **more: Any) -> str:
    """Propose it; returns the number."""
    act = service.propose_found if who is CLOCK else service.propose
    key = f"credit {next(_count)}"
    return in_one_transaction(act, who, found=found(code, uscc, **more), submission_key=key)


def heard() -> None:
    """Let the days of the statement pass."""
    fabric().clock.advance(dt.timedelta(days=14))  # type: ignore[attr-defined]


def recorded(code: str, of: agencies.Made, at: Bench, **more: Any) -> str:
    """Propose, let the party's days pass, decide."""
    number = proposed(code, at.officer, of.uscc, **more)
    do(service.state_case, of.actor, number=number, statement="情况属实，已改正。")
    do(service.confirm, at.signatory, number=number, reason="事实清楚。")
    return number


def ground(of: agencies.Made, cap_days: int = 1095) -> str:
    """A record in force on which the agency may be removed, on an article in force since yesterday."""
    known = queries.removable_on(reading(CLOCK), of.organisation_id)
    if known:
        return known[0].number
    named_before("AG-E03", cap_days)
    return recorded("AG-E03", of, bench())


def named_before(code: str, cap_days: int | None = None) -> None:
    """The text in law that gives a behaviour its effect, in force since today: named the day before."""
    fabric().clock.advance(dt.timedelta(days=-1))  # type: ignore[attr-defined]
    named_basis(code, cap_days)


def waiting_basis(editor: Actor, article: str) -> int:
    """A text in law that waits for the second person; returns its id."""
    return in_one_transaction(
        service.propose_basis,
        editor,
        code="AG-E03",
        source="provincial",
        article=article,
        cap_days=180,
        in_force_from=reading(CLOCK).today + dt.timedelta(days=30),
        submission_key=f"basis {next(_count)}",
    )


@scene
def named_basis(code: str, cap_days: int | None = None) -> None:
    """The text in law that gives a behaviour its effect, in force from tomorrow; it becomes
    tomorrow.
    """
    authority = people.body("authority", "营商环境办公室")
    editor = people.member(authority, "rule_editor")
    approver = people.member(authority, "rule_approver")
    tomorrow = reading(CLOCK).today + dt.timedelta(days=1)
    basis_id = in_one_transaction(
        service.propose_basis,
        editor,
        code=code,
        source="provincial",
        article="《江西省中介服务管理办法》第三十条第二款",
        cap_days=cap_days,
        in_force_from=tomorrow,
        submission_key=f"basis {next(_count)}",
    )
    do(service.approve_basis, approver, basis_id=basis_id)
    fabric().clock.advance(dt.timedelta(days=1))  # type: ignore[attr-defined]
