"""综合评分 with everything that a formula may score, on its way, by the real services: rates, credit, promised
days, and proposals that are files.
"""

import json

from market.db import in_one_transaction
from market.kernel.actor import Actor
from market.selection.entries import service as entry_service
from market.selection.entries.rules import boxing
from market.selection.notices import service as notice_service
from market.selection.scored.rules.criteria import Criterion, Scored
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import filing as p
from tests.selection import scoring as s
from tests.selection import shortlisting
from verify.zjcs import sealing as tool

WHOLE = s.SCORING._replace(
    criteria=(Scored(Criterion.METHOD, 30, s.LEVELS), Scored(Criterion.QUALITY, 20, s.LEVELS)),
    credit_weight=15,
    response_weight=5,
    is_rate=True,
    has_files=True,
)
RATES = (10_00, 8_50, 12_00)
DAYS = (30, 21, 25)


def published(scoring=WHOLE, **terms: object) -> tuple[str, f.Buyer, list[Actor], agencies.Made]:
    """A notice open for proposals and quotes: its number, owner, panel, and the one agency with a record."""
    known = shortlisting.town()
    buyer = f.owner()
    panel = s.reviewers(buyer, scoring.jurors + 2)
    notice_id = s.drafted(buyer, panel, scoring, **terms)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    return f.published(notice_id), buyer, panel, known


def sealed_rate(number: str, who: agencies.Made, rate: int, days: int, named=()) -> tool.Sealed:
    """What an entrant's browser makes of a rate (basis points) and a promise of days."""
    return p.quoted(number, who, rate, dict(named), response=days)


def entered(number: str, known: agencies.Made) -> list[agencies.Made]:
    """The one with a record and two newcomers, each with a file, a rate and a promise."""
    made = [known, f.agency(), f.agency()]
    for place, (who, rate, days) in enumerate(zip(made, RATES, DAYS, strict=True)):
        named = {"proposal": p.uploaded(number, who, f"方案内容{place}")}
        p.enter(number, who, rate, named, sealed_rate(number, who, rate, days, named))
    return made


def typed(number: str, who: agencies.Made, rate: int, days: int | None) -> entry_service.Receipt:
    """Enter with what was typed, which the server seals."""
    return in_one_transaction(
        entry_service.enter,
        who.actor,
        number=number,
        quote_fen=rate,
        days=days,
        sealing_key=f.keys().sealing_public(),
    )


def sent(number: str, who: agencies.Made, made: tool.Sealed, by: str = boxing.BROWSER) -> None:
    """Enter with a quote that came sealed."""
    in_one_transaction(
        entry_service.enter,
        who.actor,
        number=number,
        quote_fen=0,
        sealing_key=b"",
        sealed=boxing.sealed_of(json.dumps(made.posted), by),
    )


def finished() -> tuple[str, list[agencies.Made]]:
    """A selection whose result is out, and its entrants."""
    number, _, panel, known = published()
    made = entered(number, known)
    f.sealed(number)
    for juror in panel[:3]:
        p.judged(number, juror, {"0": 100, "1": 60, "2": 60})
    s.opened(number)
    return number, made
