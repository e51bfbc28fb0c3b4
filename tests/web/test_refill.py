"""A page's form filled in again, whatever fields it has."""

import re

import pytest

from market.web.refill import refill
from tests.factories.accounts import forms

PAGE = """<html><body><form method="get" action="/search"><input name="q" value=""></form>
<form method="post" novalidate><input type="hidden" name="csrf_token" value="fresh">
<input type="hidden" name="matter" value="now">
<label for="login">电子邮箱</label><input id="login" name="login" type="email" value="old &amp; so">
<label for="text">事项</label>
<textarea id="text" name="text" rows="5">
旧</textarea>
<select name="kind"><option value="">无</option><option selected value="a">甲</option><option value="b">乙</option></select>
<input type="radio" name="to" value="1" checked><input type="radio" name="to" value="2">
<input type="checkbox" name="box" value="y" checked><input type="checkbox" name="duty" value="x">
<input type="checkbox" name="duty" value="z">
<input name="part" value=""><input name="part" value="">
<label for="file">扫描件</label><input type="file" id="file" name="file">
<input type="password" name="password"><button name="go" value="1">提交</button></form>
<form method="post" action="/other"><textarea name="text">别处</textarea></form></body></html>
"""


def filled(*texts: tuple[str, str], page: str = PAGE):
    return refill(page, "/here?x=1", "/here", texts)


def test_every_kind_of_field_is_as_it_was_typed():
    done = filled(
        ("login", 'a"b<c>@x'),
        ("text", "第一行\n</textarea><script>"),
        ("kind", "b"),
        ("to", "2"),
        ("duty", "z"),
        ("part", "一"),
        ("part", "二"),
        ("matter", "before"),
        ("csrf_token", "stale"),
    )
    ours = forms(done.page)[1]
    assert ours.fields["login"] == 'a"b<c>@x'
    assert "\n第一行\n&lt;/textarea&gt;&lt;script&gt;</textarea>" in done.page
    assert re.findall("<option[^>]*selected>(.)", done.page) == ["乙"]
    assert (ours.fields["to"], ours.fields["duty"]) == ("2", "z")
    assert "box" not in ours.fields
    assert re.findall('name="part" value="(.)"', done.page) == ["一", "二"]
    assert (ours.fields["csrf_token"], ours.fields["matter"]) == ("fresh", "now")
    assert done.unplaced == []
    assert done.labels["file"] == "扫描件"


def test_other_forms_of_the_page_stay_as_they_are():
    done = filled(("text", "新"), ("q", "没有这一栏"))
    assert "别处</textarea>" in done.page
    assert done.unplaced == [("q", "没有这一栏")]
    assert 'name="q" value=""' in done.page


@pytest.mark.parametrize("page", [PAGE, PAGE.replace("\n", "\r\n"), PAGE.replace("\n", "")])
def test_nothing_typed_leaves_the_page_alone_but_for_what_is_ticked(page):
    done = filled(page=page)
    untouched = page.replace('name="to" value="1" checked', 'name="to" value="1"').replace(
        'name="box" value="y" checked', 'name="box" value="y"'
    )
    assert done.page == untouched


def test_where_the_form_is_gone_all_its_texts_are_told():
    done = filled(("text", "很长的话"), ("empty", " "), page="<html><main>没有</main></html>")
    assert done.unplaced == [("text", "很长的话")]
