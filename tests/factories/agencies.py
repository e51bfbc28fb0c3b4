"""Agencies, made by the real services: a person enrols one, fills it in, submits; the office passes
it.
"""

import dataclasses
import datetime as dt
import hashlib
import io
import itertools
from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from market.accounts import queries as accounts
from market.accounts.models import Organisation
from market.agencies import queries
from market.agencies.models import Agency, Qualification, ServiceLine
from market.agencies.rules import Held, Type
from market.catalogue import queries as catalogue
from market.catalogue import service as catalogue_service
from market.catalogue.queries import ItemCard
from market.db import Work, in_one_transaction, reading
from market.enrolment import service
from market.enrolment.rules import Basics
from market.files import service as files
from market.kernel.actor import CLOCK, Actor
from market.kernel.errors import Refusal
from market.rulebook import queries as rulebooks
from tests.factories import accounts as people
from tests.factories.catalogue import shipped_catalogue
from tests.factories.deeds import do
from tests.scenes import scene

CHECKER = "enrolment_checker"
HEAD = "office_head"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_count = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Made:
    """An agency that the factory made. `actor` holds all three duties of it."""

    actor: Actor
    organisation_id: int
    uscc: str
    name: str
    number: str | None = None
    ref: str | None = None


@scene
def town() -> None:
    """What every enrolment needs: rulebook, calendar, catalogue, an office. Idempotent."""
    try:
        rulebooks.in_force(reading(CLOCK))
    except Refusal:
        people.rules_of_the_place()
    if not catalogue.items(reading(CLOCK)):
        shipped_catalogue()
    if not accounts.organisations(reading(CLOCK), "office"):
        people.organisation("office", "中介超市协管办")


@scene
def started_agency(name: str | None = None, uscc: str | None = None) -> Made:
    """A draft: a person has begun to enrol an agency and filled in nothing yet."""
    sequence = next(_count)
    name = name or f"瑞昌第{sequence}测绘有限公司"
    uscc = uscc or people.credit_code(100_000 + sequence)
    person_id = people.person()
    organisation_id = in_one_transaction(
        service.start,
        people.actor_of(person_id),
        uscc=uscc,
        name=name,
        submission_key=f"start-{uscc}",
    )
    return Made(people.actor_of(person_id, organisation_id), organisation_id, uscc, name)


def basics(name: str, **changes: object) -> Basics:
    """A complete first section."""
    whole = Basics(
        name=name,
        type=Type.ENTERPRISE,
        region="360481",
        legal_representative="李四",
        representative_digest=hashlib.sha256(name.encode()).hexdigest(),
        capital_fen=100_000_000,
        established_on=dt.date(2015, 6, 1),
        address="瑞昌市湓城街道1号",
        contact_person="王五",
        contact_phone="0792-4222222",
        contact_email="office@example.org",
        intro="测绘与咨询",
    )
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


def held_for(item: ItemCard, today: dt.date, valid_to: dt.date | None = None) -> Held | None:
    """A qualification that the item asks for, valid now; None where a commitment is enough."""
    asked = item.requirement
    if not asked.names:
        return None
    return Held(
        asked.names[0],
        asked.least_grade or "甲级",
        tuple(group[0] for group in asked.specialities),
        today - dt.timedelta(days=365),
        valid_to or today + dt.timedelta(days=3 * 365),
    )


def fill(
    made: Made, item_codes: Sequence[str], valid_to: dt.date | None = None, **changes: object
) -> None:
    """Fill in every section, qualifications with a scan included."""
    work = reading(made.actor)
    in_one_transaction(service.save_basics, made.actor, basics=basics(made.name, **changes))
    in_one_transaction(service.choose_lines, made.actor, codes=list(item_codes))
    for code in item_codes:
        held = held_for(catalogue.item(work, code), work.today, valid_to)
        if held is not None:
            in_one_transaction(
                service.add_qualification,
                made.actor,
                held=held,
                number=f"证{code}",
                issuer="省主管部门",
                file_id=scan(made.actor),
                submission_key=f"{made.uscc}-{code}",
            )
    for listed in catalogue.deferrable(work, list(item_codes)):
        in_one_transaction(service.answer_document, made.actor, listed_id=listed.id, received=None)
    in_one_transaction(service.sign_commitment, made.actor)


@scene
def deferrable(*rows: tuple[str, str, int]) -> None:
    """The published list of documents that may come later: item, document, working days. What is
    filled in afterwards puts each of them off.
    """
    town()
    lines = [{"item": item, "name": name, "days": str(days)} for item, name, days in rows]
    in_one_transaction(catalogue_service.load_deferrable, CLOCK, rows=lines)


@scene
def provisional_agency(days: int = 10, document: str = "授权代表社会保险缴纳记录") -> Made:
    """An agency enrolled for item 301 with one document still to come."""
    deferrable(("301", document, days))
    return active_agency()


def paper(name: str = "材料.pdf", data: bytes = PDF) -> files.Received:
    """A document as it comes out of a form."""
    return files.receive(FileStorage(io.BytesIO(data), filename=name), current_app.instance_path)


def scan(actor: Actor) -> int:
    """A scan that has been uploaded; returns the file's id."""
    upload = FileStorage(io.BytesIO(PDF), filename="证书.pdf")
    received = files.receive(upload, current_app.instance_path, field="scan")
    return in_one_transaction(service.keep_scan, actor, scan=received)


@scene
def submitted_agency(
    item_codes: Sequence[str] = ("301",),
    name: str | None = None,
    *,
    uscc: str | None = None,
    valid_to: dt.date | None = None,
    **changes: object,
) -> Made:
    """An application that waits for the office."""
    town()
    made = started_agency(name, uscc)
    fill(made, item_codes, valid_to, **changes)
    number = do(service.submit, made.actor, submission_key=f"submit-{made.uscc}")
    return dataclasses.replace(made, number=number)


@scene
def active_agency(
    item_codes: Sequence[str] = ("301",),
    name: str | None = None,
    *,
    uscc: str | None = None,
    valid_to: dt.date | None = None,
    **changes: object,
) -> Made:
    """An enrolled agency that may enter for these items; needs an app context. `changes` are fields
    of Basics.
    """
    made = submitted_agency(item_codes, name, uscc=uscc, valid_to=valid_to, **changes)
    ref = do(service.approve, checker(), number=made.number)
    assert queries.by_ref(reading(CLOCK), ref).organisation_id == made.organisation_id
    return dataclasses.replace(made, ref=ref)


def alike(of: Made, count: int) -> list[Made]:
    """So many agencies that differ from an enrolled one in who they are alone, for long lists: their
    rows are copied, and nothing of them stands on the log.
    """
    return in_one_transaction(lambda work: [_copied(work, of, no) for no in range(count)], CLOCK)


def _copied(work: Work, of: Made, no: int) -> Made:
    model = queries.by_ref(work, str(of.ref))
    name = f"{of.name}第{no}分号"
    uscc = people.credit_code(500_000 + no)
    organisation_id = _copy(work, Organisation, of.organisation_id, uscc=uscc, name=name)
    ref = f"A{500_000 + no}"
    agency_id = _copy(
        work,
        Agency,
        model.id,
        organisation_id=organisation_id,
        ref=ref,
        uscc=uscc,
        name=name,
        submission_key=f"start-{uscc}",
        representative_digest=hashlib.sha256(uscc.encode()).hexdigest(),
    )
    for part in (ServiceLine, Qualification):
        for row_id in work.session.scalars(select(part.id).where(part.agency_id == model.id)).all():
            own = {"submission_key": f"{uscc} {row_id}"} if part is Qualification else {}
            _copy(work, part, row_id, agency_id=agency_id, **own)
    actor = dataclasses.replace(of.actor, organisation_id=organisation_id)
    return Made(actor, organisation_id, uscc, name, of.number, ref)


def _copy(work: Work, model: Any, row_id: int, **other: object) -> int:
    """A row once more, with other values in some columns; returns its id."""
    row = work.session.get_one(model, row_id)
    names = [column.key for column in model.__table__.columns if column.key != "id"]
    kept = {name: getattr(row, name) for name in names}
    copy = model(**{**kept, **other})
    work.session.add(copy)
    work.session.flush()
    return int(copy.id)


@scene
def checker() -> Actor:
    """A person of the office who checks applications."""
    return people.staff("office", CHECKER)


@scene
def suspended(ref: str, **proposal: Any) -> None:
    """A suspension that one person of the office proposed and another signed."""
    until = reading(CLOCK).today + dt.timedelta(days=30)
    do(
        service.propose_suspension,
        checker(),
        ref=ref,
        **{"fact": "abnormal", "reason": "配合调查", "until": until, **proposal},
    )
    do(service.sign_standing, head(), ref=ref)


@scene
def head() -> Actor:
    """The head of the office."""
    return people.staff("office", HEAD)
