"""What can be followed, what a step of the log must be to fit, and the link that ends it. Pure.

Source: docs/rules.md#open-data.
"""

import dataclasses
import datetime as dt
import enum
import hashlib
import hmac
import json

from market.kernel import ids
from market.kernel.clock import CHINA
from market.kernel.errors import Invalid, Refusal
from market.kernel.sought import parts

MOST = 20  # searches that one person follows
MOST_TEXT = 80  # signs of what is looked for
HOUR = 8  # in China, when the day's letter is written
LISTED = 50  # steps that one letter names


class What(enum.StrEnum):
    """Which public list is followed."""

    NOTICES = "notices"
    RESULTS = "results"
    COMPLAINTS = "complaints"


class Pace(enum.StrEnum):
    """When one is told."""

    AT_ONCE = "at_once"
    DAILY = "daily"


TYPES: dict[What, tuple[str, ...]] = {
    What.NOTICES: ("notice.opened", "choice.opened", "notice.amended", "notice.cancelled"),
    What.RESULTS: ("result.published", "selection.failed"),
    What.COMPLAINTS: (
        "complaint.filed",
        "complaint.accepted",
        "complaint.not_accepted",
        "complaint.decided",
        "complaint.decision_published",
    ),
}
"""The steps of which who follows a whole list is told."""
DECISION = ("complaint.decided", "complaint.decision_published")
COMES: dict[What, dict[str, tuple[str, ...]]] = {
    What.NOTICES: {
        "open": ("notice.opened", "notice.amended"),
        "today": ("notice.opened", "notice.amended"),
        "soon": ("choice.opened", "entries.sealed", "entries.listed"),
        "announced": ("result.published", "result.held", "result.released"),
        "awarded": ("award.issued",),
        "failed": (
            "selection.failed",
            "notice.cancelled",
            "result.annulled",
            "contract.terminated",
        ),
    },
    What.RESULTS: {},
    What.COMPLAINTS: {
        "filed": ("complaint.filed",),
        "completing": ("complaint.completion_asked",),
        "transferred": ("complaint.transferred",),
        "accepted": ("complaint.accepted", "complaint.resumed"),
        "paused": ("complaint.paused",),
        "escalated": ("complaint.escalated",),
        "not_accepted": ("complaint.not_accepted",),
        "withdrawn": ("complaint.withdrawn",),
        "upheld": DECISION,
        "partly": DECISION,
        "dismissed": DECISION,
        "remedying": ("complaint.decision_published",),
        "callback": ("complaint.decision_published", "complaint.remedied"),
        "closed": ("complaint.closed",),
    },
}
"""The steps by which something comes under a heading or into a state that its list is narrowed to."""
OF_TYPE: dict[str, frozenset[What]] = {
    kind: frozenset(
        what
        for what in What
        if kind in TYPES[what] or any(kind in kinds for kinds in COMES[what].values())
    )
    for kind in sorted(
        {kind for kinds in TYPES.values() for kind in kinds}
        | {kind for states in COMES.values() for kinds in states.values() for kind in kinds}
    )
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; empty means everything. `owner_id` an owner's organisation, `body_id`
    that of who handles complaints.
    """

    text: str = ""
    category: str = ""
    fund: str = ""
    about: str = ""
    owner_id: int | None = None
    body_id: int | None = None
    state: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Seen:
    """What a step of the log is about, as its list shows it. `number` is that of its page, `states`
    are those that the step may have brought it into, where its type leaves more than one.
    """

    number: str
    title: str
    category: str = ""
    fund: str = ""
    about: str = ""
    owner_id: int | None = None
    body_id: int | None = None
    notice: str | None = None
    states: frozenset[str] | None = None


def fits(what: What, wanted: Wanted, kind: str, seen: Seen) -> bool:
    """Whether a step of type `kind` belongs to a search: every part of its text in title or number, as
    the list finds it, every choice met, and, where a heading or state is followed, the step one that
    brings something there.
    """
    if not wanted.state:
        return kind in TYPES[what] and _meets(wanted, seen)
    comes = kind in COMES[what].get(wanted.state, ())
    is_there = seen.states is None or wanted.state in seen.states
    return comes and is_there and _meets(wanted, seen)


def _meets(wanted: Wanted, seen: Seen) -> bool:
    chosen = all(
        not asked or asked == has
        for asked, has in (
            (wanted.category, seen.category),
            (wanted.fund, seen.fund),
            (wanted.about, seen.about),
            (wanted.owner_id, seen.owner_id),
            (wanted.body_id, seen.body_id),
        )
    )
    return chosen and _says(wanted.text, seen)


def _says(text: str, seen: Seen) -> bool:
    numbers = ids.typed(text)
    if numbers:
        own = {seen.number, seen.notice or ""}
        return bool({numbers[0], ids.sibling(numbers[0], ids.Prefix.NOTICE)} & own)
    whole = f"{seen.title}\n{seen.number}\n{seen.notice or ''}".casefold()
    return all(part.casefold() in whole for part in parts(text))


def check_wanted(what: What, wanted: Wanted) -> None:
    """Hold that a search asks only what its list has. Refuses `following.text`."""
    if len(wanted.text) > MOST_TEXT:
        raise Invalid("following.text", field="q", most=MOST_TEXT)
    if what is What.COMPLAINTS and (wanted.category or wanted.fund or wanted.owner_id):
        raise Invalid("following.not_of_list")
    if what is not What.COMPLAINTS and (wanted.about or wanted.body_id):
        raise Invalid("following.not_of_list")
    if wanted.state and wanted.state not in COMES[what]:
        raise Invalid("following.not_of_list")


def key(what: What, wanted: Wanted) -> str:
    """List and search as one text, the same for the same."""
    *choices, state = dataclasses.astuple(wanted)
    return json.dumps([what.value, *choices, *([state] if state else ())], ensure_ascii=False)


def check_many(have: int) -> None:
    """Hold that nobody follows more than `MOST`. Refuses `following.most`."""
    if have >= MOST:
        raise Refusal("following.most", most=MOST)


def last_cut(now: dt.datetime) -> dt.datetime:
    """The last time that the day's letters were due, at or before `now`."""
    today = now.astimezone(CHINA).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return today if today <= now else today - dt.timedelta(days=1)


def stop_link(secret: str, following_id: int) -> str:
    """The address that ends a following: whoever has it may, and nobody can guess it."""
    return f"/following/stop/{following_id}.{_seal(secret, str(following_id))}"


def stopped_by(secret: str, token: str) -> int | None:
    """Which following the last part of such an address ends; None of one that is not ours."""
    said, _, seal = token.partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(secret, said).encode()):
        return None
    return int(said)


def _seal(secret: str, said: str) -> str:
    whole = hmac.new(secret.encode(), f"zjcs/following {said}".encode(), hashlib.sha256)
    return whole.hexdigest()[:32]
