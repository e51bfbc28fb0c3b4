"""Who may read a proposal that is a file: the panel part A, behind the sheets part B too; its own entrant
and inspection both, once the quotes are open. Nobody else, ever (settled: proposals are not published).
"""

from market.db import Work
from market.files import queries as file_queries
from market.files.queries import FileCard
from market.kernel.errors import NotFound
from market.selection.entries import queries as entry_queries
from market.selection.entries.models import Entry
from market.selection.entries.queries.uploads import PART_A, PART_B
from market.selection.notices.models import Notice
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.rules import JurorState

PARTS = {"a": PART_A, "b": PART_B}
READERS = (JurorState.JUDGING, JurorState.HANDED_IN)


def document(work: Work, number: str, letter: str, part: str) -> FileCard:
    """The file behind a letter, for the actor. Refuses `notice.none`, `files.none` to whoever may not
    read it, as to whoever asks for what is not there.
    """
    notice = scored_rows.scored_notice(work, number)
    entry = next(
        (entry for each, entry in scored_rows.letters(work, notice.id) if each.letter == letter),
        None,
    )
    if entry is None or part not in PARTS or not _may_read(work, notice, entry, part):
        raise NotFound("files.none")
    return file_queries.file(work, entry_queries.opened_file(work, entry, PARTS[part]))


def _may_read(work: Work, notice: Notice, entry: Entry, part: str) -> bool:
    row = scored_rows.round_of(work, notice.id)
    if row.opened_at is not None and _is_its_own(work, entry):
        return True
    juror = scored_rows.seat_of(work, notice.id, work.actor.person_id)
    is_on = juror is not None and juror.state in READERS
    return is_on and (part == "a" or row.closed_at is not None)


def _is_its_own(work: Work, entry: Entry) -> bool:
    actor = work.actor
    is_entrant = actor.kind == "agency" and actor.organisation_id == entry.agency_id
    return is_entrant or actor.has("inspector")
