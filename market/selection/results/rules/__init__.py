"""The law of results: the order, states. Pure."""

from market.selection.results.rules.pausing import ASKED, PAUSE
from market.selection.results.rules.suspending import SUSPENSION
from market.windows.rules import Kind, Nature

STANDSTILL = Kind("result.standstill", Nature.ACT, "中选公示期")
WINDOW_KINDS = {kind.name: kind for kind in (STANDSTILL, SUSPENSION, ASKED, PAUSE)}
