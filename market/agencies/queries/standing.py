"""Who an agency is, and whether it may enter for an item."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from market.agencies import rules
from market.agencies.models import Agency, ServiceLine
from market.agencies.rules import LINE_OPEN, MAY_ENTER, Fact, State, Type
from market.catalogue.rules import Items, Joined
from market.db import Work
from market.kernel.clock import local_date
from market.kernel.errors import NotFound, Refusal
from market.prepared import Many


def young_when_activated(
    work: Work, refs: Collection[str], young: dt.timedelta
) -> dict[str, dt.date]:
    """Of these agencies the days on which those came here that were registered no longer before."""
    asked = select(Agency.ref, Agency.enrolled_at, Agency.established_on).where(
        Agency.ref.in_(refs), Agency.enrolled_at.is_not(None), Agency.established_on.is_not(None)
    )
    return {
        ref: local_date(came)
        for ref, came, since in work.session.execute(asked)
        if ref and came and since and local_date(came) - since < young
    }


@dataclasses.dataclass(frozen=True)
class AgencyCard:
    """An agency as other rooms see it. `ref` is None until it has passed the check for the first
    time.
    """

    id: int
    organisation_id: int
    ref: str | None
    uscc: str
    name: str
    state: State
    type: Type | None
    region: str | None
    region_name: str | None
    legal_representative: str | None
    phone: str | None
    enrolled_at: dt.datetime | None
    suspended_until: dt.date | None
    proposes_suspension: bool | None = (
        None  # a suspension, or its end, that waits for the signature
    )
    proposed_until: dt.date | None = None
    proposed_reason: str | None = None
    barred_until: dt.date | None = None  # of a removed one: the last day without a new application
    proposed_ground: str | None = (
        None  # the decision that an intended suspension follows from: the agency is heard first
    )
    proposed_statement: str | None = None
    proposed_by: int | None = None
    proposed_fact: Fact | None = None
    suspension_fact: Fact | None = None  # for which it enters nothing now

    @property
    def is_public(self) -> bool:
        return self.state in rules.PUBLIC

    @property
    def public_state(self) -> State:
        """The state as a stranger is told it."""
        return rules.SHOWN_AS.get(self.state, self.state)


@dataclasses.dataclass(frozen=True)
class Standing:
    """Whether an organisation may enter for items on a day, and if not why: a code of words.py, of the
    item `lacks`.
    """

    may_enter: bool
    reason: str | None
    ref: str | None
    name: str | None
    legal_representative: str | None
    representative_digest: str | None = None  # where his identity number was told
    phone: str | None = None
    address: str | None = None
    lacks: str | None = None

    @property
    def refusal(self) -> Refusal | None:
        """Why not, as a refusal that names the item where several are bought together."""
        if self.reason is None:
            return None
        named = self.lacks is not None and self.reason in rules.OF_AN_ITEM
        return Refusal(f"{self.reason}_of" if named else self.reason, item=self.lacks)


NOBODY = Standing(
    may_enter=False, reason="agency.not_enrolled", ref=None, name=None, legal_representative=None
)


def agency(work: Work, uscc: str) -> AgencyCard:
    """The agency of a 统一社会信用代码, in whatever state. Refuses `agency.none`."""
    return _one(work, Agency.uscc == uscc)


def by_ref(work: Work, ref: str) -> AgencyCard:
    """The agency that the log and the draws know as A000017. Refuses `agency.none`."""
    return _one(work, Agency.ref == ref)


def by_refs(work: Work, refs: Iterable[str]) -> dict[str, AgencyCard]:
    """The agencies of these platform numbers, by number; unknown ones are left out."""
    rows = work.session.scalars(select(Agency).where(Agency.ref.in_(list(refs))))
    return {row.ref: card(row) for row in rows if row.ref}


def of_organisation(work: Work, organisation_id: int | None) -> AgencyCard | None:
    """The agency that an organisation is, or is becoming."""
    row = work.session.scalar(select(Agency).where(Agency.organisation_id == organisation_id))
    return card(row) if row else None


def of_organisations(work: Work, organisations: Collection[int]) -> dict[int, AgencyCard]:
    """The agencies that these organisations are, by organisation."""
    rows = work.session.scalars(select(Agency).where(Agency.organisation_id.in_(organisations)))
    return {row.organisation_id: card(row) for row in rows}


def _one(work: Work, condition: ColumnElement[bool]) -> AgencyCard:
    row = work.session.scalar(select(Agency).where(condition))
    if row is None:
        raise NotFound("agency.none")
    return card(row)


def card(row: Agency) -> AgencyCard:
    """The card of a row."""
    return AgencyCard(
        row.id,
        row.organisation_id,
        row.ref,
        row.uscc,
        row.name,
        row.state,
        row.type,
        row.region,
        row.region_name,
        row.legal_representative,
        row.contact_phone,
        row.enrolled_at,
        row.suspended_until,
        row.proposes_suspension,
        row.proposed_until,
        row.proposed_reason,
        row.barred_until,
        row.proposed_ground,
        row.proposed_statement,
        row.proposed_by,
        row.proposed_fact,
        row.suspension_fact,
    )


# --- standing -----------------------------------------------------------------------------

STANDING = Many(
    lambda asked: (
        select(
            Agency.organisation_id,
            Agency.state,
            Agency.ref,
            Agency.name,
            Agency.legal_representative,
            Agency.representative_digest,
            Agency.contact_phone,
            Agency.address,
            ServiceLine.state,
            ServiceLine.valid_to,
        )
        .outerjoin(
            ServiceLine,
            and_(ServiceLine.agency_id == Agency.id, ServiceLine.item_code == bindparam("item")),
        )
        .where(Agency.organisation_id.in_(asked))
    )
)


def standing(
    work: Work,
    organisation_id: int,
    items: Items,
    at: dt.date,
    promised: dt.date | None = None,
) -> Standing:
    """Whether an organisation may enter for items on a day (qualifications valid on that day,
    not suspended by the office). A suspension on a record is asked beside it (`reputation.suspended`).
    `promised`: the day of the close before a pause; what was valid then suffices.

    Reasons: agency.not_enrolled, agency.not_active, agency.suspended, agency.no_line,
    agency.qualification_expired,
    agency.line_closed.
    """
    return standings(work, [organisation_id], items, at, promised)[organisation_id]


def standings(
    work: Work,
    organisation_ids: Collection[int],
    items: Items,
    at: dt.date,
    promised: dt.date | None = None,
) -> dict[int, Standing]:
    """The standing of each of several organisations, as `standing` says it."""
    of_each = [_standings(work, organisation_ids, code, at, promised) for code in items.codes]
    if len(of_each) == 1:
        return of_each[0]
    return {
        each: _together([of_item[each] for of_item in of_each], items) for each in organisation_ids
    }


def _together(found: Sequence[Standing], items: Items) -> Standing:
    place = rules.why_not_together([each.reason for each in found], items.joined)
    if place is None:
        return dataclasses.replace(found[0], may_enter=True, reason=None, lacks=None)
    return dataclasses.replace(found[place], lacks=items.codes[place])


def _standings(
    work: Work,
    organisation_ids: Collection[int],
    item_code: str,
    at: dt.date,
    promised: dt.date | None,
) -> dict[int, Standing]:
    found = dict.fromkeys(organisation_ids, NOBODY)
    for row in STANDING.rows(work, organisation_ids, item=item_code):
        organisation, state, *known, line, valid_to = row
        reason = rules.why_not(state, line, valid_to, at, promised)
        found[organisation] = Standing(reason is None, reason, *known)
    return found


def eligible_count(work: Work, items: Items) -> int:
    """How many agencies may enter for items today."""
    asked = select(func.count()).select_from(Agency).where(*_fit(work, items))
    return work.session.scalar(asked) or 0


def numbered(work: Work) -> dict[str, tuple[int, bool]]:
    """Every agency that was ever let in, by platform number: its organisation, and whether it may enter now.

    Who is suspended, leaving or out keeps its number and may be back before a notice closes.
    """
    found = work.session.execute(
        select(Agency.ref, Agency.organisation_id, Agency.state)
        .where(Agency.ref.is_not(None))
        .order_by(Agency.ref)
    )
    return {str(ref): (organisation, state in MAY_ENTER) for ref, organisation, state in found}


def eligible_organisations(work: Work, items: Items) -> list[int]:
    """The organisations that may enter for items today: whom a new notice concerns."""
    asked = select(Agency.organisation_id).where(*_fit(work, items)).order_by(Agency.id)
    return list(work.session.scalars(asked))


def _fit(work: Work, items: Items) -> tuple[ColumnElement[bool], ...]:
    """Who is in, and has an open line of all the items, or of any."""
    lines = [
        select(ServiceLine.agency_id).where(
            ServiceLine.item_code == code,
            ServiceLine.state.in_(LINE_OPEN),
            or_(ServiceLine.valid_to.is_(None), ServiceLine.valid_to >= work.today),
        )
        for code in items.codes
    ]
    has = [Agency.id.in_(each) for each in lines]
    any_of = items.joined is Joined.ANY_OF
    return Agency.state.in_(MAY_ENTER), or_(*has) if any_of else and_(*has)
