"""Facts of awards (award) and of what follows them (matter)."""

from market.contracts.events import award as award
from market.contracts.events import matter as matter
