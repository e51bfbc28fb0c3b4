"""The main job told of each way of selecting, from the first notice to the award letter (story.py)."""

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping
from typing import ClassVar

from flask import Flask
from flask_migrate import upgrade

from market.accounts import queries as accounts
from market.accounts.rules import Duty
from market.db import db, reading
from market.demo import auctioned, names, proposals, retold, scored, shortlists
from market.demo.people import Firm
from market.demo.stage import Stage, at, stepped
from market.demo.story import BEGIN, FORBIDDEN, QUOTES, Say, Story
from market.kernel.actor import CLOCK, Actor
from market.ledger import jobs as ledger_jobs
from market.reputation import service as reputations
from market.reputation.service import Found
from market.rulebook.rules import Value
from market.selection.auction import queries as auction_queries
from market.selection.auction import service as auction_service
from market.selection.auction.rules import Asked
from market.selection.direct import queries as direct_queries
from market.selection.direct import service as direct_service
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.rules import boxing
from market.selection.kinds import Method
from market.selection.results import queries as result_queries
from market.selection.scored import service as scored_service
from market.selection.scored.rules.criteria import Scoring
from market.selection.shortlist import service as shortlist_service
from verify.zjcs import scoring_result
from verify.zjcs.case import Case, Leaf
from verify.zjcs.sealing import Promise

CLOSING = dt.date(2026, 3, 11)
RECORD = "AG-P02"
FLOOR = 100_000_00
BIDS = (
    (115_000_00, 112_000_00, 110_000_00),
    (108_000_00, 105_000_00, 102_000_00),
    (FLOOR, FLOOR, 99_000_00),
)
"""Of three, in three turns: the last lies below the floor, two meet at it."""


class PricedStory(Story):
    """比价 and 均价: two quote alike, and the lot orders them."""

    is_social = True
    is_sealing = True


class ScoredStory(Story):
    """综合评分: three reviewers judge blind proposals, then two keys open the quotes."""

    is_social = True
    is_sealing = True
    scoring: ClassVar[Scoring] = scored.SCORING

    def __init__(self, stage: Stage, say: Say, method: Method) -> None:
        super().__init__(stage, say, method)
        self.panel: list[Actor] = []

    def prepare(self, draft: int) -> None:
        """Criteria, weights and levels; three reviewers and a reserve, none of the owner's agencies."""
        body = self.buyer.drafter.organisation_id or 0
        self.panel = [self.casting.member(body, Duty.JUROR) for _ in range(4)]
        ids = [each.person_id or 0 for each in self.panel]
        self.stage.do(
            scored_service.set_terms,
            self.buyer.drafter,
            notice_id=draft,
            scoring=self.scoring,
            seated=ids[:3],
            reserves=ids[3:],
        )
        self.step("评分标准、权重、档次和三名评审人员定下")

    def promise(self, notice: Leaf) -> Promise:
        """Quotes open after the sheets, by keys of their own."""
        return scoring_result.promise_of(notice)

    def enter(self, firm: Firm, quote_fen: int) -> entry_service.Receipt:
        """A proposal first: the first two write the same, so that all is equal between them."""
        self.propose(firm, max(0, self.cast.agencies.index(firm) - 1))
        return super().enter(firm, quote_fen)

    def propose(self, firm: Firm, place: int) -> None:
        """A text for each criterion."""
        self.stage.do(
            entry_service.hand_in_proposal,
            firm.actor,
            number=self.number,
            texts={code.value: texts[place] for code, texts in scored.TEXTS.items()},
            sealing_key=self.sealing_key(),
        )

    def judge(self, juror: Actor) -> None:
        """By what each proposal says."""
        scored.judge(self.stage, self.number, juror)

    def select(self) -> None:
        """The list, the sheets, the quotes, the order."""
        self.stage.move_to(at(CLOSING, 15, 1) + dt.timedelta(seconds=1))
        self.step("报名截止，名单封存，方案隐去名称交评审人员")
        for place, juror in enumerate(self.panel[:3]):
            self.stage.move_to(at(CLOSING, 16, 10 * place))
            self.judge(juror)
            self.step(f"第 {place + 1} 名评审人员打分，评分表锁定")
        self.stage.move_to(at(CLOSING, 16, 30))
        scored.opened()
        self.step("评分表全部锁定后，两把钥匙开启报价，算出总分和顺序")

    def again(self, case: Case) -> bool:
        """From the sheets that were opened and the quotes."""
        return retold.sheets(case, self.say)


class ProposalStory(ScoredStory):
    """方案比选: sealed files that are uploaded first, judged blind; the quote is not scored."""

    scoring: ClassVar[Scoring] = proposals.SCORING
    sealed_by = boxing.BROWSER

    def __init__(self, stage: Stage, say: Say, method: Method) -> None:
        super().__init__(stage, say, method)
        self.files: dict[str, Mapping[str, str]] = {}

    def propose(self, firm: Firm, place: int) -> None:
        """Two files before the entry, sealed as a browser seals them."""
        self.files[firm.ref] = proposals.deliver(self.stage, self.number, firm, place)

    def named(self, firm: Firm) -> Mapping[str, str]:
        """The hashes of what was uploaded."""
        return self.files[firm.ref]

    def more(self, firm: Firm) -> Mapping[str, str]:
        """The digests of the documents, which the quote carries."""
        own = entry_queries.own_uploads(reading(CLOCK), self.number, firm.actor.organisation_id)
        return {kind: own[kind].document_sha256 for kind in self.named(firm)}

    def judge(self, juror: Actor) -> None:
        """By what each file says."""
        proposals.judge(self.stage, self.number, juror)


class AuctionStory(Story):
    """实时竞价 and 分轮竞价: nothing is quoted on entering; three bid under pseudonyms, two meet at one
    price.
    """

    is_social = True
    times: ClassVar[dict[str, object]] = {"entry_close": at(CLOSING, 15), "draw_at": None}
    forbidden = FORBIDDEN

    def prepare(self, draft: int) -> None:
        """When it begins and how low it may go."""
        asked = Asked(after=60, floor_fen=FLOOR, step=None)
        self.stage.do(auction_service.set_terms, self.buyer.drafter, notice_id=draft, asked=asked)
        self.step("竞价规则：截止 60 分钟后开始，最低限价 100,000 元")

    def entries(self) -> None:
        """Three enter, one takes it back with the token and comes again."""
        firms = self.cast.agencies[:3]
        for place, firm in enumerate(firms):
            self.stage.move_to(at(dt.date(2026, 3, 5 + place), 10))
            auctioned.enter(self.stage, self.number, firm, self.sealing_key(), f"story-{place}")
            self.step(f"{firm.ref} 报名，不报价")
        token = boxing.token_of("story-0", self.number).hex()
        self.stage.do(entry_service.withdraw, firms[0].actor, number=self.number, token=token)
        auctioned.enter(self.stage, self.number, firms[0], self.sealing_key())
        self.step(f"{firms[0].ref} 凭撤回凭证撤回后重新报名")

    def select(self) -> None:
        """Pseudonyms, bids, the end, the draw of equals."""
        self.stage.move_to(at(CLOSING, 15, 1) + dt.timedelta(seconds=1))
        self.step("报名截止，公布代号")
        in_rounds = self.method is Method.AUCTION_ROUNDS
        for turn, amounts in enumerate(BIDS):
            for place, fen in enumerate(amounts):
                seconds = 20 + 20 * place
                start = at(CLOSING, 16, 5 * turn if in_rounds else 4 * turn)
                self.stage.move_to(start + dt.timedelta(seconds=seconds))
                firm = self.cast.agencies[place]
                made = auctioned.bid(self.stage, self.number, firm, fen)
                self.step(f"{firm.ref} 出价 {made / 100:,.2f} 元" if made else "出价不作数")
        end = auction_queries.course(reading(CLOCK), self.number).end_at
        self.stage.move_to(end + dt.timedelta(seconds=5))
        self.step("竞价结束，公布代号背后的机构，名单封存")
        self.stage.move_to(result_queries.notice(reading(CLOCK), self.number).draw_at)
        self.step("同价的由公开随机数排先后，中选公告")

    def again(self, case: Case) -> bool:
        """From the bids alone."""
        return retold.bids(reading(CLOCK), case, self.say)


class DirectStory(Story):
    """直接选取: the owner asks one of the whole list, who declines, and then another."""

    is_social = True
    times: ClassVar[dict[str, object]] = {}
    forbidden = FORBIDDEN

    def entries(self) -> None:
        """There are none: the list of all who may do it stands with the notice."""
        places = direct_queries.choice(reading(CLOCK), self.number).places
        for one in places:
            self.say(f"      名单第 {one.place} 位 {one.ref} {one.name}")

    def select(self) -> None:
        """One declines, another accepts; acceptance makes the order of one."""
        first, second, *_ = direct_queries.choice(reading(CLOCK), self.number).places
        self._ask(5, first.ref)
        self._answer(6, first.ref, accepts=False, reason="人员已安排在其他项目")
        self._ask(9, second.ref)
        self._answer(11, second.ref, accepts=True)

    def _ask(self, day: int, ref: str) -> None:
        self.stage.move_to(at(dt.date(2026, 3, day), 10))
        self.stage.do(
            direct_service.offer,
            self.buyer.signatory,
            number=self.number,
            ref=ref,
            amount_fen=QUOTES[1],
        )
        self.step(f"业主选定 {ref}，等待答复")

    def _answer(self, day: int, ref: str, *, accepts: bool, reason: str = "") -> None:
        self.stage.move_to(at(dt.date(2026, 3, day), 11))
        firm = next(one for one in self.cast.agencies if one.ref == ref)
        said = {"number": self.number, "accepts": accepts, "reason": reason}
        self.stage.do(direct_service.answer, firm.actor, **said)
        ledger_jobs.witness_head()
        self.step(f"{ref} 接受，中选公告" if accepts else f"{ref} 谢绝，业主另选")

    def again(self, case: Case) -> bool:
        """From the figures of the list, the offers and their answers."""
        return retold.choice(case, self.say)


class ShortlistStory(Story):
    """信用择优: one agency has a record; a lottery by credit, and the owner chooses."""

    is_social = True
    is_sealing = True
    opened: ClassVar[dict[str, Value]] = names.OPENED | names.MARKS

    def remember(self) -> None:
        """A record that the regulator's two persons have heard and decided: who has none is new."""
        officer = self.cast.staff["regulator"]
        signatory = self.cast.staff["regulator-head"]
        first = self.cast.agencies[0]
        found = Found(
            code=RECORD,
            uscc=accounts.organisation(reading(CLOCK), first.actor.organisation_id or 0).uscc or "",
            fact="2026年2月在放线项目中提交的成果有两处返工。",
            evidence="核查记录第7号",
            happened_on=dt.date(2026, 3, 3),
        )
        number = self.stage.do(
            reputations.propose, officer, found=found, submission_key="story-record"
        )
        said = {"number": number, "statement": "情况属实，已改正。"}
        self.stage.do(reputations.state_case, first.actor, **said)
        self.stage.do(reputations.confirm, signatory, number=number, reason="事实清楚。")
        self.step(f"{first.ref} 有一条履约记录，其余是新机构，按平台平均计")

    def prepare(self, draft: int) -> None:
        """How long both lists are."""
        drafter = self.buyer.drafter
        self.stage.do(shortlist_service.set_lists, drafter, notice_id=draft, lists=shortlists.LISTS)
        self.step("大名单取 4 家，小名单取 2 家")

    def select(self) -> None:
        """The list, the lottery, the choice."""
        self.stage.move_to(at(CLOSING, 15, 1) + dt.timedelta(seconds=1))
        self.step("报名截止：公开报名机构的记分，再开启报价，名单封存")
        self.stage.move_to(at(CLOSING, 15, 30))
        self.step("约定时刻到：由记分和公开的数值得出小名单")
        self.stage.move_to(at(CLOSING, 16))
        shortlists.choose(self.stage, self.number, self.buyer)
        ledger_jobs.witness_head()
        self.step("业主在小名单内选定，写明理由，中选公告")

    def again(self, case: Case) -> bool:
        """From the credit that was fixed, the seed and the choice."""
        return retold.shortlist(reading(CLOCK), case, self.say)


WAYS: dict[Method, type[Story]] = {
    Method.RANDOM: Story,
    Method.LOWEST: PricedStory,
    Method.AVERAGE: PricedStory,
    Method.WEIGHTED: ScoredStory,
    Method.PROPOSAL: ProposalStory,
    Method.CREDIT_SHORTLIST: ShortlistStory,
    Method.DIRECT: DirectStory,
    Method.AUCTION_LIVE: AuctionStory,
    Method.AUCTION_ROUNDS: AuctionStory,
}
"""The ways of which the story can be told."""


def tell(
    make_app: Callable[[dict[str, object]], Flask], say: Say, method: Method = Method.RANDOM
) -> int:
    """Tell the story of a selection by one of WAYS; 0 when the order recomputed from the log is the one
    that the log says.
    """
    with tempfile.TemporaryDirectory(prefix="market-story-") as folder:
        app = make_app(
            {"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/story.sqlite"}
        )
        with app.app_context():
            upgrade(app.extensions["migrate"].directory)
            with stepped(app, BEGIN, "story") as stage:
                told = WAYS[method](stage, say, method)
                told.run()
                agrees = told.recompute()
            db.session.remove()
            db.engine.dispose()
    return 0 if agrees else 1
