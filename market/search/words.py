"""What the kinds of things that can be found are called, in the order of the page."""

from flask_babel import lazy_gettext as _l

from market.search.rules import Found

KINDS = {
    Found.NOTICE: _l("选取公告"),
    Found.AGENCY: _l("中介机构"),
    Found.ITEM: _l("服务事项"),
    Found.ANSWER: _l("常见问题"),
    Found.COMPLAINT: _l("投诉和处理决定"),
    Found.OWNER: _l("项目业主"),
}
