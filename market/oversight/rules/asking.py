"""A question of an overseer to a body about one selection (docs/rules.md#review). Pure."""

import enum

from market.kernel.errors import Invalid, Refusal
from market.kernel.visible import trimmed
from market.windows.rules import Kind, Nature

ANSWER = Kind("oversight.answer", Nature.DUTY, "答复监管部门的询问")


class Addressee(enum.StrEnum):
    """Who is asked about a selection."""

    OWNER = "owner"
    OFFICE = "office"


def matter(question_id: int) -> str:
    """The key of the window in which a question is answered."""
    return f"oversight:{question_id}"


def check_text(text: str, field: str) -> str:
    """A question or an answer without what shows nothing around it. Refuses `oversight.no_text`."""
    said = trimmed(text)
    if not said:
        raise Invalid("oversight.no_text", field=field)
    return said


def check_unanswered(*, is_answered: bool) -> None:
    """An answer is given once and stays. Refuses `oversight.answered`."""
    if is_answered:
        raise Refusal("oversight.answered")
