"""The words of the demo."""

from flask_babel import lazy_gettext as _l

WORDS = {"demo.not_demo": _l("这不是演示数据库，不能这样做。")}
