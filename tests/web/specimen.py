"""An application of specimen pages: every macro and every field on the real frame, without any
room.
"""

import dataclasses
import datetime as dt
import pathlib

from flask import Flask, flash, redirect, render_template, request
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.file import FileField
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from market.fabric import Fabric
from market.kernel.actor import VISITOR, Actor
from market.kernel.clock import FixedClock
from market.ledger.guard import Guard
from market.web import compress, format, headers, ids, locale, static
from market.web.errors import said
from market.web.paging import Page
from market.web.widgets import (
    CheckboxesField,
    DateField,
    InstantField,
    MoneyField,
    PhoneField,
    Required,
    TextLength,
    TextListField,
    UsccField,
    choices,
)

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
NOW = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)


class Notice(FlaskForm):
    title = StringField("项目名称", [Required(), TextLength(4, 60)])
    fund = RadioField(
        "资金来源", [Required()], choices=choices({"fiscal": "财政性资金", "social": "社会资金"})
    )
    item = SelectField(
        "中介服务事项", [Required()], choices=choices({"a": "环境影响评价"}, blank="请选择")
    )
    code = UsccField("统一社会信用代码", [Required()])
    ceiling = MoneyField("最高限价", [Required()])
    closes = InstantField("报名截止时间", [Required()])
    valid = DateField("资质有效期至")
    tel = PhoneField("联系电话", [Required()])
    ways = CheckboxesField(
        "可接受的选取方式", [Required()], choices=choices({"r": "随机选取", "d": "直接选取"})
    )
    text = TextAreaField("服务内容", [Required(), TextLength(10, 200)])
    results = TextListField("成果清单", description="一行一项")
    scan = FileField("资质证书扫描件", [Required()])
    secret = PasswordField("登录密码", [Required()])
    agree = BooleanField("我已阅读并同意告知承诺书", [Required()])
    copies = IntegerField("份数", [Optional()])
    once = HiddenField(default="k")


@dataclasses.dataclass(frozen=True)
class Due:
    due_at: dt.datetime
    days_left: int = 2
    is_provisional: bool = True
    overdue_at: dt.datetime | None = None


def create_specimen(**settings: object) -> Flask:
    """The application; its clock stands at NOW."""
    app = Flask("market", root_path=str(ROOT / "market"), static_folder="../static")
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(ROOT / "templates"), FileSystemLoader(HERE / "specimens")]
    )
    app.config.update(
        SECRET_KEY="test",
        TESTING=True,
        SITE_JURISDICTION="瑞昌市",
        SITE_PHONE="0792-4222222",
        **settings,
    )
    Fabric(clock=FixedClock(NOW), guard=Guard(HERE / "nowhere"), make_app=create_specimen).put_into(
        app
    )
    CSRFProtect(app)
    for plumbing in (ids, headers, locale, format, compress, static):
        plumbing.init_app(app)
    app.jinja_env.globals.update(sheet=str, sheet_saved=bool)  # nothing is set aside here
    app.context_processor(offered)
    app.add_url_rule("/", "portal.home", lambda: redirect("/list"))
    for name, endpoint in (
        ("list", "selection.notices"),
        ("object", "agencies.directory"),
        ("done", "portal.todo"),
        ("letter", "letter"),
    ):
        app.add_url_rule(f"/{name}", endpoint, lambda name=name: shown(name))
    app.add_url_rule("/form", "complaints.register", filled_in, methods=["GET", "POST"])
    app.add_url_rule("/sign-out", "accounts.sign_out", lambda: redirect("/list"), methods=["POST"])
    app.add_url_rule("/broken/<int:status>", "broken", broken)
    for kind in ("bigid", "number", "uscc", "receipt"):
        app.add_url_rule(f"/{kind}/<{kind}:it>", kind, lambda it: str(it))
    return app


def offered() -> dict[str, object]:
    return {
        "actor": Actor(person_id=1) if "signed-in" in request.cookies else VISITOR,
        "now": NOW + dt.timedelta(hours=30),
        "window": Due(NOW + dt.timedelta(hours=14)),
        "listing": Page([1], "next-cursor", "previous-cursor"),
    }


def shown(name: str) -> str:
    return render_template(f"{name}.html", form=Notice(request.args, meta={"csrf": False}))


def filled_in() -> str | Response:
    form = Notice()
    if form.validate_on_submit():
        flash("已提交")
        return redirect("/done", 303)
    return render_template("form.html", form=form, refusal=request.args.get("refusal"))


def broken(status: int) -> tuple[str, int]:
    return render_template(
        "errors/http.html", said=said(status), fault="a1b2c3d4" if status == 500 else None
    ), status
