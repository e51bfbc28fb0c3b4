"""Proposals that are sealed files (ADR 0065): what outsiders can hold them to, and what they cannot.

A proposal's box is never published, so nobody outside opens it again. What they can see: its keys came
behind the closed entries, the jurors were shown the document that the entrant had named in its sealed
quote, and whatever was left out for a proposal's sake is listed ("!") until an inspector has confirmed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import quote_keys, scoring, sealing
from .case import Case, Leaf
from .faults import Fault
from .sealing import Promise

OTHER_DOCUMENT = "proposal_hash"
REASONS = (OTHER_DOCUMENT,)
"""Why an opened quote does not count, for its proposal's sake."""
LEFT_OUT = "proposal."
"""How the reasons begin for which a proposal does not come before the jurors."""


def promise_of(notice: Leaf) -> Promise:
    """To whose keys part A of a proposal is sealed: those of the draw itself."""
    return sealing.promise_of(
        {
            "draw": notice["draw"],
            "sealed_quotes": notice["sealed_proposals"],
            "quote_rule": notice["quote_rule"],
        }
    )


def keys_of(case: Case) -> list[Leaf]:
    """The keys that were given for the proposals: those that came before the sheets were closed."""
    closed = case.of("sheets.closed")
    given = case.of("quote.key")
    return [leaf for leaf in given if not closed or leaf.index < closed[0].index]


def keys_stand(case: Case, files: Promise, prices: Promise) -> None:
    """Keys of the proposals came once each and fit the promised ones, behind a head that a witness
    cosigned over the closed entries; no key serves both stages. Raises Fault.
    """
    public = {each.id: each.pk for each in files.trustees}
    if {each.pk for each in files.trustees} & {each.pk for each in prices.trustees}:
        raise Fault("quote.key_other", where=case.the("notice.published").where, id="pk")
    given: set[str] = set()
    for leaf in keys_of(case):
        if leaf["id"] in given or leaf["id"] not in public:
            raise Fault("quote.key_twice", where=leaf.where, id=leaf["id"])
        if quote_keys.public_of(leaf["sk"]) != public[leaf["id"]]:
            raise Fault("quote.key_other", where=leaf.where, id=leaf["id"])
        given.add(leaf["id"])
        _is_later(case, leaf)
    listed = scoring.listed(case)
    if listed and len(given) < files.t:
        raise Fault("quote.keys", where=f"draw {case.draw}", keys=len(given), t=files.t)


def _is_later(case: Case, leaf: Leaf) -> None:
    closed = case.the("entries.closed")
    seen = [view for view in case.views if closed.index < view.size <= leaf.index and view.times]
    is_unseen = bool(case.views) and bool(case.keys.witnesses) and not seen
    if leaf.index < closed.index or is_unseen:
        raise Fault("proposal.key_early", where=leaf.where, closed=closed.index)


def documents_stand(case: Case, rows: list[dict[str, Any]]) -> None:
    """The jurors were shown, under its letter, what each entrant had named in its quote. Raises Fault
    `proposal.other`; lists what was left out for a proposal's sake.
    """
    shown = {row["no"]: row["proposal"] for row in scoring.letters_of(case).values()}
    where = case.the("quotes.opened").where
    for row in rows:
        if "unopened" not in row and row.get("proposal") != shown[row["no"]]:
            raise Fault("proposal.other", where=where, no=row["no"])
    left_out = [
        (row["no"], row["reason"], leaf.where)
        for leaf in case.of("entries.listed")
        for row in leaf["excluded"]
        if row["reason"].startswith(LEFT_OUT)
    ]
    left_out += [
        (row["no"], row["unopened"], where) for row in rows if row.get("unopened") in REASONS
    ]
    confirmed = {(leaf["no"], leaf["reason"]) for leaf in case.of("proposal.unopened")}
    for number, reason, place in left_out:
        if (number, reason) not in confirmed:
            case.mark("proposal.unconfirmed", 16, place, no=number, reason=reason)


def require_other(case: Case, number: int, found: Mapping[str, Any]) -> None:
    """An entry is out because it named another document than the one in its box: that is so."""
    shown = {row["no"]: row["proposal"] for row in scoring.letters_of(case).values()}
    if found.get("proposal") == shown[number]:
        where = case.the("quotes.opened").where
        raise Fault("quote.result", where=where, no=number, found="open")
