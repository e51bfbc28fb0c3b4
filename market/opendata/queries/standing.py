"""Rows of what stands behind the selections: changes of contracts, what is known of owners, records in
force, versions of items, decisions, public cards, monthly figures, the table of behaviours.
"""

from collections.abc import Iterator, Sequence

from market.accounts import queries as accounts
from market.accounts.rules import organisation_ref
from market.agencies import queries as agencies
from market.cards import queries as cards
from market.complaints import queries as complaints
from market.contracts import queries as contracts
from market.contracts.queries import OwnerCounts
from market.db import Work
from market.evaluations import queries as evaluations
from market.evaluations.rules import Standing
from market.ledger.queries import Entry, along
from market.opendata.queries.rows import Found
from market.oversight import queries as oversight
from market.oversight.rules.statistics import MEASURES, Unit
from market.owners import queries as owners
from market.reputation import queries as reputation
from market.rulebook import queries as rulebooks

ITEM_STATES = {
    "catalogue.item_published": "published",
    "catalogue.item_abolished": "abolished",
}
HUNDREDTHS = 100


def change_rows(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    for birth in births:
        said = birth.fields
        names = ("contract", "no", "change", "reason", "by", "days", "amount_fen")
        is_accusing = said["change"] == "cancel"  # its reason stands on old leaves alone
        contract, *others = (
            None if is_accusing and name == "reason" else said.get(name) for name in names
        )
        yield Found(birth.subject, birth.index, (contract, birth.subject, *others, birth.at))


def owner_facts(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = owners.of_numbers(work, [birth.subject for birth in births])
    organisations = [each.organisation_id for each in known.values()]
    counts = contracts.counts_of_owners(work, organisations)
    means = evaluations.of_owners(work, organisations)
    least = rulebooks.in_force(work).evaluation_stars_from
    for birth in births:
        one = known.get(birth.subject)
        if one is None:
            continue
        counted = counts.get(one.organisation_id, OwnerCounts())
        said = means.get(one.organisation_id)
        values = (
            one.number,
            counted.contracts,
            counted.accepted,
            counted.closed,
            counted.changed,
            counted.late,
            said.count if said else 0,
            _mean(said, least),
        )
        yield Found(birth.subject, birth.index, values)


def _mean(said: Standing | None, least: int) -> int | None:
    """The mean where there are so many that the pages show it."""
    return said.mean if said and said.count >= least else None


def credit_rows(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = reputation.public_records(work, [birth.subject for birth in births])
    whose = {each.organisation_id for each in known.values()}
    shown = agencies.of_organisations(work, whose)
    for birth in births:
        one = known.get(birth.subject)
        card = shown.get(one.organisation_id) if one else None
        if one is None or card is None or not card.is_public:
            continue
        values = (
            one.number,
            card.ref,
            one.behaviour,
            one.grade,
            one.points,
            one.measure,
            one.article,
            organisation_ref(one.body_id),
            one.state,
            one.happened_on,
            one.counts_from,
            one.counts_until,
        )
        yield Found(birth.subject, birth.index, values)


def item_versions(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    for birth in births:
        said = birth.fields
        values = (said["item"], said["version"], ITEM_STATES[birth.type], birth.at)
        yield Found(birth.subject, birth.index, values)


def decision_rows(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    numbers = [birth.subject for birth in births]
    known = complaints.public_complaints(work, numbers)
    published = {
        entry.subject: entry.fields["digest"]
        for entry in along.about(work, numbers, ("complaint.decision_published",))
    }
    for birth in births:
        one = known[birth.subject]
        values = (
            one.number,
            one.notice_number,
            organisation_ref(one.body_id),
            one.outcome,
            " ".join(one.remedies) or None,
            one.decided_at,
            one.published_at,
            published.get(birth.subject),
        )
        yield Found(birth.subject, birth.index, values)


def card_rows(work: Work) -> Iterator[Found]:
    for one in cards.opened(work):
        body = accounts.organisation(work, one.body_id)
        values = (
            one.number,
            organisation_ref(one.body_id),
            body.kind,
            one.code,
            one.colour,
            len(cards.grounds_of(one)),
            one.document,
            one.state,
            one.decided_at,
            one.planned_at,
            one.withdrawn_at,
        )
        yield Found(one.number, None, values)


def statistics_by_month(work: Work) -> Iterator[Found]:
    kept = oversight.last_figures(work)
    for month, measures in (kept.months if kept else {}).items():
        for code, measure in measures.items():
            scale = HUNDREDTHS if MEASURES[code] is Unit.DAYS else 1
            values = (month, code, round(measure.value * scale), measure.of)
            yield Found(month, None, values, kept.computed_at if kept else None)


def behaviour_rows(work: Work) -> Iterator[Found]:
    for row in reputation.table(work):
        one = row.behaviour
        values = (
            one.code,
            one.party,
            one.text,
            one.grade,
            " ".join(map(str, one.points)),
            one.months,
            one.basis or None,
            one.proposes,
            one.decides,
            " ".join(map(str, row.effect.points)),
            row.effect.measure,
            row.effect.article or None,
            row.since,
        )
        yield Found(one.code, None, values)
