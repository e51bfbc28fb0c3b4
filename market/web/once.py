"""One key a form, so that a double click or a sent-again page does its work once.

A form that creates something carries `once = once_field()`; the service stores its value in the
created row's UNIQUE `submission_key` and, given a key it knows, returns what that row is instead of
making a second.
"""

from wtforms import HiddenField
from wtforms.validators import Length

from market.kernel.entropy import system_entropy


def once_key() -> str:
    """A fresh key: 32 hex digits."""
    return system_entropy(16).hex()


def once_field() -> HiddenField:
    """The hidden field of a form that creates something."""
    return HiddenField(default=once_key, validators=[Length(max=64)])
