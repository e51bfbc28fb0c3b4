"""The rulebook as an installation has it."""

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.rulebook import service
from tests.scenes import scene


@scene
def default_rulebook() -> int:
    """Put in the first version; needs an app context. Returns its number."""
    return in_one_transaction(service.load_default, CLOCK)


@scene
def demo_rulebook() -> int:
    """Put in the version whose windows are minutes, beside the first. Returns its number."""
    default_rulebook()
    return in_one_transaction(service.load_demo, CLOCK)
