"""What an agency needs for an item, and whether what it holds is that. Pure: no clock, no database,
no Flask.

Three ways to be eligible (docs/rules.md#eligibility: 资质(资格)/备案/仅承诺): a certificate, a
filing, or
a signed commitment alone. Nobody may ask for more than the item does (docs/rules.md#decision-8).
"""

import dataclasses
import datetime as dt
import enum
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from market.kernel.errors import Invalid


class Kind(enum.StrEnum):
    """What makes an agency eligible for an item."""

    CERTIFICATE = "certificate"
    FILING = "filing"
    COMMITMENT_ONLY = "commitment_only"


class State(enum.StrEnum):
    """An item may be bought while it is published."""

    PUBLISHED = "published"
    ABOLISHED = "abolished"


class Joined(enum.StrEnum):
    """Which of several items whoever takes them together must be fit for."""

    ALL_OF = "all_of"
    ANY_OF = "any_of"


@dataclasses.dataclass(frozen=True)
class Items:
    """What one selection buys: the codes of its items, the lead item's first. Several are bought
    together (多测合一, 多评合一, 多介合一) of one agency, which must be fit for all of them or any.
    """

    codes: tuple[str, ...]
    joined: Joined = Joined.ALL_OF


NEXT: dict[State, frozenset[State]] = {
    State.PUBLISHED: frozenset({State.ABOLISHED}),
    State.ABOLISHED: frozenset({State.PUBLISHED}),
}
GRADES = ("综合", "甲级", "一级", "乙级", "二级", "丙级", "三级", "丁级")
"""Grades of qualifications as certificates spell them."""
RANK: dict[str, int] = {
    "综合": 0,
    "甲级": 1,
    "一级": 1,
    "乙级": 2,
    "二级": 2,
    "丙级": 3,
    "三级": 3,
    "丁级": 4,
}
"""Lower is better; a grade that is not here reaches no minimum."""
COLUMNS = (
    "code",
    "category",
    "name",
    "regulator",
    "qualification",
    "legal_basis",
    "tied_to_approval",
    "time_limit_days",
    "uncertain",
    "kind",
    "names",
    "specialities",
    "least_grade",
)


@dataclasses.dataclass(frozen=True)
class Requirement:
    """What an item asks for, in a form that is computed.

    `names`: any one of these certificates or filings; `specialities`: each group must be met, by
    any speciality of the
    group; `least_grade`: the lowest grade that will do, None where the item names none.
    """

    kind: Kind
    names: tuple[str, ...] = ()
    specialities: tuple[tuple[str, ...], ...] = ()
    least_grade: str | None = None


def meets(
    requirement: Requirement, name: str, grade: str | None, specialities: Collection[str]
) -> bool:
    """Whether one certificate or filing is what the item asks for; its validity is another
    question.
    """
    if plain(name) not in {plain(each) for each in requirement.names}:
        return False
    held = {plain(each) for each in specialities}
    if any(held.isdisjoint(plain(each) for each in group) for group in requirement.specialities):
        return False
    return reaches(grade, requirement.least_grade)


def reaches(grade: str | None, least: str | None) -> bool:
    """Whether a grade is at least the one asked for; where none is asked for, any grade or none
    will do.
    """
    if least is None:
        return True
    return grade in RANK and RANK[grade] <= RANK[least]


def plain(text: str) -> str:
    """A name as it is compared: half-width brackets and marks, no spaces, since people type both
    kinds.
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of a catalogue's file, checked. `time_limit_days` are working days."""

    code: str
    category: str
    name: str
    regulator: str
    qualification: str
    requirement: Requirement
    legal_basis: str
    approval: str | None
    approving_body: str | None
    time_limit_days: int
    note: str | None


def read(line: Mapping[str, str]) -> Row:
    """One line of the file (columns: COLUMNS, and `approving_body` where the list names one) as a
    row. Refuses `catalogue.bad_row` (facts item, column).
    """
    code = line.get("code", "")
    for column in COLUMNS:
        if column not in line:
            raise Invalid("catalogue.bad_row", item=code, column=column)
    for column in ("code", "category", "name", "regulator", "qualification", "legal_basis"):
        if not line[column].strip():
            raise Invalid("catalogue.bad_row", item=code, column=column)
    approving = (line.get("approving_body") or "").strip()
    if approving and not line["tied_to_approval"]:
        raise Invalid("catalogue.bad_row", item=code, column="approving_body")
    if not line["time_limit_days"].isascii() or not line["time_limit_days"].isdigit():
        raise Invalid("catalogue.bad_row", item=code, column="time_limit_days")
    return Row(
        code=code,
        category=line["category"],
        name=line["name"],
        regulator=line["regulator"],
        qualification=line["qualification"],
        requirement=_requirement(line),
        legal_basis=line["legal_basis"],
        approval=line["tied_to_approval"] or None,
        approving_body=approving or None,
        time_limit_days=int(line["time_limit_days"]),
        note=line["uncertain"] or None,
    )


# --- documents that may come later (容缺材料清单, Siping) -------------------------------------

LISTED_COLUMNS = ("item", "name", "days")
MOST_DAYS = 99
"""Working days that a file may name: two digits, against a slip of the hand. How many is right is the list's own affair."""
CORE = (
    "营业执照",
    "法人证书",
    "登记证书",
    "资质证书",
    "资格证书",
    "许可证",
    "备案证明",
    "告知承诺",
)
"""Words of documents that can never come later: the licence, the qualification itself, the
commitment (docs/rules.md#deferred-documents).
"""


@dataclasses.dataclass(frozen=True)
class Listed:
    """One line of the list: a document that may come so many working days after the application for
    an item has passed.
    """

    item: str
    name: str
    days: int


def read_listed(line: Mapping[str, str]) -> Listed:
    """One line of a list's file (columns: LISTED_COLUMNS). Refuses `catalogue.bad_row`, as `read`
    does.
    """
    item, name, days = (str(line.get(column) or "").strip() for column in LISTED_COLUMNS)
    if not item or not 2 <= len(name) <= 100:
        raise Invalid("catalogue.bad_row", item=item, column="name" if item else "item")
    if not (days.isascii() and days.isdigit() and len(days) <= 2 and 1 <= int(days) <= MOST_DAYS):
        raise Invalid("catalogue.bad_row", item=item, column="days")
    return Listed(item, name, int(days))


def check_deferrable(listed: Listed, requirement: Requirement) -> None:
    """The licence and the qualification itself are never put off. Refuses
    `catalogue.core_document`.
    """
    known = plain(listed.name)
    asked = [plain(each) for each in requirement.names]
    if any(word in known for word in CORE) or any(each in known or known in each for each in asked):
        raise Invalid("catalogue.core_document", item=listed.item, name=listed.name)


def _requirement(line: Mapping[str, str]) -> Requirement:
    names = split(line["names"], "|")
    if line["kind"] not in list(Kind) or bool(names) == (line["kind"] == Kind.COMMITMENT_ONLY):
        raise Invalid("catalogue.bad_row", item=line["code"], column="kind")
    if line["least_grade"] and line["least_grade"] not in RANK:
        raise Invalid("catalogue.bad_row", item=line["code"], column="least_grade")
    return Requirement(
        Kind(line["kind"]), names, groups(line["specialities"]), line["least_grade"] or None
    )


def split(text: str, by: str) -> tuple[str, ...]:
    """The parts of a text, without empty ones."""
    return tuple(part for part in text.split(by) if part)


def groups(text: str) -> tuple[tuple[str, ...], ...]:
    """水利行业|农林行业;… as groups: all of the groups, any of a group."""
    return tuple(split(group, "|") for group in split(text, ";"))


def joined(of: Sequence[Sequence[str]]) -> str:
    """The reverse of `groups`."""
    return ";".join("|".join(group) for group in of)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Zone:
    """An evaluation made for a whole zone, as the office publishes it; `valid_until` is its last day."""

    zone: str
    title: str
    document_number: str
    issued_on: dt.date
    valid_until: dt.date | None
    contact: str


def check_zone(zone: Zone, today: dt.date) -> None:
    """What is published is issued already and still valid. Refuses `catalogue.zone_issued_later` and
    `catalogue.zone_ended`.
    """
    if zone.issued_on > today:
        raise Invalid("catalogue.zone_issued_later", field="issued_on")
    if zone.valid_until is not None and zone.valid_until < max(today, zone.issued_on):
        raise Invalid("catalogue.zone_ended", field="valid_until")
