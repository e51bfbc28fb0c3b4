"""Pages of agencies: the public's, the agency's own enrolment, the office's desk."""
from market.agencies.views import enrolment, office, public, sections, standing
from market.agencies.views.answers import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "enrolment", "office", "public", "sections", "standing"]
