"""What an agency has filled in, as the rules look at it; the commitment that it signs."""

import dataclasses
from collections.abc import Mapping, Sequence

from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.queries import (
    QualificationCard,
    lines,
    qualifications,
)
from market.catalogue import queries as catalogue
from market.catalogue.queries import ItemCard
from market.db import Work
from market.enrolment import rules
from market.enrolment.queries.documents import documents
from market.enrolment.rules import Basics, Filled


def filled(work: Work, row: Agency, catalogued: Mapping[str, ItemCard] | None = None) -> Filled:
    """What an agency has filled in, as the rules look at it."""
    return _filled(work, row, catalogued or catalogue.by_code(work), qualifications(work, row.id))


def _filled(
    work: Work, row: Agency, catalogued: Mapping[str, ItemCard], held: Sequence[QualificationCard]
) -> Filled:
    what = Filled(
        basics=Basics(
            **{field.name: getattr(row, field.name) for field in dataclasses.fields(Basics)}
        ),
        uscc=row.uscc,
        requirements={
            line.item_code: catalogued[line.item_code].requirement for line in lines(work, row.id)
        },
        held=[each.held for each in held],
        unscanned=[each.name for each in held if each.file_id is None],
        is_committed=False,
    )
    what = _with_documents(work, row, what)
    text = commitment_text_of(row, what, catalogued)
    return dataclasses.replace(what, is_committed=text is not None and row.commitment == text)


def _with_documents(work: Work, row: Agency, what: Filled) -> Filled:
    """The same with what the published list asks for the chosen items."""
    asked = [each.name for each in catalogue.deferrable(work, list(what.requirements))]
    kept = documents(work, row.id)
    known = [each for each in kept if each.name in asked]
    promised = [each for each in known if each.submitted_at is None]
    broken = (
        {each.name for each in promised if each.owed_at is not None}
        if row.state in agency_rules.EDITABLE
        else set()
    )
    names = {each.name for each in promised}
    still = row.state in agency_rules.GROWING and any(
        each.is_outstanding for each in kept
    )  # also while it is being checked
    return dataclasses.replace(
        what,
        unanswered=rules.unanswered(asked, {each.name for each in known} - names, names, broken),
        defers=still or bool(names),
    )


def commitment_of(work: Work, row: Agency) -> str | None:
    """The commitment as it must be signed now; None while no item is chosen."""
    catalogued = catalogue.by_code(work)
    return commitment_text_of(row, filled(work, row, catalogued), catalogued)


def commitment_text_of(row: Agency, what: Filled, catalogued: Mapping[str, ItemCard]) -> str | None:
    names = [catalogued[code].name for code in what.requirements]
    return rules.commitment_text(row.name, row.uscc, names, defers=what.defers) if names else None
