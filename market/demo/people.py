"""Who lives in the demo town: bodies, their staff, agencies and owners, entered by the same
services as real ones.
"""

import dataclasses
import datetime as dt
import functools
import io
import itertools
import pathlib
from typing import IO

from flask import current_app

from market.accounts import queries as accounts
from market.accounts import service as accounts_service
from market.accounts.rules import Duty, Kind
from market.accounts.service import Hashed
from market.adapters.instance import identity_digest
from market.agencies.rules import Held, Type
from market.catalogue import queries as catalogue
from market.catalogue.queries import ItemCard
from market.db import reading
from market.demo import names
from market.demo.choices import Dice
from market.demo.stage import Stage
from market.enrolment import service as enrolment
from market.enrolment.rules import Basics
from market.files import service as files
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.owners import service as owners
from market.owners.service import Details

PASSWORD = "ruichang-demo-2026"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
OFFICE = "瑞昌市中介超市协管办"
STAFF: dict[str, tuple[str, tuple[Duty, ...]]] = {
    "clerk": ("office", (Duty.INTAKE_CLERK, Duty.SELECTION_ATTENDANT, Duty.CALLBACK_OFFICER)),
    "checker": (
        "office",
        (Duty.ENROLMENT_CHECKER, Duty.NOTICE_REVIEWER, Duty.CASE_OFFICER, Duty.RULE_EDITOR),
    ),
    "head": ("office", (Duty.PUBLISHER, Duty.OFFICE_HEAD)),
    "officer": ("office", (Duty.COMPLAINT_OFFICER,)),
    "signatory": ("office", (Duty.COMPLAINT_SIGNATORY,)),
    "regulator": ("自然资源局", (Duty.REGULATOR_OFFICER, Duty.COMPLAINT_OFFICER)),
    "regulator-head": ("自然资源局", (Duty.REGULATOR_SIGNATORY, Duty.COMPLAINT_SIGNATORY)),
    "authority": (
        "authority",
        (Duty.AUTHORITY_ASSIGNER, Duty.RULE_APPROVER, Duty.CALLBACK_OFFICER),
    ),
    "finance": (
        "财政局",
        (Duty.FINANCE_SUPERVISOR, Duty.REGULATOR_OFFICER, Duty.COMPLAINT_OFFICER),
    ),
    "finance-head": ("财政局", (Duty.REGULATOR_SIGNATORY, Duty.COMPLAINT_SIGNATORY)),
    "authority-second": ("authority", (Duty.AUTHORITY_ASSIGNER,)),
    "authority-officer": ("authority", (Duty.COMPLAINT_OFFICER,)),
    "authority-head": ("authority", (Duty.COMPLAINT_SIGNATORY,)),
    "inspector": ("inspection", (Duty.INSPECTOR,)),
    "witness": ("witness", (Duty.WITNESS,)),
    "admin": ("office", (Duty.SYSTEM_ADMIN,)),
}
"""Demo logins (before @demo.example): body and duties. The small county
(docs/rules.md#small-county), so that no matter meets one person twice.
"""


@dataclasses.dataclass
class Scan:
    """The upload of a certificate, the same empty page for everybody."""

    filename: str | None = "资质证书.pdf"
    stream: IO[bytes] = dataclasses.field(default_factory=lambda: io.BytesIO(PDF))


@functools.cache
def password() -> Hashed:
    """The demo password's hash, made once: Argon2 is slow on purpose."""
    return accounts_service.hashed(PASSWORD, login="")


@dataclasses.dataclass
class Cast:
    """Everybody the town's story needs, by the name of his login or his number."""

    staff: dict[str, Actor] = dataclasses.field(default_factory=dict)
    bodies: dict[str, int] = dataclasses.field(default_factory=dict)
    agencies: list["Firm"] = dataclasses.field(default_factory=list)
    owners: list["Buyer"] = dataclasses.field(default_factory=list)
    citizens: list[Actor] = dataclasses.field(default_factory=list)
    jurors: list[Actor] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True)
class Firm:
    """An enrolled agency: its assistant, and the items it may enter for."""

    actor: Actor
    ref: str
    name: str
    items: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Buyer:
    """An approved owner: who drafts and who signs (the same person in a small firm), and who accepts
    what was delivered, another person than both; a natural person does all of it.
    """

    drafter: Actor
    signatory: Actor
    acceptor: Actor
    name: str
    kind: str


class Casting:
    """Enters people and bodies; counts them up so that every number is new."""

    def __init__(self, stage: Stage, dice: Dice) -> None:
        self.stage = stage
        self.dice = dice
        self._count = itertools.count(1)

    def person(self, login: str | None = None, dice: Dice | None = None) -> int:
        """A person with a verified identity and the demo password. With `dice` of its own nobody else
        in the town becomes another because of it.
        """
        number = next(self._count)
        person_id = self.stage.do(
            accounts_service.register,
            VISITOR,
            login=login or f"p{number:04d}@demo.example",
            password=password(),
            name=names.person(dice or self.dice),
            id_number=names.id_number(number),
            phone=f"1387920{number:04d}",
        )
        self.stage.do(
            accounts_service.mark_verified, CLOCK, person_id=person_id, by="demo", how="setup"
        )
        return person_id

    def body(self, kind: Kind, name: str, superior_id: int | None = None) -> int:
        """A body of the town."""
        number = next(self._count)
        return self.stage.do(
            accounts_service.create_organisation,
            CLOCK,
            kind=kind,
            name=name,
            superior_id=superior_id,
            uscc=names.credit_code("11", "360481", number),
            phone=f"0792-42{number % 100_000:05d}",
        )

    def member(
        self,
        organisation_id: int,
        *duties: Duty,
        login: str | None = None,
        dice: Dice | None = None,
    ) -> Actor:
        """A new person with these duties in an organisation."""
        person_id = self.person(login, dice)
        self.stage.do(
            accounts_service.add_member,
            CLOCK,
            organisation_id=organisation_id,
            person_id=person_id,
            duties=duties,
        )
        return actor_of(person_id, organisation_id)

    def firm(
        self,
        place: tuple[str, str],
        category: str,
        items: list[ItemCard],
        login: str | None = None,
        kind: Type = Type.ENTERPRISE,
    ) -> "Draft":
        """A submitted enrolment."""
        number = next(self._count)
        name = names.agency(self.dice, place[1], category, kind)
        code = names.credit_code(names.AGENCIES[kind][0], place[0], number)
        person_id = self.person(login)
        organisation_id = self.stage.do(
            enrolment.start,
            actor_of(person_id),
            uscc=code,
            name=name,
            submission_key=f"start-{code}",
        )
        actor = actor_of(person_id, organisation_id)
        self._fill(actor, self._basics(name, place, code, kind), items, code)
        number_given = self.stage.do(enrolment.submit, actor, submission_key=f"submit-{code}")
        return Draft(actor, number_given, name, tuple(item.code for item in items), code)

    def _basics(self, name: str, place: tuple[str, str], code: str, kind: Type) -> Basics:
        return Basics(
            name=name,
            type=kind,
            region=place[0],
            legal_representative=names.person(self.dice),
            representative_digest=identity_digest(
                pathlib.Path(current_app.config["INSTANCE"]), f"demo-{code}"
            ),
            capital_fen=self.dice.between(1, 50) * 100_000_000,
            established_on=dt.date(self.dice.between(2001, 2023), 6, 18),
            address=f"{place[1]}建设路{self.dice.between(1, 300)}号",
            contact_person=names.person(self.dice),
            contact_phone=f"0792-{self.dice.between(2_000_000, 8_999_999)}",
            contact_email=f"office-{code.lower()}@demo.example",
            intro="为建设项目和企业提供专业服务。",
        )

    def _fill(self, actor: Actor, basics: Basics, items: list[ItemCard], code: str) -> None:
        today = self.stage.now.date()
        self.stage.do(enrolment.save_basics, actor, basics=basics)
        self.stage.do(enrolment.choose_lines, actor, codes=[item.code for item in items])
        asked = [(item, held) for item in items if (held := held_for(item, today, self.dice))]
        if asked:
            received = files.receive(Scan(), current_app.instance_path, field="scan")
            file_id = self.stage.do(enrolment.keep_scan, actor, scan=received)
            for item, held in asked:
                self.stage.do(
                    enrolment.add_qualification,
                    actor,
                    held=held,
                    number=f"赣{item.code}{self.dice.between(10_000, 99_999)}",
                    issuer="省主管部门",
                    file_id=file_id,
                    submission_key=f"{code}-{item.code}",
                )
        for listed in catalogue.deferrable(reading(CLOCK), [item.code for item in items]):
            self.stage.do(enrolment.answer_document, actor, listed_id=listed.id, received=None)
        self.stage.do(enrolment.sign_commitment, actor)

    def owner(self, name: str, kind: str, checker: Actor, login: str | None = None) -> Buyer:
        """An approved owner; a public body has one who drafts and another who signs
        (docs/rules.md#separation-1).
        """
        person, registered = self.applies(name, kind, login)
        self.stage.do(owners.approve, checker, number=registered)
        (card,) = accounts.memberships(reading(CLOCK), person.person_id or 0)
        drafter = actor_of(person.person_id or 0, card.organisation_id)
        if kind == "person":
            return Buyer(drafter, drafter, drafter, card.organisation_name, kind)
        accepting = f"{login}-acceptor" if login else None
        acceptor = self.member(
            card.organisation_id,
            Duty.OWNER_ACCEPTOR,
            login=accepting,
            dice=Dice(f"acceptor {registered}"),
        )
        if kind != "public":
            return Buyer(drafter, drafter, acceptor, name, kind)
        signing = login.replace("owner", "owner-head") if login else None
        signatory = self.member(card.organisation_id, Duty.OWNER_SIGNATORY, login=signing)
        return Buyer(drafter, signatory, acceptor, name, kind)

    def applies(self, name: str, kind: str, login: str | None = None) -> tuple[Actor, str]:
        """An owner's registration that waits for the office: who registered, and its number."""
        number = next(self._count)
        person = actor_of(self.person(login))
        details = Details(
            name=None if kind == "person" else name,
            uscc=names.owner_code(name, kind, number),
            phone=f"0792-42{number % 100_000:05d}",
            complaint_phone="0792-4212345",
            address=f"瑞昌市湓城街道人民路{number % 200 + 1}号",
        )
        registered = self.stage.do(
            owners.register, person, kind=kind, details=details, submission_key=f"owner-{number}"
        )
        return person, registered


@dataclasses.dataclass(frozen=True)
class Draft:
    """An enrolment that waits for the office."""

    actor: Actor
    number: str
    name: str
    items: tuple[str, ...]
    uscc: str


def actor_of(person_id: int, organisation_id: int | None = None) -> Actor:
    """The actor that a person is in an organisation, or as himself."""
    work = reading(CLOCK)
    named = accounts.person(work, person_id).is_named
    if organisation_id is None:
        return Actor(person_id, named=named)
    card = accounts.membership(work, person_id, organisation_id)
    if card is None:
        raise LookupError(f"person {person_id} is not in organisation {organisation_id}")
    return Actor(person_id, organisation_id, card.kind.value, card.duties, named)


def held_for(item: ItemCard, today: dt.date, dice: Dice) -> Held | None:
    """A qualification that the item asks for, valid now; None where a commitment is enough."""
    asked = item.requirement
    if not asked.names:
        return None
    return Held(
        asked.names[0],
        asked.least_grade or "甲级",
        tuple(group[0] for group in asked.specialities),
        today - dt.timedelta(days=dice.between(200, 900)),
        today + dt.timedelta(days=dice.between(500, 1500)),
    )


def bodies(casting: Casting, cast: Cast) -> None:
    """The office, the regulators of the catalogue, the authority, the inspection and the witness,
    with their staff.
    """
    authority = casting.body(Kind.AUTHORITY, "瑞昌市行政审批局")
    cast.bodies = {
        "authority": authority,
        "office": casting.body(Kind.OFFICE, OFFICE, authority),
        "inspection": casting.body(Kind.INSPECTION, "瑞昌市监察委员会"),
        "witness": casting.body(Kind.WITNESS, "瑞昌市公证处"),
    }
    for login, (where, duties) in STAFF.items():
        if where not in cast.bodies:
            cast.bodies[where] = casting.body(Kind.REGULATOR, f"瑞昌市{where}", authority)
        cast.staff[login] = casting.member(
            cast.bodies[where], *duties, login=f"{login}@demo.example"
        )


def regulators(casting: Casting, cast: Cast, words: list[str]) -> None:
    """One bureau for each regulator that the catalogue names, with two people who hear complaints."""
    for word in words:
        if word in cast.bodies:
            continue
        cast.bodies[word] = casting.body(Kind.REGULATOR, f"瑞昌市{word}", cast.bodies["authority"])
        casting.member(cast.bodies[word], Duty.REGULATOR_OFFICER, Duty.COMPLAINT_OFFICER)
        casting.member(cast.bodies[word], Duty.REGULATOR_SIGNATORY, Duty.COMPLAINT_SIGNATORY)


def items_of(category: str) -> list[ItemCard]:
    """The catalogue's items of a category."""
    return [item for item in catalogue.items(reading(CLOCK)) if item.category == category]
