"""The main job told in the terminal: every step through the real services on a stepped clock, each
with its log entry.

It runs in a database of its own in a temporary folder, and ends by recomputing the order from the
log alone (retold.py).
"""

import datetime as dt
import json
import pathlib
from collections.abc import Callable, Mapping
from typing import ClassVar

from flask import current_app

from market.adapters.keys import Keys
from market.catalogue import queries as catalogue
from market.catalogue import service as catalogue_service
from market.catalogue import shipped
from market.complaints import service as complaints
from market.complaints.rules import About, Complainant, Outcome, Respondent, Statement
from market.db import reading
from market.demo import names, retold
from market.demo.cases import GROUNDS
from market.demo.choices import Dice
from market.demo.notices import CONTENT
from market.demo.people import Buyer, Cast, Casting, Firm, actor_of, bodies
from market.demo.stage import Stage, at, raise_witness
from market.enrolment import service as enrolment
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.kernel.errors import Refusal
from market.kernel.plain import Json
from market.ledger import jobs as ledger_jobs
from market.ledger import queries as ledger
from market.operations import service as operations
from market.operations.rules import Mode
from market.rulebook import service as rulebook
from market.rulebook.rules import CITY, COUNTY, Value
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import service as entry_service
from market.selection.entries.rules import boxing
from market.selection.kinds import Fund, Method
from market.selection.notices import service as notice_service
from market.selection.notices.rules.terms import Terms
from market.workdays import service as workdays
from verify.zjcs import sealing
from verify.zjcs.case import Case, Leaf
from verify.zjcs.sealing import Promise, Sealed

QUOTES = (11_200_000, 10_800_000, 11_000_000, 11_300_000)  # fen
BEGIN = dt.datetime(2026, 3, 4, 1, tzinfo=dt.UTC)  # Wednesday 4 March 2026, 09:00 in China
Say = Callable[[str], None]
PUBLIC_MONEY: dict[str, object] = {"fund": Fund.FISCAL, "fiscal_percent": 100}
OWN_MONEY: dict[str, object] = {"fund": Fund.SOCIAL, "fiscal_percent": 0}
FORBIDDEN: tuple[tuple[str, dict[str, object]], ...] = (
    ("财政资金直接选取", {"method": Method.DIRECT, **PUBLIC_MONEY}),
    ("设置地域条件", {"requirement": "须在本市设有分支机构"}),
)
"""What no notice may say, whatever its way."""
TOO_SHORT: tuple[str, dict[str, object]] = (
    "报名期不足",
    {"entry_close": at(dt.date(2026, 3, 5), 15)},
)
TIMES: dict[str, object] = {
    "entry_close": at(dt.date(2026, 3, 11), 15),
    "draw_at": at(dt.date(2026, 3, 11), 15, 30),
}


class Story:
    """The people of the story and what they have done so far. This one is of a random draw; those of the
    other ways are in tales.py.
    """

    is_social = False
    """Whether a firm buys with its own money, under the city's rulebook; else a body with public money."""
    opened: ClassVar[dict[str, Value]] = names.OPENED
    """What the first rulebook opens beside its starter."""
    is_sealing = False
    """Whether quotes are sealed to two keys."""
    sealed_by = boxing.TOOL
    """With what an agency seals its quote."""
    times: ClassVar[dict[str, object]] = TIMES
    forbidden: ClassVar[tuple[tuple[str, dict[str, object]], ...]] = (*FORBIDDEN, TOO_SHORT)

    def __init__(self, stage: Stage, say: Say, method: Method) -> None:
        self.stage = stage
        self.say = say
        self.method = method
        self.kept: dict[str, Sealed] = {}
        self._seen = 0
        self.cast = Cast()
        self.dice = Dice("story")
        self.casting = Casting(stage, self.dice)

    def step(self, title: str) -> None:
        """Print a step and the log entries that it left."""
        self.say(f"\n{self.stage.now.astimezone(CHINA):%Y-%m-%d %H:%M}  {title}")
        for entry in ledger.after(reading(CLOCK), self._seen):
            if not entry.type.startswith(("window.", "account.", "organisation.", "member.")):
                self.say(f"      #{entry.index:<4} {entry.type:<28} {entry.subject}")
        self._seen = ledger.size(reading(CLOCK))

    def run(self) -> None:
        """From an empty database to the award letter."""
        self._found()
        self._agencies()
        self._owner()
        self.remember()
        self._notice()
        self.entries()
        self.select()
        self._complaint()
        self._award()

    def _found(self) -> None:
        do = self.stage.do
        do(operations.install, CLOCK, mode=Mode.DEMO)
        do(workdays.load_shipped, CLOCK)
        starter = CITY if self.is_social else COUNTY
        do(rulebook.load_default, CLOCK, starter=starter, chosen=self.opened)
        bodies(self.casting, self.cast)
        do(catalogue_service.load, CLOCK, rows=shipped.ruichang())
        raise_witness(self.cast.bodies["office"], self.cast.bodies["witness"], slots=60 * 24 * 60)
        if self.is_sealing:
            ledger_jobs.witness_head()  # who has read nothing yet gives no keys
            entry_jobs.prepare_keys()
        self.step("平台就绪：日历、办法参数、事项目录、两条随机数链的锚")

    def _agencies(self) -> None:
        self.item = catalogue.item(reading(CLOCK), "301")
        for place in (names.HOME[0], names.CITY[0], names.PROVINCE[5], names.OUTSIDE[0]):
            draft = self.casting.firm(place, "工程测量", [self.item])
            ref = self.stage.do(enrolment.approve, self.cast.staff["checker"], number=draft.number)
            self.cast.agencies.append(Firm(draft.actor, ref, draft.name, draft.items))
            self.step(f"机构网上入驻，核验通过：{draft.name}（{ref}）")

    def _owner(self) -> None:
        kind, name = (
            ("firm", "瑞昌青山矿业有限公司") if self.is_social else ("public", "瑞昌市水利局")
        )
        self.buyer: Buyer = self.casting.owner(name, kind, self.cast.staff["checker"])
        self.step(f"项目业主登记，审核通过：{name}")

    def _terms(self, **changes: object) -> Terms:
        given: dict[str, object] = {
            "item_code": "301",
            "title": "横港镇小流域综合治理项目地形测量",
            **(OWN_MONEY if self.is_social else PUBLIC_MONEY),
            "method": self.method,
            "ceiling_fen": 12_000_000,
            "scale": "约 120 亩",
            "location": "瑞昌市横港镇",
            "content": CONTENT.format(item=self.item.name),
            "service_days": 20,
            **self.times,
            "contact_phone": "0792-4221111",
            "complaint_phone": "0792-4212345",
        }
        return Terms(**{**given, **changes})  # type: ignore[arg-type]

    def _notice(self) -> None:
        for title, changes in self.forbidden:
            try:
                draft = self.stage.do(
                    notice_service.draft, self.buyer.drafter, terms=self._terms(**changes)
                )
                self.stage.do(notice_service.submit, self.buyer.drafter, notice_id=draft)
                raise AssertionError(f"{title}: was not refused")
            except Refusal as no:
                self.step(f"公告提交被拒：{title}（{no.code}）")
        draft = self.stage.do(notice_service.draft, self.buyer.drafter, terms=self._terms())
        self.prepare(draft)
        self.stage.do(notice_service.submit, self.buyer.drafter, notice_id=draft)
        if self.buyer.drafter != self.buyer.signatory:
            self.stage.do(notice_service.sign, self.buyer.signatory, notice_id=draft)
        self.stage.do(notice_service.approve, self.cast.staff["checker"], notice_id=draft)
        self.number = self.stage.do(
            notice_service.publish, self.cast.staff["head"], notice_id=draft
        )
        self.step(f"选取公告发布：{self.number}")

    def remember(self) -> None:
        """What happened before the story that its way rests on."""

    def prepare(self, draft: int) -> None:
        """What the way asks of a draft beside the terms of every notice."""

    def entries(self) -> None:
        """Who enters, who comes again, who is too late."""
        for place, firm in enumerate(self.cast.agencies):
            self.stage.move_to(at(dt.date(2026, 3, 5 + place), 10))
            receipt = self.enter(firm, QUOTES[place])
            self.step(f"{firm.ref} 报名，报价密封，回执 {receipt.receipt}")
        first = self.cast.agencies[0]
        token = self.kept[first.ref].kept["token"] if self.is_sealing else ""
        self.stage.do(entry_service.withdraw, first.actor, number=self.number, token=token)
        self.enter(first, QUOTES[1])  # what another has quoted too
        self.step(f"{first.ref} 撤回后重新报名")
        self.stage.clock.instant = at(dt.date(2026, 3, 11), 15)
        try:
            self.enter(self.cast.agencies[1], 1)
        except Refusal as no:
            self.step(f"截止那一刻才到的报名不计（{no.code}）")

    def enter(self, firm: Firm, quote_fen: int) -> entry_service.Receipt:
        """One entry; where two keys seal, sealed by the agency's own program, which keeps the token."""
        given: Json = {"quote_fen": quote_fen}
        if self.is_sealing:
            notice = retold.case_of(reading(CLOCK), self.number).the("notice.published")
            made = sealing.seal_entry(self.promise(notice), firm.ref, quote_fen, self.more(firm))
            self.kept[firm.ref] = made
            sealed = boxing.sealed_of(json.dumps(made.posted), self.sealed_by)
            given = {"quote_fen": 0, "sealed": sealed, "boxes": self.named(firm)}
        return self.stage.do(
            entry_service.enter,
            firm.actor,
            number=self.number,
            sealing_key=self.sealing_key(),
            **given,
        )

    def named(self, firm: Firm) -> Mapping[str, str]:
        """The sealed files that an entry names; none of most ways."""
        return {}

    def more(self, firm: Firm) -> Mapping[str, str]:
        """What else a quote says: of files their digests."""
        return {}

    def sealing_key(self) -> bytes:
        """The public key of the clock's process."""
        return Keys(pathlib.Path(current_app.config["INSTANCE"])).sealing_public()

    def promise(self, notice: Leaf) -> Promise:
        """What a notice promises of its sealed quotes."""
        return sealing.promise_of(notice.value)

    def select(self) -> None:
        """From the close to the order."""
        self.stage.move_to(at(dt.date(2026, 3, 11), 15, 1) + dt.timedelta(seconds=1))
        self.step("报名截止，名单封存，见证单位联署")
        self.stage.move_to(at(dt.date(2026, 3, 11), 15, 30))
        self.step("约定时刻到：两条链的值、顺序、中选公告")

    def _complaint(self) -> None:
        officer = self.cast.staff["officer"]
        signatory = self.cast.staff["signatory"]
        citizen = actor_of(self.casting.person())
        self.stage.move_to(at(dt.date(2026, 3, 12), 9))  # the day after the result
        said = Statement(
            matter=self.number,
            about=About.RESULT,
            respondent=Respondent.OWNER,
            matters="请核查拟中选机构的资质专业范围。",
            request="请核查并公布结果。",
            complainant=Complainant.PERSON,
            name="",
            phone="13879201234",
        )
        draft = self.stage.do(complaints.save_draft, citizen, said=said)
        number = self.stage.do(complaints.file, citizen, draft_id=draft)
        self.step(f"投诉 {number} 提交，中选暂缓")
        self.stage.move_to(at(dt.date(2026, 3, 13), 10))
        self.stage.do(complaints.propose_acceptance, officer, number=number)
        self.stage.do(complaints.sign, signatory, number=number)
        self.step("2 个工作日内决定受理")
        self.stage.move_to(at(dt.date(2026, 3, 20), 10))
        self.stage.do(
            complaints.propose_decision,
            officer,
            number=number,
            outcome=Outcome.DISMISSED,
            remedies={},
            **GROUNDS,
        )
        self.stage.do(complaints.sign, signatory, number=number)
        self.step("15 个工作日内作出决定：投诉不成立，恢复公示")

    def _award(self) -> None:
        self.stage.move_to(self.stage.now + dt.timedelta(minutes=1))
        self.stage.tick()
        self.step("公示期满且无未决投诉，中选通知书发出")

    def recompute(self) -> bool:
        """Work the order out again from nothing but the log's leaves, and say whether it is the
        same.
        """
        ledger_jobs.witness_head()
        case = retold.case_of(reading(CLOCK), self.number)
        self.say(f"\n只凭日志重算 {case.draw}")
        agrees = self.again(case)
        self.say("与日志上的结果一致。" if agrees else "与日志上的结果不一致！")
        return agrees

    def again(self, case: Case) -> bool:
        """The order that follows from the leaves is the one that they say."""
        return retold.lot(reading(CLOCK), case, self.say)
