"""What was sent under which form's key, so that a form does its work once and for its sender alone.

A form that creates something carries a random key (market/web/once.py). The service asks `sent`
before it does anything: a key is known to the one who sent it first, for the deed and the content
that it was sent with. Everything kept is a SHA-256 that begins with the key, which is kept nowhere:
who reads the database learns neither who sent what nor a sealed quote by trying amounts.
"""

import dataclasses
import hashlib
import json
from typing import Literal

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, Prepared, Work
from market.kernel.errors import Refusal


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
KNOWN = Prepared(
    select(Submission.sender_hash, Submission.content_hash).where(
        Submission.key_hash == bindparam("key_hash")
    )
)
ADD = Prepared(insert(Submission).values({name: bindparam(name) for name in NAMES}))


@dataclasses.dataclass(frozen=True)
class Sent:
    """`key` is what the created row keeps as its `submission_key`; `again` says that such a row is
    there already.
    """

    key: str
    again: bool


def sent(
    work: Work,
    submission_key: str | None,
    deed: str,
    *content: object,
    whose: Whose = "member",
) -> Sent:
    """Take a form's key, or find that the same form was taken before.

    `deed` names what is done, and to what (`entry.enter GG-…`); `content` is what was typed, in
    anything that JSON or `dataclasses` can spell. An empty key counts as none: every such form is a
    form of its own. `whose` the key is: of a person in his organisation, of the person alone (where
    the deed itself changes what he acts as), or of nobody (a deed that notes no account). Refuses
    `once.not_yours` for the key of another, `once.changed` for a key that was taken for another
    deed or with other content: what was typed now must not be dropped as if it were taken.
    """
    key = (submission_key or "").strip()
    if not key:
        return Sent(work.entropy(32).hex(), again=False)
    sender = (work.actor.person_id, work.actor.organisation_id)[: WHOSE[whose]]
    now = (_digest(key), _digest(key, "sender", *sender), _digest(key, deed, *content))
    before = KNOWN.first(work, key_hash=now[0])
    if before is None:
        # Sent twice at once: the primary key lets one through, the other runs again and finds it.
        ADD.act(work, dict(zip(NAMES, now, strict=True)))
        return Sent(now[0], again=False)
    if before[0] != now[1]:
        raise Refusal("once.not_yours")
    if before[1] != now[2]:
        raise Refusal("once.changed")
    return Sent(now[0], again=True)


def _digest(*parts: object) -> str:
    spelled = json.dumps(parts, default=_spelled, sort_keys=True)
    return hashlib.sha256(spelled.encode()).hexdigest()


def _spelled(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)
