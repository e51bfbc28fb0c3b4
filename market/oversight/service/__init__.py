"""What oversight writes."""

from market.oversight.service.asking import answer, ask
from market.oversight.service.reviewing import keep_verification, review

__all__ = ["answer", "ask", "keep_verification", "review"]
