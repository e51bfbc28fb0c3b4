"""An owner's registration: its states, what is asked, who may decide. Pure."""

import enum

from market.accounts.rules import Duty
from market.kernel import credit_code
from market.kernel.errors import Invalid, Refusal
from market.kernel.shown import another_person
from market.kernel.states import move
from market.kernel.visible import line
from market.windows.rules import Kind as WindowKind
from market.windows.rules import Nature


def N_(text: str) -> str:  # noqa: N802 - the customary name of the marker that extraction looks for
    """Mark a text for translation where it is a constant."""
    return text


class Kind(enum.StrEnum):
    """Whose money it is decides the method, so the kind is asked first: 机关事业单位,
    企业和社会组织, 自然人.
    """

    PUBLIC = "public"
    FIRM = "firm"
    PERSON = "person"


class State(enum.StrEnum):
    """A registration from its submission to the decision; a refused one may be sent in again."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSING = "refusing"
    APPROVED = "approved"
    REFUSED = "refused"


NEXT = {
    State.SUBMITTED: {State.APPROVED, State.RETURNED, State.REFUSING},
    State.RETURNED: {State.SUBMITTED},
    State.REFUSING: {State.REFUSED, State.SUBMITTED},
    State.REFUSED: {State.SUBMITTED},
}


class Ground(enum.StrEnum):
    """Why a registration is refused, as the log says it; the reason in full goes to the applicant."""

    NOT_ELIGIBLE = "not_eligible"
    NOT_AUTHORISED = "not_authorised"
    FALSE_DOCUMENT = "false_document"
    DUPLICATE = "duplicate"


CHECK = WindowKind("owners.check", Nature.DUTY, N_("核验项目业主登记"))
WINDOWS = {CHECK.name: CHECK}
CHECK_DAYS = "formal_check_days"
"""The rulebook's parameter that the check is counted by: 2 working days."""

ALL_DUTIES = frozenset({Duty.OWNER_DRAFTER, Duty.OWNER_SIGNATORY, Duty.OWNER_ACCEPTOR})
FIRST_DUTIES = {
    # Internal control of public bodies: who drafts or signs does not accept (roles.md, separation
    # 1).
    Kind.PUBLIC: ALL_DUTIES - {Duty.OWNER_ACCEPTOR},
    Kind.FIRM: ALL_DUTIES,
    Kind.PERSON: ALL_DUTIES,
}
"""What the one who registers may do; a public body adds its acceptor as another member."""

PUBLIC_CODES = "1"
"""统一社会信用代码 that the office of public establishments gives begin with 1 (GB 32100-2015, table 1)."""


# of a list of corrections; characters
MOST_ITEMS = 30
LONGEST_ITEM = 300


def move_state(old: State, new: State) -> State:
    """The step, or the refusal `owners.wrong_state`."""
    return move(NEXT, old, new, "owners.wrong_state")


def check_code(kind: Kind, uscc: str | None) -> None:
    """Refuse `owners.no_code` for an organisation without 统一社会信用代码, `owners.public_code`
    for a public body that calls itself a firm.
    """
    if kind is Kind.PERSON:
        return
    if not uscc:
        raise Invalid("owners.no_code", field="uscc")
    if kind is Kind.FIRM and credit_code.compact(uscc).startswith(PUBLIC_CODES):
        raise Invalid("owners.public_code", field="kind")


def check_corrections(items: list[str], *, returned_before: bool) -> list[str]:
    """What is to be mended, told once and completely (一次性告知).

    Refuses `owners.no_corrections` for an empty list, `owners.corrections_long` and
    `owners.returned_once` for a second one.
    """
    wanted = [line(item) for item in items if line(item)]
    if not wanted:
        raise Invalid("owners.no_corrections", field="corrections")
    if len(wanted) > MOST_ITEMS or any(len(item) > LONGEST_ITEM for item in wanted):
        raise Invalid(
            "owners.corrections_long", field="corrections", items=MOST_ITEMS, signs=LONGEST_ITEM
        )
    if returned_before:
        raise Refusal("owners.returned_once")
    return wanted


def check_hands(checker: int | None, *others: int | None, is_member: bool) -> None:
    """Refuse `owners.own_matter` to one who submitted or entered the registration, proposed its
    refusal, or belongs to it.
    """
    if is_member:
        raise Refusal("owners.own_matter")
    another_person(checker, *others, code="owners.own_matter")
