"""Publishing the catalogue."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select

from market.accounts import queries as accounts
from market.accounts.rules import Kind as OrganisationKind
from market.catalogue import permissions, queries, rules
from market.catalogue.events import (
    DeferrablePublished,
    ItemAbolished,
    ItemPublished,
    ZonePublished,
    ZoneWithdrawn,
)
from market.catalogue.models import (
    DeferrableDocument,
    PriceReference,
    ServiceCategory,
    ServiceItem,
    ZoneEvaluation,
)
from market.catalogue.rules import Listed, Row, State
from market.db import Work, under_lock
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.states import move
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.submissions import sent


def load(work: Work, rows: Sequence[Mapping[str, str]]) -> int:
    """Make the catalogue what the file says (columns: rules.COLUMNS); returns how many items
    changed.

    What is new or different becomes a new version, what is not in the file is abolished; loading
    the same file again changes nothing. A regulator is bound to the organisation whose name ends
    with the file's word. Refuses `catalogue.bad_row`.
    """
    permissions.require(work.actor, "catalogue.load")
    wanted = [rules.read(row) for row in rows]
    categories = _categories(work, [row.category for row in wanted])
    regulators = [
        (each.name, each.id) for each in accounts.organisations(work, OrganisationKind.REGULATOR)
    ]
    known = {
        each.code: each
        for each in work.session.scalars(
            select(ServiceItem).where(ServiceItem.division == work.division).with_for_update()
        )
    }
    changed = 0
    for row in wanted:
        facts = _facts(row, categories[row.category], _regulator(regulators, row.regulator))
        changed += _publish(work, known.pop(row.code, None), row.code, facts)
    return changed + sum(_abolish(work, gone) for gone in known.values())


def load_deferrable(work: Work, rows: Sequence[Mapping[str, str]]) -> int:
    """Make the list of documents that may come later what the file says (columns:
    rules.LISTED_COLUMNS).

    Returns how many items' lists changed; loading the same file again changes nothing. What an
    agency was promised before stays. Refuses `catalogue.bad_row`, `catalogue.no_item`,
    `catalogue.core_document`, `catalogue.listed_twice`.
    """
    permissions.require(work.actor, "catalogue.load")
    wanted: dict[str, list[Listed]] = {}
    for row in rows:
        listed = rules.read_listed(row)
        rules.check_deferrable(listed, queries.item(work, listed.item).requirement)
        if listed.name in (each.name for each in wanted.setdefault(listed.item, [])):
            raise Invalid("catalogue.listed_twice", item=listed.item, name=listed.name)
        wanted[listed.item].append(listed)
    known = {each.item for each in queries.listed(work)}
    return sum(_list(work, code, wanted.get(code, [])) for code in sorted(known | wanted.keys()))


def _list(work: Work, code: str, wanted: Sequence[Listed]) -> int:
    """One item's list as the file has it; 1 when that changed anything."""
    documents = [(each.name, each.days) for each in wanted]
    if [(each.name, each.days) for each in queries.listed(work, code)] == documents:
        return 0
    work.session.execute(
        delete(DeferrableDocument).where(
            DeferrableDocument.division == work.division, DeferrableDocument.item_code == code
        )
    )
    work.session.add_all(
        DeferrableDocument(division=work.division, item_code=code, name=name, days=days)
        for name, days in documents
    )
    record(
        work,
        DeferrablePublished(
            subject=f"{work.division}-{code}",
            item=code,
            documents=[name for name, _ in documents],
            days=[days for _, days in documents],
        ),
    )
    return 1


def _categories(work: Work, names: Iterable[str]) -> dict[str, int]:
    known = {
        each.name: each
        for each in work.session.scalars(
            select(ServiceCategory).where(ServiceCategory.division == work.division)
        )
    }
    for name in dict.fromkeys(names):
        if name not in known:
            known[name] = ServiceCategory(
                division=work.division, name=name, position=len(known) + 1
            )
            work.session.add(known[name])
    work.session.flush()  # The items below need the ids.
    return {name: category.id for name, category in known.items()}


def _regulator(regulators: Sequence[tuple[str, int]], word: str) -> int | None:
    return next((each for name, each in regulators if name.endswith(word)), None)


def _facts(row: Row, category_id: int, regulator_id: int | None) -> dict[str, object]:
    facts: dict[str, object] = {
        field.name: getattr(row, field.name)
        for field in dataclasses.fields(row)
        if field.name not in ("category", "regulator", "requirement")
    }
    asked = row.requirement
    return facts | {
        "category_id": category_id,
        "regulator_id": regulator_id,
        "regulator_name": row.regulator,
        "kind": asked.kind,
        "names": "|".join(asked.names),
        "specialities": rules.joined(asked.specialities),
        "least_grade": asked.least_grade,
    }


def _publish(work: Work, item: ServiceItem | None, code: str, facts: Mapping[str, object]) -> int:
    """One item as the file has it; 1 when that changed anything."""
    if item is None:
        item = ServiceItem(division=work.division, version=1, state=State.PUBLISHED, **facts)
        work.session.add(item)
    elif item.state is State.PUBLISHED and all(
        getattr(item, name) == value for name, value in facts.items()
    ):
        return 0
    else:
        for name, value in facts.items():
            setattr(item, name, value)
        item.version += 1
        if item.state is State.ABOLISHED:
            item.state = move(rules.NEXT, item.state, State.PUBLISHED, "catalogue.wrong_state")
    record(work, ItemPublished(subject=f"{work.division}-{code}", item=code, version=item.version))
    return 1


def _abolish(work: Work, item: ServiceItem) -> int:
    if item.state is State.ABOLISHED:
        return 0
    item.state = move(rules.NEXT, item.state, State.ABOLISHED, "catalogue.wrong_state")
    record(
        work,
        ItemAbolished(subject=f"{work.division}-{item.code}", item=item.code, version=item.version),
    )
    return 1


def keep_prices(
    work: Work, *, since: dt.date, prices: Mapping[str, tuple[int, int, int, int]]
) -> None:
    """Keep what items were awarded for between `since` and today, instead of what was kept before.

    `prices`: item code -> number of awards, and their quartiles in fen, lowest first.
    """
    permissions.require(work.actor, "catalogue.prices")
    work.session.execute(delete(PriceReference).where(PriceReference.division == work.division))
    for code, (awards, low, middle, high) in prices.items():
        work.session.add(
            PriceReference(
                division=work.division,
                item_code=code,
                awards=awards,
                low=low,
                middle=middle,
                high=high,
                since=since,
                day=work.today,
            )
        )


def publish_zone(
    work: Work, *, item_code: str, details: rules.Zone, submission_key: str | None = None
) -> int:
    """Publish an evaluation made for a whole zone; returns its id.

    The same key gives the same one again. Refuses `catalogue.no_item`, and as `rules.check_zone`.
    """
    permissions.require(work.actor, "catalogue.zones")
    once = sent(work, submission_key, "catalogue.zone", item_code, details)
    known = select(ZoneEvaluation.id).where(ZoneEvaluation.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return int(same)
    item = queries.item(work, item_code)
    rules.check_zone(details, work.today)
    row = ZoneEvaluation(
        division=work.division,
        item_code=item.code,
        **dataclasses.asdict(details),
        published_at=work.now,
        published_by=work.actor.person_id,
        submission_key=once.key,
    )
    work.session.add(row)
    work.session.flush()  # The leaf needs the id.
    subject = f"{work.division}-{item.code}"
    record(work, ZonePublished(subject=subject, item=item.code, no=row.id, zone=row.zone))
    return row.id


def withdraw_zone(work: Work, *, zone_id: int, reason: str) -> None:
    """End an evaluation's use, with a public reason. Refuses `catalogue.no_zone` and
    `catalogue.zone_withdrawn`.
    """
    permissions.require(work.actor, "catalogue.zones")
    asked = select(ZoneEvaluation).where(
        ZoneEvaluation.division == work.division, ZoneEvaluation.id == zone_id
    )
    row = work.session.scalar(under_lock(asked))
    if row is None:
        raise NotFound("catalogue.no_zone")
    if row.withdrawn_at is not None:
        raise Refusal("catalogue.zone_withdrawn")
    row.withdrawn_at = work.now
    row.withdrawn_by = work.actor.person_id
    row.reason = trimmed(reason)
    subject = f"{work.division}-{row.item_code}"
    record(work, ZoneWithdrawn(subject=subject, item=row.item_code, no=row.id))
