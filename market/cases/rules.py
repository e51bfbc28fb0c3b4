"""The closed loop of a case: contact, rectification with an answer, call-back by another person; it cannot
end without a call-back. Pure.

Source: docs/rules.md#decision-24, docs/rules.md#ratings.
"""

import dataclasses
import enum

from market.kernel.errors import Invalid
from market.kernel.states import move
from market.kernel.visible import trimmed
from market.windows.rules import Kind, Nature

CONTACT = Kind("cases.contact", Nature.DUTY, "联系当事人")
RECTIFY = Kind("cases.rectify", Nature.DUTY, "整改并答复")
CALL_BACK = Kind("cases.call_back", Nature.DUTY, "回访整改结果")
WINDOW_KINDS = {kind.name: kind for kind in (CONTACT, RECTIFY, CALL_BACK)}
MOST_TEXT = 2000


class Source(enum.StrEnum):
    """What opened a case."""

    RATING = "rating"
    STUCK = "stuck"  # 办不成事: somebody could not get a thing done
    HOTLINE = "hotline"  # an order of the city's hotline, with its number there
    CALLBACK = "callback"  # a call-back of a sample found somebody who is not satisfied
    VISIT = "visit"  # the office or an overseer has heard it on a visit
    SURVEY = "survey"
    MEDIA = "media"


class Order(enum.StrEnum):
    """What kind of order a hotline sent."""

    CONSULT = "consult"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGEST = "suggest"
    PRAISE = "praise"  # counted, never scored; it opens nothing


class Asked(enum.StrEnum):
    """What the caller answered, asked once, whether the order is to be a complaint with its own time."""

    NOT_NEEDED = "not_needed"
    NO = "no"
    YES = "yes"


ENTERED = (Source.HOTLINE, Source.VISIT, Source.SURVEY, Source.MEDIA)
"""Sources whose cases a body types in itself; only an order of the hotline has a number there for sure."""
TO_BE_ASKED = frozenset({Order.COMPLAINT, Order.REPORT})
MOST_NAME = 60
MOST_NUMBER = 40


@dataclasses.dataclass(frozen=True, kw_only=True)
class Told:
    """What opens a case: `source_number` its number where it came from, `matter` the public number of
    what it happened in, `party_name` and `phone` of who says it, `page` an address of this site.
    """

    source: Source
    said: str
    party_name: str
    source_number: str = ""
    matter: str = ""
    phone: str = ""
    page: str = ""
    order_kind: Order | None = None


class CaseState(enum.StrEnum):
    """Where a case stands. The clock takes no step; it notes what is late."""

    OPEN = "open"  # to be contacted
    CONTACTED = "contacted"  # to be rectified
    RECTIFIED = "rectified"  # to be called back
    CLOSED = "closed"


NEXT = {
    CaseState.OPEN: frozenset({CaseState.CONTACTED}),
    CaseState.CONTACTED: frozenset({CaseState.RECTIFIED}),
    CaseState.RECTIFIED: frozenset({CaseState.CONTACTED, CaseState.CLOSED}),
}


class Result(enum.StrEnum):
    """What a call-back found."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"  # it goes on
    UNREACHED = "unreached"  # three tries at different hours


def move_case(old: CaseState, new: CaseState) -> CaseState:
    """The step, or the refusal `case.wrong_state`."""
    return move(NEXT, old, new, "case.wrong_state")


def after_call_back(result: Result) -> CaseState:
    """What is not solved is rectified again; everything else ends."""
    return CaseState.CONTACTED if result is Result.UNSOLVED else CaseState.CLOSED


@dataclasses.dataclass(frozen=True)
class Line:
    """An order as it stands in a line of a table (from 2: the first are the heads)."""

    no: int
    of: Told
    asked: Asked


def is_asked(order: Order, asked: Asked) -> bool:
    """Whether an order may be entered: what could be a complaint was asked about, and is none."""
    return asked is not Asked.YES and (order not in TO_BE_ASKED or asked is Asked.NO)


def check_asked(order: Order, asked: Asked) -> None:
    """An order that could be a complaint is asked about once, and a complaint goes its own way, from
    the time of the call on (docs/rules.md#decision-16). Refuses `case.ask_once`, `case.is_complaint`.
    """
    if asked is Asked.YES:
        raise Invalid("case.is_complaint", field="asked")
    if order in TO_BE_ASKED and asked is Asked.NOT_NEEDED:
        raise Invalid("case.ask_once", field="asked")


def check_entered(of: Told) -> Told:
    """What a body types in: from a source of its own, an order of the hotline with its number. Refuses
    `case.order_number`, and as `check_text`.
    """
    if of.source not in ENTERED:
        raise Invalid("case.source", field="source")
    number = trimmed(of.source_number)
    if of.source is Source.HOTLINE and not number:
        raise Invalid("case.order_number", field="source_number")
    return dataclasses.replace(of, source_number=number, said=check_text(of.said, "said"))


def check_text(text: str, field: str) -> str:
    """A text that says something, trimmed. Refuses `case.text_missing`, `case.text_long` at the
    field.
    """
    said = trimmed(text)
    if not said:
        raise Invalid("case.text_missing", field=field)
    if len(said) > MOST_TEXT:
        raise Invalid("case.text_long", field=field, most=MOST_TEXT)
    return said
