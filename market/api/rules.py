"""What the API lets a program ask, and how often. Pure."""

from market.kernel.errors import Invalid, Malformed, NotFound, Refusal

PER_MINUTE = 60  # requests of one address
MOST = 500  # entries of the log that one page reads
USUAL = 100
FARTHEST = 2**53 - 1  # the largest cursor: what every JSON reader keeps exactly


class Closed(NotFound):
    """The place has not opened its data."""


class Unknown(Refusal):
    """A token that is none, or no more."""

    status = 401


class Forbidden(Refusal):
    """A token whose duty has nothing to do here."""

    status = 403


class WrongField(Invalid):
    """A value of what was sent that is missing or wrong."""


class Gone(Refusal):
    """It was public and is no more."""

    status = 410


def whole(name: str, given: list[str], default: int, low: int, high: int) -> int:
    """A query value as a whole number between `low` and `high`; given once or not at all.

    Refuses `api.number`.
    """
    if not given:
        return default
    text = given[0]
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(high))
    if len(given) > 1 or not is_number or not low <= int(text) <= high:
        raise Malformed("api.number", name=name, low=low, high=high)
    return int(text)
