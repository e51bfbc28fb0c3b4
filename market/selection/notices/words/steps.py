"""Words of writing a notice."""

from flask_babel import lazy_gettext as _l

STEPS = {
    "item": _l("买什么服务"),
    "money": _l("花谁的钱"),
    "content": _l("要做什么、做多久"),
    "times": _l("怎么选、何时选"),
}
"""The steps of writing a notice."""
