"""综合评分 and 方案比选: the quotes, opened when nobody judges any more, and the result that follows (rule 16, ADR
0055).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from . import boxes, experts, openings, proposed, quote_keys, scoring, sealing, shortlisted
from . import draw as protocol
from . import scored as arithmetic
from .boxes import Purpose, Unopened
from .case import Case, Leaf
from .faults import Fault, Undecided
from .openings import Expected, Rule
from .quote_keys import PRICE
from .sealing import Promise


# --- quotes -------------------------------------------------------------------------------
def prices_stand(case: Case) -> str:
    """No key of the quotes left before a witness had seen the sheets closed; every listed quote opens as
    its entry committed it, or says why not.
    """
    promise = promise_of(case.the("notice.published"))
    _holders(case, promise)
    keys = _keys(case, promise)
    if scoring.has_files(case):
        files = proposed.promise_of(case.the("notice.published"))
        _holders(case, files)
        proposed.keys_stand(case, files, promise)
    if not case.of("quotes.opened"):
        if case.of("ranking.result"):
            raise Fault("leaf.missing", where=f"draw {case.draw}", type="quotes.opened")
        return scoring.EMPTY
    if len(keys) < promise.t:
        raise Fault("quote.keys", where=f"draw {case.draw}", keys=len(keys), t=promise.t)
    rows = quote_rows(case)
    if sorted(row["no"] for row in rows) != sorted(scoring.listed(case)):
        raise Fault("scored.quotes", where=case.the("quotes.opened").where, no=len(rows))
    for row in rows:
        _fits(case, promise, row)
    _reopen(case, promise, keys, rows)
    if scoring.has_files(case):
        proposed.documents_stand(case, rows)
    return f"{len(keys)}; {len(rows)}"


def promise_of(notice: Leaf) -> Promise:
    """What a notice promises of its quotes, under the id of the stage that opens last."""
    return sealing.promise_of(
        {
            "draw": notice["draw"] + PRICE,
            "sealed_quotes": notice["sealed_prices"],
            "quote_rule": notice["quote_rule"],
        }
    )


def _holders(case: Case, promise: Promise) -> None:
    notice = case.the("notice.published")
    case.keys.require_holders(notice.index, promise.t, notice.where)
    for trustee, text in zip(promise.trustees, promise.notes, strict=True):
        known = [key for key in (*case.keys.log, *case.keys.witnesses) if key.name == trustee.id]
        for key in known:
            try:
                quote_keys.check_note(text, key, case.keys.origin, promise.draw, trustee)
                break
            except Fault:
                continue
        else:
            raise Fault("quote.note", where=notice.where, id=trustee.id)


def _keys(case: Case, promise: Promise) -> dict[str, str]:
    public = {trustee.id: trustee.pk for trustee in promise.trustees}
    keys: dict[str, str] = {}
    for leaf in _of_prices(case):
        if leaf["id"] in keys or leaf["id"] not in public:
            raise Fault("quote.key_twice", where=leaf.where, id=leaf["id"])
        if quote_keys.public_of(leaf["sk"]) != public[leaf["id"]]:
            raise Fault("quote.key_other", where=leaf.where, id=leaf["id"])
        _is_later(case, leaf)
        keys[leaf["id"]] = leaf["sk"]
    return keys


def _of_prices(case: Case) -> list[Leaf]:
    """The keys that were given for the quotes, without those of proposals that are files."""
    files = proposed.keys_of(case) if scoring.has_files(case) else ()
    return [leaf for leaf in case.of("quote.key") if leaf not in files]


def _is_later(case: Case, leaf: Leaf) -> None:
    """A key stands behind a head that a witness cosigned over the closed sheets."""
    closed = case.the("sheets.closed")
    views = case.views
    seen = [view for view in views if closed.index < view.size <= leaf.index and view.times]
    if leaf.index < closed.index or (views and case.keys.witnesses and not seen):
        raise Fault("scored.key_early", where=leaf.where, closed=closed.index)


def quote_rows(case: Case) -> list[dict[str, Any]]:
    """The rows of the opened quotes, their parts put together, each with exactly what the notice asks
    for. Raises Fault `scored.quotes`, `scored.row`.
    """
    rows = _all_rows(case)
    notice = case.the("notice.published")
    asked = {notice["quote_rule"]["kind"]}
    if arithmetic.RESPONSE in notice.value:
        asked.add(protocol.RESPONSE)
    for row in rows:
        if "unopened" not in row and asked != {*openings.MOST, protocol.RESPONSE} & set(row):
            raise Fault("scored.row", where=case.the("quotes.opened").where, no=row["no"])
    return rows


def _all_rows(case: Case) -> list[dict[str, Any]]:
    head = case.the("quotes.opened")
    if "rows" in head.value:
        return list(head["rows"])
    parts = {leaf.hash: leaf for leaf in case.of("quotes.part")}
    missing = [each for each in head["parts"] if each not in parts]
    rows = [row for each in head["parts"] if each in parts for row in parts[each]["rows"]]
    if missing or len(rows) != head["count"]:
        raise Fault("scored.quotes", where=head.where, no=len(rows))
    return rows


def _fits(case: Case, promise: Promise, row: dict[str, Any]) -> None:
    """What is opened is what was committed, by whom the list says."""
    where = case.the("quotes.opened").where
    if "unopened" in row:
        is_reason = row["unopened"] in openings.REASONS and row["unopened"] != "box_hash"
        if not is_reason or (row["unopened"] in proposed.REASONS and not scoring.has_files(case)):
            raise Fault("quote.reason", where=where, no=row["no"], reason=row["unopened"])
        return
    entry = _entry(case, row["no"])
    opened = protocol.opening(promise.draw, {**row, "ref": scoring.listed(case)[row["no"]]})
    if protocol.commitment(row["salt"], opened) != entry["commit"]:
        raise Fault("entry.commitment", where=entry.where, no=row["no"])


def _entry(case: Case, number: int) -> Leaf:
    return next(leaf for leaf in case.of("entry.received") if leaf["no"] == number)


def _reopen(case: Case, promise: Promise, keys: dict[str, str], rows: list[dict[str, Any]]) -> None:
    if case.boxes is None:
        if case.final_view is None:
            return
        raise Undecided("quote.no_boxes", where="boxes")
    who = scoring.listed(case)
    where = case.the("quotes.opened").where
    for row in rows:
        entry = _entry(case, row["no"])
        purpose = Purpose(promise.draw, who[row["no"]], boxes.QUOTE, promise.t)
        expected = Expected(
            who[row["no"]],
            promise.draw,
            entry["commit"],
            scoring.has_files(case),
            arithmetic.RESPONSE in case.notice.value,
        )
        box = case.boxes.get(row["no"])
        if box is None:
            raise Undecided("quote.no_box", where="boxes", no=row["no"])
        try:
            data = boxes.open_box(box, entry["box"], purpose, promise.trustees, keys)
            found = openings.read(data, expected, promise.rule.kind)
        except Unopened as no:
            if no.code == "box_hash":
                raise Fault("quote.other_box", where="boxes", no=row["no"]) from None
            if row.get("unopened") != no.code:
                raise Fault("quote.result", where=where, no=row["no"], found=no.code) from None
            continue
        if row.get("unopened") == proposed.OTHER_DOCUMENT:
            proposed.require_other(case, row["no"], found)
            continue
        said = ("nonce", "salt", *openings.MOST, *protocol.DOCUMENTS, protocol.RESPONSE)
        if any(found.get(key) != row.get(key) for key in said):
            raise Fault("quote.result", where=where, no=row["no"], found="open")


# --- the result ---------------------------------------------------------------------------
def credit_stands(case: Case) -> str:
    """Where credit is scored, every entry has one row of what the notice has fixed, opened behind the closed
    count and before any key. Raises Fault `credit.*`.
    """
    if arithmetic.CREDIT not in case.notice.value:
        for leaf in case.of("credit.frozen"):
            raise Fault("credit.promise", where=leaf.where)
        return scoring.EMPTY
    listed = case.of("entries.listed")
    if not listed:
        return scoring.EMPTY
    refs = {
        row["no"]: row["ref"] for leaf in listed for row in (*leaf["entrants"], *leaf["excluded"])
    }
    return shortlisted.frozen_stand(case, refs, listed[0])


def offers_of(case: Case) -> dict[str, arithmetic.Offer]:
    """What everybody whose quote has opened offered and had, by ref."""
    notice = case.the("notice.published")
    said = notice["quote_rule"]
    rule = Rule(said["kind"], said.get("floor"), said.get("ceiling"))
    marks = {row["no"]: row.get("marks") for row in shortlisted.rows_of(case)}
    who = scoring.listed(case)
    return {
        who[row["no"]]: arithmetic.Offer(
            openings.amount_of(row, rule),
            row.get(openings.RATE),
            row.get(protocol.RESPONSE),
            marks.get(row["no"]),
        )
        for row in quote_rows(case)
        if "unopened" not in row
    }


def computed(case: Case) -> tuple[dict[str, arithmetic.Offer], arithmetic.Outcome, str]:
    """What was offered by ref, what follows from it and the sheets, and the seed (hex) of its tickets."""
    notice = case.the("notice.published")
    sheets = sheet_scores(case)
    seed = arithmetic.seed_of(
        case.draw,
        notice.hash,
        case.of("entries.listed")[-1].hash,
        case.the("sheets.closed").hash,
        {leaf["id"]: leaf["sk"] for leaf in _of_prices(case)},
    )
    offers = offers_of(case)
    return offers, arithmetic.outcome(notice.value, offers, sheets, seed), seed


def sheet_scores(case: Case) -> dict[str, list[int]]:
    """What each sheet gives each agency of the list, in hundredths, by seat."""
    who = scoring.listed(case)
    criteria = case.the("notice.published")["criteria"]
    refs = {letter: who[row["no"]] for letter, row in scoring.letters_of(case).items()}
    sheets: dict[str, list[int]] = {ref: [] for ref in who.values()}
    for _, sheet in sorted(scoring.sheets_of(case).items()):
        for row in sheet["rows"]:
            sheets[refs[row["letter"]]].append(arithmetic.sheet_score(criteria, row["marks"]))
    return sheets


def result_stands(case: Case) -> str:
    """The order is the one that follows; who dropped out of it or won is the next of it."""
    found = case.of("ranking.result")
    if not case.of("quotes.opened"):
        return scoring.EMPTY
    _, outcome, _ = computed(case)
    order = outcome.order
    if bool(found) != (outcome.failure is None):
        raise Fault("scored.result", where=f"draw {case.draw}", computed=",".join(order[:5]))
    for leaf in found:
        said = {"order": leaf["order"], "order_sha256": leaf.value.get("order_sha256")}
        if said != protocol.order_said(order):
            raise Fault("scored.result", where=leaf.where, computed=",".join(order[:5]))
    notice = case.notice
    standing = order[: notice["winners"] + notice["reserves"]]
    for leaf in _followers(case):
        standing = _followed(leaf, standing, order)
    return ",".join(order[:3]) or str(outcome.failure)


def _followers(case: Case) -> Iterator[Leaf]:
    found = case.of("result.skip", "result.final")
    yield from sorted(found, key=lambda leaf: leaf.index)


def _followed(leaf: Leaf, standing: list[str], order: list[str]) -> list[str]:
    """Who stands after a leaf that takes the first one out, or says who has won."""
    if leaf["type"] == "result.skip":
        is_first = standing[:1] == [leaf["ref"]] and order[leaf["rank"] - 1] == leaf["ref"]
        if not is_first:
            raise Fault("skip.rank", where=leaf.where, rank=leaf["rank"], ref=leaf["ref"])
        return standing[1:]
    expected = standing[: arithmetic.WINNERS]
    if leaf["winners"] != expected:
        found, first = (",".join(refs) for refs in (leaf["winners"], expected))
        raise Fault("final.winners", where=leaf.where, found=found, computed=first)
    return standing


CHECKS: tuple[tuple[str, Callable[[Case], str]], ...] = (
    ("scored_entries", scoring.entries_stand),
    ("scored_credit", credit_stands),
    ("scored_experts", experts.experts_stand),
    ("scored_jurors", scoring.jurors_stand),
    ("scored_sheets", scoring.sheets_stand),
    ("scored_prices", prices_stand),
    ("scored_result", result_stands),
)
"""The steps of a check by their names."""
