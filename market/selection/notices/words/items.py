"""Words of notices that buy several items together (多测合一, 多评合一, 多介合一)."""

from flask_babel import lazy_gettext as _l

from market.catalogue.rules import Joined
from market.selection.notices.rules.publication import MOST_ITEMS

__all__ = ["JOINED", "MOST_ITEMS", "TOGETHER"]

JOINED = {
    Joined.ALL_OF: _l("全部事项的资质都具备"),
    Joined.ANY_OF: _l("具备其中任何一项的资质即可"),
}
"""What an agency must be fit for."""
TOGETHER = {
    "notice.item_twice": _l("合并选取的事项里有重复的，请每个事项只选一次；牵头事项不必再选。"),
    "notice.too_many_items": _l("一份公告最多合并选取 %(most)s 个事项，请分开发布。"),
    "notice.joined": _l("合并选取几个事项的，请选择机构须具备全部资质，还是具备其一即可。"),
}
"""What stands against several items."""
