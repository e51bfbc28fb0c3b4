"""What people do with the rulebook: one proposes a version, another approves it."""

import datetime as dt
from collections.abc import Callable, Mapping

from sqlalchemy import func, select

from market.db import Work
from market.kernel import papers
from market.kernel.errors import Invalid, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.rulebook import checks, permissions, queries, rules, shipped
from market.rulebook.events import RulebookApproved, RulebookProposed, RulebookRejected
from market.rulebook.models import RulebookRow
from market.rulebook.opening import check_together
from market.rulebook.rules import Amount, Rulebook, State, Value
from market.submissions import sent

Known = Callable[[Work, Amount], bool]
INSTALLATION = 0
"""Stands for a person where the installation itself put in what the product ships."""
SINCE = dt.date(2018, 1, 1)
"""The first version holds for every day that the shipped calendar knows."""


def _check_none_pending(work: Work) -> None:
    """One proposal waits at a time. Refuses `rulebook.proposal_pending`."""
    pending = work.session.scalar(
        select(RulebookRow.version).where(
            RulebookRow.division == work.division, RulebookRow.state == State.PROPOSED
        )
    )
    if pending is not None:
        raise Refusal("rulebook.proposal_pending", version=pending)


def _check_changes(work: Work, changed: Mapping[str, Value], known: Mapping[str, Known]) -> None:
    """Something changes, each value is possible, and a body that is named is there."""
    if not changed:
        raise Invalid("rulebook.nothing_changes")
    for name, value in changed.items():
        checks.check_value(name, value)
        if value.amount and name in known and not known[name](work, value.amount):
            raise Invalid("rulebook.no_such_body", field=name, name=value.amount)


def propose(
    work: Work,
    *,
    values: Mapping[str, tuple[Amount, str]],
    document_number: str,
    title: str,
    in_force_from: dt.date,
    submission_key: str | None = None,
    known: Mapping[str, Known] | None = None,
) -> int:
    """Propose a version: the newest approved one with `values` {name: (amount, unit)} in place of
    its own.

    Returns the version's number. Refused: what `checks.check_value` and `checks.check_document`
    refuse, `rulebook.before_newest`, `rulebook.nothing_changes`, `rulebook.proposal_pending` while
    another proposal waits, `rulebook.open_data_unnamed`, `rulebook.no_such_body` for words that the room which reads them
    does not know: `known` are the rooms' answers by name.
    """
    permissions.require(work.actor, "rulebook.propose")
    document_number = papers.number(document_number) or document_number
    typed = (dict(values), document_number, title, in_force_from)
    once = sent(work, submission_key, "rulebook.propose", *typed)
    if once.again and (same := _sent_before(work, once.key)):
        return same
    checks.check_document(document_number, in_force_from, work.today)
    _check_none_pending(work)
    newest = queries.newest_approved(work)
    checks.check_order(in_force_from, newest.in_force_from if newest else None)
    base = _base(newest)
    changed = {
        name: Value(*value) for name, value in values.items() if Value(*value) != base.get(name)
    }
    _check_changes(work, changed, known or {})
    check_together(Rulebook(0, {**base, **changed}))
    by = work.actor.person_id or INSTALLATION
    row = _keep(work, {**base, **changed}, document_number, title, in_force_from, by)
    row.submission_key = once.key
    return row.version


@signs(queries.version_shown, key="version")
def approve(work: Work, *, version: int, shown: str) -> None:
    """Let a proposed version come into force on its day, as a second person.

    Refused: `rulebook.no_version`, `rulebook.same_person`, `shown.changed`, `rulebook.wrong_state`,
    and `rulebook.not_in_future` when its day has come while it waited.
    """
    permissions.require(work.actor, "rulebook.approve")
    row = queries.row_to_change(work, version)
    another_person(work.actor.person_id, row.proposed_by, code="rulebook.same_person")
    check_shown(shown, queries.version_shown(work, version))
    checks.check_document(row.document_number, row.in_force_from, work.today)
    _approve(work, row, work.actor.person_id or INSTALLATION)


@signs(queries.version_shown, key="version")
def reject(work: Work, *, version: int, reason: str, shown: str) -> None:
    """Turn a proposed version down, with the reason. Refused: `rulebook.no_version`,
    `rulebook.wrong_state`.
    """
    permissions.require(work.actor, "rulebook.approve")
    row = queries.row_to_change(work, version)
    check_shown(shown, queries.version_shown(work, version))
    row.state = rules.move_state(row.state, State.REJECTED)
    row.rejected_at = work.now
    row.rejected_by = work.actor.person_id
    row.reason = reason
    record(work, RulebookRejected(subject=rules.key(work.division, version), version=version))


def load_default(
    work: Work, *, starter: str | None = None, chosen: Mapping[str, Value] | None = None
) -> int:
    """Put in the first version at installation, of a starter (default: the county's) with what was
    `chosen` beside it; returns the number of the newest approved. Twice changes nothing.

    Refused: `rulebook.no_starter`, and `rulebook.not_empty` where a starter is asked for and another
    version is there already.
    """
    permissions.require(work.actor, "rulebook.install")
    if starter is not None and starter not in rules.STARTERS:
        raise Refusal("rulebook.no_starter", name=starter, known="、".join(rules.STARTERS))
    known = queries.newest_approved(work)
    if known is not None:
        if starter is not None and known.digest != rules.digest(shipped.values(starter)):
            raise Refusal("rulebook.not_empty", name=starter)
        return known.version
    first = starter or rules.COUNTY
    values = {**shipped.values(first), **(chosen or {})}
    row = _keep(work, values, "", shipped.title(first), SINCE, INSTALLATION)
    _approve(work, row, INSTALLATION)
    return row.version


def load_demo(work: Work) -> int:
    """Put in the rulebook of a demonstration, whose windows are minutes; it is never in force by
    itself. Else it says what the newest version says.

    Only an installation in demo mode may call it. Returns its number. Twice changes nothing.
    """
    permissions.require(work.actor, "rulebook.install")
    known = queries.demo(work)
    if known is not None:
        return known.version
    short = shipped.in_minutes(_base(queries.newest_approved(work)))
    row = _keep(work, short, "", "演示参数（以分钟计）", SINCE, INSTALLATION)
    row.is_demo = True
    _approve(work, row, INSTALLATION)
    return row.version


def _base(newest: RulebookRow | None) -> dict[str, Value]:
    """The newest approved values; a parameter that came with a later release has its default."""
    kept = queries.rulebook_of(newest).values if newest else {}
    return {name: kept.get(name, value) for name, value in rules.defaults().items()}


def _keep(
    work: Work,
    values: Mapping[str, Value],
    document_number: str,
    title: str,
    in_force_from: dt.date,
    by: int,
) -> RulebookRow:
    newest = work.session.scalar(
        select(func.max(RulebookRow.version)).where(RulebookRow.division == work.division)
    )
    row = RulebookRow(
        division=work.division,
        version=(newest or 0) + 1,
        document_number=document_number,
        title=title,
        in_force_from=in_force_from,
        contents={name: [value.amount, value.unit] for name, value in values.items()},
        digest=rules.digest(values),
        state=State.PROPOSED,
        proposed_at=work.now,
        proposed_by=by,
    )
    work.session.add(row)
    work.session.flush()  # The unique key on division and version speaks here.
    record(
        work,
        RulebookProposed(
            subject=rules.key(work.division, row.version),
            version=row.version,
            document_number=document_number,
            digest=row.digest,
        ),
    )
    return row


def _approve(work: Work, row: RulebookRow, by: int) -> None:
    before = queries.newest_approved(work)
    row.state = rules.move_state(row.state, State.APPROVED)
    row.approved_at = work.now
    row.approved_by = by
    work.session.flush()  # The next question for the rulebook must see it.
    changes = rules.differences(
        queries.rulebook_of(before).values if before else {}, queries.rulebook_of(row).values
    )
    record(
        work,
        RulebookApproved(
            subject=rules.key(work.division, row.version),
            version=row.version,
            document_number=row.document_number,
            in_force_from=row.in_force_from,
            digest=row.digest,
            changed=[change.name for change in changes],
        ),
    )


def _sent_before(work: Work, key: str) -> int | None:
    return work.session.scalar(select(RulebookRow.version).where(RulebookRow.submission_key == key))
