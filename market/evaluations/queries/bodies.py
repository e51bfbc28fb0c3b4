"""Who decides an appeal: a body that is no party, by somebody who did not work on the matter."""

from collections.abc import Iterator

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.catalogue import queries as catalogue
from market.db import Work
from market.evaluations.models import Evaluation
from market.evaluations.permissions import DECIDING
from market.fabric import fabric
from market.kernel.errors import Refusal
from market.rulebook import queries as rulebooks


def hands(work: Work, row: Evaluation) -> frozenset[int]:
    """The people who worked on the matter of an evaluation, as each room above says it."""
    found: set[int] = {row.given_by} if row.given_by is not None else set()
    for asked in fabric().hands.values():
        found.update(asked(work, row.notice_number))
    return frozenset(found)


def deciding_body(work: Work, row: Evaluation) -> int:
    """The regulator of the item, the rulebook's `appeal_body`, the managing authority, another
    regulator: the first that is no party and has somebody who did not work on the matter.

    Refuses `evaluation.no_body` where there is none.
    """
    away = {row.owner_organisation_id, row.agency_organisation_id}
    worked = hands(work, row)
    for body in _bodies(work, row):
        free = {each.id for each in accounts.members(work, body, *DECIDING)} - worked
        if body not in away and free:
            return body
    raise Refusal("evaluation.no_body")


def _bodies(work: Work, row: Evaluation) -> Iterator[int]:
    item = catalogue.by_code(work).get(row.item_code)
    if item is not None and item.regulator_id is not None:
        yield item.regulator_id
    named = rulebooks.in_force(work).appeal_body
    several = [
        card
        for kind in (Kind.AUTHORITY, Kind.REGULATOR)
        for card in accounts.organisations(work, kind)
    ]
    yield from (card.id for card in several if named and named in (card.name, card.uscc))
    yield from (card.id for card in several)
