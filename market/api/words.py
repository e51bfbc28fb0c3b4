"""The words of the API's refusals."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "api.number": _l("参数 %(name)s 要是 %(low)s 到 %(high)s 之间的一个整数。"),
    "api.closed": _l(
        "本平台的数据还没有开放。公开日志、证据、公告和结果不需要许可，见“数据开放”页。"
    ),
    "api.duty": _l("这个令牌的职责不办理诉求。"),
    "api.order": _l("工单的 %(key)s 缺少或者不对。"),
    "api.none": _l("没有这一项。"),
    "api.gone": _l("这一项不公开，或者不再公开；经过见公开日志。"),
    "api.too_often": _l(
        "每分钟最多 %(most)s 次，请过 %(seconds)s 秒再来。要全部数据，请下载“数据开放”页的每日文件。"
    ),
}
