from flask_babel import lazy_gettext as _l

WORDS = {
    "operations.other_mode": _l("这个数据库是 %(mode)s 库,不能当作另一种使用。"),
    "not_permitted": _l("您没有办理这件事的权限。请换一个身份登录,或请本单位管理员授权。"),
}
