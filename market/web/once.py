"""One key a form, so that a double click or a sent-again page does its work once.

A form that creates something carries `once = once_field()`; the service gives its value to
`market.submissions.sent` and, told that the same was sent before, returns what was made then
instead of making a second.
"""

from wtforms import HiddenField
from wtforms.validators import Length

from market.kernel.entropy import system_entropy


def once_key() -> str:
    """A fresh key: 32 hex digits."""
    return system_entropy(16).hex()


class OnceField(HiddenField):
    """Reads the key that was sent, shows a fresh one: a form that is shown again was not taken, and
    what is sent next is a form of its own.
    """

    def _value(self) -> str:
        return once_key()


def once_field() -> HiddenField:
    """The hidden field of a form that creates something."""
    return OnceField("", default=once_key, validators=[Length(max=64)])
