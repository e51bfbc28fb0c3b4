"""What follows when a decision finds that the facts were made up: never a bar to complain again."""

from market.complaints.events import FabricationFound
from market.complaints.models import Complaint
from market.complaints.rules import Measure
from market.complaints.service.steps import number_of, put
from market.db import Work
from market.enrolment import service as enrolment


def follow_up(work: Work, row: Complaint) -> None:
    """Part of the signature of a decision that finds fabrication: against an agency a suspension is
    proposed by itself, which it may answer and another person signs; anybody else, and an agency
    that cannot be suspended now, is reminded (提醒).

    The fact stays with the complaint, and whoever handles a later one of the same complainant sees
    it.
    """
    is_proposed = row.complainant_organisation_id is not None and enrolment.open_suspension(
        work, organisation_id=row.complainant_organisation_id, ground=number_of(row)
    )
    measure = Measure.SUSPENSION if is_proposed else Measure.REMINDER
    put(work, row, FabricationFound(subject=number_of(row), measure=measure.value))
