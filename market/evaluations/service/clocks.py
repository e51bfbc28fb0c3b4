"""The windows of one side's evaluation, each counted by the rulebook of its matter."""

from market.db import Work
from market.evaluations import queries
from market.evaluations.models import Evaluation
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Parameter
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import Kind


def open_window(
    work: Work, row: Evaluation, kind: Kind, length: Parameter[int], *, responsible_id: int
) -> Due:
    """Open a window of an evaluation for whoever it waits for."""
    book = rulebooks.version(work, row.rulebook)
    return windows.open_counted(
        work,
        kind,
        subject=row.contract,
        matter=queries.matter_key(row.contract, row.by),
        span=book.window(length),
        rulebook=book.version,
        responsible_id=responsible_id,
    )
