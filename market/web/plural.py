"""How many, in English: a catalogue's sentence writes both forms after its number, and the number
chooses.

    "%(days)s working [day|days] left"    1 working day left, 2 working days left

The forms belong to the placeholder before them; one sentence may count several things, which
gettext's own plural forms cannot, and Chinese needs none. A text that is shown without a number has
the plural.
"""

import re
from collections.abc import Mapping

FORMS = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
PLACE = re.compile(r"%\((\w+)\)s")


def counted(text: str, facts: Mapping[str, object]) -> str:
    """The text with the form of each number that it counts."""
    if not FORMS.search(text):
        return text
    said: list[str] = []
    start = 0
    for forms in FORMS.finditer(text):
        before = PLACE.findall(text, 0, forms.start())
        is_one = bool(before) and str(facts.get(before[-1])) == "1"
        said += (text[start : forms.start()], forms[1 if is_one else 2])
        start = forms.end()
    return "".join((*said, text[start:]))


class Counted(str):
    """A text of the catalogue whose forms are chosen when its facts are filled in."""

    __slots__ = ()

    def __str__(self) -> str:
        return self

    def __mod__(self, facts: object) -> str:
        given = facts if isinstance(facts, Mapping) else {}
        return counted(str.__str__(self), given) % facts
