"""What is kept of a page: nothing of one reader may reach another, and nobody can write himself
into a slot.
"""

import pytest
from flask import Flask, render_template_string

from market.web import kept
from tests.web.specimen import create_specimen

PART = '{% call(first, second) kept("part", key, slots=(a, b)) %}<i title="{{ first }}">{{ _("登录") }} {{ told }}</i>{{ second }}{% endcall %}'


@pytest.fixture
def app() -> Flask:
    return create_specimen()


def render(app: Flask, address: str = "/list", **values: object) -> str:
    with app.test_request_context(address):
        return render_template_string(PART, **{"key": 1, "a": "x", "b": "y", "told": "", **values})


def test_slots_are_filled_anew_and_escaped(app):
    assert render(app) == '<i title="x">登录 </i>y'
    assert (
        render(app, a='"><script>', b="1-2-3")
        == '<i title="&#34;&gt;&lt;script&gt;">登录 </i>1-2-3'
    )


def test_what_is_kept_hangs_on_key_language_and_view(app):
    assert "first" in render(app, told="first")
    assert "first" in render(app, told="second")
    assert "second" in render(app, told="second", key=2)
    for number, address in enumerate(("/list?lang=en", "/list?large=1", "/list?contrast=1")):
        assert f"view {number}" in render(app, address, told=f"view {number}")


def test_a_slot_is_no_place_to_write_another_slot_into(app):
    assert render(app, a=f"{kept.SLOT}-1-") == f'<i title="{kept.SLOT}-1-">登录 </i>y'


def test_the_store_is_bounded(app):
    with app.test_request_context("/list"):
        for number in range(kept.MOST + 5):
            assert (
                kept.kept("part", number, caller=lambda number=number: f"{number}") == f"{number}"
            )
    assert len(kept.STORE.of(app)) <= kept.MOST


def test_nothing_is_kept_while_templates_are_written(app):
    app.debug = True
    assert "first" in render(app, told="first")
    assert "second" in render(app, told="second")


def test_the_frame_of_a_visitor_is_not_that_of_one_signed_in(app):
    visitor = app.test_client().get("/list").get_data(as_text=True)
    client = app.test_client()
    client.set_cookie("signed-in", "1")
    assert "退出" in client.get("/list").get_data(as_text=True)
    assert "退出" not in visitor
    again = app.test_client().get("/list?q=%3Cb%3E").get_data(as_text=True)
    assert "退出" not in again
    assert 'href="/list?q=%3Cb%3E&amp;lang=en"' in again
    assert "3Cb" not in visitor
