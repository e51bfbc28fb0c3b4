"""Words of the files."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "files.none": _l("没有找到这份材料。"),
    "files.missing": _l("请选择要上传的文件。"),
    "files.empty": _l("这份文件是空的，请重新选择。"),
    "files.too_large": _l("这份文件超过 %(most)s MB，请压缩或分成几份再上传。"),
    "files.type": _l(
        "只能上传 PDF、OFD 文件或 JPG、PNG 图片；改文件名不能改变类型，请导出或扫描成这些格式。"
    ),
}
