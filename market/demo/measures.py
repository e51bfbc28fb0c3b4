"""What conduct leads to in the demo town: an article named by two persons, an agency suspended on it, a talk
signed by both sides; a public body with a yellow card, another one with a red one. Who is removed:
standings.py.
"""

import datetime as dt

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.cards import queries as cards
from market.cards import service as card_service
from market.db import reading
from market.demo.people import Firm
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import local_date
from market.reputation import service as reputations
from market.reputation.service import Found
from market.reputation.shipped import behaviours

ARTICLE = "《示范省中介服务管理办法》（演示，虚构）第三十一条"
SUSPENDS = "AG-D02"
TALKED = "AG-P10"
CAP_DAYS = 90
FACTS = {
    SUSPENDS: "十二个月内第三次放弃中选，均未说明正当理由。",
    TALKED: "成果经复核审减百分之十二。",
}
DAY = dt.timedelta(days=1)
BEGINS = 90
"""So many days before today the article is named; what follows is counted from there."""
YELLOW = "OF-F01"
RED = "RG-F03"


def plan(town: Town, agenda: Agenda) -> None:
    """Put the last three months on the agenda."""
    first = town.today - BEGINS * DAY
    agenda.at(at(first, 9), lambda: _name(town))
    suspended, talked = town.cast.agencies[-2:]
    agenda.at(at(first + 2 * DAY, 9), lambda: _suspend(town, agenda, suspended))
    agenda.at(at(first + 4 * DAY, 9), lambda: _talk(town, agenda, talked))
    if not cards.is_on(reading(CLOCK)):
        return
    office = town.cast.bodies["office"]
    bureau = town.cast.bodies["自然资源局"]
    agenda.at(at(first + 5 * DAY, 9), lambda: _faults(town, agenda, YELLOW, office, 2))
    agenda.at(at(first + 6 * DAY, 9), lambda: _faults(town, agenda, RED, bureau, 3))


def _name(town: Town) -> None:
    """One person names the article, another approves it."""
    staff = town.cast.staff
    basis_id = town.stage.do(
        reputations.propose_basis,
        staff["checker"],
        code=SUSPENDS,
        source="provincial",
        article=ARTICLE,
        cap_days=CAP_DAYS,
        in_force_from=local_date(town.stage.now) + DAY,
        submission_key=f"demo basis {SUSPENDS}",
    )
    town.stage.do(reputations.approve_basis, staff["authority"], basis_id=basis_id)


def _record(town: Town, code: str, firm: Firm) -> str:
    """A record of an agency that states its case and is found wrong; returns its number."""
    uscc = agencies.by_ref(reading(CLOCK), firm.ref).uscc
    return _decided(
        town,
        Found(
            code=code,
            uscc=uscc,
            fact=FACTS[code],
            evidence="核查记录和往来函件",
            happened_on=local_date(town.stage.now) - 2 * DAY,
            body_id=town.cast.bodies["自然资源局"],
        ),
        (town.cast.staff["regulator"], firm.actor, town.cast.staff["regulator-head"]),
    )


def _decided(town: Town, found: Found, hands: tuple[Actor, Actor, Actor]) -> str:
    """Proposed by one, stated by the party, decided by another."""
    proposer, party, decider = hands
    key = f"demo {found.code} {found.uscc} {found.happened_on}"
    number = town.stage.do(reputations.propose, proposer, found=found, submission_key=key)
    town.stage.do(reputations.state_case, party, number=number, statement="情况属实，已经改正。")
    town.stage.do(reputations.confirm, decider, number=number, reason="事实清楚，证据充分。")
    return number


def _suspend(town: Town, agenda: Agenda, firm: Firm) -> None:
    """Suspended for as long as the article allows, from some days later."""
    number = _record(town, SUSPENDS, firm)
    staff = town.cast.staff
    said = {"number": number, "days": CAP_DAYS, "reason": "多次放弃中选，影响项目推进。"}

    def propose() -> None:
        town.stage.do(reputations.propose_suspension, staff["regulator"], **said)
        statement = "人员变动所致，今后不再发生。"
        act = reputations.state_against_suspension
        town.stage.do(act, firm.actor, number=number, statement=statement)

    def sign() -> None:
        town.stage.do(reputations.sign_suspension, staff["regulator-head"], number=number)

    today = local_date(town.stage.now)
    agenda.at(at(today + 20 * DAY, 9), propose)
    agenda.at(at(today + 28 * DAY, 9), sign)


def _talk(town: Town, agenda: Agenda, firm: Firm) -> None:
    """Called to a talk, whose record both sides sign."""
    number = _record(town, TALKED, firm)
    on = local_date(town.stage.now) + 7 * DAY
    regulator = town.cast.staff["regulator"]
    said = {"on": on, "place": "市政务服务中心三楼会议室", "topic": "成果质量"}
    town.stage.do(reputations.call_talk, regulator, number=number, **said)

    def hold() -> None:
        minutes = "指出成果差错的原因，机构承诺增加一道内部复核。"
        town.stage.do(reputations.hold_talk, regulator, number=number, minutes=minutes)

    def sign() -> None:
        town.stage.do(reputations.sign_talk, firm.actor, number=number, remark="已调整复核人员。")

    agenda.at(at(on, 15), hold)
    agenda.at(at(on + DAY, 10), sign)


def _faults(town: Town, agenda: Agenda, code: str, body_id: int, count: int) -> None:
    """Faults of a public body, a week apart, and the card that follows from the last."""
    first = town.cast.staff["authority"]
    second = town.cast.staff["authority-second"]
    speaks = _speaker(town, body_id)
    uscc = accounts.organisation(reading(CLOCK), body_id).uscc or ""

    def one() -> None:
        act = Found(
            code=code,
            uscc=uscc,
            fact=behaviours()[code].text,
            evidence="办理记录",
            happened_on=local_date(town.stage.now) - DAY,
        )
        _decided(town, act, (first, speaks, second))

    today = local_date(town.stage.now)
    for place in range(count):
        agenda.at(at(today + 7 * place * DAY, 11), one)
    last = today + 7 * count * DAY
    agenda.at(at(last, 9), lambda: _card(town, agenda, body_id, speaks))


def _card(town: Town, agenda: Agenda, body_id: int, speaks: Actor) -> None:
    """The gravest card that is due of a body: proposed, explained, issued by another, planned."""
    staff = town.cast.staff
    due = [each.due for each in cards.due(reading(CLOCK)) if each.due.trigger.body_id == body_id]
    trigger = due[-1].trigger.number
    number = town.stage.do(card_service.propose_card, staff["authority"], trigger=trigger)
    said = {"number": number, "statement": "窗口人员轮换，交接不够，已补充培训。"}
    town.stage.do(card_service.state_case, speaks, **said)
    reason = "同一类问题在十二个月内达到次数，说明不足以免除。"
    act = card_service.issue
    town.stage.do(act, staff["authority-second"], number=number, reason=reason)
    today = local_date(town.stage.now)
    plan = "每件由第二人复核，每月通报一次。"
    agenda.at(
        at(today + 3 * DAY, 10),
        lambda: town.stage.do(card_service.plan, speaks, number=number, plan=plan),
    )


def _speaker(town: Town, body_id: int) -> Actor:
    """Who speaks for a body."""
    is_office = body_id == town.cast.bodies["office"]
    return town.cast.staff["head" if is_office else "regulator-head"]
