"""How many, in English: one day, two days; and no sentence of the catalogue forgets it."""

import re

import pytest
from babel.messages.pofile import read_po
from flask import render_template_string
from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from market.kernel.errors import Invalid
from market.kernel.money import Amount
from market.web.errors import words_of
from market.web.plural import Counted, counted
from tests.house.sources import ROOT

COUNTED = re.compile(
    r"%\((\w+)\)s (?:working )?(?:days|hours|minutes|seconds|characters|lines|items|files|documents|corrections"
    r"|entries|projects|records|differences|years|agencies|notices|complaints|members|people|times)\b"
)
RANGE = re.compile(r"(?:\d+|%\(\w+\)s) (?:to|and) $")  # 1 to 5 days: always several
SPAN = _l("%(n)s 个工作日")


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        ("%(n)s [day|days]", {"n": 1}, "1 day"),
        ("%(n)s [day|days]", {"n": "1"}, "1 day"),
        ("%(n)s [day|days]", {"n": 0}, "0 days"),
        ("%(n)s [day|days]", {"n": 11}, "11 days"),
        ("%(n)s [entry is|entries are] open", {"n": 1}, "1 entry is open"),
        ("%(a)s [line|lines] of %(b)s [sign|signs]", {"a": 2, "b": 1}, "2 lines of 1 sign"),
        ("%(a)s [line|lines] of %(b)s [sign|signs]", {"a": 1, "b": 9}, "1 line of 9 signs"),
        ("[day|days]", {}, "days"),
        ("nothing to count, 100 %%", {}, "nothing to count, 100 %"),
        ("%(label)s [a, b]", {"label": "x|y"}, "x|y [a, b]"),
    ],
)
def test_the_number_chooses_the_form(text, facts, said):
    assert counted(text, facts) % facts == said
    assert Counted(text) % facts == said


def test_every_way_of_saying_a_text_counts(app):
    with app.test_request_context("/?lang=en"):
        assert gettext("还剩 %(days)s 个工作日", days=1) == "1 working day left"
        assert gettext("还剩 %(days)s 个工作日", days=2) == "2 working days left"
        assert str(SPAN) % {"n": 1} == "1 working day"
        said = "{{ _('还剩 %(days)s 个工作日', days=days) }}"
        assert render_template_string(said, days=1) == "1 working day left"
        assert render_template_string(said, days=Markup("<b>1</b>")) == "<b>1</b> working days left"
        assert render_template_string(said, days="<b>") == "&lt;b&gt; working days left"
        assert render_template_string("{{ (1, 'working_day')|span }}") == "1 working day"
    with app.test_request_context("/"):
        assert str(SPAN) % {"n": 1} == "1 个工作日"
        with force_locale("en"):
            assert gettext("还剩 %(days)s 个工作日", days=1) == "1 working day left"


def test_an_amount_in_a_refusal_is_said_in_the_readers_language(app):
    no = Invalid("notice.above_limit", field="ceiling_fen", limit=Amount(30_000_000))
    odd = Invalid("notice.above_limit", field="ceiling_fen", limit=Amount(30_000_050))
    with app.test_request_context("/"):
        assert "30 万元" in words_of(app, no) and "300,000.50 元" in words_of(app, odd)
    with app.test_request_context("/?lang=en"):
        assert "¥300,000" in words_of(app, no) and "元" not in words_of(app, no)
        assert "¥300,000.50" in words_of(app, odd)


def test_no_english_sentence_counts_without_both_forms():
    with (ROOT / "locales/en/LC_MESSAGES/messages.po").open("rb") as file:
        texts = [str(message.string) for message in read_po(file)]
    found = [
        text
        for text in texts
        for hit in COUNTED.finditer(text)
        if not RANGE.search(text[: hit.start()])
    ]
    assert found == []
