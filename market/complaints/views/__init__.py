"""Pages of complaints: the public register, filing, each complaint with what may be done, the
desks, tips.
"""

from market.complaints.views import deeds, desk, erasures, filing, handovers, register, tips
from market.complaints.views.blueprint import bp

__all__ = ["bp", "deeds", "desk", "erasures", "filing", "handovers", "register", "tips"]
