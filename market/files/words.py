"""Words of the files."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "files.none": _l("没有找到这份材料。"),
    "files.missing": _l("请选择要上传的文件。"),
    "files.empty": _l("这份文件是空的，请重新选择。"),
    "files.too_large": _l("这份文件超过 %(most)s MB，请压缩或分成几份再上传。"),
    "files.heic": _l(
        "这是 HEIC 格式的照片，多数电脑打不开，请换成 JPG 再上传。苹果手机：把照片“拷贝”后“存储到文件”"
        "即得 JPG，或在“设置—相机—格式”选“兼容性最佳”后重拍；安卓手机：在相册里选“另存为 JPG”。"
    ),
    "files.type": _l(
        "只能上传 PDF、OFD 文件或 JPG、PNG 图片；改文件名不能改变类型，请导出或扫描成这些格式。"
    ),
}
