"""One town with everything in it, made once by the real services: who lives there, whose it is.

Two of each party: what belongs to A is "a", what belongs to B is "b". Every free text carries
MARKUP, every sealed quote is CANARY: neither may ever come out again as it went in.
"""

import dataclasses
import datetime as dt
import io
from typing import Any

from flask import current_app
from werkzeug.datastructures import FileStorage

from market.accounts import queries as account_queries
from market.agencies import queries as agency_queries
from market.agencies.models import Qualification
from market.catalogue import queries as catalogue
from market.complaints import service as complaint_service
from market.complaints.rules import About, Complainant, Door, Respondent
from market.contracts import jobs as contracts
from market.contracts import queries as letters_of_award
from market.db import db, in_one_transaction, reading
from market.enrolment import queries as enrolments
from market.enrolment import service as enrolment
from market.files import service as files
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.kernel.clock import CHINA
from market.letters import jobs as letters
from market.rulebook import service as rulebook
from market.selection.kinds import Fund
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.workdays import service as workdays
from tests.access import overseen, told
from tests.access.attached import open_notices
from tests.factories import accounts as people
from tests.factories import agencies, complaints, owners, selection, zones
from tests.factories import contracts as contract_scenes
from tests.factories import reputation as credit
from tests.factories.deeds import do
from tests.workdays.test_service import notice_2027

MARKUP = """<script>alert("7")</script><b title='x'>"""
CANARY = 876_543_21  # fen: the quote that nobody may see before the list is sealed
CANARIES = ("87654321", "876543.21", "876,543.21", "0x5397fb1")
SECRET_ID = people.id_number(4321)
SAID: dict[str, Any] = {
    "matters": f"公告要求在本市设有分支机构。{MARKUP}",
    "request": f"请求更正。{MARKUP}",
}
BY_FIRM: dict[str, Any] = {
    **SAID,
    "complainant": Complainant.ORGANISATION,
    "door": Door.REGULATOR,
    "respondent": Respondent.OWNER,
}


@dataclasses.dataclass
class Scene:
    """`actors` by identity; `things[kind]["a"|"b"]` is what an address names."""

    actors: dict[str, Actor] = dataclasses.field(default_factory=dict)
    things: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    extra: dict[str, str] = dataclasses.field(default_factory=dict)

    def add(self, kind: str, **named: object) -> None:
        """Name things of a kind."""
        self.things.setdefault(kind, {}).update({name: str(value) for name, value in named.items()})


def build() -> Scene:
    """Make everything; needs an app context. Leaves the clock on the instant at which the scene is
    looked at.
    """
    scene = Scene()
    _bodies(scene)
    _parties(scene)
    _finished(scene)
    _running(scene)
    _complaints(scene)
    _desks(scene)
    _proposals(scene)
    _members(scene)
    letters.write()
    scene.add("clue", **overseen.handed_over(scene.actors, MARKUP))
    told.letters(scene.add, scene.actors)
    scene.add("books", a=contract_scenes.booked(scene.actors["regulator"]))
    told.programs(scene.add, scene.actors["admin"])
    return scene


DUTIES = ("regulator_officer", "regulator_signatory", "complaint_officer", "finance_supervisor")


def _bodies(scene: Scene) -> None:
    """The bodies and their people, laid out for a small county (docs/rules.md#small-county)."""
    regulator = people.body("regulator", "自然资源局")
    selection.town()
    office = people.body("office")
    authority = people.organisation("authority", "营商环境办公室")
    duties = {
        "clerk": (office, ("intake_clerk", "callback_officer")),
        "checker": (office, ("enrolment_checker", "notice_reviewer")),
        "head": (office, ("office_head", "publisher", "complaint_signatory")),
        "officer": (office, ("complaint_officer",)),
        "admin": (office, ("system_admin",)),
        "security": (office, ("security_admin",)),
        "regulator": (regulator, DUTIES),
        "editor": (authority, ("rule_editor",)),
        "approver": (authority, ("rule_approver", "authority_assigner")),
        "inspector": (people.organisation("inspection", "纪委监委派驻组"), ("inspector",)),
    }
    for name, (body, held) in duties.items():
        scene.actors[name] = people.member(body, *held, name=f"{name}{MARKUP}")
    people.member(regulator, "complaint_signatory")
    scene.add("organisation", a=office, b=authority)
    scene.actors["person"] = complaints.citizen(f"王小民{MARKUP}")
    newcomer = in_one_transaction(
        people.service.register,
        VISITOR,
        login="newcomer@example.org",
        password=people.password(),
        name="未核验",
        id_number=SECRET_ID,
        phone="13800000000",
    )
    scene.actors["newcomer"] = Actor(newcomer)
    scene.add("person", a=newcomer, b=people.person(verified=False))


def _parties(scene: Scene) -> None:
    """Three agencies, two owners; who is agency A is settled by the draw of the finished notice."""
    scene.extra["item"] = selection.ITEM
    for name in ("owner_a", "owner_b"):
        scene.actors[name] = owners.approved(
            "public", name=f"{name}水利局{MARKUP}", address=f"人民路{MARKUP}"
        )


def _buyer(scene: Scene, name: str) -> selection.Buyer:
    """An owner with its second person, who signs what the first has drafted."""
    actor = scene.actors[name]
    organisation_id = actor.organisation_id or 0
    signatory = f"{name}_signatory"
    if signatory not in scene.actors:
        scene.actors[signatory] = people.member(organisation_id, "owner_signatory")
    return selection.Buyer(organisation_id, "", actor, scene.actors[signatory])


def _agency() -> agencies.Made:
    """An agency that may enter, with a legal representative of its own."""
    return agencies.active_agency(
        [selection.ITEM],
        legal_representative=f"法人{people.credit_code()[-6:]}",
        address=f"湓城街道{MARKUP}",
        contact_person=f"王五{MARKUP}",
        intro=MARKUP,
        shows_contact=True,
    )


def _finished(scene: Scene) -> None:
    """A notice of owner B from publication to the award letter, a year's course in ten days."""
    agencies.deferrable((selection.ITEM, "授权代表社会保险缴纳记录", 90))
    number = selection.published_notice(_buyer(scene, "owner_b"), title=f"已授标项目{MARKUP}")
    entrants = [_agency() for _ in range(3)]
    for place, made in enumerate(entrants):
        selection.enter(number, made, 10_000_000 + place)
    selection.drawn(number)
    winner = result_queries.notice(reading(CLOCK), number).winner
    assert winner is not None
    entrants.sort(key=lambda made: made.ref != winner.ref)
    scene.actors |= {"agency_a": entrants[0].actor, "agency_b": entrants[1].actor}
    scene.add("uscc", a=entrants[0].uscc, b=entrants[1].uscc)
    scene.add("ref", a=entrants[0].ref, b=entrants[1].ref)
    _documents(scene)
    standstill_due = result_queries.notice(reading(CLOCK), number).standstill_due
    assert standstill_due is not None
    selection.move_to(standstill_due)
    contracts.follow()
    (letter,) = letters_of_award.of_notice(reading(CLOCK), number)
    scene.add("award", a=letter.number)
    scene.add("contract", a=contract_scenes.questioned(letter, scene.actors, MARKUP))
    scene.add("payment", a=1)
    scene.add("document", a=letter.document)
    scene.add("stage", awarded=number)
    scene.extra["third"] = entrants[2].uscc


def _documents(scene: Scene) -> None:
    """What agency A owed is accepted, so that it may have the award; agency B owes it still."""
    owed = {
        name: enrolments.outstanding_documents(
            reading(CLOCK), scene.actors[f"agency_{name}"].organisation_id or 0
        )[0]
        for name in ("a", "b")
    }
    scene.add("outstanding", **{name: each.id for name, each in owed.items()})
    scene.add("listed", a=catalogue.deferrable(reading(CLOCK))[0].id)
    scene.add("zone", a=zones.published(scene.actors["checker"]))
    in_one_transaction(
        enrolment.hand_in,
        scene.actors["agency_a"],
        document_id=owed["a"].id,
        received=agencies.paper(),
    )
    do(enrolment.accept_document, agencies.checker(), document_id=owed["a"].id)


def _running(scene: Scene) -> None:
    """Notices in the stages between: drawn, sealed, open with a sealed quote, submitted, drafts."""
    a = _buyer(scene, "owner_a")
    b = _buyer(scene, "owner_b")
    social = {"fund": Fund.SOCIAL, "fiscal_percent": 0, "ceiling_fen": 120_000_000}
    drawn = selection.published_notice(a, title=f"已公示项目{MARKUP}")
    later = {"entry_close": selection.at(7), "draw_at": selection.at(9)}
    waiting = selection.published_notice(b, title=f"已封存项目{MARKUP}", **later)
    trio = [_made(scene, "agency_a"), _made(scene, "agency_b"), _agency()]
    for number in (drawn, waiting):
        for made in trio:
            selection.enter(number, made)
    selection.drawn(drawn)
    opened = open_notices(scene.add, a, b, MARKUP, social)
    receipts = {
        "a": selection.enter(opened, trio[0], CANARY),
        "b": selection.enter(opened, trio[1], CANARY),
    }
    scene.add("receipt", **{name: receipt.receipt for name, receipt in receipts.items()})
    scene.add("stage", open=opened, sealed=waiting, announced=drawn)
    scene.add(
        "draw",
        a=result_queries.notice(reading(CLOCK), drawn).draw_number,
        b=result_queries.notice(reading(CLOCK), waiting).draw_number,
    )
    drafts = {"a": _draft(a), "b": _draft(b)}
    scene.add("draft", **drafts)
    scene.add(
        "draft_file",
        a=selection.attached(a, drafts["a"]),
        b=selection.attached(b, drafts["b"]),
    )
    scene.add(
        "waiting_notice",
        a=selection.submitted_notice(a, title=f"待审核{MARKUP}", **social),
        b=selection.submitted_notice(b, title=f"待审核二{MARKUP}", **social),
    )


def _draft(buyer: selection.Buyer) -> int:
    return in_one_transaction(
        notice_service.draft, buyer.drafter, terms=selection.terms(title=f"草稿{MARKUP}")
    )


def _made(scene: Scene, name: str) -> agencies.Made:
    actor = scene.actors[name]
    return agencies.Made(actor, actor.organisation_id or 0, scene.things["uscc"][name[-1]], "")


def _complaints(scene: Scene) -> None:
    """One by a citizen before the office, one by agency B before the regulator, both with evidence;
    a draft of each.
    """
    announced = scene.things["stage"]["announced"]
    opened = scene.things["notice"]["a"]
    person = scene.actors["person"]
    firm = scene.actors["agency_b"]
    first = complaints.filed(announced, person, about=About.RESULT, **SAID)
    second = complaints.filed(opened, firm, **BY_FIRM)
    desk = complaints.Desk(
        0,
        scene.actors["regulator"],
        people.staff("regulator", "complaint_signatory", name="自然资源局"),
    )
    complaints.accepted(second, desk)
    in_one_transaction(
        complaint_service.ask_answer, desk.officer, number=second, hides_complainant=True
    )
    scene.add("complaint", a=first, b=second)
    drafts = {
        "a": (person, complaints.drafted(opened, person, **SAID)),
        "b": (firm, complaints.drafted(announced, firm, **BY_FIRM)),
    }
    _evidence(scene, drafts)
    tip = in_one_transaction(
        complaint_service.tip,
        VISITOR,
        content=f"反映一件事。{MARKUP}",
        contact=MARKUP,
        notice_number=opened,
        submission_key="tip",
    )
    scene.add("tip", a=tip)


def _evidence(scene: Scene, drafts: dict[str, tuple[Actor, int]]) -> None:
    """A file with each draft."""
    for name, (who, draft_id) in drafts.items():
        upload = FileStorage(io.BytesIO(agencies.PDF), filename="证据.pdf")
        scan = files.receive(upload, current_app.instance_path, field="scan")
        file_id = in_one_transaction(complaint_service.attach, who, draft_id=draft_id, scan=scan)
        scene.add("complaint_draft", **{name: draft_id})
        scene.add("evidence", **{name: file_id})
    scene.add("file", b=scene.things["evidence"]["a"])


def _desks(scene: Scene) -> None:
    """What waits on the desks: an application, a registration, an objection."""
    applicant = agencies.submitted_agency(name=f"新申请机构{MARKUP}", intro=MARKUP)
    scene.add("application", a=applicant.number)
    scene.actors["applicant"] = applicant.actor
    number = owners.registered("firm", name=f"待核验业主{MARKUP}")
    scene.add("registration", a=number)
    scene.actors["new_owner"] = owners.member_of(number)
    recent = _agency()
    objection = in_one_transaction(
        enrolment.object_to,
        scene.actors["person"],
        uscc=recent.uscc,
        reason=f"该机构证书有误。{MARKUP}",
        submission_key="objection",
    )
    scene.add("objection", a=objection)
    scene.add("recent", a=recent.uscc, b=recent.uscc)
    held = {name: _qualification(scene, name) for name in ("a", "b")}
    scene.add("qualification", **{name: row.id for name, row in held.items()})
    scene.add("file", a=held["a"].file_id)


def _proposals(scene: Scene) -> None:
    """What waits for a second person of the authority: a rulebook, a calendar."""
    version = in_one_transaction(
        rulebook.propose,
        scene.actors["editor"],
        values={"decide_days": (10, "working_day")},
        title=f"通知{MARKUP}",
        document_number="瑞府办发〔2026〕12号",
        in_force_from=_today() + dt.timedelta(days=30),
    )
    scene.add("version", a=1, b=version)
    scene.add("proposal", a=version)
    key = in_one_transaction(
        workdays.import_arrangement,
        scene.actors["editor"],
        text=notice_2027(),
        document_number="国办发明电〔2026〕9号",
        title="国务院办公厅关于2027年部分节假日安排的通知",
        issued_on=_today(),
    )
    scene.add("arrangement", a=key)
    scene.add("expert", a=told.expert(scene.actors["person"], scene.actors["regulator"], MARKUP))
    scene.add("basis", a=credit.waiting_basis(scene.actors["editor"], MARKUP))
    for name in ("a", "b"):
        uscc = scene.things["uscc"][name]
        said = {"fact": f"未按合同提供服务{MARKUP}", "evidence": MARKUP}
        number = credit.proposed("AG-P02", scene.actors["regulator"], uscc, **said)
        scene.add("credit", **{name: number})


def _members(scene: Scene) -> None:
    """A second person of each agency; somebody of the office."""
    for name in ("a", "b"):
        second = people.person(name=f"同事{MARKUP}")
        scene.add(
            "membership",
            **{
                name: people.join(
                    scene.actors[f"agency_{name}"].organisation_id or 0, second, "agency_agent"
                )
            },
        )
    scene.add("membership", c=_membership(scene, "clerk"))
    scene.add("organisation", c=scene.actors["agency_a"].organisation_id)


def _qualification(scene: Scene, name: str) -> Qualification:
    """The first one of an agency."""
    agency = agency_queries.of_organisation(
        reading(CLOCK), scene.actors[f"agency_{name}"].organisation_id or 0
    )
    assert agency is not None
    return db.session.query(Qualification).filter_by(agency_id=agency.id).limit(1).one()


def _membership(scene: Scene, name: str) -> int:
    actor = scene.actors[name]
    card = account_queries.membership(
        reading(CLOCK), actor.person_id or 0, actor.organisation_id or 0
    )
    assert card is not None
    return card.id


def _today() -> dt.date:
    return reading(CLOCK).now.astimezone(CHINA).date()
