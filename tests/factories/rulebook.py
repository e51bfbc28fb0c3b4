"""The rulebook as an installation has it."""

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.rulebook import service
from market.rulebook.opening import opened
from market.rulebook.rules import Rulebook, Value
from market.workdays import service as workdays
from tests.scenes import scene


@scene
def default_rulebook() -> int:
    """Put in the first version; needs an app context. Returns its number."""
    return in_one_transaction(service.load_default, CLOCK)


@scene
def open_data() -> None:
    """Calendar and rulebook, and data are open from the first version on; before anything else has put
    one in.
    """
    in_one_transaction(workdays.load_shipped, CLOCK)
    chosen = opened("瑞昌市公共数据开放目录 RC-001", "无条件开放", "CC BY 4.0")
    in_one_transaction(service.load_default, CLOCK, chosen=chosen)


@scene
def installable() -> None:
    """Calendar and rulebook, and the site may stand on a phone's home screen; before anything else
    has put one in.
    """
    in_one_transaction(workdays.load_shipped, CLOCK)
    chosen = {Rulebook.installable.name: Value(amount=True, unit="")}
    in_one_transaction(service.load_default, CLOCK, chosen=chosen)


@scene
def city_rulebook() -> int:
    """Calendar and the city's version, in which every flag is on; before anything else has put one in."""
    in_one_transaction(workdays.load_shipped, CLOCK)
    return in_one_transaction(service.load_default, CLOCK, starter="city")


@scene
def demo_rulebook() -> int:
    """Put in the version whose windows are minutes, beside the first. Returns its number."""
    default_rulebook()
    return in_one_transaction(service.load_demo, CLOCK)


@scene
def city() -> None:
    """Calendar and rulebook of a city, where all ways are switched on; before anything else has put one
    in.
    """
    in_one_transaction(workdays.load_shipped, CLOCK)
    in_one_transaction(service.load_default, CLOCK, starter="city")


@scene
def marking(**more: str) -> None:
    """Calendar and rulebook of a city that has marks; before anything else has put one in."""
    in_one_transaction(workdays.load_shipped, CLOCK)
    said = {name: Value(amount=text, unit="") for name, text in more.items()}
    chosen = {Rulebook.credit_marks.name: Value(amount=True, unit=""), **said}
    in_one_transaction(service.load_default, CLOCK, starter="city", chosen=chosen)
