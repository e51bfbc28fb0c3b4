"""What a scored selection came to, read from the log alone: whoever has the log gets the same."""

import dataclasses

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.ledger.queries import Entry
from market.selection.jurors.models import PoolEdition
from market.selection.scored.queries import rows as scored_rows
from market.selection.sources.queries import evidence as source_evidence
from market.selection.sources.queries import rows as source_rows
from verify.zjcs import experts, scoring, scoring_result
from verify.zjcs import keys as verifier_keys
from verify.zjcs import scored as arithmetic
from verify.zjcs.case import Case, Leaf
from verify.zjcs.leaves import LEAVES_2
from verify.zjcs.scored import Offer, Outcome


@dataclasses.dataclass(frozen=True)
class Line:
    """One entrant of the result: quote in fen (of a rate in basis points what it comes to), promised days,
    scores in hundredths, None where there is none. `columns` are the scores by part of the total, `is_new`
    who was given the mean of credit; `marks` by seat, in the order of the criteria.
    """

    no: int
    ref: str
    name: str
    uscc: str | None
    letter: str
    quote_fen: int | None
    rate_bp: int | None
    days: int | None
    is_new: bool
    invalid: str | None
    columns: dict[str, int]
    proposal: int | None
    parts: dict[str, int]
    total: int | None
    rank: int | None
    ticket: str | None
    marks: tuple[tuple[int, tuple[int, ...], int], ...]


@dataclasses.dataclass(frozen=True)
class Result:
    """All lines, by rank; `benchmark` (fen) is the mean or the lowest that prices were held against.
    Without a formula the proposals alone have ranked. `weights` by part of the total, in points.
    """

    lines: tuple[Line, ...]
    formula: str | None
    benchmark: int | None
    weights: dict[str, int]
    seed: str
    outcome: Outcome


DRAWN = "lot.drawn"
POOL = "jurors.pool"


def leaves_of(work: Work, number: str) -> list[Entry]:
    """The leaves of a scored selection, in log order: where its jurors are drawn also the pool, and what
    the lot's sources gave.
    """
    own = [
        entry
        for entry in ledger.of_subject(work, number)
        if entry.type in LEAVES_2 and ("draw" in entry.fields or entry.type == DRAWN)
    ]
    return sorted([*own, *_of_the_lot(work, number, own)], key=lambda entry: entry.index)


def _of_the_lot(work: Work, number: str, own: list[Entry]) -> list[Entry]:
    """What the lot of the experts rests on beside its own leaves."""
    notice = scored_rows.scored_notice(work, number)
    row = scored_rows.round_of(work, notice.id)
    if row.experts is None:
        return []
    edition = work.session.get(PoolEdition, row.edition_id) if row.edition_id else None
    pools = [
        entry for entry in ledger.of_subject(work, POOL) if edition and entry.hash == edition.leaf
    ]
    lot = source_rows.fixed_lot(work, notice.id, experts.LABEL)
    if lot is None:
        return pools
    drawn = next((entry.index for entry in own if entry.type == DRAWN), ledger.size(work))
    fixed = next(entry.index for entry in own if entry.hash == lot.seal_leaf)
    return [*pools, *source_evidence.behind(work, lot, fixed, drawn)]


def _case(work: Work, number: str) -> Case:
    """The selection as a verifier reads it, of leaves alone."""
    found = [Leaf(entry.index, entry.fields, entry.hash) for entry in leaves_of(work, number)]
    nobody = verifier_keys.claimed("", (), ())
    return Case(sibling(number, Prefix.DRAW), nobody, found)


def result(work: Work, number: str) -> Result:
    """What the log says of a selection whose quotes are open. Refuses `notice.none`, `scored.not_open`."""
    case = _opened_case(work, number)
    offers, outcome, seed = scoring_result.computed(case)
    notice = case.the("notice.published")
    price = notice.value.get("price")
    lines = _lines(work, case, offers, outcome)
    if price is None:
        alone = {arithmetic.PROPOSAL: sum(each["weight"] for each in notice["criteria"])}
        return Result(lines, None, None, alone, seed, outcome)
    formula = price["formula"]
    weights = arithmetic.weights_of(notice.value)
    benchmark = _benchmark(formula, [offers[ref].amount for ref in outcome.totals])
    return Result(lines, formula, benchmark, weights, seed, outcome)


def _lines(work: Work, case: Case, offers: dict[str, Offer], outcome: Outcome) -> tuple[Line, ...]:
    """A line for each agency of the list, by rank, those without one by their number."""
    who = scoring.listed(case)
    letters = {row["no"]: row["letter"] for row in scoring.letters_of(case).values()}
    known = agencies.by_refs(work, list(who.values()))
    sheets = sorted(scoring.sheets_of(case).items())
    rows = scoring_result.quote_rows(case)
    unopened = {row["no"]: row["unopened"] for row in rows if "unopened" in row}
    criteria = case.the("notice.published")["criteria"]
    ranks = {ref: rank for rank, ref in enumerate(outcome.order, 1)}
    lines = [
        Line(
            no=no,
            ref=ref,
            name=known[ref].name if ref in known else ref,
            uscc=known[ref].uscc if ref in known else None,
            letter=letters[no],
            **_offered(offers.get(ref)),
            invalid=outcome.invalid.get(ref) or unopened.get(no),
            columns={name: of[ref] for name, of in outcome.columns.items() if ref in of},
            proposal=outcome.proposal.get(ref),
            parts=outcome.parts.get(ref, {}),
            total=outcome.totals.get(ref),
            rank=ranks.get(ref),
            ticket=outcome.tickets.get(ref),
            marks=tuple(_marks(seat, sheet, letters[no], criteria) for seat, sheet in sheets),
        )
        for no, ref in who.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.rank is None, line.rank or 0, line.no)))


def _offered(offer: Offer | None) -> Json:
    if offer is None:
        return {"quote_fen": None, "rate_bp": None, "days": None, "is_new": False}
    return {
        "quote_fen": offer.amount,
        "rate_bp": offer.rate,
        "days": offer.days,
        "is_new": offer.credit is None,
    }


def _opened_case(work: Work, number: str) -> Case:
    notice = scored_rows.scored_notice(work, number)
    if scored_rows.round_of(work, notice.id).opened_at is None:
        raise NotFound("scored.not_open")
    return _case(work, number)


def _marks(
    seat: int, sheet: Json, letter: str, criteria: list[Json]
) -> tuple[int, tuple[int, ...], int]:
    """(seat, marks, score of the sheet) of one proposal."""
    row = next(each for each in sheet["rows"] if each["letter"] == letter)
    return seat, tuple(row["marks"]), arithmetic.sheet_score(criteria, row["marks"])


def _benchmark(formula: str, valid: list[int]) -> int | None:
    if not valid:
        return None
    return arithmetic.benchmark(formula, valid)


def example_of(work: Work, number: str) -> Json:
    """`scores.json`: the selection as one example for `verify/rank.py`."""
    case = _opened_case(work, number)
    offers, outcome, seed = scoring_result.computed(case)
    rule = case.the("notice.published").value
    if "price" not in rule:
        sheets = scoring_result.sheet_scores(case)
        return arithmetic.sheets_example(case.draw, sheets, outcome, seed)
    return arithmetic.example_of(case.draw, rule, offers, outcome, seed)
