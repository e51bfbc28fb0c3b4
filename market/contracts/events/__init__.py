"""Facts of awards (award), of their changes (change), of those that nobody signs (unsigned), of what follows them (matter)."""

from market.contracts.events import award as award
from market.contracts.events import change as change
from market.contracts.events import matter as matter
from market.contracts.events import unsigned as unsigned
