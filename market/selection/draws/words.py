"""Words of the random draw: facts on the log."""

from flask_babel import lazy_gettext as _l

EVENTS = {
    "draw.result": _l("得出随机顺序"),
}
