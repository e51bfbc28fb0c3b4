"""Notices with a file, for the scene of the access matrix."""

from collections.abc import Callable
from typing import Any

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.rules import QUESTION
from market.selection.results import service as result_service
from market.selection.results.rules.pausing import PauseCode
from market.windows import queries as windows_queries
from tests.access import overseen
from tests.factories import selection
from tests.factories.deeds import do


def open_notices(
    add: Callable[..., None],
    a: selection.Buyer,
    b: selection.Buyer,
    markup: str,
    terms: dict[str, Any],
) -> str:
    """Two notices that are open for entries, each with a file; returns the first one's number."""
    texts = {"content": f"成果{markup}", "scale": markup}
    first = _with_a_file(a, title=f"报名中项目{markup}", **texts, **terms)
    second = _with_a_file(b, title=f"另一报名中项目{markup}", **terms)
    add("notice", a=first, b=second)
    add("attachment", a=_file_of(first), b=_file_of(second))
    changes = {"a": _changed(a, first), "b": _changed(b, second)}
    add("change", **changes)
    pending = {"a": _brought(a, changes["a"]), "b": _brought(b, changes["b"])}
    add("change_file", **pending)
    for buyer, number in ((a, first), (b, second)):
        _paused(buyer, number)
    add("question", a=_asked(first), b=_asked(second))
    add("asked", **overseen.asked(first, markup))
    add("finding", **overseen.found(first))
    add("sample", **overseen.promised())
    return first


def _changed(buyer: selection.Buyer, number: str) -> int:
    return in_one_transaction(
        notice_service.propose_change,
        buyer.drafter,
        number=number,
        texts={"location": "瑞昌市赤湖片区"},
        entry_close=None,
        reason="地点写得不全",
    )


def _paused(buyer: selection.Buyer, number: str) -> None:
    in_one_transaction(
        result_service.propose_pause,
        buyer.drafter,
        number=number,
        days=2,
        why=PauseCode.QUESTIONS,
        reason="提问较多，统一答复后再报名。",
    )
    do(result_service.sign_pause, buyer.signatory, number=number)


def _brought(buyer: selection.Buyer, change_id: int) -> int:
    return in_one_transaction(
        notice_service.bring_file,
        buyer.drafter,
        change_id=change_id,
        received=selection.received("补充图纸"),
    )


def _asked(number: str) -> int:
    in_one_transaction(
        notice_service.ask,
        selection.agency().actor,
        number=number,
        question="成果报告需要几份纸质版？",
    )
    (due,) = windows_queries.of_kind(reading(CLOCK), QUESTION, [number])
    return int(due.matter.rpartition(":")[2])


def _with_a_file(buyer: selection.Buyer, **terms: object) -> str:
    return selection.published(selection.submitted_with(buyer, ("技术要求",), **terms))


def _file_of(number: str) -> int:
    work = reading(CLOCK)
    (file,) = notice_queries.attachments(work, notice_queries.notice(work, number).id)
    return file.id
