"""Asking another body to assist, by a day in the middle of the decision's fifteen."""

import datetime as dt

from market.complaints import service
from tests.complaints.deeds import do

DAY = dt.date(2026, 3, 13)  # accepted on Wednesday 4 March, decided by 25 March


def join(number: str, desk, body, due_on: dt.date = DAY) -> None:
    do(
        service.join,
        desk.officer,
        number=number,
        organisation_id=body.organisation_id,
        due_on=due_on,
    )
