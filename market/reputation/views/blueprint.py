"""What the pages of this room share."""

from flask import Blueprint

from verify.zjcs.score import shown

bp = Blueprint("reputation", __name__)


@bp.app_template_filter("marks")
def marks(hundredths: int) -> str:
    """Hundredths of a mark as they are printed: 8550 is 85.50."""
    return shown(hundredths)
