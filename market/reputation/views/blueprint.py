"""What the pages of this room share."""

from flask import Blueprint

from market.reputation import queries
from market.reputation.rules import Behaviour
from market.web.locale import is_english
from verify.zjcs.score import shown

bp = Blueprint("reputation", __name__)


@bp.app_template_filter("marks")
def marks(hundredths: int) -> str:
    """Hundredths of a mark as they are printed: 8550 is 85.50."""
    return shown(hundredths)


@bp.app_template_filter("behaviour")
def behaviour(one: Behaviour) -> str:
    """What a behaviour is called in the reader's language."""
    return queries.behaviour_name(one, in_english=is_english())
