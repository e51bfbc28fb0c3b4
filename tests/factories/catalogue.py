"""The catalogue as an installation has it."""

from market.catalogue import service, shipped
from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from tests.scenes import scene


@scene
def shipped_catalogue() -> int:
    """Put in the catalogue of 瑞昌市 (idempotent); needs an app context. Returns how many items
    changed.
    """
    return in_one_transaction(service.load, CLOCK, rows=shipped.ruichang())
