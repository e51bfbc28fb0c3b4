"""Pages of agencies: the public's, the agency's own enrolment, the office's desk."""

from market.agencies.views import deeds, deferred, enrolment, office, public, sections, standing
from market.agencies.views.answers import bp

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
