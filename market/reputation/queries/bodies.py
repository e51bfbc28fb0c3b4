"""Who is meant by a record, who decides about it, and who hears an appeal."""

from market.accounts import queries as accounts
from market.accounts.queries import OrganisationCard
from market.accounts.rules import DUTIES_OF, Kind
from market.agencies import queries as agencies
from market.catalogue import queries as catalogue
from market.db import Work
from market.kernel.errors import Invalid, Refusal
from market.owners import queries as owners
from market.owners.rules import Kind as OwnerKind
from market.reputation.models import CreditEvent
from market.reputation.rules import KINDS_OF, Behaviour, Party
from market.rulebook import queries as rulebooks

HEARING = ("authority", "regulator")


def party_of(work: Work, behaviour: Behaviour, uscc: str) -> OrganisationCard:
    """The organisation of a 统一社会信用代码 of whom such a behaviour may be recorded.

    Refuses `credit.no_party`, `credit.public_bodies_only` (an owner that is no public body).
    """
    found = (accounts.by_uscc(work, kind, uscc) for kind in sorted(KINDS_OF[behaviour.party]))
    party = next((card for card in found if card is not None), None)
    if party is None:
        raise Invalid("credit.no_party", field="uscc")
    if behaviour.party is Party.OWNER and not _is_public_body(work, party.id):
        raise Invalid("credit.public_bodies_only", field="uscc")
    return party


def _is_public_body(work: Work, organisation_id: int) -> bool:
    return owners.owner(work, organisation_id).kind is OwnerKind.PUBLIC


def able(work: Work, duty: str) -> list[OrganisationCard]:
    """The bodies in which somebody holds a duty."""
    kinds = [kind for kind in Kind if duty in DUTIES_OF[kind]]
    return [
        card
        for kind in kinds
        for card in accounts.organisations(work, kind)
        if accounts.members(work, card.id, duty)
    ]


def deciding(work: Work, behaviour: Behaviour, party_id: int, asked: int | None) -> int:
    """The body that decides: the one that was asked for, else the proposer's own, else a regulator
    of the agency's items, else the first that is able. Nobody decides about itself.

    Refuses `credit.body` (the one asked for may not), `credit.no_body`.
    """
    bodies = [card.id for card in able(work, behaviour.decides) if card.id != party_id]
    if asked is not None and asked not in bodies:
        raise Invalid("credit.body", field="body_id")
    if not bodies:
        raise Refusal("credit.no_body")
    wanted = [asked, work.actor.organisation_id, *_sectors(work, party_id)]
    return next((each for each in wanted if each is not None and each in bodies), bodies[0])


def _sectors(work: Work, organisation_id: int) -> list[int]:
    """The regulators of the items that an agency offers."""
    agency = agencies.of_organisation(work, organisation_id)
    if agency is None:
        return []
    items = catalogue.by_code(work)
    codes = [line.item_code for line in agencies.lines(work, agency.id)]
    found = {items[code].regulator_id for code in codes if code in items}
    return sorted(each for each in found if each is not None)


def hearing(work: Work, found: CreditEvent) -> int | None:
    """The rulebook's `appeal_body` (a name or credit code), unless it is concerned; None: the body
    that decided hears the appeal by somebody who had no hand in it.
    """
    named = rulebooks.in_force(work).appeal_body
    concerned = {found.organisation_id, found.body_id}
    bodies = [card for card in _hearing(work) if named and named in (card.name, card.uscc)]
    return next((card.id for card in bodies if card.id not in concerned), None)


def is_hearing(work: Work, named: object) -> bool:
    """Whether that name or credit code is of a body that may hear appeals."""
    return any(bool(named) and named in (card.name, card.uscc) for card in _hearing(work))


def _hearing(work: Work) -> list[OrganisationCard]:
    return [card for kind in HEARING for card in accounts.organisations(work, kind)]


PARAMETERS = {"appeal_body": is_hearing}
"""What the rulebook asks of this room before a value is proposed."""
