"""Complaints in every state, and notices in the states that a finished year does not show."""

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import current_app

from market.complaints import service as complaints
from market.complaints.rules import (
    About,
    CallbackResult,
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
from market.demo import names
from market.demo.people import Scan
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.files import service as files
from market.kernel.actor import Actor

GROUNDS = {
    "reasons": "经查阅公开日志、公告文本和报名材料，情况已核实清楚。",
    "legal_basis": "《瑞昌市中介超市管理办法》",
    "remedy_note": "对本决定不服的，可在收到之日起 60 日内申请行政复议。",
}
SAID = (
    "公告中“收到书面通知后 3 个工作日内完成现场踏勘”的要求，对外地机构不公平。",
    "拟中选机构的资质专业范围与本项目要求不一致，请核查。",
    "报名截止前有人打听报名单位，怀疑名单泄露，请核查流程。",
    "中选公告没有写明服务期限，请补充说明。",
)
Deed = tuple[int, str]
"""(working days after the result, what is done then)."""
COURSES: list[tuple[int, tuple[Deed, ...]]] = [
    (
        60,
        (
            (1, "file"),
            (2, "accept"),
            (9, "annul_to_next"),
            (10, "publish"),
            (11, "remedied"),
            (12, "call_back"),
            (13, "rate"),
        ),
    ),
    (
        48,
        (
            (1, "file"),
            (2, "accept"),
            (8, "relist"),
            (9, "publish"),
            (10, "remedied"),
            (11, "call_back"),
        ),
    ),
    (
        40,
        (
            (1, "file"),
            (3, "accept"),
            (12, "dismiss"),
            (13, "publish"),
            (14, "call_back"),
            (15, "rate"),
        ),
    ),
    (33, ((2, "file"), (3, "refuse"))),
    (
        30,
        (
            (1, "hotline"),
            (2, "accept"),
            (10, "partly"),
            (12, "publish"),
            (13, "remedied"),
            (14, "call_back"),
        ),
    ),
    (26, ((1, "file"), (2, "accept"), (5, "withdraw"))),
    (24, ((1, "file"), (2, "accept"))),  # never decided: overdue, then taken over by the superior
    (18, ((1, "file"), (2, "accept"))),  # not decided in time: overdue
    (16, ((1, "file"), (2, "accept"), (12, "partly"), (13, "publish"))),  # being put right
    (14, ((1, "file"), (2, "accept"), (10, "dismiss"), (11, "publish"))),  # waits for the call-back
    (13, ((1, "file"),)),  # never accepted: overdue, then taken over
    (
        11,
        ((1, "file"), (2, "accept"), (10, "annul_to_next")),
    ),  # these three are decided and not yet public
    (10, ((1, "file"), (2, "accept"), (9, "partly"))),
    (9, ((1, "file"), (2, "accept"), (8, "dismiss"))),
    (6, ((1, "file"),)),  # acceptance overdue
    (5, ((1, "file"), (2, "accept"), (3, "ask_answer"))),
    (4, ((1, "file"), (2, "transfer"))),
    (3, ((1, "file"), (2, "ask_completion"))),
    (2, ((1, "file"),)),
    (2, ((1, "draft"),)),  # begun, and not filed
    (1, ((0, "file"),)),
]


T = TypeVar("T")


def statement(
    about: About,
    matters: str,
    request: str = "请核查并公布结果。",
    respondent: Respondent = Respondent.OWNER,
    door: Door = Door.OFFICE,
    matter: str = "",
    name: str = "",
) -> Statement:
    """What somebody complains of for himself."""
    return Statement(
        matter=matter,
        about=about,
        respondent=respondent,
        matters=matters,
        request=request,
        complainant=Complainant.PERSON,
        name=name,
        phone="13879201234",
        door=door,
    )


class Course:
    """One complaint, deed by deed: about a result, where `said` is nothing else; with files of the names
    `scans`.
    """

    def __init__(
        self,
        town: Town,
        notice: str,
        said: Statement | None = None,
        scans: Sequence[str] = (),
    ) -> None:
        self.town = town
        self.notice = notice
        self.said = said
        self.scans = scans
        self.number = ""
        self.who = town.dice.pick(town.cast.citizens)
        self.staff = town.cast.staff

    def do(self, verb: Callable[..., T], actor: Actor, **given: object) -> T:
        return self.town.stage.do(verb, actor, **given)

    def deed(self, name: str) -> None:
        """Do what a deed's name says; a proposal is signed at once by the other person."""
        getattr(self, name)()

    def _statement(self, name: str = "", about: About = About.RESULT) -> Statement:
        if self.said:
            return dataclasses.replace(self.said, matter=self.notice)
        return statement(about, self.town.dice.pick(SAID), matter=self.notice, name=name)

    def draft(self) -> int:
        draft_id = self.do(complaints.save_draft, self.who, said=self._statement())
        for name in self.scans:
            scan = files.receive(Scan(name), current_app.instance_path)
            self.do(complaints.attach, self.who, draft_id=draft_id, scan=scan)
        return draft_id

    def file(self) -> None:
        self.number = self.do(complaints.file, self.who, draft_id=self.draft())

    def hotline(self) -> None:
        intake = Intake(
            Channel.HOTLINE, self.town.stage.now, external_number="12345-2026-" + self.notice[-5:]
        )
        draft = self.do(
            complaints.save_draft,
            self.staff["clerk"],
            intake=intake,
            said=self._statement(name=names.person(self.town.dice), about=About.PROCESS),
        )
        self.number = self.do(complaints.file, self.staff["clerk"], draft_id=draft)

    def accept(self) -> None:
        self.do(complaints.propose_acceptance, self.staff["officer"], number=self.number)
        self._sign()

    def refuse(self) -> None:
        self.do(
            complaints.propose_non_acceptance,
            self.staff["officer"],
            number=self.number,
            reason=Reason.NO_FACTS,
            **GROUNDS,
        )
        self._sign()

    def _decide(self, outcome: Outcome, remedies: dict[Remedy, str]) -> None:
        self.do(
            complaints.propose_decision,
            self.staff["officer"],
            number=self.number,
            outcome=outcome,
            remedies=remedies,
            **GROUNDS,
        )
        self._sign()

    def annul_to_next(self) -> None:
        self._decide(Outcome.UPHELD, {Remedy.ANNUL_TO_NEXT: ""})

    def relist(self) -> None:
        self._decide(Outcome.UPHELD, {Remedy.RELIST: ""})

    def partly(self) -> None:
        self._decide(Outcome.PARTLY, {Remedy.RECTIFY: "补充说明服务期限，并向全体报名机构说明。"})

    def dismiss(self) -> None:
        self._decide(Outcome.DISMISSED, {})

    def remedied(self) -> None:
        self.do(
            complaints.finish_remedy,
            self.staff["officer"],
            number=self.number,
            report="已按决定办理完毕。",
        )

    def publish(self) -> None:
        self.do(
            complaints.publish_decision,
            self.staff["officer"],
            number=self.number,
            text="经核查作出处理决定，理由和依据见正文。个人信息已隐去。",
        )

    def call_back(self) -> None:
        self.do(
            complaints.call_back,
            self.staff["authority"],
            number=self.number,
            result=CallbackResult.SATISFIED,
            note="电话回访，表示认可。",
        )

    def rate(self) -> None:
        self.do(complaints.rate, self.who, number=self.number, level=self.town.dice.between(3, 5))

    def withdraw(self) -> None:
        self.do(
            complaints.withdraw, self.who, number=self.number, note="已与对方沟通清楚，自愿撤回。"
        )

    def ask_answer(self) -> None:
        self.do(
            complaints.ask_answer, self.staff["officer"], number=self.number, hides_complainant=True
        )

    def ask_completion(self) -> None:
        self.do(
            complaints.ask_completion,
            self.staff["officer"],
            number=self.number,
            request="请补充认为专业范围不一致的依据。",
        )

    def transfer(self) -> None:
        self.do(
            complaints.transfer,
            self.staff["officer"],
            number=self.number,
            reason="属行业主管部门职责。",
            organisation_id=self.town.cast.bodies["自然资源局"],
        )

    def _sign(self) -> None:
        self.do(complaints.sign, self.staff["signatory"], number=self.number)


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Put every course on the agenda: its notice, and the deeds on the working days after the
    result.
    """
    for back, deeds in COURSES:
        drawn = len(days) - 1 - back
        town.plan(
            agenda,
            days[drawn - 5],
            days[drawn],
            5,
            functools.partial(_course, town, agenda, days, drawn, deeds),
        )


def _course(
    town: Town,
    agenda: Agenda,
    days: list[dt.date],
    drawn: int,
    deeds: tuple[Deed, ...],
    number: str,
) -> None:
    course = Course(town, number)
    for after, name in deeds:
        when = at(days[min(drawn + after, len(days) - 1)], 16 if after == 0 else 9, 30)
        agenda.at(max(when, town.stage.now), functools.partial(course.deed, name))
