"""What the pages of this room share."""

from flask import Blueprint

bp = Blueprint("evaluations", __name__)


@bp.app_template_filter("stars")
def stars(hundredths: int) -> str:
    """Hundredths of a mark with one decimal, half up: 455 is 4.6."""
    tenths = (hundredths + 5) // 10
    return f"{tenths // 10}.{tenths % 10}"
