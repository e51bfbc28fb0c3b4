"""The main job told in the terminal: every step through the real services on a stepped clock, each
with its log entry.

It runs in a database of its own in a temporary folder, and ends by recomputing the draw from the
log alone.
"""

import datetime as dt
import pathlib
import tempfile
from collections.abc import Callable

from flask import Flask, current_app
from flask_migrate import upgrade

from market.adapters.keys import Keys
from market.catalogue import queries as catalogue
from market.catalogue import service as catalogue_service
from market.catalogue import shipped
from market.complaints import service as complaints
from market.complaints.rules import About, Complainant, Outcome, Respondent, Statement
from market.db import db, reading
from market.demo import names
from market.demo.cases import GROUNDS
from market.demo.choices import Dice
from market.demo.notices import CONTENT
from market.demo.people import Buyer, Cast, Casting, Firm, actor_of, bodies
from market.demo.stage import Stage, at, raise_witness, stepped
from market.enrolment import service as enrolment
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.kernel.errors import Refusal
from market.ledger import jobs as ledger_jobs
from market.ledger import queries as ledger
from market.operations import service as operations
from market.operations.rules import Mode
from market.rulebook import service as rulebook
from market.selection.entries import service as entry_service
from market.selection.kinds import Fund, Method
from market.selection.notices import service as notice_service
from market.selection.notices.rules.terms import Terms
from market.selection.results import queries as result_queries
from market.workdays import service as workdays
from verify.zjcs import draw as protocol

BEGIN = dt.datetime(2026, 3, 4, 1, tzinfo=dt.UTC)  # Wednesday 4 March 2026, 09:00 in China
Say = Callable[[str], None]


def tell(make_app: Callable[[dict[str, object]], Flask], say: Say) -> int:
    """Tell the story; 0 when the order recomputed from the log is the one that the log says."""
    with tempfile.TemporaryDirectory(prefix="market-story-") as folder:
        app = make_app(
            {"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/story.sqlite"}
        )
        with app.app_context():
            upgrade(app.extensions["migrate"].directory)
            with stepped(app, BEGIN, "story") as stage:
                told = Story(stage, say)
                told.run()
                agrees = told.recompute()
            db.session.remove()
            db.engine.dispose()
    return 0 if agrees else 1


class Story:
    """The people of the story and what they have done so far."""

    def __init__(self, stage: Stage, say: Say) -> None:
        self.stage = stage
        self.say = say
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
        self._notice()
        self._entries()
        self._draw()
        self._complaint()
        self._award()

    def _found(self) -> None:
        do = self.stage.do
        do(operations.install, CLOCK, mode=Mode.DEMO)
        do(workdays.load_shipped, CLOCK)
        do(rulebook.load_default, CLOCK, chosen=names.OPEN_DATA)
        bodies(self.casting, self.cast)
        do(catalogue_service.load, CLOCK, rows=shipped.ruichang())
        raise_witness(self.cast.bodies["office"], self.cast.bodies["witness"], slots=60 * 24 * 60)
        self.step("平台就绪：日历、办法参数、事项目录、两条随机数链的锚")

    def _agencies(self) -> None:
        self.item = catalogue.item(reading(CLOCK), "301")
        for place in (names.HOME[0], names.CITY[0], names.PROVINCE[5], names.OUTSIDE[0]):
            draft = self.casting.firm(place, "工程测量", [self.item])
            ref = self.stage.do(enrolment.approve, self.cast.staff["checker"], number=draft.number)
            self.cast.agencies.append(Firm(draft.actor, ref, draft.name, draft.items))
            self.step(f"机构网上入驻，核验通过：{draft.name}（{ref}）")

    def _owner(self) -> None:
        self.buyer: Buyer = self.casting.owner("瑞昌市水利局", "public", self.cast.staff["checker"])
        self.step("项目业主登记，审核通过：瑞昌市水利局")

    def _terms(self, **changes: object) -> Terms:
        given: dict[str, object] = {
            "item_code": "301",
            "title": "横港镇小流域综合治理项目地形测量",
            "fund": Fund.FISCAL,
            "fiscal_percent": 100,
            "ceiling_fen": 12_000_000,
            "scale": "约 120 亩",
            "location": "瑞昌市横港镇",
            "content": CONTENT.format(item=self.item.name),
            "service_days": 20,
            "entry_close": at(dt.date(2026, 3, 11), 15),
            "draw_at": at(dt.date(2026, 3, 11), 15, 30),
            "contact_phone": "0792-4221111",
            "complaint_phone": "0792-4212345",
        }
        return Terms(**{**given, **changes})  # type: ignore[arg-type]

    def _notice(self) -> None:
        for title, changes in (
            ("财政资金直接选取", {"method": Method.DIRECT}),
            ("设置地域条件", {"requirement": "须在本市设有分支机构"}),
            ("报名期不足", {"entry_close": at(dt.date(2026, 3, 5), 15)}),
        ):
            try:
                draft = self.stage.do(
                    notice_service.draft, self.buyer.drafter, terms=self._terms(**changes)
                )
                self.stage.do(notice_service.submit, self.buyer.drafter, notice_id=draft)
                raise AssertionError(f"{title}: was not refused")
            except Refusal as no:
                self.step(f"公告提交被拒：{title}（{no.code}）")
        draft = self.stage.do(notice_service.draft, self.buyer.drafter, terms=self._terms())
        self.stage.do(notice_service.submit, self.buyer.drafter, notice_id=draft)
        self.stage.do(notice_service.sign, self.buyer.signatory, notice_id=draft)
        self.stage.do(notice_service.approve, self.cast.staff["checker"], notice_id=draft)
        self.number = self.stage.do(
            notice_service.publish, self.cast.staff["head"], notice_id=draft
        )
        self.step(f"选取公告发布：{self.number}")

    def _entries(self) -> None:
        sealing = Keys(pathlib.Path(current_app.config["INSTANCE"])).sealing_public()
        for place, firm in enumerate(self.cast.agencies):
            self.stage.move_to(at(dt.date(2026, 3, 5 + place), 10))
            receipt = self.stage.do(
                entry_service.enter,
                firm.actor,
                number=self.number,
                quote_fen=11_000_000 + place * 100_000,
                sealing_key=sealing,
            )
            self.step(f"{firm.ref} 报名，报价密封，回执 {receipt.receipt}")
        self.stage.do(entry_service.withdraw, self.cast.agencies[0].actor, number=self.number)
        self.stage.do(
            entry_service.enter,
            self.cast.agencies[0].actor,
            number=self.number,
            quote_fen=10_800_000,
            sealing_key=sealing,
        )
        self.step(f"{self.cast.agencies[0].ref} 撤回后重新报名")
        self.stage.clock.instant = at(dt.date(2026, 3, 11), 15)
        try:
            self.stage.do(
                entry_service.enter,
                self.cast.agencies[1].actor,
                number=self.number,
                quote_fen=1,
                sealing_key=sealing,
            )
        except Refusal as no:
            self.step(f"截止那一刻才到的报名不计（{no.code}）")

    def _draw(self) -> None:
        self.stage.move_to(at(dt.date(2026, 3, 11), 15, 1) + dt.timedelta(seconds=1))
        self.step("报名截止，名单封存，见证单位联署")
        self.stage.move_to(at(dt.date(2026, 3, 11), 15, 30))
        self.step("约定时刻到：两条链的值、顺序、中选公告")

    def _complaint(self) -> None:
        officer = self.cast.staff["officer"]
        signatory = self.cast.staff["signatory"]
        citizen = actor_of(self.casting.person())
        self.stage.move_to(at(dt.date(2026, 3, 12), 9))
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
        work = reading(CLOCK)
        draw_no = result_queries.notice(work, self.number).draw_number
        leaves = {entry.type: entry for entry in ledger.of_subject(work, self.number)}
        notice, seal, result = (
            leaves[kind] for kind in ("notice.published", "entries.sealed", "draw.result")
        )
        values = {
            (entry.fields["source"], entry.fields["slot"]): entry.fields["value"]
            for entry in ledger.after(work, 0, 100_000)
            if entry.type == "source.value"
        }
        sources = [
            {"id": one["id"], "slot": one["slot"], "value": values[one["id"], one["slot"]]}
            for one in notice.fields["sources"]
        ]
        seed = protocol.seed(draw_no, notice.hash, seal.hash, sources)
        order = protocol.order(seed, [row["ref"] for row in seal.fields["entrants"]])
        self.say(f"\n只凭日志重算 {draw_no}\n  种子 {seed}")
        for rank, (ref, ticket) in enumerate(order, start=1):
            self.say(f"  第 {rank} 位 {ref}  {ticket}")
        agrees = [ref for ref, _ in order] == result.fields["order"] and seed == result.fields[
            "seed"
        ]
        self.say("与日志上的结果一致。" if agrees else "与日志上的结果不一致！")
        self.say("自己验算中选者：" + protocol.recipe(seed, order[0][0]))
        return agrees
