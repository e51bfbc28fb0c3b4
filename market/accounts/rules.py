"""Duties, separations, passwords and times of sessions (docs/rules.md#people,
docs/rules.md#settings). Pure.
"""

import datetime as dt
import enum
import unicodedata
from collections.abc import Iterable

from market.kernel.actor import Actor
from market.kernel.errors import Invalid
from market.kernel.states import move
from market.windows.rules import Kind as WindowKind
from market.windows.rules import Nature

IDENTITY = WindowKind("accounts.identity", Nature.DUTY, "核验实名身份")
WINDOW_KINDS = {IDENTITY.name: IDENTITY}


class Kind(enum.StrEnum):
    """What an organisation is here."""

    AGENCY = "agency"
    OWNER = "owner"
    OFFICE = "office"
    REGULATOR = "regulator"
    AUTHORITY = "authority"
    INSPECTION = "inspection"
    WITNESS = "witness"


class Duty(enum.StrEnum):
    """A duty is given to a membership; separation is checked for each matter, not for each account."""

    AGENCY_ADMIN = "agency_admin"
    AGENCY_AGENT = "agency_agent"
    AGENCY_SIGNATORY = "agency_signatory"
    OWNER_DRAFTER = "owner_drafter"
    OWNER_SIGNATORY = "owner_signatory"
    OWNER_ACCEPTOR = "owner_acceptor"
    JUROR = "juror"
    INTAKE_CLERK = "intake_clerk"
    ENROLMENT_CHECKER = "enrolment_checker"
    NOTICE_REVIEWER = "notice_reviewer"
    PUBLISHER = "publisher"
    SELECTION_ATTENDANT = "selection_attendant"
    CASE_OFFICER = "case_officer"
    CALLBACK_OFFICER = "callback_officer"
    COMPLAINT_OFFICER = "complaint_officer"
    COMPLAINT_SIGNATORY = "complaint_signatory"
    OFFICE_HEAD = "office_head"
    REGULATOR_OFFICER = "regulator_officer"
    REGULATOR_SIGNATORY = "regulator_signatory"
    FINANCE_SUPERVISOR = "finance_supervisor"
    WITNESS = "witness"
    RULE_EDITOR = "rule_editor"
    RULE_APPROVER = "rule_approver"
    AUTHORITY_ASSIGNER = "authority_assigner"
    INSPECTOR = "inspector"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


DUTIES_OF: dict[Kind, frozenset[Duty]] = {
    Kind.AGENCY: frozenset({Duty.AGENCY_ADMIN, Duty.AGENCY_AGENT, Duty.AGENCY_SIGNATORY}),
    Kind.OWNER: frozenset(
        {Duty.OWNER_DRAFTER, Duty.OWNER_SIGNATORY, Duty.OWNER_ACCEPTOR, Duty.JUROR}
    ),
    Kind.OFFICE: frozenset(
        {
            Duty.INTAKE_CLERK,
            Duty.ENROLMENT_CHECKER,
            Duty.NOTICE_REVIEWER,
            Duty.PUBLISHER,
            Duty.SELECTION_ATTENDANT,
            Duty.CASE_OFFICER,
            Duty.CALLBACK_OFFICER,
            Duty.COMPLAINT_OFFICER,
            Duty.COMPLAINT_SIGNATORY,
            Duty.OFFICE_HEAD,
            Duty.RULE_EDITOR,
            Duty.SYSTEM_ADMIN,
            Duty.SECURITY_ADMIN,
            Duty.AUDIT_ADMIN,
        }
    ),
    Kind.REGULATOR: frozenset(
        {
            Duty.COMPLAINT_OFFICER,
            Duty.COMPLAINT_SIGNATORY,
            Duty.REGULATOR_OFFICER,
            Duty.REGULATOR_SIGNATORY,
            Duty.FINANCE_SUPERVISOR,
            Duty.WITNESS,
        }
    ),
    Kind.AUTHORITY: frozenset(
        {
            Duty.RULE_EDITOR,
            Duty.RULE_APPROVER,
            Duty.AUTHORITY_ASSIGNER,
            Duty.COMPLAINT_OFFICER,
            Duty.COMPLAINT_SIGNATORY,
            Duty.CALLBACK_OFFICER,
        }
    ),
    Kind.INSPECTION: frozenset({Duty.INSPECTOR}),
    Kind.WITNESS: frozenset({Duty.WITNESS}),
}
"""Which duties an organisation of a kind may give its members (docs/rules.md#duties)."""


class Level(enum.StrEnum):
    """How well it is known who a person is (实名, ADR 0035)."""

    NONE = "none"
    CLAIMED = "claimed"  # a number with a right check sign, and a link in a mail: anybody's word
    CHECKED = "checked"  # seen by the office, or confirmed by a register


def level_of(claimed_at: dt.datetime | None, verified_at: dt.datetime | None) -> Level:
    """The level of who has made his claim and had it checked at these instants."""
    if verified_at is not None:
        return Level.CHECKED
    return Level.NONE if claimed_at is None else Level.CLAIMED


class CheckState(enum.StrEnum):
    """Where the check of a claim stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class CheckReason(enum.StrEnum):
    """Why a claim was not confirmed."""

    ILLEGIBLE = "illegible"
    MISMATCH = "mismatch"
    EXPIRED = "expired"
    NOT_SHOWN = "not_shown"
    OTHERS = "number_of_another"  # never chosen: another's check of the same number says it


CHECK_NEXT = {CheckState.WAITING: {CheckState.CONFIRMED, CheckState.REFUSED}}


def move_check(old: CheckState, new: CheckState) -> CheckState:
    """The step, or the refusal `accounts.check_done`."""
    return move(CHECK_NEXT, old, new, "accounts.check_done")


class Purpose(enum.StrEnum):
    """What a link in a mail is for."""

    ACTIVATE = "activate"
    RESET = "reset"


STAFF = frozenset({Kind.OFFICE, Kind.REGULATOR, Kind.AUTHORITY, Kind.INSPECTION, Kind.WITNESS})
"""Bodies whose people are staff: shorter sessions, and a second factor where the installation asks for it."""

ADMINISTRATORS = frozenset({Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN, Duty.AUDIT_ADMIN})
NEVER_TOGETHER = (
    ({Duty.SYSTEM_ADMIN}, {Duty.AUDIT_ADMIN}),
    (ADMINISTRATORS, frozenset(Duty) - ADMINISTRATORS),
    ({Duty.RULE_EDITOR}, {Duty.RULE_APPROVER}),
    ({Duty.INSPECTOR}, frozenset(Duty) - {Duty.INSPECTOR}),
)
"""Duties that one membership never holds at once (docs/rules.md#duties, separations 5, 8 and 9);
the other separations are checked per matter.
"""

MANAGES = {Kind.AGENCY: Duty.AGENCY_ADMIN, Kind.OWNER: Duty.OWNER_SIGNATORY}
"""Who manages the members of an organisation itself; bodies' members are managed by the office's administrators."""

WORD = "abcdefghijklmnopqrstuvwxyz"
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", WORD)
BLOCKED = frozenset(
    {
        "password",
        "passwd",
        "admin",
        "administrator",
        "root",
        "iloveyou",
        "welcome",
        "letmein",
        "qazwsxedc",
        "1qaz2wsx3edc",
        "woaini",
        "woaini1314",
        "5201314",
        "1314520",
        "zhongguo",
        "zhongjiechaoshi",
        "zhongjie",
        "mima",
        "a123456",
        "abc123",
        "qwe123",
        "p@ssw0rd",
        "passw0rd",
        "administrator123",
        "123456",
        "666666",
        "888888",
    }
)
# characters (docs/rules.md#settings, after NIST SP 800-63B-4)
LEAST_ALONE = 15
LEAST_WITH_SECOND = 8
MOST = 128

# mails with a link that one mailbox gets
MOST_LINKS = 5
LINKS_PER = dt.timedelta(hours=1)
IDLE = dt.timedelta(minutes=30)
IDLE_STAFF = dt.timedelta(minutes=15)
ABSOLUTE = dt.timedelta(hours=12)
TOUCH_EVERY = dt.timedelta(minutes=1)
TRYING = dt.timedelta(minutes=15)
MOST_TRIES = {"pair": 5, "login": 20, "address": 50}
"""Wrong answers within TRYING: of one login from one address, of one login, from one address (a county may share one)."""


def check_duties(kind: Kind, duties: Iterable[str]) -> str:
    """The duties as a membership keeps them: sorted, joined by spaces.

    Refuses `accounts.no_duty` for none, `accounts.foreign_duty` for one that this kind of
    organisation cannot give and `accounts.duties_apart` for two that one person never holds.
    """
    given = {str(duty) for duty in duties}
    if not given:
        raise Invalid("accounts.no_duty", field="duties")
    if not given <= {duty.value for duty in DUTIES_OF[kind]}:
        raise Invalid("accounts.foreign_duty", field="duties")
    for some, others in NEVER_TOGETHER:
        if not given.isdisjoint(some) and not given.isdisjoint(others):
            raise Invalid("accounts.duties_apart", field="duties")
    return " ".join(sorted(given))


def may_manage(actor: Actor, organisation_id: int, kind: Kind) -> bool:
    """Whether the actor manages the members of an organisation: his own, or any body for the
    office's administrators.
    """
    if kind in MANAGES:
        return actor.organisation_id == organisation_id and actor.has(MANAGES[kind])
    return actor.kind == Kind.OFFICE and actor.has(Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN)


def needs_second_factor(kind: str | None, duties: Iterable[str]) -> bool:
    """Whether this identity signs in with a second factor where the installation asks for one
    (docs/rules.md#accounts).
    """
    return kind in STAFF or Duty.OWNER_SIGNATORY in set(duties)


def plain_password(password: str) -> str:
    """A password as it is counted and hashed: full-width and composed signs in one form (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, login: str, second_factor: bool = False) -> None:
    """Refuse `accounts.password_short`, `_long` or `_common`; there is no rule of composition.

    15 characters alone, 8 where a second factor stands beside it, 128 at most.
    """
    plain = plain_password(password)
    least = LEAST_WITH_SECOND if second_factor else LEAST_ALONE
    if len(plain) < least:
        raise Invalid("accounts.password_short", field="password", least=least, count=len(plain))
    if len(plain) > MOST:
        raise Invalid("accounts.password_long", field="password", most=MOST)
    if is_guessable(plain, login):
        raise Invalid("accounts.password_common", field="password")


def is_guessable(plain: str, login: str) -> bool:
    """Whether a password is a well-known one, the login, a short piece over and over, or keys in
    their row.
    """
    low = plain.casefold()
    piece = _period(low)
    local = login.casefold().partition("@")[0]
    return (
        low in BLOCKED
        or len(piece) < 6
        or piece in BLOCKED
        or low == login.casefold()
        or (len(local) > 3 and len(low.replace(local, "")) < 4)
        or _is_run(low)
    )


def _period(text: str) -> str:
    """The shortest piece that the text repeats: 123 for 12312312, the text itself when it repeats
    nothing.
    """
    return text[: (text + text).find(text, 1)] if text else text


def _is_run(text: str) -> bool:
    return any(text in (row * 14) or text in (row[::-1] * 14) for row in ROWS)


def is_over(now: dt.datetime, seen_at: dt.datetime, ends_at: dt.datetime, kind: str | None) -> bool:
    """Whether a session has ended: idle 30 minutes (staff 15), or 12 hours after it began."""
    return now >= ends_at or now - seen_at > idle(kind)


def idle(kind: str | None) -> dt.timedelta:
    """How long a session stands unused."""
    return IDLE_STAFF if kind in STAFF else IDLE


def organisation_ref(organisation_id: int) -> str:
    """How the log speaks of an organisation: O000012."""
    return f"O{organisation_id:06d}"


def organisation_id_of(ref: str) -> int:
    """The organisation that the log speaks of as `ref`."""
    return int(ref.removeprefix("O"))
