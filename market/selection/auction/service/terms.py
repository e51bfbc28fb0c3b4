"""The owner's drafting: when the auction begins, how low it may go, by which step."""

from market.db import Work
from market.kernel.errors import Invalid, NotFound
from market.rulebook import queries as rulebooks
from market.selection import permissions
from market.selection.auction import rules
from market.selection.auction.rules import Asked
from market.selection.notices import service as notice_service
from market.selection.notices.queries import rows as notice_rows


def set_terms(work: Work, *, notice_id: int, asked: Asked) -> None:
    """Write what an own draft asks of its auction.

    Refuses `notice.none`, `notice.not_editable`, `auction.not_auction` and what `rules.problems` says.
    """
    permissions.require(work.actor, "auction.terms")
    notice = notice_rows.by_id(work, notice_id, lock=True)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    if notice.method not in rules.METHODS:
        raise Invalid("auction.not_auction", field="after")
    rulebook = rulebooks.version(work, notice.rulebook)
    for no in rules.problems(asked, notice.method, rulebook, notice.ceiling_fen):
        raise no
    notice_service.set_way(work, notice_id=notice_id, way=asked.kept)
