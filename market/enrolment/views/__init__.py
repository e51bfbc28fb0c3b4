"""Pages of agencies: the public's, the agency's own enrolment, the office's desk."""

from market.agencies.pages import bp
from market.enrolment.views import deeds, deferred, enrolment, office, public, sections, standing

BLUEPRINTS = [bp]
__all__ = [
    "BLUEPRINTS",
    "deeds",
    "deferred",
    "enrolment",
    "office",
    "public",
    "sections",
    "standing",
]
