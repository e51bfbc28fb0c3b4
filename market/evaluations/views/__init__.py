"""Pages of evaluations: of a matter with its deeds, of an organisation, the appeals of a body."""

from market.evaluations.views import appeals as appeals
from market.evaluations.views import deeds as deeds
from market.evaluations.views import public as public
from market.evaluations.views.blueprint import bp as bp
