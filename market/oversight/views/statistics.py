"""The public page of figures: twelve numbers with their definitions, five charts with tables beside."""

import dataclasses
from collections.abc import Sequence

from flask import render_template
from flask_babel import format_decimal

from market.catalogue import queries as catalogue
from market.db import reading
from market.oversight import queries, words
from market.oversight.rules.statistics import MEASURES, Measure, Unit
from market.oversight.views.blueprint import bp
from market.selection.notices.words import METHODS
from market.web.auth import current_actor, page
from market.web.locale import is_english

EMPTY = "–"
WIDTH = 320  # of the longest bar, in units of the drawing
STEP = 26  # from one bar to the next
LABELS = {method.value: label for method, label in METHODS.items()}


@dataclasses.dataclass(frozen=True)
class Bar:
    """One bar of a chart: its place from above and its length, in units of the drawing."""

    label: str
    many: int
    top: int
    length: int


@bp.get("/statistics")
@page(may="public")
def statistics() -> str:
    """The figures as they were computed last."""
    found = queries.last_figures(reading(current_actor()))
    charts = {name: bars(lines) for name, lines in found.charts.items()} if found else {}
    figures = (
        {code: printed(MEASURES[code], each) for code, each in found.measures.items()}
        if found
        else {}
    )
    return render_template(
        "oversight/statistics.html",
        found=found,
        figures=figures,
        charts=charts,
        words=words,
        step=STEP,
    )


def printed(unit: Unit, measure: Measure) -> str:
    """A figure as it is read; one with an empty denominator says nothing."""
    share = measure.share
    if share is None:
        return EMPTY
    if unit is Unit.SHARE:
        return f"{share * 100:.1f}%"
    if unit is Unit.MEAN:
        return str(format_decimal(share, "0.0"))
    if unit is Unit.DAYS:
        return str(format_decimal(measure.value, "0.0"))
    return str(format_decimal(int(measure.value)))


def _in_words(label: str) -> str:
    """What a bar is called: a way of selecting, or a category in the reader's language."""
    if label in LABELS:
        return str(LABELS[label])
    return catalogue.in_english(label) if is_english() else label


def bars(lines: Sequence[tuple[str, int]]) -> list[Bar]:
    """The bars of a chart, the longest as wide as the drawing."""
    most = max((many for _label, many in lines), default=0) or 1
    return [
        Bar(_in_words(label), many, place * STEP, round(WIDTH * many / most))
        for place, (label, many) in enumerate(lines)
    ]
