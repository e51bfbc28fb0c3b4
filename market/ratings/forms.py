"""The shape of a rating, and of one that staff enter."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import TextAreaField
from wtforms.validators import Optional

from market.kernel.plain import Json
from market.ratings.rules import MOST_TEXT, Channel, Said
from market.ratings.words import CHANNELS, LEVELS, STEPS, TICKS
from market.web.forms import Form
from market.web.widgets import (
    CheckboxesField,
    CodeField,
    RadioField,
    Required,
    SelectField,
    TextLength,
    choices,
)

CODES = {str(int(level)): word for level, word in LEVELS.items()}


class Rate(Form):
    """好差评: five levels, nothing chosen beforehand."""

    level = RadioField(_l("对办理单位的评价"), [Required()], choices=choices(CODES))
    staff_level = RadioField(_l("对经办的工作人员"), [Optional()], choices=choices(CODES))
    platform_level = RadioField(_l("对平台的评价"), [Optional()], choices=choices(CODES))
    ticks = CheckboxesField(
        _l("哪些方面需要改进"),
        [Optional()],
        choices=choices(TICKS),
        description=_l("满意的可以不选"),
    )
    text = TextAreaField(
        _l("意见"),
        [Optional(), TextLength(0, MOST_TEXT)],
        description=_l("请不要写身份证号等个人信息；不公开，只给办理单位看"),
    )

    def said(self) -> Said:
        """What was chosen."""
        data: Json = self.data
        return Said(
            level=int(data["level"] or 0),
            staff_level=int(data["staff_level"]) if data["staff_level"] else None,
            platform_level=int(data["platform_level"]) if data["platform_level"] else None,
            ticks=tuple(data["ticks"] or ()),
            text=data["text"] or "",
        )


class Enter(Rate):
    """代录: what came on paper, by telephone or at the counter."""

    subject = CodeField(_l("事项的编号"), [Required(), TextLength(4, 40)])
    step = SelectField(_l("办结的事"), [Required()], choices=choices(STEPS))
    channel = RadioField(_l("评价的渠道"), [Required()], coerce=Channel, choices=choices(CHANNELS))
    scan = FileField(
        _l("扫描件"),
        [Optional()],
        description=_l("PDF、JPG、PNG 或 OFD，不超过 10 MB；纸质评价必须上传"),
    )
