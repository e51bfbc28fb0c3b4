"""Who may complain about what, until when, and what of it the log keeps (Ruichang (二)(4);
decisions 16 and 17).
"""

import dataclasses
import datetime as dt
import enum
import hashlib
import unicodedata

import rfc8785

from market.kernel.clock import CHINA, local_date
from market.kernel.errors import Invalid, Refusal
from market.workdays.rules import Certainty, Deadline, Unit, WorkCalendar, deadline, last_day

MOST_FILES = 10
DISCARDED_LASTS = dt.timedelta(days=7)
"""How long a draft that was thrown away can be taken back (docs/rules.md#settings)."""
LABEL = b"zjcs/complaint/1\n"


class About(enum.StrEnum):
    """What is complained of (Ruichang: 选取公告、选取过程和选取结果)."""

    NOTICE = "notice"
    PROCESS = "process"
    RESULT = "result"
    # an enrolment decision or the office's service: a window of its own (decision 16)
    CONDUCT = "conduct"


class Channel(enum.StrEnum):
    """How it came. All but online are registered by staff with the day of receipt (decision 16)."""

    ONLINE = "online"
    PAPER = "paper"
    COUNTER = "counter"
    PHONE = "phone"
    HOTLINE = "hotline"  # a work order of 12345, which keeps its own number
    POST = "post"


class Complainant(enum.StrEnum):
    """Whether somebody complains for himself or for his organisation."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Door(enum.StrEnum):
    """Where one may turn (Ruichang: 有关行业主管部门或中介超市协管办)."""

    REGULATOR = "regulator"
    OFFICE = "office"


class Respondent(enum.StrEnum):
    """Whose conduct is meant."""

    OWNER = "owner"
    AGENCY = "agency"  # the one selected
    OFFICE = "office"
    REGULATOR = "regulator"


@dataclasses.dataclass(frozen=True)
class Statement:
    """What a complainant writes. `matter` is the notice's number; of a conduct complaint what it is
    about, in words, with `act_on` the day of the act.
    """

    matter: str
    about: About
    respondent: Respondent
    matters: str
    request: str
    complainant: Complainant
    name: str
    phone: str
    door: Door = Door.OFFICE
    act_on: dt.date | None = None
    hides_complainant: bool = True
    has_new_evidence: bool = False


@dataclasses.dataclass(frozen=True)
class Intake:
    """How a complaint came that staff register: by which way, when, and under which number of the
    sender's.
    """

    channel: Channel
    received_at: dt.datetime
    posted_on: dt.date | None = None
    external_number: str | None = None


@dataclasses.dataclass(frozen=True)
class Who:
    """A complainant as far as he is known: ids when he came online, name and telephones always."""

    kind: Complainant
    name: str
    phones: frozenset[str]
    person_id: int | None = None
    organisation_id: int | None = None

    def is_same(self, earlier: "Who") -> bool:
        """Whether it is he who complained before. Ids decide where both are known; between what
        came online and what staff entered the name does, of a person with one of his telephones.
        """
        if self.organisation_id is not None and earlier.organisation_id is not None:
            return self.organisation_id == earlier.organisation_id
        if (
            self.kind is Complainant.PERSON
            and self.person_id is not None
            and earlier.person_id is not None
        ):
            return self.person_id == earlier.person_id
        if self.kind is not earlier.kind or plain(self.name) != plain(earlier.name):
            return False
        return self.kind is Complainant.ORGANISATION or bool(
            _digits(self.phones) & _digits(earlier.phones)
        )


def _digits(phones: frozenset[str]) -> set[str]:
    return {"".join(filter(str.isdigit, phone)) for phone in phones} - {""}


def check_statement(said: Statement, *, is_over: bool, has_winner: bool) -> None:
    """`is_over`: the selection's result, or its failure, is published. Refuse what cannot be heard
    in this
    form: `complaint.no_result_yet`, `complaint.no_agency_yet`, `complaint.act_day_missing`,
    `complaint.conduct_of_office`.
    """
    if said.about is About.CONDUCT:
        if said.act_on is None:
            raise Invalid("complaint.act_day_missing", field="act_on")
        if said.respondent is not Respondent.OFFICE:
            raise Invalid("complaint.conduct_of_office", field="respondent")
        return
    if said.about is About.RESULT and not is_over:
        raise Invalid("complaint.no_result_yet", field="about")
    if said.respondent is Respondent.AGENCY and not has_winner:
        raise Invalid("complaint.no_agency_yet", field="respondent")


def check_intake(intake: Intake) -> None:
    """Refuse `complaint.online_by_hand` and, for a work order of 12345 without its number,
    `complaint.own_number`.
    """
    if intake.channel is Channel.ONLINE:
        raise Invalid("complaint.online_by_hand", field="channel")
    if intake.channel is Channel.HOTLINE and not intake.external_number:
        raise Invalid("complaint.own_number", field="external_number")


def filing_deadline(
    ended_at: dt.datetime | None, span: tuple[int, str], calendar: WorkCalendar
) -> Deadline | None:
    """Until when one may file: `span` after the publication of the result, or of the failure, of
    the selection.

    None while there is neither: from the notice's publication on, complaints about it are received.
    """
    return None if ended_at is None else deadline(ended_at, span[0], Unit(span[1]), calendar)


def is_in_time(received_at: dt.datetime, closes: Deadline | None) -> bool:
    """Whether a complaint came in time. A provisional due never ends a right
    (docs/rules.md#calendar).
    """
    return (
        closes is None or closes.certainty is Certainty.PROVISIONAL or received_at < closes.due_at
    )


def check_in_time(
    received_at: dt.datetime, published_at: dt.datetime | None, closes: Deadline | None
) -> None:
    """Refuse `complaint.notice_not_public` before the notice is out, `complaint.too_late` (with the
    closing instant) at or after the due.
    """
    if published_at is None or received_at < published_at:
        raise Refusal("complaint.notice_not_public")
    if closes is not None and not is_in_time(received_at, closes):
        raise Refusal(
            "complaint.too_late", closed=ends(closes.due_at), received=moment(received_at)
        )


def in_time_by(
    channel: Channel, received_at: dt.datetime, posted_on: dt.date | None, now: dt.datetime
) -> dt.datetime:
    """The instant by which timeliness is judged: receipt, and for a letter the day of posting
    (decision 16).

    Refused: `complaint.received_in_future`, `complaint.posted_after_receipt`.
    """
    if received_at > now:
        raise Invalid("complaint.received_in_future", field="received_at")
    if channel is not Channel.POST or posted_on is None:
        return received_at
    if posted_on > local_date(received_at):
        raise Invalid("complaint.posted_after_receipt", field="posted_on")
    return min(
        received_at, dt.datetime.combine(posted_on, dt.time(23, 59, 59), CHINA).astimezone(dt.UTC)
    )


def check_act_day(act_on: dt.date | None, by: dt.datetime, today: dt.date) -> None:
    """Refuse `complaint.act_day_missing` for a day that is not said or has not come,
    `complaint.act_after_receipt` for one after the instant by which timeliness is judged.
    """
    if act_on is None or act_on > today:
        raise Invalid("complaint.act_day_missing", field="act_on")
    if day_began(act_on) > by:
        raise Invalid("complaint.act_after_receipt", field="act_on")


def check_receipt(
    received_at: dt.datetime, by: dt.datetime, published_at: dt.datetime | None
) -> None:
    """What staff entered cannot have come before the notice was out. Refuse
    `complaint.received_before_notice`, `complaint.posted_before_notice`, each at its field with the
    instant of publication.
    """
    if published_at is None:
        raise Refusal("complaint.notice_not_public")
    for instant, code, field in (
        (received_at, "complaint.received_before_notice", "received_at"),
        (by, "complaint.posted_before_notice", "posted_on"),
    ):
        if instant < published_at:
            raise Invalid(code, field=field, published=moment(published_at))


def day_began(day: dt.date) -> dt.datetime:
    """The first instant of a day in China, as an aware UTC instant."""
    return dt.datetime.combine(day, dt.time(), CHINA).astimezone(dt.UTC)


def ends(due_at: dt.datetime) -> str:
    """An end that is not included, for a sentence: midnight is the 24:00 of the day before."""
    local = due_at.astimezone(CHINA)
    if local.time() == dt.time():
        return f"{last_day(due_at).isoformat()} 24:00"
    return local.strftime("%Y-%m-%d %H:%M")


def moment(instant: dt.datetime) -> str:
    """An instant in Beijing, for a sentence."""
    return instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def facts_digest(*texts: str) -> str:
    """A digest of what is alleged, blind to width, case, spaces and punctuation: the same facts
    sent again are found.
    """
    return hashlib.sha256(plain("".join(texts)).encode()).hexdigest()


def plain(text: str) -> str:
    """A text without what only dresses it: width, case, spaces, punctuation."""
    return "".join(
        sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum()
    )


def text_digest(text: str) -> str:
    """SHA-256 of a public text, in lower-case hex: whoever has the text can find it on the log."""
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(salt: bytes, content: dict[str, str]) -> str:
    """SHA-256 over a label, 16 random bytes and the content in canonical JSON: proves later what
    was filed, says nothing now (docs/rules.md#log: no personal data on the log, salted digests
    only).
    """
    return hashlib.sha256(LABEL + salt + rfc8785.dumps(content)).hexdigest()
