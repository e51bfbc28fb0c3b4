"""Keeping tokens and addresses, and the course of a delivery: taken by one process, sent outside the
transaction, noted as received or tried again.
"""

import dataclasses
from collections.abc import Collection

from sqlalchemy import select, update

from market.db import Work, under_lock
from market.kernel.entropy import system_entropy
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.events import every_kind
from market.ledger import queries as ledger
from market.programs import permissions, queries, rules
from market.programs.models import ApiToken, Webhook
from market.submissions import sent

SHOWN = 12  # signs of a token by which people tell it apart
SALT = 16
MOST_ERROR = 200


def make_token(
    work: Work, *, duty: str, label: str, submission_key: str, scope: rules.Scope = rules.Scope.READ
) -> str:
    """Make a token of one of the actor's duties; returns it, for this once. The same form twice makes
    none.

    Refuses `not_permitted`, `program.duty`, `program.label`, `program.most`, `program.sent`.
    """
    permissions.require(work.actor, "program.keep")
    if duty not in queries.duties(work):
        raise NotFound("program.duty")
    said = rules.check_label(label)
    once = sent(work, submission_key, "program.token", duty, scope, said)
    known = select(ApiToken.id).where(ApiToken.submission_key == once.key)
    if once.again and work.session.scalar(known) is not None:
        raise Refusal("program.sent")
    work.next_in(f"tokens-{work.actor.organisation_id}-{duty}")  # who counts at the same time waits
    rules.check_many(queries.in_use(work, duty), rules.MOST_TOKENS)
    token = rules.token_of(system_entropy(rules.SECRET_BYTES))
    work.session.add(
        ApiToken(
            organisation_id=work.actor.organisation_id,
            duty=duty,
            scope=scope,
            label=said,
            digest=rules.digest(token),
            hint=token[:SHOWN],
            submission_key=once.key,
            made_at=work.now,
            made_by=work.actor.person_id,
        )
    )
    return token


def revoke_token(work: Work, *, token_id: int) -> None:
    """End a token of one of the actor's duties; once. Refuses `program.none`."""
    permissions.require(work.actor, "program.keep")
    row = work.session.scalar(under_lock(select(ApiToken).where(ApiToken.id == token_id)))
    is_mine = (
        row is not None
        and row.organisation_id == work.actor.organisation_id
        and row.duty in queries.duties(work)
    )
    if row is None or not is_mine or row.revoked_at is not None:
        raise NotFound("program.none")
    row.revoked_at = work.now
    row.revoked_by = work.actor.person_id


def note_use(work: Work, *, token_id: int) -> None:
    """Note that a token was used, to the hour."""
    work.session.execute(
        update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=work.now)
    )


def make_hook(
    work: Work, *, url: str, kinds: str, inside: Collection[str], submission_key: str
) -> int:
    """Send the log's changes to an address from now on; returns its id. `kinds` narrows them, "" does
    not. The same form twice makes one.

    Refuses `not_permitted`, `program.url`, `program.kinds`, `program.kind`, `program.kind_like`, `program.most`.
    """
    permissions.require(work.actor, "program.hook")
    once = sent(work, submission_key, "program.hook", url, kinds)
    known = select(Webhook.id).where(Webhook.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return int(same)
    checked = rules.check_url(url, inside)
    wanted = rules.check_kinds(kinds, every_kind())
    work.next_in("webhooks")  # who counts at the same time waits
    rules.check_many(queries.hooks_in_use(work), rules.MOST_HOOKS)
    row = Webhook(
        url=checked,
        kinds=wanted,
        salt=system_entropy(SALT).hex(),
        submission_key=once.key,
        position=ledger.size(work),
        next_try_at=work.now,
        made_at=work.now,
        made_by=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def stop_hook(work: Work, *, hook_id: int) -> None:
    """Send nothing to an address any more. Refuses `program.none`."""
    row = _running(work, hook_id)
    row.next_try_at = None
    row.stopped_at = work.now
    row.stopped_by = work.actor.person_id


def resume_hook(work: Work, *, hook_id: int) -> None:
    """Try again now, from where it stood. Refuses `program.none`."""
    row = _running(work, hook_id)
    row.tries = 0
    row.next_try_at = work.now


def replay(work: Work, *, hook_id: int, first: int) -> None:
    """Send again from an entry of the log on. Refuses `program.none`, `program.first`."""
    row = _running(work, hook_id)
    if not 0 <= first <= ledger.size(work):
        raise Invalid("program.first", field="first", size=ledger.size(work))
    row.position = first
    row.tries = 0
    row.next_try_at = work.now


def _running(work: Work, hook_id: int) -> Webhook:
    permissions.require(work.actor, "program.hook")
    row = work.session.scalar(under_lock(select(Webhook).where(Webhook.id == hook_id)))
    if row is None or row.stopped_at is not None:
        raise NotFound("program.none")
    return row


# --- the course of a delivery --------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Taken:
    """A delivery that this process is to make: it begins with entry `first`."""

    hook_id: int
    url: str
    kinds: frozenset[str]
    salt: str
    first: int


def take(work: Work, *, hook_id: int) -> Taken | None:
    """Take an address for one try, for `rules.LEASE`; None where another process has it."""
    permissions.require(work.actor, "program.send")
    taken = work.session.execute(
        update(Webhook)
        .where(Webhook.id == hook_id, Webhook.next_try_at <= work.now)
        .values(next_try_at=work.now + rules.LEASE)
        .returning(Webhook.id, Webhook.url, Webhook.kinds, Webhook.salt, Webhook.position)
    ).first()
    if taken is None:
        return None
    number, url, kinds, salt, position = taken
    return Taken(number, url, frozenset(kinds.split()), salt, position)


def received(work: Work, *, hook_id: int, first: int, following: int, was_posted: bool) -> None:
    """What began with entry `first` is received; the next begins with `following`. Of an address that
    was set back meanwhile it changes nothing.
    """
    permissions.require(work.actor, "program.send")
    row = work.session.scalar(under_lock(select(Webhook).where(Webhook.id == hook_id)))
    if row is None or row.position != first or row.stopped_at is not None:
        return
    row.position = following
    row.tries = 0
    row.next_try_at = work.now
    row.last_error = ""
    if was_posted:
        row.last_ok_at = work.now


def failed(work: Work, *, hook_id: int, first: int, why: str) -> None:
    """It was not received: again later, or when a person says so after `rules.GIVEN_UP` tries."""
    permissions.require(work.actor, "program.send")
    row = work.session.scalar(under_lock(select(Webhook).where(Webhook.id == hook_id)))
    if row is None or row.position != first or row.stopped_at is not None:
        return
    row.tries += 1
    row.last_error = why[:MOST_ERROR]
    is_over = row.tries >= rules.GIVEN_UP
    row.next_try_at = None if is_over else work.now + rules.wait(row.tries)
