"""After the decision: publication, remedy, call-back, closing, and what the complainant thinks of
it (Yueyang).
"""

from market.complaints import permissions, queries, rules
from market.complaints.events import (
    CalledBack,
    ComplaintClosed,
    ComplaintRemedied,
    DecisionPublished,
    HandlingRated,
)
from market.complaints.models import Complaint
from market.complaints.rules import (
    CALL_BACK,
    PUBLISH,
    REMEDY,
    CallbackResult,
    Level,
    Outcome,
    State,
)
from market.complaints.service.clocks import start
from market.complaints.service.steps import keep_out, move, own, put, to_handle
from market.db import Work
from market.kernel.errors import Invalid, NotPermitted, Refusal
from market.windows import service as windows

RATEABLE = frozenset(
    {
        State.NOT_ACCEPTED,
        State.UPHELD,
        State.PARTLY,
        State.DISMISSED,
        State.REMEDYING,
        State.CALLBACK,
        State.CLOSED,
    }
)


def publish_decision(work: Work, *, number: str, text: str) -> None:
    """Publish the decision as the officer has redacted it; what was upheld is now put right, the
    rest is called back.

    Refuses as `to_handle`, `complaint.wrong_state`, `complaint.personal_data_left` when the
    complainant's name or number, or anything like an identity or telephone number, still stands in
    the text.
    """
    row = to_handle(work, number, "complaint.handle")
    if (
        row.outcome is None or row.published_at is not None
    ):  # what is published stays; a call-back may lead to remedying too
        raise Refusal("complaint.wrong_state", old=row.state.value, new=State.CALLBACK.value)
    move(row, State.CALLBACK if row.outcome is Outcome.DISMISSED else State.REMEDYING)
    rules.check_redacted(text, [row.complainant_name, row.complainant_phone])
    row.public_text = text
    row.published_at = work.now
    row.published_by = work.actor.person_id
    put(work, row, DecisionPublished(subject=number, digest=rules.text_digest(text)))
    windows.close(work, PUBLISH, number)
    _next_days(work, row)


def _next_days(work: Work, row: Complaint) -> None:
    """Let the days of what is owed now begin: of putting right, unless it waits for the selection's
    result, or of calling back, by the body that has somebody for it who had no hand in the case.
    """
    if row.state is State.CALLBACK:
        start(work, row, CALL_BACK, responsible_id=queries.caller_body(work, row))
    elif row.state is State.REMEDYING and row.relist_waits_since is None:
        start(work, row, REMEDY, responsible_id=row.body_id)


def finish_remedy(work: Work, *, number: str, report: str) -> None:
    """Report that what was wrong is put right; somebody else calls the complainant back.

    Refuses as `to_handle`, `complaint.wrong_state`, `complaint.remedy_pending` while the relisting
    waits for the result.
    """
    row = to_handle(work, number, "complaint.handle")
    if row.state is not State.REMEDYING:
        raise Refusal("complaint.wrong_state", old=row.state.value, new=State.CALLBACK.value)
    if row.relist_waits_since is not None:
        raise Refusal("complaint.remedy_pending")
    move(row, State.CALLBACK)
    row.remedied_at = work.now
    row.remedy_report = report
    put(work, row, ComplaintRemedied(subject=number), report)
    windows.close(work, REMEDY, number)
    _next_days(work, row)


def call_back(work: Work, *, number: str, note: str, result: CallbackResult | None = None) -> State:
    """Note what the complainant said: the complaint is closed, or goes back to be put right;
    returns the new state.

    Of one who took it back nothing is asked (`result` None): what was done is looked at, and the
    complaint closed.

    A decided complaint is closed by this and by nothing else. Refuses `not_permitted`,
    `complaint.none`, `complaint.recused_*`, `complaint.handled_it` (docs/rules.md#separation-6:
    never
    the one who handled), `complaint.wrong_state`, and as `rules.check_callback` does.
    """
    permissions.require(work.actor, "complaint.call_back")
    row = queries.locked(work, number)
    keep_out(work, row)
    if work.actor.person_id in queries.handlers(work, row):
        raise NotPermitted("complaint.handled_it")
    if row.state is not State.CALLBACK or row.outcome is None:
        raise Refusal("complaint.wrong_state", old=row.state.value, new=State.CLOSED.value)
    rules.check_callback(result, is_withdrawn=row.withdrawn_at is not None)
    following = rules.after_callback(result, row.outcome)
    move(row, following)
    row.callback_result = result
    row.callback_note = note
    if result is not None:
        put(work, row, CalledBack(subject=number, result=result.value), note)
    windows.close(work, CALL_BACK, number)
    _next_days(work, row)
    if following is State.CLOSED:
        row.closed_at = work.now
        put(work, row, ComplaintClosed(subject=number), note if result is None else "")
    return following


def rate(work: Work, *, number: str, level: int, text: str = "") -> None:
    """The complainant's opinion of the handling in five levels, once (一事一评), whatever the
    outcome.

    Refuses `not_permitted`, `complaint.none`, `complaint.level`, `complaint.rated_before`,
    `complaint.not_ended`, `complaint.withdrawn_before`.
    """
    permissions.require(work.actor, "complaint.rate")
    row = own(work, number)
    if level not in set(Level):
        raise Invalid("complaint.level", field="level")
    if row.rated_at is not None:
        raise Refusal("complaint.rated_before")
    if row.withdrawn_at is not None:
        raise Refusal("complaint.withdrawn_before")
    if row.state not in RATEABLE:
        raise Refusal("complaint.not_ended")
    row.rating = level
    row.rating_text = text
    row.rated_at = work.now
    put(work, row, HandlingRated(subject=number, level=level))
