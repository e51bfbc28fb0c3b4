"""What an application still owes, told at once (一次性告知); what a body owes who decides against
it. Pure.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from market.agencies.rules import Held, check_validity, uncovered
from market.catalogue.rules import Requirement
from market.enrolment.rules.basics import Basics, check_uscc, missing
from market.kernel.errors import Invalid
from market.kernel.shown import another_person
from market.kernel.visible import trimmed

MOST_TEXT = 4000
"""Characters of a reason, answer or statement."""


class Section(enum.StrEnum):
    """The parts of the enrolment that are filled in one by one."""

    BASICS = "basics"
    LINES = "lines"
    QUALIFICATIONS = "qualifications"
    COMMITMENT = "commitment"


class Opinion(NamedTuple):
    """One line of the correction list: `field` is the field of the section that it is about
    (`qualification:17` for one certificate), None for the section as a whole.
    """

    section: Section
    text: str
    field: str | None = None


def is_met(field: str | None, changed: Collection[str]) -> bool:
    """Whether an opinion's field is among those that were changed; the whole section by any."""
    return field in changed if field else bool(changed)


class Progress(enum.StrEnum):
    """How far a section is, as the task list shows it."""

    TODO = "todo"
    DOING = "doing"
    BACK = "back"
    DONE = "done"


@dataclasses.dataclass(frozen=True)
class Filled:
    """All that an application says: `requirements` of the chosen items by code, names of
    qualifications without scan.

    `unanswered` are the documents of the published list that were neither handed in nor put off,
    with a code of words.py; `defers` says whether some are put off.
    """

    basics: Basics
    uscc: str
    requirements: Mapping[str, Requirement]
    held: Sequence[Held]
    unscanned: Sequence[str]
    is_committed: bool
    unanswered: Sequence[tuple[str, str]] = ()
    defers: bool = False


def owed(filled: Filled, today: dt.date) -> list[tuple[Section, Invalid]]:
    """Everything that stands between an application and its submission, told at once (一次性告知).

    Refusals: `agency.bad_uscc`, `agency.owes_<field>` of the basics, `agency.incomplete_lines`, those of
    `check_validity`,
    `agency.no_scan`, `agency.uncovered`, `agency.undocumented`, `agency.promised_before`,
    `agency.incomplete_commitment`.
    """
    found = [(Section.BASICS, no) for no in _owed_of_basics(filled)]
    if not filled.requirements:
        found.append((Section.LINES, Invalid("agency.incomplete_lines", field="items")))
    found += [(Section.QUALIFICATIONS, no) for no in _owed_of_qualifications(filled, today)]
    if not filled.is_committed:
        found.append(
            (Section.COMMITMENT, Invalid("agency.incomplete_commitment", field="commitment"))
        )
    return found


def _owed_of_basics(filled: Filled) -> list[Invalid]:
    found = _refusals(check_uscc, filled.uscc)
    for name in missing(filled.basics):
        shown = name.replace("_digest", "_number")  # as people know it
        found.append(Invalid(f"agency.owes_{shown}", field=shown))
    return found


def _owed_of_qualifications(filled: Filled, today: dt.date) -> list[Invalid]:
    """Certificates that do not count today, items that none covers, documents that are not answered
    for.
    """
    found: list[Invalid] = []
    for held in filled.held:
        found += _refusals(check_validity, held, today)
    found += [Invalid("agency.no_scan", field="scan", name=name) for name in filled.unscanned]
    for code in uncovered(filled.requirements, filled.held, today):
        names = "、".join(filled.requirements[code].names)
        found.append(Invalid("agency.uncovered", field="items", item=code, names=names))
    found += [Invalid(code, field="documents", name=name) for name, code in filled.unanswered]
    return found


def _refusals(check: Callable[..., object], *arguments: object) -> list[Invalid]:
    try:
        check(*arguments)
    except Invalid as no:
        return [no]
    return []


def progress(
    filled: Filled, to_correct: Collection[Section], today: dt.date
) -> dict[Section, Progress]:
    """How far each section is; one that the office's list names and nobody has touched since is
    待补正.
    """
    open_sections = {section for section, _ in owed(filled, today)}
    begun = {
        Section.BASICS: True,
        Section.LINES: False,
        Section.QUALIFICATIONS: bool(filled.held),
        Section.COMMITMENT: False,
    }
    found = {}
    for section in Section:
        if section in to_correct:
            found[section] = Progress.BACK
        elif section in open_sections:
            found[section] = Progress.DOING if begun[section] else Progress.TODO
        else:
            found[section] = Progress.DONE
    if not filled.requirements and not filled.held:
        found[Section.QUALIFICATIONS] = Progress.TODO
    return found


def check_reasoned(reasons: str, basis: str, remedy: str) -> None:
    """No refusal and no revocation without reasons, legal basis and remedy
    (docs/rules.md#decision-20).

    Refuses `agency.unreasoned`, naming the field.
    """
    for field, text in (("reasons", reasons), ("basis", basis), ("remedy", remedy)):
        if not 1 <= len(trimmed(text)) <= MOST_TEXT:
            raise Invalid("agency.unreasoned", field=field)


def check_other_person(person_id: int | None, *earlier: int | None) -> None:
    """Who filled in does not check, who checked does not sign or decide an objection. Refuses
    `agency.same_person`.
    """
    another_person(person_id, *earlier, code="agency.same_person")
