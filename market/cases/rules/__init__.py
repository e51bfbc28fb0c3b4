"""The closed loop of a case: contact, rectification with an answer, call-back by another person; it cannot
end without a call-back. Pure.

Source: docs/rules.md#decision-24, docs/rules.md#ratings.
"""

import dataclasses
import enum

from market.kernel.errors import Invalid, Refusal, all_told
from market.kernel.states import move
from market.kernel.visible import trimmed
from market.windows.rules import Kind, Nature

CONTACT = Kind("cases.contact", Nature.DUTY, "联系当事人")
RECTIFY = Kind("cases.rectify", Nature.DUTY, "整改并答复")
CALL_BACK = Kind("cases.call_back", Nature.DUTY, "回访整改结果")
TRANSFERRED = Kind("cases.transferred", Nature.DUTY, "取回转出诉求的办理结果")
SUPERVISED = Kind("cases.supervised", Nature.DUTY, "按督办要求办理并报告")
PAIN = Kind("cases.pain", Nature.DUTY, "解决堵点问题")
COURSE = (CONTACT, RECTIFY, CALL_BACK, TRANSFERRED)
WINDOW_KINDS = {kind.name: kind for kind in (*COURSE, SUPERVISED, PAIN)}
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
    POLICE = "police"  # 110 has passed on what is no matter of the police, with its number
    TIP = "tip"  # a tip that is a matter of service
    OVERSIGHT = "oversight"  # an overseer made a case of what he found
    MONITOR = "monitor"  # an observer of the business environment


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


NUMBERED = frozenset({Source.HOTLINE, Source.POLICE, Source.TIP})
"""Sources that have a number of their own for each thing, which is a case once."""
ENTERED = (
    Source.HOTLINE,
    Source.POLICE,
    Source.VISIT,
    Source.SURVEY,
    Source.MEDIA,
    Source.MONITOR,
    Source.TIP,
)
"""Sources whose cases a body types in itself."""
UNCALLED = frozenset({Source.TIP, Source.OVERSIGHT, Source.MONITOR, Source.MEDIA, Source.SURVEY})
"""Sources where there may be nobody to call back: another person looks whether it is put right."""
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
    TRANSFERRED = "transferred"  # with a body outside the platform, whose answer is awaited
    RECTIFIED = "rectified"  # to be called back
    CLOSED = "closed"


NEXT = {
    CaseState.OPEN: frozenset({CaseState.CONTACTED, CaseState.TRANSFERRED}),
    CaseState.CONTACTED: frozenset({CaseState.RECTIFIED, CaseState.TRANSFERRED}),
    CaseState.TRANSFERRED: frozenset({CaseState.OPEN, CaseState.CONTACTED, CaseState.RECTIFIED}),
    CaseState.RECTIFIED: frozenset({CaseState.CONTACTED, CaseState.CLOSED}),
}


class Result(enum.StrEnum):
    """What a call-back found."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"  # it goes on
    UNREACHED = "unreached"  # three tries at different hours
    VERIFIED = "verified"  # nobody left an address; another person has looked


def move_case(old: CaseState, new: CaseState) -> CaseState:
    """The step, or the refusal `case.wrong_state`."""
    return move(NEXT, old, new, "case.wrong_state")


def check_here(state: CaseState) -> None:
    """Nobody here goes on with what is elsewhere; it is taken back first. Refuses `case.wrong_state`."""
    if state is CaseState.TRANSFERRED:
        raise Refusal("case.wrong_state", old=state.value, new=state.value)


def after_call_back(result: Result) -> CaseState:
    """What is not solved is rectified again; everything else ends."""
    return CaseState.CONTACTED if result is Result.UNSOLVED else CaseState.CLOSED


def check_result(source: Source, result: Result) -> None:
    """That another person has looked stands for a call-back only where there may be nobody to call.
    Refuses `case.has_caller`.
    """
    if result is Result.VERIFIED and source not in UNCALLED:
        raise Invalid("case.has_caller", field="result")


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
    """What a body types in: from a source of its own, what has a number there with its number, and who
    can be called with name and phone. Refuses `case.source`, `case.order_number`,
    `case.party_missing`, `case.phone_missing`, and as `check_text`.
    """
    if of.source not in ENTERED:
        raise Invalid("case.source", field="source")
    number = trimmed(of.source_number)
    if of.source in NUMBERED and not number:
        raise Invalid("case.order_number", field="source_number")
    if of.source not in UNCALLED:
        all_told(
            lambda: _check_given(of.party_name, "case.party_missing", "party_name"),
            lambda: _check_given(of.phone, "case.phone_missing", "phone"),
        )
    return dataclasses.replace(of, source_number=number, said=check_text(of.said, "said"))


def _check_given(text: str, code: str, field: str) -> None:
    if not trimmed(text):
        raise Invalid(code, field=field)


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
