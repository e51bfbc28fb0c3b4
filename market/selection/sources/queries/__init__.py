"""Reading sources and draws."""

from market.selection.sources.queries.cards import DrawCard, draw, draw_of_notice
from market.selection.sources.queries.carried import (
    LotCard,
    LotWants,
    lot,
    lot_head,
    lots_wanting,
)
from market.selection.sources.queries.evidence import (
    cosignatures_of,
    evidence_of,
    shortlist_scores,
)
from market.selection.sources.queries.failing import (
    ChainCard,
    ReportCard,
    chain_card,
    chain_cards,
    chains_to_lose,
    days_waited,
    derived_value,
    overdue_rounds,
    reports,
)
from market.selection.sources.queries.pending import Wanted, unseen, wanted, without_list
from market.selection.sources.queries.watch import (
    Watched,
    WatchedSource,
    contradicts,
    news,
    watched,
    witnessed_at,
)

__all__ = [
    "ChainCard",
    "DrawCard",
    "LotCard",
    "LotWants",
    "ReportCard",
    "Wanted",
    "Watched",
    "WatchedSource",
    "chain_card",
    "chain_cards",
    "chains_to_lose",
    "contradicts",
    "cosignatures_of",
    "days_waited",
    "derived_value",
    "draw",
    "draw_of_notice",
    "evidence_of",
    "lot",
    "lot_head",
    "lots_wanting",
    "news",
    "overdue_rounds",
    "reports",
    "shortlist_scores",
    "unseen",
    "wanted",
    "watched",
    "without_list",
    "witnessed_at",
]
