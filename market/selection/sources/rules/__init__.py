"""The law of sources and of the plan of a draw. Pure."""

from market.windows.rules import Kind, Nature

DRAW = Kind("selection.draw", Nature.ACT, "约定选取时刻")
WINDOW_KINDS = {kind.name: kind for kind in (DRAW,)}
