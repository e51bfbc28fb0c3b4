"""What was sent under which form's key, so that a form does its work once and for its sender alone.

A form that creates something carries a random key (market/web/once.py). The service asks `sent`
before it does anything: a key is known to the one who sent it first, for the deed and the content
that it was sent with. Everything kept is a SHA-256 that begins with the key, which is kept nowhere:
who reads the database learns neither who sent what nor a sealed quote by trying amounts.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from typing import Literal

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, Work
from market.kernel.actor import Actor
from market.kernel.errors import Refusal
from market.prepared import Many, Prepared


class Submission(Model):
    """A form that was taken: whose it was, for what deed, with what content."""

    __tablename__ = "submission"
    key_hash: Mapped[str] = mapped_column(primary_key=True)
    sender_hash: Mapped[str]  # person and organisation; of a deed that notes no account: nobody
    content_hash: Mapped[str]


Whose = Literal["nobody", "person", "member"]
WHOSE: dict[Whose, int] = {"nobody": 0, "person": 1, "member": 2}
# Two thousand enter in the last seconds before a close: plain SQL.
NAMES = ("key_hash", "sender_hash", "content_hash")
KNOWN = Many(
    lambda asked: select(
        Submission.key_hash, Submission.sender_hash, Submission.content_hash
    ).where(Submission.key_hash.in_(asked))
)
ADD = Prepared(insert(Submission).values({name: bindparam(name) for name in NAMES}))


@dataclasses.dataclass(frozen=True)
class Sent:
    """`key` is what the created row keeps as its `submission_key`; `again` says that such a row is
    there already.
    """

    key: str
    again: bool


@dataclasses.dataclass(frozen=True)
class Form:
    """A form with a key, as it is kept: three digests."""

    key_hash: str
    sender_hash: str
    content_hash: str


def form(
    actor: Actor,
    submission_key: str | None,
    deed: str,
    *content: object,
    whose: Whose = "member",
) -> Form | None:
    """A form as it would be kept; None for an empty key, which counts as none.

    `deed` names what is done, and to what (`entry.enter GG-…`); `content` is what was typed, in
    anything that JSON or `dataclasses` can spell. `whose` the key is: of a person in his
    organisation, of the person alone (where the deed itself changes what he acts as), or of nobody
    (a deed that notes no account).
    """
    key = (submission_key or "").strip()
    if not key:
        return None
    sender = (actor.person_id, actor.organisation_id)[: WHOSE[whose]]
    return Form(_digest(key), _digest(key, "sender", *sender), _digest(key, deed, *content))


def known(work: Work, forms: Iterable[Form | None]) -> dict[str, Form]:
    """Those of several forms' keys that were taken before, as they were kept."""
    keys = [each.key_hash for each in forms if each]
    return {row[0]: Form(*row) for row in KNOWN.rows(work, keys)}


def check_again(now: Form, before: Form) -> Sent:
    """A key that was taken before. Refuses `once.not_yours` for the key of another person or
    organisation, `once.changed` for a key that was taken for another deed or with other content:
    what was typed now must not be dropped as if it were taken.
    """
    if before.sender_hash != now.sender_hash:
        raise Refusal("once.not_yours")
    if before.content_hash != now.content_hash:
        raise Refusal("once.changed")
    return Sent(now.key_hash, again=True)


def take(work: Work, forms: Iterable[Form]) -> None:
    """Keep forms whose work is done in this transaction.

    Sent twice at once: the primary key lets one through, the other runs again and finds it.
    """
    ADD.act(work, *(dataclasses.asdict(each) for each in forms))


def sent(
    work: Work,
    submission_key: str | None,
    deed: str,
    *content: object,
    whose: Whose = "member",
) -> Sent:
    """Take a form's key, or find that the same form was taken before; `form` says what the
    arguments are, `check_again` what is refused.
    """
    now = form(work.actor, submission_key, deed, *content, whose=whose)
    if now is None:
        return Sent(work.entropy(32).hex(), again=False)
    before = known(work, [now]).get(now.key_hash)
    if before is None:
        take(work, [now])
        return Sent(now.key_hash, again=False)
    return check_again(now, before)


def _digest(*parts: object) -> str:
    spelled = json.dumps(parts, default=_spelled, sort_keys=True)
    return hashlib.sha256(spelled.encode()).hexdigest()


def _spelled(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)
