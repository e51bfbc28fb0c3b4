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
"""The steps of which who follows a list is told."""
OF_TYPE = {kind: what for what, kinds in TYPES.items() for kind in kinds}


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


@dataclasses.dataclass(frozen=True, kw_only=True)
class Seen:
    """What a step of the log is about, as its list shows it. `number` is that of its page."""

    number: str
    title: str
    category: str = ""
    fund: str = ""
    about: str = ""
    owner_id: int | None = None
    body_id: int | None = None
    notice: str | None = None


def fits(wanted: Wanted, seen: Seen) -> bool:
    """Whether a step belongs to a search: every part of its text in title or number, as the list finds
    it, and every choice met.
    """
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


def key(what: What, wanted: Wanted) -> str:
    """List and search as one text, the same for the same."""
    return json.dumps([what.value, *dataclasses.astuple(wanted)], ensure_ascii=False)


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
