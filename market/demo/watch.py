"""What overseers have done in the demo town: flags of each level and state, questions with and without
an answer, a review queue, one suspension.
"""

import datetime as dt
from collections.abc import Callable

from market.db import reading
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.kernel.actor import Actor
from market.kernel.errors import Refusal
from market.oversight import jobs, service
from market.oversight import queries as oversight
from market.oversight.rules import BY_READER, Mark, Outcome
from market.oversight.rules.asking import Addressee
from market.oversight.rules.clues import ClueKind, Found
from market.oversight.rules.flags.table import FlagStanding, Level

JUDGED = (
    (FlagStanding.EXPLAINED, "本事项在册机构只有两家，另一家当日资质到期，已核对。"),
    (FlagStanding.FALSE_POSITIVE, "登记系统当日停机，多家证书查询失败，理由代码已核对。"),
    (FlagStanding.CASE, "与另一件投诉反映的情况相同，一并调查。"),
)
ASKED = "请说明这次选取只有一家有效报名的原因，以及是否告知了可承接的机构。"
ANSWERED = "公告期内曾有三家机构电话咨询，两家因工期冲突没有报名；可承接的机构均收到平台站内信。"
GOOD = dict.fromkeys(BY_READER, Mark.GOOD)
REVIEWED = 3
CLUE = Found(
    kind=ClueKind.COLLUSION,
    receiver="瑞昌市纪律检查委员会（演示）",
    subjects="报名名单第 1、2 号机构（演示）",
    facts="两家机构在同一时段从同一来源报名，报价相差不到千分之一。（演示）",
    checked="报名记录、报价和日志。（演示）",
    unchecked="两家机构之间的往来。（演示）",
)


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Put a regulator's work of the last days on the agenda."""
    agenda.at(at(days[-3], 16), lambda: _flags(town))
    agenda.at(at(days[-2], 10), lambda: _asks(town))
    agenda.at(at(days[-2], 16), lambda: _answers(town))
    agenda.at(at(days[-1], 10), lambda: _reviews(town))
    agenda.at(at(days[-2], 17), lambda: _hands_over(town))


def _flags(town: Town) -> None:
    """The flags are computed; of those of a level three are judged, the others wait."""
    jobs.follow_flags()
    jobs.nightly_flags()
    jobs.daily_figures()
    regulator = town.cast.staff["regulator"]
    found = list(oversight.flagged(reading(regulator), oversight.Sieve(state=FlagStanding.OPEN)))
    for (to, note), card in zip(JUDGED, found, strict=False):
        _try(town, service.judge, regulator, finding_id=card.id, to=to, note=note)
    high = oversight.flagged(reading(regulator), oversight.Sieve(level=Level.HIGH))
    for card in list(high)[:1]:
        to, note = JUDGED[0]
        _try(town, service.judge, regulator, finding_id=card.id, to=to, note=note)


def _asks(town: Town) -> None:
    """Two flags are asked about: the owner, and the office."""
    regulator = town.cast.staff["regulator"]
    found = oversight.flagged(reading(regulator), oversight.Sieve(state=FlagStanding.OPEN))
    about = [card for card in found if card.number][:2]
    for to, card in zip((Addressee.OFFICE, Addressee.OWNER), about, strict=False):
        given = {"number": card.number, "to": to, "question": ASKED, "finding_id": card.id}
        _try(town, service.ask, regulator, **given)


def _answers(town: Town) -> None:
    """The office answers; the owner has its days still."""
    office = town.cast.staff["checker"]
    for card in oversight.received(reading(office)).questions:
        if card.answered_at is None:
            _try(town, service.answer, office, question_id=card.id, answer=ANSWERED)


def _reviews(town: Town) -> None:
    """Some of the newest results are reviewed; the others wait in the list."""
    regulator = town.cast.staff["regulator"]
    rows = [row for row in oversight.desk(reading(regulator), oversight.Sought()) if row.winner]
    for place, row in enumerate(rows[:REVIEWED]):
        outcome = Outcome.REMARK if place == 1 else Outcome.IN_ORDER
        remark = "服务期限写得不够具体，下次请写明起算日。" if place == 1 else ""
        given = {"number": row.selection.number, "outcome": outcome, "remark": remark}
        _try(town, service.review, regulator, marks=GOOD, **given)


def _hands_over(town: Town) -> None:
    """The inspection writes a clue down, which is still to be delivered."""
    inspector = town.cast.staff["inspector"]
    row = next(row for row in oversight.desk(reading(inspector), oversight.Sought()) if row.winner)
    _try(town, service.make_clue, inspector, found=CLUE, notice=row.selection.number)


def _try(town: Town, act: Callable[..., object], who: Actor, **given: object) -> None:
    """One deed; what a small town does not offer is left out."""
    try:
        town.stage.do(act, who, **given)
    except Refusal as no:
        if no.code not in ("oversight.own_matter", "oversight.not_in_order"):
            raise
