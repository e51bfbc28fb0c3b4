"""What people of the demo town say: evaluations of both sides, one of them appealed; ratings of finished
steps, a bad one put right.
"""

import datetime as dt

from market.accounts import queries as accounts
from market.cases import service as case_service
from market.cases.rules import Asked, Order, Result, Source, Told
from market.cases.rules.answers import Text, Topic
from market.cases.rules.pains import Pain, Progress
from market.cases.rules.steering import Elsewhere
from market.db import reading
from market.demo.people import Buyer, Firm, actor_of
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.evaluations import queries as evaluations
from market.evaluations import service as evaluation_service
from market.evaluations.permissions import DECIDING
from market.evaluations.rules import By, EvaluationState, Marks
from market.evaluations.rules.appeal import AppealState, Ground
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import local_date
from market.ratings import jobs as ratings_jobs
from market.ratings import queries as ratings
from market.ratings import service as rating_service
from market.ratings.rules import Said

GOOD = Marks(quality=5, timeliness=4, attitude=5, fees=5, conduct=5)
LATE = Marks(quality=3, timeliness=2, attitude=4, fees=4, conduct=4)
OWNER_GOOD = Marks(quality=4, timeliness=5, attitude=5, fees=4, conduct=5)
FACT = "约定的交付日期过后三天才交付成果，其间没有书面说明原因。"
DAY = dt.timedelta(days=1)
STUCK = Told(
    source=Source.STUCK,
    said="增项申请上传资质证书三次都提示文件不完整，窗口说要找系统维护，没有人答复。（演示）",
    party_name="某测绘公司经办人（演示）",
    phone="13879200001",
    page="/enrolment/addition",
)
ORDER = Told(
    source=Source.HOTLINE,
    said="来电人询问外地机构能否网上入驻，要不要到现场。（演示）",
    party_name="李女士（演示）",
    phone="13879200002",
    source_number="12345-2026-1129",
    order_kind=Order.CONSULT,
)
POLICE = Told(
    source=Source.HOTLINE,
    said="有人自称平台工作人员，要求交“排名费”。（演示）",
    party_name="王女士（演示）",
    phone="13879200003",
    source_number="12345-2026-1130",
    order_kind=Order.HELP,
)
ANSWERS = (
    Text(
        topic=Topic.ENROLMENT,
        question="外地机构能网上入驻吗？",
        answer="可以，全程网上办理，不要求在本地设分支机构，也不用到现场。",
        question_en="May an agency from elsewhere enrol online?",
        answer_en="Yes. All of it is done online; no branch in the place, no visit.",
    ),
    Text(
        topic=Topic.RESULT,
        question="怎样自己核对随机选取的结果？",
        answer="打开这次选取的页面，点“核对”，浏览器会用公开的随机数重算一遍顺序。",
        question_en="How do I check the result of a draw myself?",
        answer_en="Open the page of the draw and choose the check: your browser recomputes the order "
        "from the public random values.",
    ),
)
RATED_DAYS = 13
"""So many days before today the town looks which steps are finished, and rates them."""


def evaluate(
    town: Town, agenda: Agenda, number: str, firm: Firm, buyer: Buyer, *, is_late: bool
) -> None:
    """Both sides of a matter evaluate each other in the days after its acceptance; the agency appeals
    against what is said of a late one.
    """
    today = local_date(town.stage.now)

    def owner_says() -> None:
        fact = FACT if is_late else ""
        said = {"marks": LATE if is_late else GOOD, "fact": fact, "number": number}
        town.stage.do(
            evaluation_service.give, buyer.acceptor, text="按这个项目的实际情况评价。", **said
        )

    def agency_says() -> None:
        said = {"marks": OWNER_GOOD, "text": "资料齐全，答复及时。", "number": number}
        town.stage.do(evaluation_service.give, firm.actor, **said)

    agenda.at(at(today + DAY, 10), owner_says)
    agenda.at(at(today + DAY, 15), agency_says)
    agenda.at(at(today + 2 * DAY, 15, 30))
    if is_late:
        agenda.at(at(today + 3 * DAY, 9), lambda: _appeal(town, agenda, number, firm, buyer))


def _appeal(town: Town, agenda: Agenda, number: str, firm: Firm, buyer: Buyer) -> None:
    """The agency replies and appeals, the owner is heard, the body finds that the evaluation stands."""
    if evaluations.both(reading(CLOCK), number).owner.state is not EvaluationState.OPEN:
        return
    who = firm.actor
    town.stage.do(evaluation_service.reply, who, number=number, text="资料晚到两天，已向业主说明。")
    ground = {"ground": Ground.FALSE_FACT, "text": "业主的基础资料晚到两天。"}
    town.stage.do(evaluation_service.appeal, who, number=number, **ground)
    today = local_date(town.stage.now)
    heard = {"number": number, "text": "资料签收单在合同附件里，没有晚到。"}
    agenda.at(
        at(today + DAY, 10),
        lambda: town.stage.do(evaluation_service.answer, buyer.acceptor, **heard),
    )
    agenda.at(at(today + 3 * DAY, 10), lambda: _decide(town, number))


def _decide(town: Town, number: str) -> None:
    """Somebody of the body who did not work on the matter decides."""
    found = evaluations.both(reading(CLOCK), number).of_side(By.OWNER).appeal
    if found is None or found.state is not AppealState.WAITING:
        return
    worked = evaluations.hands(reading(CLOCK), evaluations.pair(reading(CLOCK), number)[0])
    people = accounts.members(reading(CLOCK), found.body_id, *DECIDING)
    free = next((each for each in people if each.id not in worked), None)
    if free is not None:
        reason = "签收单载明资料按期交接，评价所述事实属实。"
        town.stage.do(
            evaluation_service.reject,
            actor_of(free.id, found.body_id),
            appeal_id=found.id,
            reason=reason,
        )


def plan(town: Town, agenda: Agenda) -> None:
    """Near the end of the year the steps of the last days are rated, one of them badly."""
    agenda.at(at(town.today - RATED_DAYS * DAY, 16), lambda: _rate(town, agenda))
    agenda.at(at(town.today - RATED_DAYS * DAY, 17), lambda: _tell(town, agenda))
    agenda.at(at(town.today - DAY, 16), lambda: _order(town))
    agenda.at(at(town.today - DAY, 16, 30), lambda: _answers(town))


def _tell(town: Town, agenda: Agenda) -> None:
    """Somebody could not get a thing done and says so; it is put right."""
    number = town.stage.do(case_service.report, VISITOR, of=STUCK)
    _put_right(town, agenda, number)


def _order(town: Town) -> None:
    """An order of the hotline that waits to be contacted, and is under an order from above; another
    that the police deals with.
    """
    officer = town.cast.staff["checker"]
    authority = town.cast.staff["authority"]
    number = town.stage.do(case_service.enter, officer, of=ORDER, asked=Asked.NOT_NEEDED)
    ordered = {"ordered": "外地机构入驻的咨询近期较多，请尽快答复并报告。（演示）", "days": 3}
    town.stage.do(case_service.supervise, authority, number=number, **ordered)
    passed_on = town.stage.do(case_service.enter, officer, of=POLICE, asked=Asked.NOT_NEEDED)
    sent = {"to_name": "市公安局（演示）", "their_number": "110-2026-0311"}
    reason = "反映有人冒用单位名义收费，属于公安机关职责。（演示）"
    town.stage.do(
        case_service.transfer, officer, number=passed_on, to=Elsewhere.POLICE, reason=reason, **sent
    )


def _answers(town: Town) -> None:
    """What is asked again and again, for everybody to read, and a pain point that is being solved."""
    officer = town.cast.staff["checker"]
    authority = town.cast.staff["authority"]
    for text in ANSWERS:
        number = town.stage.do(case_service.write_answer, officer, text=text)
        town.stage.do(case_service.publish_answer, authority, number=number)
    pain = Pain(
        batch=f"{town.today.year}-1",
        title="增项要重复上传资质证书（演示）",
        said="机构入驻时交过的证书，增项时还要再传一次。",
        body_id=officer.organisation_id or 0,
        due_on=town.today + 20 * DAY,
    )
    number = town.stage.do(case_service.list_pain, authority, pain=pain)
    said = "已经改为自动带出入驻时的证书，正在试运行。"
    town.stage.do(case_service.move_on, officer, number=number, kind=Progress.WORKED, said=said)


def _rate(town: Town, agenda: Agenda) -> None:
    ratings_jobs.follow()
    waiting = ratings.waiting(reading(CLOCK))
    for place, (subject, step) in enumerate(waiting):
        if place % 3 == 1:
            continue  # who does not rate is unrated
        said = Said(level=5, staff_level=5, platform_level=4, text="办得快，说得清楚。")
        if place == 0:
            said = Said(level=2, ticks=("speed",), text="审核退回两次，理由没有一次说全。")
        number = town.stage.do(rating_service.rate, VISITOR, subject=subject, step=step, said=said)
        if place == 0:
            _put_right(town, agenda, str(ratings.given(reading(CLOCK), number).case_number))


def _put_right(town: Town, agenda: Agenda, number: str) -> None:
    """The office contacts who rated, puts it right and answers; somebody else calls back."""
    today = local_date(town.stage.now)
    officer = town.cast.staff["checker"]
    caller = town.cast.staff["authority"]

    def contact() -> None:
        town.stage.do(case_service.contact, officer, number=number, note="已电话联系，了解情况。")

    def rectify() -> None:
        answer = "问题已改正，今后一次说清；已向当事人说明并致歉。"
        town.stage.do(case_service.rectify, officer, number=number, answer=answer)

    def call_back() -> None:
        said = {"result": Result.SOLVED, "said": "当事人确认已解决。"}
        town.stage.do(case_service.call_back, caller, number=number, **said)

    agenda.at(at(today + DAY, 9), contact)
    agenda.at(at(today + 3 * DAY, 11), rectify)
    agenda.at(at(today + 5 * DAY, 10), call_back)
