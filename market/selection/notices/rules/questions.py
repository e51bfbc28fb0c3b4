"""Questions about an open notice and their answers, which everybody reads (答疑). Pure."""

import datetime as dt

from market.kernel.errors import Invalid, Refusal

MOST = 5
"""How many questions of one agency may wait for an answer at a time (docs/rules.md#settings)."""


def check_time(answer_due: dt.datetime, close: dt.datetime, now: dt.datetime) -> None:
    """Refuse a question whose answer would not be due before the close: `question.closed`."""
    if now >= close or answer_due > close:
        raise Refusal("question.closed")


def check_waiting(waiting: int) -> None:
    """Refuse one question too many."""
    if waiting >= MOST:
        raise Refusal("question.too_many", most=MOST)


def check_nameless(text: str, *names: str) -> None:
    """Refuse at `question` a text that says who asks."""
    if any(name and name in text for name in names):
        raise Invalid("question.names_you", field="question")
