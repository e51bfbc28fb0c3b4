"""What part the actor has in the handling of a complaint, and whom it may be given to: what the
deeds are offered by.
"""

import datetime as dt
import enum

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints import rules
from market.complaints.models import Assistant, Complaint
from market.complaints.queries.bodies import free_of, notice_of, parties_of, party_of, recusal
from market.complaints.queries.desk import handlers
from market.complaints.queries.register import body_names
from market.complaints.rules import State
from market.db import Work
from market.windows import queries as windows_queries
from market.workdays import queries as workdays


class Part(enum.StrEnum):
    """A part in the handling. One person may have several, and who must keep out has none."""

    LEAD = "lead"  # of the body that has the complaint, and decides
    OFFICER = "officer"  # an officer of that body
    ASSISTANT = "assistant"  # of a body that assists
    ASKED = "asked"  # of one that still owes its opinion
    ASSIGNER = "assigner"  # gives complaints to bodies, for the managing authority
    CALLER = "caller"  # calls the complainant back: had no hand in it


def parts_of(work: Work, row: Complaint) -> frozenset[Part]:
    """The actor's parts."""
    actor = work.actor
    if actor.person_id is None or recusal(work, row, actor.person_id) is not None:
        return frozenset()
    leads = actor.organisation_id == row.body_id
    opinion = (
        None
        if leads
        else work.session.scalar(
            select(Assistant.opinion).where(
                Assistant.complaint_id == row.id, Assistant.organisation_id == actor.organisation_id
            )
        )
    )
    is_free = (
        row.state is State.CALLBACK
        and actor.has("callback_officer")
        and actor.person_id not in handlers(work, row)
    )
    has = {
        Part.LEAD: leads,
        Part.OFFICER: leads and actor.has("complaint_officer"),
        Part.ASSISTANT: opinion is not None,
        Part.ASKED: opinion == "",
        Part.ASSIGNER: actor.has("authority_assigner"),
        Part.CALLER: is_free,
    }
    return frozenset(part for part, is_so in has.items() if is_so)


def decided_by(work: Work, number: str) -> dt.datetime | None:
    """When the decision is due, of an accepted complaint; None when that is over."""
    due = windows_queries.live(work, rules.DECIDE, number)
    return due.due_at if due is not None and due.due_at > work.now else None


def opinion_day(work: Work, number: str) -> dt.date:
    """By when an assisting body is asked for its opinion unless the leading one says otherwise."""
    return rules.middle_day(
        work.today, decided_by(work, number) or work.now, workdays.calendar(work)
    )


def hearing(work: Work, row: Complaint) -> dict[int, str]:
    """The bodies that this complaint may be given to, with their names: not the one that has it,
    and no party.
    """
    concerned = parties_of(work, notice_of(work, row), row.respondent_id)
    return {
        key: name
        for key, name in body_names(work).items()
        if key != row.body_id
        and rules.why_body_out(party_of(accounts.organisation(work, key)), concerned) is None
    }


def assisting(work: Work, row: Complaint) -> dict[int, str]:
    """The bodies that may still be asked to assist: those it may be given to, with an officer who
    is free for it.
    """
    joined = set(
        work.session.scalars(
            select(Assistant.organisation_id).where(Assistant.complaint_id == row.id)
        )
    )
    return {
        key: name
        for key, name in hearing(work, row).items()
        if key not in joined and free_of(work, row, key, "complaint_officer")
    }


def officers(work: Work, row: Complaint) -> dict[int, str]:
    """The officers of the body that has the complaint who need not keep out of it."""
    free = free_of(work, row, row.body_id, "complaint_officer")
    return {
        one.id: one.name
        for one in accounts.members(work, row.body_id, "complaint_officer")
        if one.id in free
    }
