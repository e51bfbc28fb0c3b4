"""Proposing as a record what an entry of the log shows (docs/rules.md#credit): the party is heard, a person decides."""

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.clock import local_date
from market.kernel.errors import Refusal
from market.kernel.ids import NUMBER
from market.ledger.queries import Entry
from market.reputation import service as reputations
from market.reputation.service import Found


def put_forward(
    work: Work, entry: Entry, code: str, party_id: int, fact: str, *, matter: str | None = None
) -> None:
    """Propose what an entry shows, once; where nobody is able to decide, or somebody has proposed the
    same act already, nothing is added. `matter` is the entry's subject where it is a public number.
    """
    known = matter or (entry.subject if NUMBER.fullmatch(entry.subject) else None)
    found = Found(
        code=code,
        uscc=str(accounts.organisation(work, party_id).uscc or ""),
        fact=fact,
        evidence=f"公开日志第 {entry.index} 条",
        happened_on=local_date(entry.at),
        matter=known,
    )
    try:
        reputations.propose_found(work, found=found, submission_key=f"found {entry.index} {code}")
    except Refusal:
        return  # Recorded by a person before, or nobody here decides such a record.
