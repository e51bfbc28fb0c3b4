"""Notices on their way, made by the real services: published, entered, sealed, drawn; a witness in
this process.

Everything needs an app context; times move on the app's fixed clock. `number` is a notice's number
GG-...
"""

import dataclasses
import datetime as dt
import io
import itertools
from typing import Any

from flask import current_app
from werkzeug.datastructures import FileStorage

from market.accounts import queries as accounts
from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.files import service as file_service
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import CHINA, FixedClock
from market.kernel.entropy import system_entropy
from market.ledger import jobs as ledger
from market.owners import service as owners
from market.owners.service import Details
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import service as entry_service
from market.selection.kinds import Fund
from market.selection.notices import service as notice_service
from market.selection.notices.rules.terms import Terms
from market.selection.results import queries as result_queries
from market.selection.sources import jobs as source_jobs
from market.selection.sources import service as source_service
from market.windows import jobs as windows
from market_witness import folder as witness_folder
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import witness as near
from tests.factories.deeds import do
from tests.scenes import scene

ITEM = "301"
GENESIS = int(dt.datetime(2026, 3, 1, tzinfo=dt.UTC).timestamp())
PERIOD = 600
SLOTS = 8192
OPERATOR_CHAIN = "op-chain-1"
REGULATOR_CHAIN = "reg-chain-1"
WITNESS_NAME = "witness.example.org/w1"
_count = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Buyer:
    """An approved owner with two people: one drafts, the other signs."""

    organisation_id: int
    number: str
    drafter: Actor
    signatory: Actor


def keys() -> Keys:
    """The keys folder of this app, made at the first call."""
    found = Keys(current_app.config["INSTANCE"])
    found.create(
        origin="zjcs.example.org/log",
        source=OPERATOR_CHAIN,
        genesis=GENESIS,
        period=PERIOD,
        slots=SLOTS,
        entropy=system_entropy,
    )
    return found


@scene
def town(*, witnessed: bool = True) -> None:
    """What every notice needs: rules, catalogue, office, keys, the chains' anchors, and a witness.
    Idempotent.
    """
    agencies.town()
    anchor = keys().chain().anchor_leaf()
    office = accounts.office(reading(CLOCK))
    in_one_transaction(
        source_service.anchor_chain,
        CLOCK,
        source=OPERATOR_CHAIN,
        owner_id=office.id,
        **_anchor(anchor),
    )
    if witnessed and fabric().witness is None and not near.TAKEN_AWAY.of():
        regulator = people.organisation("regulator", "自然资源局")
        raised = witness()
        fabric().witness = raised
        in_one_transaction(
            source_service.anchor_chain,
            CLOCK,
            source=REGULATOR_CHAIN,
            owner_id=regulator,
            **_anchor(raised.inner.chain_facts()),
        )


def _anchor(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in ("anchor", "genesis", "period", "n")}


def witness() -> near.NearWitness:
    """A fresh witness in the instance folder."""
    folder = near.folder(current_app)
    witness_folder.create(
        folder,
        name=WITNESS_NAME,
        origin="zjcs.example.org/log",
        log=[keys().log_vkey()],
        source=REGULATOR_CHAIN,
        genesis=GENESIS,
        period=PERIOD,
        slots=SLOTS,
        anchors={OPERATOR_CHAIN: witness_folder.whole(keys().chain().anchor_leaf())},
    )
    return near.NearWitness(folder)


@scene
def owner(kind: str = "public", *, witnessed: bool = True) -> Buyer:
    """An approved owner."""
    town(witnessed=witnessed)
    sequence = next(_count)
    person_id = people.person()
    details = Details(
        name=f"瑞昌市第{sequence}水利局",
        uscc=people.credit_code(200_000 + sequence) if kind == "firm" else _public_code(sequence),
        phone="0792-4221111",
        complaint_phone="0792-4222222",
        address="湓城街道2号",
    )
    number = in_one_transaction(
        owners.register,
        people.actor_of(person_id),
        kind=kind,
        details=details,
        submission_key=f"owner-{sequence}",
    )
    do(owners.approve, people.staff("office", "notice_reviewer"), number=number)
    (member,) = accounts.memberships(reading(CLOCK), person_id)
    drafter = people.actor_of(person_id, member.organisation_id)
    return Buyer(
        member.organisation_id,
        number,
        drafter,
        people.member(member.organisation_id, "owner_signatory"),
    )


def _public_code(sequence: int) -> str:
    stem = f"11360481{sequence:09d}"
    return stem + people.uscc.calc_check_digit(stem)


def at(days: int, hour: int = 17, minute: int = 0) -> dt.datetime:
    """A moment some calendar days from the app's now, at that hour in China, as UTC."""
    now = fabric().clock.now().astimezone(CHINA)
    day = (now + dt.timedelta(days=days)).date()
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA).astimezone(dt.UTC)


def terms(**changes: object) -> Terms:
    """A lawful notice: fiscal money, random, closes in seven days at 17:00, is drawn at 17:30."""
    whole = Terms(
        item_code=ITEM,
        title="桂林街道土地勘测定界服务",
        fund=Fund.FISCAL,
        fiscal_percent=100,
        ceiling_fen=12_000_000,
        scale="约 120 亩",
        location="瑞昌市桂林街道",
        content="完成勘测定界并提交报告。\n成果须通过主管部门审查。",
        service_days=30,
        entry_close=at(7),
        draw_at=at(7, 17, 30),
        contact_phone="0792-4221111",
        complaint_phone="0792-4222222",
    )
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


@scene
def attached(buyer: Buyer, notice_id: int, text: str = "技术要求") -> int:
    """A file with a notice that is being written; returns the attachment's id."""
    return in_one_transaction(
        notice_service.attach, buyer.drafter, notice_id=notice_id, received=received(text)
    )


def received(text: str) -> file_service.Received:
    """A file of that name, as it was uploaded."""
    content = agencies.PDF + f"% {text}\n".encode()
    upload = FileStorage(io.BytesIO(content), filename=f"{text}.pdf")
    return file_service.receive(upload, current_app.instance_path, bare=True)


@scene
def submitted_notice(buyer: Buyer | None = None, **changes: object) -> int:
    """A notice that its body has signed and that waits for the office; returns its row's id."""
    return submitted_with(buyer or owner(), (), **changes)


@scene
def submitted_with(buyer: Buyer, files: tuple[str, ...], /, **changes: object) -> int:
    """The same with attachments of these names."""
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=terms(**changes))
    for text in files:
        attached(buyer, notice_id, text)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    return notice_id


@scene
def reviewer() -> Actor:
    """A person of the office who reviews notices."""
    return people.staff("office", "notice_reviewer")


@scene
def publisher() -> Actor:
    """A person of the office who publishes."""
    return people.staff("office", "publisher")


@scene
def published_notice(buyer: Buyer | None = None, **changes: object) -> str:
    """A notice that is open for entries; returns its number."""
    return published(submitted_notice(buyer, **changes))


@scene
def published(notice_id: int) -> str:
    """A notice that was handed in, found lawful and published; returns its number."""
    do(notice_service.approve, reviewer(), notice_id=notice_id)
    return do(notice_service.publish, publisher(), notice_id=notice_id)


@scene
def agency(item: str = ITEM) -> agencies.Made:
    """An agency that may enter, with a legal representative of its own."""
    return agencies.active_agency([item], legal_representative=f"法人{next(_count)}")


@scene
def enter(number: str, who: agencies.Made, quote_fen: int = 10_000_000) -> entry_service.Receipt:
    """One entry."""
    return in_one_transaction(
        entry_service.enter,
        who.actor,
        number=number,
        quote_fen=quote_fen,
        sealing_key=keys().sealing_public(),
    )


@scene
def entered(number: str, count: int = 3) -> list[agencies.Made]:
    """So many agencies enter, with quotes that differ; returns them in the order of their entry."""
    made = [agency() for _ in range(count)]
    for place, who in enumerate(made):
        enter(number, who, 10_000_000 + place * 100_000)
    return made


@scene
def tick() -> None:
    """What the clock's process does: sweep, seal, have the head witnessed, bring values, sweep
    again.
    """
    windows.sweep()
    entry_jobs.seal_due()
    ledger.witness_head()
    entry_jobs.seal_due()  # what was closed has been seen: keys are asked for
    ledger.witness_head()
    source_jobs.bring_values()
    ledger.witness_head()
    source_jobs.fetch_lists()


@scene
def move_to(instant: dt.datetime) -> None:
    """Put the app's clock there and let the clock's process run."""
    clock = fabric().clock
    assert isinstance(clock, FixedClock)
    clock.instant = instant
    tick()


@scene
def sealed(number: str) -> None:
    """Let the close and the drain pass."""
    move_to(result_queries.notice(reading(CLOCK), number).entry_close + dt.timedelta(seconds=60))


@scene
def drawn(number: str) -> None:
    """Let the close, then the draw's instant pass."""
    sealed(number)
    move_to(result_queries.notice(reading(CLOCK), number).draw_at)


@scene
def announced_notice(
    count: int = 3, buyer: Buyer | None = None, **changes: object
) -> tuple[str, list[agencies.Made]]:
    """A notice whose result is published; its number and its entrants."""
    number = published_notice(buyer, **changes)
    made = entered(number, count)
    drawn(number)
    return number, made
