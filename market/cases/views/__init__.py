"""The pages of cases, of the knowledge base, of the register of pain points."""

from market.cases.views import answers, desk, pains
from market.cases.views.blueprint import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "answers", "desk", "pains"]
