"""Text fields read text only, whatever is sent under their name; a house rule holds every form to
it.
"""

import ast
import io

import pytest
from wtforms import EmailField, PasswordField, StringField, TextAreaField

from market.web.forms import Form
from market.web.widgets import PhoneField, Required, TextLength, TextListField
from tests.house.sources import imported, sources


@pytest.mark.parametrize("path", ["/sign-in", "/register"])
@pytest.mark.parametrize("name", ["login", "password", "csrf_token"])
def test_a_file_under_a_text_fields_name_is_an_empty_field(app, client, path, name):
    app.config["WTF_CSRF_ENABLED"] = False
    answer = client.post(path, data={name: (io.BytesIO(b"x" * 20), "x.txt")})
    assert answer.status_code < 500


@pytest.mark.parametrize("body", [b"[1]", b"5", b'{"login": {"a": 1}, "password": 7}', b"null"])
def test_a_body_of_json_is_an_empty_form(app, client, body):
    app.config["WTF_CSRF_ENABLED"] = False
    answer = client.post("/sign-in", data=body, content_type="application/json")
    assert answer.status_code < 500


def test_every_form_is_made_of_ours():
    found = [
        source.at(node)
        for source in sources("market")
        if source.name != "market/web/forms.py"
        for node in ast.walk(source.tree)
        if "flask_wtf" in imported(node)
    ]
    assert not found


UNSEEN = "\u200b\u00ad\ufeff\u2060\u180e\ufe0f"


class Shown(Form):
    """One field of each kind that takes words."""

    class Meta:
        csrf = False

    one = StringField("标题", [Required()])
    long = TextAreaField("事实", [Required(), TextLength(10, 40)])
    mail = EmailField("邮箱", [Required()])
    secret = PasswordField("密码", [Required()])
    lines = TextListField("成果", [Required()])
    phone = PhoneField("电话", [Required()])


def sent(app, **values):
    with app.test_request_context("/", method="POST", data=values):
        form = Shown()
        form.validate()
        return form


@pytest.mark.parametrize(
    "nothing", ["\u200b" * 20, UNSEEN * 4, " \u3000\u2800\u200b\n", "\u3164" * 12]
)
def test_a_text_that_shows_nothing_is_empty_in_every_field(app, nothing):
    names = ("one", "long", "mail", "secret", "lines", "phone")
    form = sent(app, **dict.fromkeys(names, nothing))
    for field in form:
        assert list(field.errors) == [f"请填写“{field.label.text}”"], field.name


def test_a_line_drops_what_cannot_be_seen_and_a_long_text_keeps_it(app):
    form = sent(
        app, one="项\u200b目\ufeff ", mail="\u200ba@example.org\u00ad", long="事\u200d实" * 5
    )
    assert (form.one.data, form.mail.data) == ("项目", "a@example.org")
    assert form.long.data == "事\u200d实" * 5
    assert not form.long.errors


def test_the_least_length_counts_what_can_be_seen(app):
    assert "现在有 2 个字" in sent(app, long="事" + "\u200b" * 20 + "实").long.errors[0]


@pytest.mark.parametrize("mark", ["\u202e", "\u200f", "\u2066", "\u061c"])
def test_direction_marks_are_refused_at_the_field_and_the_place(app, mark):
    form = sent(
        app, one=f"项目{mark}名称", long="一二三四五六七八九" + mark, mail=f"a{mark}@example.org"
    )
    assert "“标题”第 3 个字处有看不见的方向控制符" in form.one.errors[0]
    assert "“事实”第 10 个字处" in form.long.errors[0]
    assert "“邮箱”第 2 个字处" in form.mail.errors[0]
    assert sent(app, phone=f"{mark}13812345678").phone.data == "13812345678"
