"""Bodies and people around a complaint: the two doors, the parties, who must keep out, who is
above.
"""

import datetime as dt

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts.queries import OrganisationCard
from market.complaints import rules
from market.complaints.models import Complaint, Interest
from market.complaints.rules import Door, Matter, Party, Respondent
from market.db import Work
from market.ledger import queries as ledger
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.results import queries as result_queries
from market.selection.results.queries import Selection

AUTHORITY = "authority"
FAILED = "selection.failed"  # the event by which a failed selection is published


def notice_of(work: Work, row: Complaint) -> Selection | None:
    """The notice complained about; None of a conduct complaint."""
    return result_queries.notice(work, row.notice_number) if row.notice_number else None


def book_of(work: Work, notice: Selection | None) -> Rulebook:
    """The rulebook whose days count: the notice's to its end (decision 1), else the one in force."""
    return rulebooks.in_force(work) if notice is None else rulebooks.version(work, notice.rulebook)


def book_for(work: Work, row: Complaint) -> Rulebook:
    """The rulebook whose days count for this complaint: the notice's; of a conduct complaint, at
    every step, the one that it was filed under.
    """
    notice = notice_of(work, row)
    if notice is None and row.rulebook is not None:
        return rulebooks.version(work, row.rulebook)
    return book_of(work, notice)


def doors(work: Work, notice: Selection | None) -> dict[Door, OrganisationCard]:
    """Where one may turn with a complaint about this notice (Ruichang): the item's regulator, the
    operating office.
    """
    open_doors = {Door.OFFICE: accounts.office(work)}
    if notice is not None and notice.regulator_id is not None:
        open_doors = {
            Door.REGULATOR: accounts.organisation(work, notice.regulator_id),
            **open_doors,
        }
    return open_doors


def last_resort(work: Work, book: Rulebook) -> list[OrganisationCard]:
    """Who hears a complaint that neither door may hear: the rulebook's `self_complaint_body` (a
    name or credit code of a body on the platform), then the managing authority (decision 19).
    """
    bodies = _last_bodies(work)
    named = [body for body in bodies if _is_named(body, book.self_complaint_body)]
    return [*named, *(body for body in bodies if body.kind == AUTHORITY and body not in named)]


def is_last_resort(work: Work, named: object) -> bool:
    """Whether that name or credit code is of a body that may be the last resort: nobody else's can
    be proposed.
    """
    return any(_is_named(body, named) for body in _last_bodies(work))


def _last_bodies(work: Work) -> list[OrganisationCard]:
    return [
        body for kind in (AUTHORITY, "regulator") for body in accounts.organisations(work, kind)
    ]


def _is_named(body: OrganisationCard, named: object) -> bool:
    return bool(named) and named in (body.name, body.uscc)


PARAMETERS = {"self_complaint_body": is_last_resort}
"""What the rulebook asks of this room before a value is proposed; the factory hands it down."""


def respondent_id(work: Work, notice: Selection | None, respondent: Respondent) -> int | None:
    """The organisation whose conduct is meant."""
    if respondent is Respondent.OFFICE or notice is None:
        return accounts.office(work).id
    if respondent is Respondent.OWNER:
        return notice.owner_organisation_id
    if respondent is Respondent.REGULATOR:
        return notice.regulator_id
    return notice.winner.organisation_id if notice.winner else None


def party(work: Work, organisation_id: int | None) -> Party:
    """An organisation as the rules of recusal see it."""
    return (
        Party(None)
        if organisation_id is None
        else party_of(accounts.organisation(work, organisation_id))
    )


def party_of(card: OrganisationCard) -> Party:
    return Party(card.id, card.uscc)


def parties_of(work: Work, notice: Selection | None, against: int | None) -> dict[str, Party]:
    """Who is concerned, by role: the owner of the notice and the respondent."""
    roles = {} if notice is None else {"owner": party(work, notice.owner_organisation_id)}
    return roles | ({} if against is None else {"respondent": party(work, against)})


def matter_of(work: Work, row: Complaint) -> Matter:
    """What recusal is judged by. The item's regulator is a party only where it is complained about."""
    notice = notice_of(work, row)
    interested = work.session.scalars(
        select(Interest.person_id).where(Interest.complaint_id == row.id)
    )
    return Matter(
        reviewers=notice.reviewer_person_ids if notice else (),
        interested=set(interested),
        complainant=row.complainant_person_id,
        complaining_organisation=row.complainant_organisation_id,
        parties=tuple(parties_of(work, notice, row.respondent_id).values()),
    )


def recusal(work: Work, row: Complaint, person_id: int, matter: Matter | None = None) -> str | None:
    """Why this person keeps out of this complaint, or None."""
    mine = [party(work, card.organisation_id) for card in accounts.memberships(work, person_id)]
    return rules.why_recused(person_id, mine, matter or matter_of(work, row))


def is_able(work: Work, row: Complaint, body_id: int) -> bool:
    """Whether two different people of the body, an officer and a signatory, are free to handle this
    complaint.
    """
    free = {
        duty: free_of(work, row, body_id, duty)
        for duty in ("complaint_officer", "complaint_signatory")
    }
    both = free["complaint_officer"] | free["complaint_signatory"]
    return all(free.values()) and len(both) > 1


def free_of(work: Work, row: Complaint, body_id: int, duty: str) -> set[int]:
    """The people of a body with a duty who need not keep out of this complaint."""
    matter = matter_of(work, row)
    return {
        member.id
        for member in accounts.members(work, body_id, duty)
        if recusal(work, row, member.id, matter) is None
    }


def superior_of(work: Work, row: Complaint, body_id: int | None = None) -> OrganisationCard | None:
    """Who takes over from a body that stays late (default: the one that has it): its superior, else
    the managing authority; None above the last.

    One that is a party to the complaint is passed over (decision 19).
    """
    body = accounts.organisation(work, body_id or row.body_id)
    concerned = parties_of(work, notice_of(work, row), row.respondent_id)
    above = [accounts.organisation(work, body.superior_id)] if body.superior_id else []
    above += accounts.organisations(work, AUTHORITY)
    return next(
        (
            card
            for card in above
            if card.id != body.id and rules.why_body_out(party_of(card), concerned) is None
        ),
        None,
    )


def ended_at(work: Work, notice: Selection) -> dt.datetime | None:
    """When the result, or the failure, of the selection was published: from then on the days of
    filing count.
    """
    if notice.result_published_at is not None or notice.failure is None:
        return notice.result_published_at
    failed = ledger.latest(work, limit=1, type=FAILED, subject=notice.number)
    return failed[0].at if failed else None
