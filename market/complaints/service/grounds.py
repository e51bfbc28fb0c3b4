"""Grounds of not accepting that the platform itself can tell to be false (Ruichang: 应该说明理由; a
reason that is untrue is none). What it cannot tell is the officer's word and the signatory's.
"""

from sqlalchemy import select

from market.complaints.models import Complaint
from market.complaints.queries.bodies import notice_of
from market.complaints.queries.identity import known_of
from market.complaints.rules import Known, Reason
from market.complaints.service.timely import was_in_time
from market.db import Work
from market.kernel.errors import Invalid, Refusal
from market.kernel.ids import Prefix, typed


def check_ground(work: Work, row: Complaint, reason: Reason | None, reasons: str) -> None:
    """Asked when a refusal to hear is proposed and again when it is signed.

    Refused, at `reason`: `complaint.ground_not_late`, `complaint.ground_not_asked` (for what is
    missing), `complaint.ground_completed`, `complaint.ground_verified`,
    `complaint.ground_not_checked`; at `reasons`:
    `complaint.ground_without_earlier` where the written reasons name no other complaint about the
    same matter that has its result.
    """
    if reason is Reason.LATE and was_in_time(work, row, notice_of(work, row)):
        raise Invalid("complaint.ground_not_late", field="reason")
    if reason is Reason.NOT_COMPLETED:
        if row.completion_asked_at is None:
            raise Invalid("complaint.ground_not_asked", field="reason")
        if row.completion:
            raise Invalid("complaint.ground_completed", field="reason")
    if reason is Reason.NOT_VERIFIED:
        _check_unknown(work, row)
    if reason is Reason.SAME_FACTS and not _names_earlier(work, row, reasons):
        raise Invalid("complaint.ground_without_earlier", field="reasons")


def _check_unknown(work: Work, row: Complaint) -> None:
    """That it is not known who complains is true only where a check has said so; a check that
    nobody has made is the office's fault.
    """
    known = known_of(work, row)
    if known in (Known.CHECKED, Known.BY_ORGANISATION):
        raise Invalid("complaint.ground_verified", field="reason")
    if known is Known.CLAIMED:
        raise Invalid("complaint.ground_not_checked", field="reason")


def check_known(work: Work, row: Complaint) -> None:
    """Refuse `complaint.identity_refused`: no complaint is accepted of somebody who was found not
    to be who he says.
    """
    if known_of(work, row) is Known.REFUSED:
        raise Refusal("complaint.identity_refused")


def _names_earlier(work: Work, row: Complaint, reasons: str) -> bool:
    named = [number for number in typed(reasons) if number.startswith(Prefix.COMPLAINT)]
    return (
        work.session.scalar(
            select(Complaint.id)
            .where(
                Complaint.number.in_(named),
                Complaint.id != row.id,
                Complaint.notice_number == row.notice_number
                if row.notice_number
                else Complaint.notice_number.is_(None),
                Complaint.filed_at <= row.filed_at,
                Complaint.ended_at.is_not(None),
                Complaint.outcome.is_not(None),
            )
            .limit(1)
        )
        is not None
    )
