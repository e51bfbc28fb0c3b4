"""Samples of the demo town: promised each month, drawn by the lot; of one month told, of the last being
worked on.
"""

import datetime as dt

from market.db import reading
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA, epoch
from market.kernel.errors import Refusal
from market.ledger import jobs as ledger_jobs
from market.oversight import jobs, service
from market.oversight import queries as oversight
from market.oversight.queries import SampleCard
from market.oversight.rules import BY_READER, Mark, Outcome
from market.oversight.rules.sampling import Called, Label, SampleStanding
from market.ratings import jobs as ratings_jobs
from market.selection.sources import jobs as source_jobs
from verify.zjcs import samples

MONTHS = 3
"""So many months before today the town begins to sample."""
DAY = dt.timedelta(days=1)
GOOD = dict.fromkeys(BY_READER, Mark.GOOD)
SAID = "办得顺利，没有别的意见。"
NOT_SATISFIED = "补正通知分两次发来，多跑了一趟。"


def plan(town: Town, agenda: Agenda) -> None:
    """Put each month's samples on the agenda: promised before it, drawn after it, then worked on."""
    period = samples.period_of(epoch(town.now - MONTHS * 30 * DAY))
    while samples.bounds(period)[0] <= epoch(town.now):
        start, end = (
            dt.datetime.fromtimestamp(each, CHINA).date() for each in samples.bounds(period)
        )
        agenda.at(at(start - DAY, 15), _promise)
        agenda.at(at(end, 9), lambda: _draw(agenda, town))
        agenda.at(at(end + 5 * DAY, 16), lambda: _work(town))
        period = samples.following(period)


def _promise() -> None:
    jobs.keep_samples()


def _draw(agenda: Agenda, town: Town) -> None:
    """The list is fixed and witnessed; at the lot's instant it is drawn."""
    jobs.keep_samples()
    ledger_jobs.witness_head()
    for card in oversight.sample_cards(reading(CLOCK)):
        if card.lot is not None and card.lot.seed is None:
            agenda.at(card.lot.draw_at, _drawn)


def _drawn() -> None:
    source_jobs.bring_lots()
    ledger_jobs.witness_head()


def _work(town: Town) -> None:
    """What was drawn is reviewed and called; the results of a month are told."""
    ratings_jobs.follow()
    for card in oversight.sample_cards(reading(CLOCK)):
        if card.state is SampleStanding.DRAWN:
            WORK[card.label](town, card)
            _try_to_tell(town, card)


def _call(town: Town, card: SampleCard) -> None:
    caller = town.cast.staff["authority"]
    for row in oversight.sample(reading(caller), card.number).rows:
        if not row.may_call:
            continue
        result = Called.UNSATISFIED if row.rank == 4 else Called.SATISFIED
        words = NOT_SATISFIED if result is Called.UNSATISFIED else SAID
        given = {"number": card.number, "rank": row.rank, "result": result, "said": words}
        town.stage.do(service.call_sample, caller, **given)


def _review(town: Town, card: SampleCard) -> None:
    reader = town.cast.staff["authority"]
    for row in card.rows:
        given = {"number": row.notice, "outcome": Outcome.IN_ORDER, "marks": GOOD, "remark": ""}
        try:
            town.stage.do(service.review, reader, **given)
        except Refusal as no:
            if no.code != "oversight.not_in_order":
                raise
            given |= {"outcome": Outcome.REMARK, "remark": "有一项检查未通过，请经办单位说明。"}
            town.stage.do(service.review, reader, **given)


WORK = {Label.CALLBACK: _call, Label.REVIEW: _review}


def _try_to_tell(town: Town, card: SampleCard) -> None:
    """Told once every matter is done."""
    try:
        town.stage.do(service.publish_sample, town.cast.staff["authority"], number=card.number)
    except Refusal as no:
        if no.code != "sample.unfinished":
            raise
