"""Agencies of the demo town that are not simply enrolled, as of today: suspended, refused, leaving and gone,
removed, objected to; and agencies that are no firms.

None of them is in the cast: they enter nothing.
"""

import copy
import datetime as dt
import functools
from collections.abc import Callable

from market.agencies.rules import Fact, Type
from market.demo import names
from market.demo.choices import Dice
from market.demo.people import Draft, items_of
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.enrolment import service as enrolment
from market.kernel.clock import local_date
from market.reputation import service as reputations
from market.reputation.service import Found
from market.selection.results import service as result_service

GROUNDS = {
    "reasons": "办公场所与申报不一致，两次核查均无人办公，联系电话无人接听。",
    "basis": "《瑞昌市中介超市管理办法》",
    "remedy": "对本决定不服的，可在收到之日起 60 日内申请行政复议。",
}
SUSPENDED = "已被列入经营异常名录，移出之前暂停新的报名。"
FORGED = "入驻时提交的办公场所租赁合同与出租人存档的不一致，经出租人复函确认不是原件。"
OBJECTED = (
    "该机构公示的资质证书编号与发证机关公开的不一致，请核对原件。",
    "该机构与另一家在册机构使用同一办公场所，请核查是否独立。",
    "该机构的资质证书已被原发证机关注销，公告可查。",
)
KEPT = "已与发证机关核对，证书编号一致，公示页录入有误，现已更正。"
FALSE = "AG-E03"
ARTICLE = "《示范省中介服务管理办法》（演示，虚构）第三十条第二款"
CAP_DAYS = 730
TRADE = "工程检测"
DAY = dt.timedelta(days=1)
Deed = tuple[int, str]
"""(working days before today, what is done then); an agency applies with the first."""
COURSES: tuple[tuple[Type, tuple[Deed, ...]], ...] = (
    (Type.INSTITUTION, ((60, "enrol"),)),
    (Type.SOCIAL, ((58, "enrol"),)),
    (Type.INDIVIDUAL, ((56, "enrol"),)),
    (Type.ENTERPRISE, ((50, "enrol"), (7, "propose_suspension"), (6, "sign_suspension"))),
    (Type.ENTERPRISE, ((48, "enrol"), (2, "propose_suspension"))),
    (Type.ENTERPRISE, ((14, "apply"), (13, "propose_refusal"), (8, "sign_refusal"))),
    (Type.ENTERPRISE, ((3, "apply"), (2, "propose_refusal"))),
    (Type.ENTERPRISE, ((46, "enrol"), (20, "ask_exit"), (18, "confirm_exit"))),
    (Type.SOCIAL, ((44, "enrol"), (1, "ask_exit"))),
    (
        Type.ENTERPRISE,
        ((42, "enrol"), (36, "recorded"), (25, "propose_removal"), (17, "sign_removal")),
    ),
    (Type.ENTERPRISE, ((40, "enrol"), (34, "recorded"), (2, "propose_removal"))),
    (Type.ENTERPRISE, ((30, "enrol"), (28, "object_2"), (26, "uphold"), (20, "revoke"))),
    (Type.ENTERPRISE, ((15, "enrol"), (13, "object_0"), (11, "dismiss"))),
    (Type.ENTERPRISE, ((3, "enrol"), (1, "object_1"))),
)


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Put each agency's course on the agenda; what is due on a day falls due before its deeds."""
    agenda.at(at(days[-50], 15), functools.partial(_name_article, town))
    for place, (kind, deeds) in enumerate(COURSES):
        course = Standing(town, place, kind)
        for back, name in deeds:
            agenda.at(at(days[-back], 0, 1))
            agenda.at(at(days[-back], 9, 40), functools.partial(course.deed, name))


def _name_article(town: Town) -> None:
    """Two persons name what a false statement leads to: without that nobody is removed."""
    stage = town.stage
    basis_id = stage.do(
        reputations.propose_basis,
        town.cast.staff["checker"],
        code=FALSE,
        source="provincial",
        article=ARTICLE,
        cap_days=CAP_DAYS,
        in_force_from=local_date(stage.now) + DAY,
        submission_key="article",
    )
    stage.do(reputations.approve_basis, town.cast.staff["authority"], basis_id=basis_id)


class Standing:
    """One agency, deed by deed."""

    def __init__(self, town: Town, place: int, kind: Type) -> None:
        self.town = town
        self.staff = town.cast.staff
        self.kind = kind
        self.where = [*names.CITY, *names.PROVINCE][place]
        self.casting = copy.copy(town.casting)
        self.casting.dice = Dice(f"standing {place}")
        self.draft: Draft
        self.ref = ""
        self.objection = 0
        self.record = ""

    def deed(self, name: str) -> None:
        """Do what a deed's name says, `object_1` with the text of that number."""
        verb, _, number = name.partition("_")
        if verb == "object":
            self.object_to(int(number))
            return
        act: Callable[[], None] = getattr(self, name)
        act()

    def apply(self) -> None:
        items = items_of(TRADE)[:2]
        self.draft = self.casting.firm(self.where, TRADE, items, kind=self.kind)

    def enrol(self) -> None:
        self.apply()
        number = self.draft.number
        self.ref = self.town.stage.do(enrolment.approve, self.staff["checker"], number=number)

    def propose_refusal(self) -> None:
        self._checker(enrolment.propose_refusal, number=self.draft.number, **GROUNDS)

    def sign_refusal(self) -> None:
        self._head(enrolment.sign_refusal, number=self.draft.number)

    def propose_suspension(self) -> None:
        said = {"ref": self.ref, "fact": Fact.ABNORMAL, "reason": SUSPENDED}
        self._checker(enrolment.propose_suspension, until=self.town.today + 20 * DAY, **said)

    def sign_suspension(self) -> None:
        self._head(enrolment.sign_standing, ref=self.ref)

    def ask_exit(self) -> None:
        self.town.stage.do(result_service.ask_exit, self.draft.actor)

    def confirm_exit(self) -> None:
        self._checker(result_service.confirm_exit, ref=self.ref)

    def recorded(self) -> None:
        """What it did, under the article that the place has named: proposed, answered, decided."""
        do = self.town.stage.do
        found = Found(
            code=FALSE,
            uscc=self.draft.uscc,
            fact=FORGED,
            evidence="出租人复函",
            happened_on=local_date(self.town.stage.now),
        )
        key = f"record {self.draft.uscc}"
        number = do(reputations.propose, self.staff["regulator"], found=found, submission_key=key)
        do(
            reputations.state_case,
            self.draft.actor,
            number=number,
            statement="材料由代办人提供，未核对。",
        )
        reason = "出租人复函与合同不符，事实清楚。"
        do(reputations.confirm, self.staff["regulator-head"], number=number, reason=reason)
        self.record = number

    def propose_removal(self) -> None:
        said = {"reasons": FORGED, "remedy": GROUNDS["remedy"]}
        until = self.town.today + 365 * DAY
        self._checker(
            enrolment.propose_removal,
            ref=self.ref,
            record_number=self.record,
            barred_until=until,
            **said,
        )

    def sign_removal(self) -> None:
        self._head(enrolment.sign_removal, ref=self.ref)

    def object_to(self, number: int) -> None:
        who = self.town.cast.citizens[number]
        self.objection = self.town.stage.do(
            enrolment.object_to,
            who,
            uscc=self.draft.uscc,
            reason=OBJECTED[number],
            submission_key=f"object-{self.draft.uscc}",
        )

    def dismiss(self) -> None:
        self._regulator(enrolment.dismiss_objection, answer=KEPT)

    def uphold(self) -> None:
        self._regulator(enrolment.open_revocation, **GROUNDS)

    def revoke(self) -> None:
        self._head(enrolment.revoke, ref=self.ref)

    def _checker(self, act: Callable[..., object], **given: object) -> None:
        self.town.stage.do(act, self.staff["checker"], **given)

    def _head(self, act: Callable[..., object], **given: object) -> None:
        self.town.stage.do(act, self.staff["head"], **given)

    def _regulator(self, act: Callable[..., object], **given: object) -> None:
        """Somebody else than who passed the application."""
        self.town.stage.do(act, self.staff["regulator"], objection_id=self.objection, **given)
