"""Calendars that change while windows are open."""

import datetime as dt
import json
from typing import Any

from market.db import in_one_transaction
from market.workdays import service, shipped
from tests.factories.deeds import do
from tests.factories.workdays import APPROVER, EDITOR
from tests.workdays.test_service import NOTICE, notice_2027


def correct_2026(
    *, off: tuple[tuple[str, str], ...] = (), without: tuple[str, ...] = (), approve: bool = True
) -> str:
    """A mid-year correction of 2026: further days off (holiday, date), and days that are no
    exception any more.
    """
    whole = next(one for one in map(json.loads, shipped.texts()) if one["year"] == 2026)
    days = [day for day in whole["days"] if day["date"] not in without]
    days += [{"name": name, "date": date, "isOffDay": True} for name, date in off]
    text = json.dumps(
        {
            "year": 2026,
            "papers": ["https://www.gov.cn/zhengce/correction.htm"],
            "days": sorted(days, key=lambda day: day["date"]),
        }
    )
    return arrange(
        text, approve=approve, document_number=f"国办发明电〔2026〕{len(off)}{len(without)}号"
    )


def publish_2027(*, off: tuple[tuple[str, str], ...] = (), made_up: tuple[str, ...] = ()) -> str:
    """The arrangement of 2027 comes and is approved; `off` are further days off (holiday, date)."""
    whole = json.loads(notice_2027(made_up=made_up))
    whole["days"] += [{"name": name, "date": date, "isOffDay": True} for name, date in off]
    return arrange(json.dumps(whole))


def arrange(text: str, *, approve: bool = True, **notice: Any) -> str:
    """Import an arrangement and, as a second person, approve it; returns its key."""
    key = in_one_transaction(
        service.import_arrangement,
        EDITOR,
        text=text,
        **(NOTICE | {"issued_on": dt.date(2026, 3, 3)} | notice),
    )
    if approve:
        do(service.approve_arrangement, APPROVER, key=key)
    return key
