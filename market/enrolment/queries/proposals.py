"""What is proposed about an enrolled agency, and whose it is that the log speaks of."""

from sqlalchemy import or_, select

from market.agencies import queries as agencies
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.queries import AgencyCard
from market.db import Work
from market.enrolment import rules
from market.enrolment.models import Enrolment
from market.windows import queries as windows_queries
from market.windows.queries import Due


def organisation_of(work: Work, number: str) -> int | None:
    """Whose agency it is that the log knows by a platform number or an enrolment's number: for
    letters.
    """
    return work.session.scalar(
        select(Agency.organisation_id)
        .outerjoin(Enrolment, Enrolment.agency_id == Agency.id)
        .where(or_(Agency.ref == number, Enrolment.number == number))
        .limit(1)
    )


def name_by_number(work: Work, number: str) -> str:
    """The name of the agency whose application has this number; "" where there is none."""
    asked = (
        select(Agency.name)
        .join(Enrolment, Enrolment.agency_id == Agency.id)
        .where(Enrolment.number == number)
    )
    return work.session.scalar(asked) or ""


def uscc_of_enrolment(work: Work, number: str) -> str | None:
    """The credit code of the agency that passed under an enrolment's number; None where none did."""
    return work.session.scalar(
        select(Agency.uscc)
        .join(Enrolment, Enrolment.agency_id == Agency.id)
        .where(
            Enrolment.number == number,
            Enrolment.passed_at.is_not(None),
            Agency.state.in_(agency_rules.PUBLIC),
        )
    )


def hearing(work: Work, ref: str | None) -> Due | None:
    """The days in which an agency may answer a suspension that a decision proposed; None when they
    are over.
    """
    return windows_queries.live(work, rules.SUSPENSION_CASE, ref or "")


def to_sign(work: Work, limit: int = 200) -> list[AgencyCard]:
    """Agencies about whose suspension, or its end, a proposal waits for another than the actor, the
    oldest first.
    """
    found = work.session.scalars(
        select(Agency)
        .where(Agency.proposes_suspension.is_not(None), Agency.proposed_by != work.actor.person_id)
        .order_by(Agency.proposed_at, Agency.id)
        .limit(limit)
    )
    return [agencies.card(row) for row in found]
