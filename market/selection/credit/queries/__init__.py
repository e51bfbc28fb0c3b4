"""Reading credit: what counts of every agency today, and what a notice has fixed."""

from market.selection.credit.queries.rows import frozen, marks_of, said
from market.selection.credit.queries.used import Used, used

__all__ = ["Used", "frozen", "marks_of", "said", "used"]
