"""The owner's drafting: how long the two lists are."""

from market.db import Work
from market.kernel.errors import Invalid, NotFound
from market.selection import permissions
from market.selection.kinds import Method
from market.selection.notices import service as notice_service
from market.selection.notices.queries import rows as notice_rows
from market.selection.shortlist import rules
from market.selection.shortlist.rules import Lists


def set_lists(work: Work, *, notice_id: int, lists: Lists) -> None:
    """Write how many the longlist and the shortlist of an own draft take.

    Refuses `notice.none`, `notice.not_editable`, `shortlist.not_credit`, `shortlist.longlist`,
    `shortlist.shortlist`, `shortlist.not_shorter`.
    """
    permissions.require(work.actor, "shortlist.terms")
    notice = notice_rows.by_id(work, notice_id, lock=True)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    if notice.method is not Method.CREDIT_SHORTLIST:
        raise Invalid("shortlist.not_credit", field="longlist")
    for no in rules.problems(lists):
        raise no
    notice_service.set_way(work, notice_id=notice_id, way=lists.kept)
