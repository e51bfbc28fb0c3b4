"""A notice as entering needs it: read by one prepared statement, since thousands ask in the last minute."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import bindparam, select

from market.catalogue.rules import Items, Joined
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.prepared import Prepared
from market.selection.entries.rules import entering
from market.selection.kinds import Method
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.terms import items_of
from market.selection.quotes import queries as quote_queries
from market.selection.quotes.queries import PublicKeys
from market.selection.way import Opening, Way, boxes_of, takes_texts, way_of
from verify.zjcs import draw as protocol
from verify.zjcs import openings
from verify.zjcs.quote_keys import PRICE


class OpenNotice(NamedTuple):
    """What entering needs of a notice."""

    id: int
    number: str
    entry_close: dt.datetime
    item_code: str
    further: list[list[object]]
    joined: Joined | None
    ceiling_fen: int | None
    exclusions: list[list[str]]
    state: NoticeState
    alg: str
    method: Method
    terms: Json | None
    quote_rule: Json | None
    service_days: int | None
    amended_at: dt.datetime | None

    @property
    def is_second(self) -> bool:
        """Whether it is one of zjcs-draw/2, whose quotes are sealed to two keys."""
        return self.alg != protocol.PROTOCOL

    @property
    def items(self) -> Items:
        """Everything that it buys."""
        return items_of(self.item_code, [str(code) for code, _ in self.further], self.joined)

    @property
    def way(self) -> Way:
        """How it selects."""
        return way_of(self.method)

    @property
    def boxes(self) -> tuple[str, ...]:
        """The kinds of sealed files that it takes."""
        return boxes_of(self.method, self.terms)

    @property
    def takes_texts(self) -> bool:
        """Whether an entry carries a proposal that is a text."""
        return takes_texts(self.method, self.terms)

    @property
    def quotes(self) -> str:
        """What is quoted: an amount in fen, or a rate in basis points."""
        return str((self.quote_rule or {}).get("kind", openings.FEN))

    @property
    def most_days(self) -> int | None:
        """The longest time that may be promised, in days; None where no promise is asked for."""
        return entering.most_days(self.terms, self.service_days)


NOTICE = Prepared(
    select(
        Notice.id,
        Notice.number,
        Notice.entry_close,
        Notice.item_code,
        Notice.further,
        Notice.joined,
        Notice.ceiling_fen,
        Notice.exclusions,
        Notice.state,
        Notice.alg,
        Notice.method,
        Notice.way,
        Notice.quote_rule,
        Notice.service_days,
        Notice.amended_at,
    ).where(Notice.number == bindparam("number"))
)


def open_notice(work: Work, number: str) -> OpenNotice:
    """What entering needs of a notice, by its number. Refuses `notice.none`."""
    row = NOTICE.first(work, number=number)
    if row is None:
        raise NotFound("notice.none")
    return OpenNotice._make(row)


def draw_of(notice: OpenNotice) -> str:
    """The number of the draw, which is that of every way in the leaves."""
    return sibling(notice.number, Prefix.DRAW)


def stage_of(notice: OpenNotice) -> str:
    """What its quotes are sealed for: the draw, or the stage that opens after the sheets."""
    draw = draw_of(notice)
    return f"{draw}{PRICE}" if notice.way.opening is Opening.AFTER_SHEETS else draw


def keys_of(work: Work, notice: OpenNotice) -> PublicKeys | None:
    """The keys to which the quotes of a notice are sealed; None of one before zjcs-draw/2."""
    is_sealed = notice.is_second and notice.way.opening is not Opening.NONE
    return quote_queries.keys_of(work, stage_of(notice)) if is_sealed else None
