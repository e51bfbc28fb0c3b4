"""Whom an owner may choose among, and what they have done here."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.catalogue.rules import Items
from market.db import Work
from market.evaluations import queries as evaluations
from market.reputation import queries as reputation
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.results.models import Ranking
from market.selection.results.rules.states import RankState
from verify.zjcs.ways import Record

NEW_DAYS = 730
"""Who has won nothing here for 24 months is a newcomer."""
STANDING = (RankState.PROPOSED, RankState.WON)


@dataclasses.dataclass(frozen=True)
class Candidate:
    """An agency that may be chosen: platform number and organisation."""

    ref: str
    organisation_id: int


def candidates(work: Work, items: Items, owner_id: int, away: Collection[str]) -> list[Candidate]:
    """The agencies that may enter for items today, but for those that are suspended, those whose
    credit codes (`away`) the notice keeps away, and the owner itself.
    """
    organisations = agencies.eligible_organisations(work, items)
    standings = agencies.standings(work, organisations, items, work.today)
    led_by = {each: standing.representative_digest for each, standing in standings.items()}
    suspended = reputation.suspended(work, led_by, work.today)
    refs = [str(of.ref) for each, of in standings.items() if of.ref and each not in suspended]
    cards = agencies.by_refs(work, refs)
    barred = {*away, accounts.organisation(work, owner_id).uscc}
    return [
        Candidate(ref, card.organisation_id)
        for ref, card in sorted(cards.items())
        if card.uscc not in barred
    ]


def records(work: Work, refs: Collection[str]) -> dict[str, Record]:
    """What each has done here: matters that were closed, and the mean of what owners say of it.
    Punctuality is nobody's yet.
    """
    closed = work.session.execute(
        select(Ranking.ref, func.count())
        .join(Notice, Notice.id == Ranking.notice_id)
        .where(
            Ranking.ref.in_(refs),
            Ranking.state == RankState.WON,
            Notice.state == NoticeState.CLOSED,
        )
        .group_by(Ranking.ref)
    )
    counted = {row[0]: int(row[1]) for row in closed}
    said = evaluations.standings(work, counted)
    return {
        ref: Record(counted.get(ref, 0), said[ref].mean if ref in said else None, None)
        for ref in refs
    }


def newcomers(work: Work, refs: Collection[str]) -> set[str]:
    """Those of them who have won nothing here lately."""
    since = work.now - dt.timedelta(days=NEW_DAYS)
    known = set(
        work.session.scalars(
            select(Ranking.ref)
            .join(Notice, Notice.id == Ranking.notice_id)
            .where(
                Ranking.ref.in_(refs),
                Ranking.state.in_(STANDING),
                Notice.announced_at >= since,
            )
        )
    )
    return {ref for ref in refs if ref not in known}
