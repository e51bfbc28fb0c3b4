"""Where the rows of each table come from: the log's order, the other rooms' public facts.

A row of most tables became public by one entry of the log. A page of such entries is read, and with
it the rows that they brought: so rows are in the order of the log, which is the order of commits,
and none is missed or met twice by one who reads on from where he stopped (ADR 0048).
"""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from market.accounts import queries as accounts
from market.accounts.rules import organisation_ref
from market.agencies import queries as agencies
from market.agencies.rules import Type
from market.catalogue import queries as catalogue
from market.complaints import queries as complaints
from market.complaints.queries import STEPS
from market.contracts import queries as contracts
from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.ledger.queries import Entry
from market.owners import queries as owners
from market.owners.queries import OwnerCard
from market.owners.rules import Kind
from market.rulebook import queries as rulebooks
from market.rulebook.rules import State
from market.selection.results import queries as result_queries
from market.selection.results.queries import PublicNotice
from market.selection.scored import queries as scored_queries
from market.windows import queries as windows_queries
from market.workdays import queries as workdays
from market.workdays.rules import chain
from verify.zjcs.scored import CREDIT, PRICE, RESPONSE

PUBLIC_BODIES = ("office", "regulator", "authority")

Stored = str | int | dt.date | enum.Enum | None
"""What a column holds before it is plain; instants are dates to Python."""


class Found(NamedTuple):
    """One row before its common columns: whom the log speaks of, the entry that brought it (None:
    none did), its own values in the order of the table's columns. `at`: when it was spoken of last,
    where that need not be looked for.
    """

    subject: str
    entry: int | None
    values: tuple[Stored, ...]
    at: dt.datetime | None = None


def _subjects(births: Sequence[Entry]) -> list[str]:
    return [birth.subject for birth in births]


def notices(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = result_queries.public_notices(work, _subjects(births))
    buyers = owners.public_buyers(work, {each.owner_id for each in known.values()})
    for birth in births:
        if found := known.get(birth.subject):
            buyer = buyers.get(found.owner_id)
            yield Found(birth.subject, birth.index, _notice(found, buyer))


def _notice(one: PublicNotice, buyer: OwnerCard | None) -> tuple[Stored, ...]:
    return (
        one.number,
        one.title,
        one.state,
        one.listing,
        one.predecessor,
        buyer.number if buyer else None,
        buyer.kind if buyer else Kind.PERSON,
        buyer.uscc if buyer else None,
        buyer.name if buyer else None,
        one.item_code,
        one.category,
        organisation_ref(one.regulator_id) if one.regulator_id else None,
        one.fund,
        one.fiscal_percent,
        one.method,
        one.ceiling_fen,
        one.service_days,
        one.is_urgent,
        one.rulebook,
        one.published_at,
        one.entry_close,
        one.draw_at,
        one.amended_at,
        one.announced_at,
        one.failure,
        one.entries,
        one.draw,
        one.draw_state,
        one.level,
        " ".join(one.items.codes[1:]) or None,
        one.joined,
    )


def entries(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    indexes = {birth.subject: birth.index for birth in births}
    for one in result_queries.public_entrants(work, list(indexes)):
        values = (
            one.notice,
            one.no,
            one.ref,
            one.state,
            one.reason,
            one.quote_fen,
            one.received_at,
            one.rank,
            one.rank_state,
            one.rank_reason,
            one.ticket,
        )
        yield Found(one.notice, indexes[one.notice], values)


def selections(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = result_queries.public_notices(work, _subjects(births))
    for birth in births:
        one = known.get(birth.subject)
        if one is None:
            continue
        values = (
            one.draw or sibling(one.number, Prefix.DRAW),
            one.number,
            one.method,
            one.draw_state or one.state,
            one.level,
            one.entries,
            one.draw_at,
            one.announced_at,
            one.failure,
        )
        yield Found(birth.subject, birth.index, values)


def scores(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = result_queries.public_notices(work, _subjects(births))
    for birth in births:
        if not scored_queries.is_scored(known[birth.subject].method):
            continue
        for line in scored_queries.result(work, birth.subject).lines:
            values = (
                birth.subject,
                line.no,
                line.ref,
                line.quote_fen,
                line.invalid,
                line.columns.get(PRICE),
                line.proposal,
                line.total,
                line.rank,
                len(line.marks),
                line.rate_bp,
                line.days,
                line.columns.get(CREDIT),
                line.columns.get(RESPONSE),
            )
            yield Found(birth.subject, birth.index, values)


def draws(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    # a leaf says the first of a long order alone (docs/draws.md, rule 14)
    long = {birth.subject for birth in births if "order_sha256" in birth.fields}
    entrants = result_queries.public_entrants(work, long) if long else []
    ranked = Counter(one.notice for one in entrants if one.rank is not None)
    for birth in births:
        said = birth.fields
        if "seed" not in said:  # a direct choice, which draws nothing
            continue
        count = ranked.get(birth.subject, len(said["order"]))
        values = (said["draw"], birth.subject, said["seed"], count, birth.at)
        yield Found(birth.subject, birth.index, values)


def results(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    entrants = result_queries.public_entrants(work, set(_subjects(births)))
    states = {(one.notice, one.rank): one.rank_state for one in entrants}
    for birth in births:
        said = birth.fields
        values = (
            birth.subject,
            said["rank"],
            said["number"],
            said["winner"],
            said["amount_fen"],
            said["entrants"],
            birth.at,
            states.get((birth.subject, said["rank"])),
        )
        yield Found(birth.subject, birth.index, values)


def letters(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    issued = contracts.issued(work, set(_subjects(births)))
    for birth in births:
        one = issued.get((birth.subject, birth.fields["rank"]))
        if one is None:
            continue
        values = (
            one.notice_number,
            one.rank,
            one.number,
            one.document,
            one.state,
            one.winner,
            one.amount_fen,
            one.issued_at,
            one.overdue_at,
            one.declined_at,
            one.decline_reason,
            one.voided_at,
            one.contract_number,
            one.signed_on,
            one.registered_at,
        )
        yield Found(birth.subject, birth.index, values)


def agency_rows(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = agencies.by_refs(work, _subjects(births))
    for birth in births:
        one = known.get(birth.subject)
        if one is None or not one.is_public:
            continue
        values = (
            one.ref,
            None if one.type is Type.INDIVIDUAL else one.uscc,
            one.name,
            one.type,
            one.public_state,
            one.region,
            one.region_name,
            one.enrolled_at,
        )
        yield Found(birth.subject, birth.index, values)


def service_lines(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    indexes = {birth.subject: birth.index for birth in births}
    for ref, line in agencies.lines_of(work, list(indexes)):
        yield Found(ref, indexes[ref], (ref, line.item_code, line.state, line.valid_to))


def owner_rows(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = owners.of_numbers(work, _subjects(births))
    for birth in births:
        if one := known.get(birth.subject):
            yield Found(birth.subject, birth.index, (one.number, one.kind, one.name, one.uscc))


def bodies(work: Work) -> Iterator[Found]:
    for kind in PUBLIC_BODIES:
        for one in accounts.organisations(work, kind):
            ref = organisation_ref(one.id)
            yield Found(ref, None, (ref, one.kind, one.name, one.uscc))


def items(work: Work) -> Iterator[Found]:
    for code, one in sorted(catalogue.by_code(work).items()):
        values = (
            code,
            one.category,
            one.name,
            one.regulator_name,
            one.qualification,
            one.legal_basis,
            one.approval,
            one.time_limit_days,
            one.version,
            one.state,
            one.approving_body,
        )
        yield Found(f"{work.division}-{code}", None, values)


def complaint_rows(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = complaints.public_complaints(work, _subjects(births))
    for birth in births:
        one = known[birth.subject]
        values = (
            one.number,
            one.notice_number,
            one.about,
            one.state,
            organisation_ref(one.body_id),
            one.filed_at,
            one.accepted_at,
            one.reason,
            one.acceptance_overdue_at,
            one.decided_at,
            one.outcome,
            " ".join(one.remedies) or None,
            one.decision_overdue_at,
            one.withdrawn_at,
            one.ended_at,
            one.published_at,
            one.remedied_at,
            one.closed_at,
            one.hold_began_at,
            one.hold_ended_at,
            one.rating,
        )
        yield Found(birth.subject, birth.index, values)


def complaint_duties(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    indexes = {birth.subject: birth.index for birth in births}
    seen = dict.fromkeys(indexes, 0)
    dues = [due for step in STEPS for due in windows_queries.of_kind(work, step, list(indexes))]
    for due in sorted(dues, key=lambda due: due.id):
        seen[due.subject] += 1
        values = (
            due.subject,
            seen[due.subject],
            due.kind,
            organisation_ref(due.responsible_id) if due.responsible_id else None,
            due.state,
            due.trigger_at,
            due.due_at,
            due.overdue_at,
            due.closed_at,
        )
        yield Found(due.subject, indexes[due.subject], values)


def calendar(work: Work) -> Iterator[Found]:
    for arrangement in workdays.approved(work, *chain(work.division)):
        for day in arrangement.days:
            values = (
                arrangement.key,
                day.date,
                day.is_working,
                day.name,
                arrangement.document_number,
            )
            yield Found(arrangement.key, None, values)


def rulebook_parameters(work: Work) -> Iterator[Found]:
    for version in reversed(rulebooks.history(work)):
        if version.state is not State.APPROVED:
            continue
        subject = f"GZ-{work.division}-{version.number}"
        for name, value in version.rulebook.values.items():
            values = (
                version.number,
                name,
                str(value.amount).lower() if isinstance(value.amount, bool) else str(value.amount),
                value.unit,
                version.in_force_from,
                version.document_number,
            )
            yield Found(subject, None, values)


def log_leaves(work: Work, births: Sequence[Entry]) -> Iterable[Found]:
    for entry in births:
        values = (entry.type, entry.subject, entry.at, entry.hash, entry.leaf.decode())
        yield Found(entry.subject, entry.index, values, entry.at)
