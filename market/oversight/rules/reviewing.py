"""The review of one selection: fourteen checks, nine by the system, five by its reader. Pure.

Source: docs/rules.md#review.
"""

import enum
from collections.abc import Callable, Mapping

from market.kernel.errors import Invalid
from market.kernel.visible import trimmed
from market.selection.results.rules.facts import Facts


class Check(enum.StrEnum):
    """One check, in the order of the sheet."""

    FROZEN = "frozen"
    PERIOD = "period"
    REQUIREMENT = "requirement"
    CONDITIONS = "conditions"
    AMENDMENTS = "amendments"
    NUMBERS = "numbers"
    EXCLUSIONS = "exclusions"
    RECOMPUTED = "recomputed"
    ORDER = "order"
    RIGHTLY_EXCLUDED = "rightly_excluded"
    INTERESTS = "interests"
    REASONS = "reasons"
    AGREEMENT = "agreement"
    COMPLAINTS = "complaints"


class Mark(enum.StrEnum):
    """What a reader says of a check that is his."""

    GOOD = "good"
    REMARK = "remark"
    NOT_ASKED = "not_asked"


class Outcome(enum.StrEnum):
    """What a review says of the whole."""

    IN_ORDER = "in_order"
    REMARK = "remark"
    FAULT = "fault"
    CLUE = "clue"


BY_READER = (
    Check.RIGHTLY_EXCLUDED,
    Check.INTERESTS,
    Check.REASONS,
    Check.AGREEMENT,
    Check.COMPLAINTS,
)


class Verdict(enum.StrEnum):
    """What the recomputation of a draw gave."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNDECIDED = "undecided"


SAID = {Verdict.HOLDS: True, Verdict.BROKEN: False, Verdict.UNDECIDED: None}
"""A verdict as a check."""


def by_system(facts: Facts, verdict: Verdict | None) -> dict[Check, bool | None]:
    """The nine checks of the system: True in order, False not, None where there is nothing yet."""
    checks: dict[Check, Callable[[], bool | None]] = {
        Check.FROZEN: lambda: facts.document_sha256 == facts.logged_sha256,
        Check.PERIOD: lambda: _is_long_enough(facts),
        Check.REQUIREMENT: lambda: facts.is_within_catalogue,
        Check.CONDITIONS: lambda: facts.findings == 0 or facts.is_cleared,
        Check.AMENDMENTS: lambda: all(old <= new for old, new in facts.amendments),
        Check.NUMBERS: lambda: _ends_once(facts),
        Check.EXCLUSIONS: lambda: facts.unreasoned == 0 if facts.is_opened else None,
        Check.RECOMPUTED: lambda: SAID[verdict] if verdict else None,
        Check.ORDER: lambda: _is_in_order(facts),
    }
    return {name: check() for name, check in checks.items()}


def _is_long_enough(facts: Facts) -> bool | None:
    """Nothing is asked where nobody enters: an owner's choice has no close."""
    return None if facts.first_close is None else facts.first_close >= facts.earliest_close


def _ends_once(facts: Facts) -> bool | None:
    """Each entry's number, from 1, stands once among listed, excluded and withdrawn ones."""
    if not facts.is_opened:
        return None
    return list(facts.numbers) == list(range(1, facts.given + 1))


def _is_in_order(facts: Facts) -> bool | None:
    """The draw's leaves follow in time, and the draw is as well witnessed as was promised."""
    if facts.reached is None or facts.promised is None:
        return None
    instants = list(facts.instants)
    return instants == sorted(instants) and facts.reached >= facts.promised


def check_review(
    outcome: Outcome,
    marks: Mapping[Check, Mark],
    remark: str,
    system: Mapping[Check, bool | None],
) -> None:
    """Hold that a review says what it owes.

    Refuses `oversight.unmarked` (a check of the reader is left out), `oversight.no_remark` (anything
    but "in order", or a remark on a check, without its words), `oversight.not_in_order` (called in
    order although a check has failed).
    """
    for check in BY_READER:
        if check not in marks:
            raise Invalid("oversight.unmarked", field=check.value)
    has_remarks = Mark.REMARK in marks.values()
    has_failed = False in system.values()
    if outcome is Outcome.IN_ORDER and (has_remarks or has_failed):
        raise Invalid("oversight.not_in_order", field="outcome")
    if outcome is not Outcome.IN_ORDER and not trimmed(remark):
        raise Invalid("oversight.no_remark", field="remark")
