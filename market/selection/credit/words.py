"""Words of frozen credit: facts on the log."""

from flask_babel import lazy_gettext as _l

EVENTS = {"credit.frozen": _l("公开报名机构在公告发布当日的履约记分")}
