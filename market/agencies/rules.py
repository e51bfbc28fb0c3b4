"""The law of enrolment (入驻). Pure: no clock, no database, no Flask.

States and their words: states.md sections 1 and 2. Numbers of days come from the rulebook in force.
"""
import dataclasses
import datetime as dt
import enum
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from stdnum import numdb
from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError

from market.catalogue.rules import Kind, Requirement, meets
from market.kernel import states
from market.kernel.errors import Invalid, Refusal
from market.windows import rules as windows

MOST_TEXT = 4000
"""Characters of a reason, answer or statement."""
PLACES = numdb.get("cn/loc")
"""Division codes (GB/T 2260) with their names, as python-stdnum ships them."""


class State(enum.StrEnum):
    """An agency from the first page of its enrolment until it has left."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSING = "refusing"
    REFUSED = "refused"
    PROVISIONAL = "provisional"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKING = "revoking"
    REVOKED = "revoked"
    EXITING = "exiting"
    EXITED = "exited"
    REMOVING = "removing"
    REMOVED = "removed"


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.RETURNED, State.REFUSING, State.PROVISIONAL, State.ACTIVE}),
    # Not corrected in time: the application ends, what was filled in stays and may be submitted anew.
    State.RETURNED: frozenset({State.SUBMITTED, State.DRAFT}),
    State.REFUSING: frozenset({State.REFUSED, State.ACTIVE}),
    State.REFUSED: frozenset({State.SUBMITTED}),
    State.PROVISIONAL: frozenset({State.ACTIVE, State.SUSPENDED, State.REVOKING}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.EXITING, State.REMOVING, State.REVOKING}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.REMOVING, State.REVOKING}),
    State.REVOKING: frozenset({State.REVOKED, State.ACTIVE}),
    State.REVOKED: frozenset({State.SUBMITTED}),
    State.EXITING: frozenset({State.EXITED, State.ACTIVE}),
    State.EXITED: frozenset({State.SUBMITTED}),
    State.REMOVING: frozenset({State.REMOVED, State.ACTIVE}),
    State.REMOVED: frozenset({State.SUBMITTED}),
}
EDITABLE = frozenset({State.DRAFT, State.RETURNED, State.REFUSED, State.REVOKED, State.EXITED, State.REMOVED})
"""While the agency itself may change what it fills in: before an application, during its correction, after an end."""
MAY_ENTER = frozenset({State.ACTIVE, State.PROVISIONAL})
PUBLIC = frozenset({State.PROVISIONAL, State.ACTIVE, State.SUSPENDED, State.REVOKING, State.REVOKED, State.EXITING,
                    State.EXITED, State.REMOVING, State.REMOVED})
"""States in which the public sees the agency at all."""
IN_BUSINESS = PUBLIC - {State.REVOKED, State.EXITED, State.REMOVED}


class LineState(enum.StrEnum):
    """One service line (item) of one agency. 即将到期 is a comparison of dates and no state."""

    PENDING = "pending"
    REFUSED = "refused"
    PROVISIONAL = "provisional"
    ACTIVE = "active"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    ABOLISHED = "abolished"
    BARRED = "barred"


LINE_NEXT: dict[LineState, frozenset[LineState]] = {
    LineState.PENDING: frozenset({LineState.ACTIVE, LineState.PROVISIONAL, LineState.REFUSED, LineState.BARRED}),
    LineState.REFUSED: frozenset({LineState.PENDING}),
    LineState.PROVISIONAL: frozenset({LineState.ACTIVE, LineState.SUSPENDED}),
    LineState.ACTIVE: frozenset({LineState.LAPSED, LineState.SUSPENDED, LineState.WITHDRAWN, LineState.ABOLISHED}),
    LineState.LAPSED: frozenset({LineState.PENDING}),
    LineState.SUSPENDED: frozenset({LineState.ACTIVE}),
    LineState.WITHDRAWN: frozenset({LineState.PENDING}),
    LineState.BARRED: frozenset({LineState.ACTIVE}),
}
LINE_OPEN = frozenset({LineState.ACTIVE, LineState.PROVISIONAL})
LINE_PUBLIC = frozenset({LineState.PROVISIONAL, LineState.ACTIVE, LineState.LAPSED, LineState.SUSPENDED,
                         LineState.WITHDRAWN, LineState.ABOLISHED})


class Type(enum.StrEnum):
    """What an agency is in law (domain.md section 4)."""

    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"
    SOCIAL = "social"
    INDIVIDUAL = "individual"


class Tier(enum.StrEnum):
    """Where an agency is registered, seen from here: counted as seed 003 counts, never a condition of a notice."""

    HERE = "here"
    CITY = "city"
    PROVINCE = "province"
    ELSEWHERE = "elsewhere"


class Section(enum.StrEnum):
    """The parts of the enrolment that are filled in one by one."""

    BASICS = "basics"
    LINES = "lines"
    QUALIFICATIONS = "qualifications"
    COMMITMENT = "commitment"


class Outcome(enum.StrEnum):
    """What became of an objection during publicity."""

    KEPT = "kept"
    REVOCATION = "revocation"


CHECK = windows.Kind("agencies.check", windows.Nature.DUTY, "入驻核验")
CORRECT = windows.Kind("agencies.correct", windows.Nature.RIGHT, "入驻补正")
STATE_CASE = windows.Kind("agencies.state_case", windows.Nature.RIGHT, "陈述申辩")
DECIDE = windows.Kind("agencies.decide", windows.Nature.DUTY, "不予入驻或撤销入驻的决定")
PUBLICITY = windows.Kind("agencies.publicity", windows.Nature.RIGHT, "入驻公示")
OBJECTION = windows.Kind("agencies.objection", windows.Nature.DUTY, "异议核实")
QUALIFICATION = windows.Kind("agencies.qualification", windows.Nature.ACT, "资质到期")
SUSPENSION = windows.Kind("agencies.suspension", windows.Nature.ACT, "暂停报名期满")
WINDOWS = {kind.name: kind for kind in (CHECK, CORRECT, STATE_CASE, DECIDE, PUBLICITY, OBJECTION, QUALIFICATION,
                                        SUSPENSION)}


def move(old: State, new: State) -> State:
    """The step, or the refusal `agency.wrong_state`."""
    return states.move(NEXT, old, new, "agency.wrong_state")


def wrong_state(old: State) -> Refusal:
    """The refusal where the table would allow the step and this deed does not."""
    return Refusal("agency.wrong_state", old=str(old))


def move_line(old: LineState, new: LineState) -> LineState:
    """The step, or the refusal `agency.line_wrong_state`."""
    return states.move(LINE_NEXT, old, new, "agency.line_wrong_state")


# --- what is filled in ------------------------------------------------------------------------------------------------

def check_uscc(code: str) -> str:
    """统一社会信用代码 (GB 32100): its length, signs and check character. Refuses `agency.bad_uscc`."""
    try:
        return str(credit_code.validate(code))
    except ValidationError as error:
        raise Invalid("agency.bad_uscc", field="uscc", uscc=code) from error


def tier(region: str, division: str) -> Tier:
    """Where a division code lies seen from the jurisdiction's: same county, city, province, or elsewhere."""
    for same, found in ((6, Tier.HERE), (4, Tier.CITY), (2, Tier.PROVINCE)):
        if region[:same] == division[:same]:
            return found
    return Tier.ELSEWHERE


@dataclasses.dataclass(frozen=True)
class Held:
    """A qualification that an agency holds. `valid_to` is the last day, None for one without end."""

    name: str
    grade: str | None
    specialities: tuple[str, ...]
    valid_from: dt.date
    valid_to: dt.date | None

    def is_valid(self, on: dt.date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def check_validity(held: Held, today: dt.date) -> None:
    """A qualification may be named only while it is valid. Refuses `agency.valid_order`, `agency.expired`,
    `agency.not_yet_valid`."""
    if held.valid_to is not None and held.valid_to < held.valid_from:
        raise Invalid("agency.valid_order", field="valid_to", name=held.name)
    if held.valid_to is not None and held.valid_to < today:
        raise Invalid("agency.expired", field="valid_to", name=held.name, valid_to=held.valid_to)
    if today < held.valid_from:
        raise Invalid("agency.not_yet_valid", field="valid_from", name=held.name, valid_from=held.valid_from)


@dataclasses.dataclass(frozen=True)
class Basics:
    """Who the agency is. None is what has not been filled in yet; the capital is in fen."""

    name: str | None = None
    type: Type | None = None
    region: str | None = None
    legal_representative: str | None = None
    capital_fen: int | None = None
    established_on: dt.date | None = None
    address: str | None = None
    contact_person: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    intro: str | None = None
    shows_contact: bool = False


OPTIONAL = frozenset({"capital_fen", "intro", "shows_contact"})
"""An individual has no registered capital; nobody owes an introduction."""


def missing(basics: Basics) -> list[str]:
    """The fields that are still owed before submission."""
    return [field.name for field in dataclasses.fields(basics)
            if field.name not in OPTIONAL and getattr(basics, field.name) in (None, "")]


def check_basics(basics: Basics, today: dt.date) -> None:
    """What is filled in must be possible. Refuses `agency.no_name`, `agency.bad_region`, `agency.founded_later`,
    `agency.negative_capital`."""
    if not basics.name:
        raise Invalid("agency.no_name", field="name")
    if basics.region is not None and place(basics.region) is None:
        raise Invalid("agency.bad_region", field="region", region=basics.region)
    if basics.established_on is not None and basics.established_on > today:
        raise Invalid("agency.founded_later", field="established_on")
    if basics.capital_fen is not None and basics.capital_fen < 0:
        raise Invalid("agency.negative_capital", field="capital_fen")


def place(region: str) -> str | None:
    """The name of a division code (江西省九江市瑞昌市 for 360481), None for one of no province (GB/T 2260).

    A county newer than the list is named by its city.
    """
    if len(region) != 6 or not region.isascii() or not region.isdigit():
        return None
    names = [_place(region[:length].ljust(6, "0")) for length in (2, 4, 6)]
    return "".join(dict.fromkeys(name for name in names if name and name not in NOT_PLACES)) if names[0] else None


NOT_PLACES = {"市辖区", "县", "省直辖县级行政单位", "自治区直辖县级行政单位"}


def _place(code: str) -> str:
    """The present name of one level; the list keeps former ones with their years: [1989-]瑞昌市."""
    *_rest, (_code, facts) = PLACES.info(code)
    known = facts.get("county") or facts.get("prefecture") or facts.get("province") or ""
    return str(known).split(",")[-1].split("]")[-1]


def commitment_text(name: str, uscc: str, items: Sequence[str]) -> str:
    """The commitment (告知承诺) that an agency signs, for these items (their names)."""
    listed = "、".join(f"“{item}”" for item in items)
    return COMMITMENT.format(name=name, uscc=uscc, items=listed)


COMMITMENT = """{name}(统一社会信用代码 {uscc})申请入驻中介服务超市,已知悉入驻条件和不实承诺的后果,现承诺:
一、能够独立承担民事责任,依法纳税和缴纳社会保险,未被列入经营异常名录、严重违法失信名单和失信被执行人名单。
二、所填信息和上传材料真实、完整、有效;发生变化的,及时更新。
三、具备承担下列事项所需的资质、备案、人员和技术条件:{items}。
四、不出借、不借用资质,不与其他机构串通报价,不转让中选项目。
五、与上述事项的审批机关没有隶属关系,也不是其主管的社会组织及所办企业(《优化营商环境条例》第四十三条)。
六、承诺不实的,接受取消入驻、记入信用记录等处理,并依法承担责任。"""


class Progress(enum.StrEnum):
    """How far a section is, as the task list shows it."""

    TODO = "todo"
    DOING = "doing"
    BACK = "back"
    DONE = "done"


# --- who may take which item ------------------------------------------------------------------------------------------

LASTING = dt.date.max
"""Stands for "without end" where days are compared."""


def covered_until(requirement: Requirement, held: Iterable[Held], on: dt.date) -> dt.date | None:
    """The last day on which what is held meets the requirement without a gap from `on`; None when it does not on `on`.

    LASTING when no certificate is asked for or one has no end. Consecutive certificates are joined.
    """
    if requirement.kind is Kind.COMMITMENT_ONLY:
        return LASTING
    fitting = [each for each in held if meets(requirement, each.name, each.grade, each.specialities)]
    reached, day = None, on
    while valid := [each.valid_to or LASTING for each in fitting if each.is_valid(day)]:
        reached = max(valid)
        if reached == LASTING:
            break
        day = reached + dt.timedelta(days=1)
    return reached


def uncovered(requirements: Mapping[str, Requirement], held: Sequence[Held], on: dt.date) -> list[str]:
    """The item codes, in order, for which nothing valid is held."""
    return [code for code, asked in sorted(requirements.items()) if covered_until(asked, held, on) is None]


def why_not(agency: State, line: LineState | None, valid_to: dt.date | None, at: dt.date) -> str | None:
    """Why an agency may not enter for an item on a day, as a code of words.py; None when it may."""
    if agency is State.SUSPENDED:
        return "agency.suspended"
    if agency not in MAY_ENTER:
        return "agency.not_active"
    if line is None:
        return "agency.no_line"
    if line is LineState.LAPSED or (line in LINE_OPEN and valid_to is not None and valid_to < at):
        return "agency.qualification_expired"
    return None if line in LINE_OPEN else "agency.line_closed"


# --- what is still owed -----------------------------------------------------------------------------------------------

@dataclasses.dataclass(frozen=True)
class Filled:
    """All that an application says: `requirements` of the chosen items by code, names of qualifications without scan."""

    basics: Basics
    uscc: str
    requirements: Mapping[str, Requirement]
    held: Sequence[Held]
    unscanned: Sequence[str]
    is_committed: bool


def owed(filled: Filled, today: dt.date) -> list[tuple[Section, Invalid]]:
    """Everything that stands between an application and its submission, told at once (一次性告知).

    Refusals: `agency.bad_uscc`, `agency.incomplete_basics`, `agency.incomplete_lines`, those of `check_validity`,
    `agency.no_scan`, `agency.uncovered`, `agency.incomplete_commitment`.
    """
    found = [(Section.BASICS, no) for no in _refusals(check_uscc, filled.uscc)]
    if fields := missing(filled.basics):
        found.append((Section.BASICS, Invalid("agency.incomplete_basics", field=fields[0], count=len(fields))))
    if not filled.requirements:
        found.append((Section.LINES, Invalid("agency.incomplete_lines", field="items")))
    for held in filled.held:
        found += [(Section.QUALIFICATIONS, no) for no in _refusals(check_validity, held, today)]
    found += [(Section.QUALIFICATIONS, Invalid("agency.no_scan", field="scan", name=name)) for name in filled.unscanned]
    for code in uncovered(filled.requirements, filled.held, today):
        names = "、".join(filled.requirements[code].names)
        found.append((Section.QUALIFICATIONS, Invalid("agency.uncovered", field="items", item=code, names=names)))
    if not filled.is_committed:
        found.append((Section.COMMITMENT, Invalid("agency.incomplete_commitment", field="commitment")))
    return found


def _refusals(check: Callable[..., object], *arguments: object) -> list[Invalid]:
    try:
        check(*arguments)
    except Invalid as no:
        return [no]
    return []


def progress(filled: Filled, to_correct: Collection[Section], today: dt.date) -> dict[Section, Progress]:
    """How far each section is; one that the office's list names and nobody has touched since is 待补正."""
    open_sections = {section for section, _ in owed(filled, today)}
    begun = {Section.BASICS: True, Section.LINES: False, Section.QUALIFICATIONS: bool(filled.held),
             Section.COMMITMENT: False}
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
    """No refusal and no revocation without reasons, legal basis and remedy (domain.md section 0, decision 20).

    Refuses `agency.unreasoned`, naming the field.
    """
    for field, text in (("reasons", reasons), ("basis", basis), ("remedy", remedy)):
        if not 1 <= len(text.strip()) <= MOST_TEXT:
            raise Invalid("agency.unreasoned", field=field)


# --- separations (roles.md, never one person per matter) --------------------------------------------------------------

def check_other_person(person_id: int | None, *earlier: int | None) -> None:
    """Who filled in does not check, who checked does not sign or decide an objection. Refuses `agency.same_person`."""
    if person_id is not None and person_id in earlier:
        raise Refusal("agency.same_person")
