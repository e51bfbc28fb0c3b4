"""Selections whose proposals are files, on their way, by the real services."""

import functools
import hashlib
import json

from flask import current_app

from market.db import in_one_transaction, reading
from market.demo import papers
from market.files import service as files
from market.kernel.actor import CLOCK, Actor
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.rules import boxing
from market.selection.entries.service import SealedFile
from market.selection.kinds import Method
from market.selection.notices import service as notice_service
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored.rules.criteria import Criterion, Scored, Scoring
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import scoring as s
from tests.selection import sealing
from verify.zjcs import boxes
from verify.zjcs import sealing as tool

SCORING = Scoring(
    (Scored(Criterion.METHOD, 60, s.LEVELS), Scored(Criterion.QUALITY, 40, s.LEVELS)),
    None,
    0,
    60,
    3,
)
FIXED = SCORING._replace(is_fixed=True)


def pdf(text: str) -> bytes:
    """A PDF of one page that says a text; behind it, for those who search bytes, once more."""
    return papers.pdf([text]) + f"% {text}\n%%EOF\n".encode()


def published(scoring: Scoring = SCORING, reserves: int = 2) -> tuple[str, f.Buyer, list[Actor]]:
    """A notice open for sealed proposals and quotes: its number, owner, panel."""
    sealing.sealing_town()
    buyer = f.owner()
    panel = s.reviewers(buyer, scoring.jurors + reserves)
    notice_id = s.drafted(buyer, panel, scoring, method=Method.PROPOSAL)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    return f.published(notice_id), buyer, panel


def sealed_file(
    number: str, who: agencies.Made, document: bytes, kind: str = "proposal"
) -> SealedFile:
    """What an entrant's browser makes of a file."""
    stage = entry_queries.stage_of_kind(reading(CLOCK), number, kind)
    assert stage is not None
    purpose = boxes.Purpose(stage.draw, str(who.ref), kind, stage.keys.t)
    box = boxes.seal(document, purpose, stage.keys.trustees)
    return SealedFile(box, hashlib.sha256(document).hexdigest(), boxing.BROWSER)


def upload(number: str, who: agencies.Made, made: SealedFile, kind: str = "proposal") -> str:
    """Send a box as the page does; its hash."""
    received = files.keep_sealed(made.box, current_app.instance_path)
    return in_one_transaction(
        entry_service.upload,
        who.actor,
        number=number,
        kind=kind,
        sealed=made,
        received=received,
    )


def uploaded(number: str, who: agencies.Made, text: str, kind: str = "proposal") -> str:
    return upload(number, who, sealed_file(number, who, pdf(text), kind), kind)


def quoted(
    number: str, who: agencies.Made, quote: int, named: dict[str, str], **promised: int
) -> tool.Sealed:
    """What an entrant's browser makes of a quote: the digests of its files stand in it, and what it promises."""
    leaf = sealing.leaf(number, "notice.published")
    promise = tool.promise_of(
        {**leaf, "draw": leaf["draw"] + ".price", "sealed_quotes": leaf["sealed_prices"]}
    )
    own = entry_queries.own_uploads(reading(CLOCK), number, who.organisation_id)
    more = {kind: own[kind].document_sha256 for kind in named} | promised
    return tool.seal_entry(promise, str(who.ref), quote, more)


def enter(
    number: str,
    who: agencies.Made,
    quote: int,
    named: dict[str, str],
    made: tool.Sealed | None = None,
) -> entry_service.Receipt:
    """Enter with a quote that came sealed and the boxes that it names."""
    made = made or quoted(number, who, quote, named)
    return in_one_transaction(
        entry_service.enter,
        who.actor,
        number=number,
        quote_fen=0,
        sealing_key=b"",
        sealed=boxing.sealed_of(json.dumps(made.posted), boxing.BROWSER),
        boxes=named,
    )


def entered(number: str, quotes: list[int]) -> list[agencies.Made]:
    """An agency for each quote (fen); the second hands in no named part."""
    made = [f.agency() for _ in quotes]
    for place, (who, quote) in enumerate(zip(made, quotes, strict=True)):
        named = {"proposal": uploaded(number, who, f"方案内容{place}")}
        if place != 1:
            named["proposal_b"] = uploaded(number, who, f"署名材料{place}", "proposal_b")
        enter(number, who, quote, named)
    return made


DIGESTS = {hashlib.sha256(pdf(f"方案内容{place}")).hexdigest(): str(place) for place in range(9)}


def by_file(proposal: scored_queries.Proposal) -> str:
    """What a proposal is told apart by: what its file says."""
    return DIGESTS[str(proposal.sha256)]


marked = functools.partial(s.marked, told_by=by_file)
judged = functools.partial(s.judged, told_by=by_file)


def finished(quotes: tuple[int, ...] = (10_000_000, 9_000_000, 8_000_000)) -> str:
    """A selection whose result is out: one juror has recused himself after the beginning."""
    number, _, panel = published()
    entered(number, list(quotes))
    f.sealed(number)
    judged(number, panel[0], {"0": 60, "1": 100, "2": 60})
    in_one_transaction(scored_service.recuse, panel[1], number=number)
    judged(number, panel[2], {"0": 100, "1": 100, "2": 60})
    judged(number, panel[3], {"0": 60, "1": 100, "2": 60})
    s.opened(number)
    return number
