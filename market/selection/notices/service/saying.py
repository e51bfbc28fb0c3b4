"""The public text of a notice, which its digest on the log is over."""

from market.accounts import queries as accounts
from market.catalogue import queries as catalogue
from market.db import Work
from market.kernel.clock import epoch
from market.kernel.plain import Json
from market.owners import queries as owners
from market.selection.notices.models import Notice
from market.selection.notices.queries import attached, case
from market.selection.notices.rules.terms import TIMES, fixed
from market.selection.way import way_of
from verify.zjcs.canonical import jcs

NATURAL = "自然人"
"""What the public text says instead of the name of a natural person who buys."""


def document_of(work: Work, notice: Notice) -> str:
    """The notice's public text as canonical JSON: what `notice_sha256` in the log is over."""
    item = catalogue.item(work, notice.item_code)
    owner = accounts.organisation(work, notice.owner_id)
    said = {name: getattr(notice, name) for name in case.TERMS if name not in TIMES}
    return jcs(
        {
            name: value
            for name, value in {
                **said,
                **_times(notice),
                "number": notice.number,
                "owner": NATURAL if owners.is_natural(work, owner.id) else owner.name,
                "item": item.name,
                "item_version": notice.item_version,
                "further": further_of(work, notice),
                "category": notice.category,
                "exclusions": notice.exclusions,
                "way": notice.way or None,
                "regulator": item.regulator_name,
                "rulebook": notice.rulebook,
                "override_reason": notice.override_reason,
                "predecessor": notice.predecessor,
                "attachments": attachments_of(work, notice),
            }.items()
            if value not in (None, "")
        }
    ).decode()


def further_of(work: Work, notice: Notice) -> list[Json] | None:
    """What a notice's text says of the items that it buys besides its first; None where there are none."""
    items = [(catalogue.item(work, str(code)), version) for code, version in notice.further]
    found = [
        {"code": of.code, "name": of.name, "regulator": of.regulator_name, "version": version}
        for of, version in items
    ]
    return found or None


def attachments_of(work: Work, notice: Notice) -> list[Json] | None:
    """What a notice's text says of its attachments; None where it has none."""
    found = [
        {"name": each.name, "sha256": each.sha256, "size": each.size}
        for each in attached.in_text(work, notice.id)
        if each.withdrawn_at is None
    ]
    return found or None


def _times(notice: Notice) -> dict[str, int]:
    """The times of a notice as its text says them, in epoch seconds."""
    if way_of(notice.method).has_entries:
        return {name: epoch(fixed(getattr(notice, name))) for name in TIMES}
    return {"choose_by": epoch(fixed(notice.draw_at))}
