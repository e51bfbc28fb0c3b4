"""Reading tokens and addresses."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.actor import Actor
from market.kernel.errors import NotFound
from market.programs.models import ApiToken, Webhook
from market.programs.rules import KEEPERS, TOKEN, Scope, digest


@dataclasses.dataclass(frozen=True)
class Token:
    """A token as its keepers see it."""

    id: int
    duty: str
    scope: str
    label: str
    hint: str
    made_at: dt.datetime
    last_used_at: dt.datetime | None
    revoked_at: dt.datetime | None


@dataclasses.dataclass(frozen=True)
class Hook:
    """An address as the administrator sees it."""

    id: int
    url: str
    kinds: str
    salt: str
    position: int
    tries: int
    next_try_at: dt.datetime | None
    last_ok_at: dt.datetime | None
    last_error: str
    made_at: dt.datetime
    stopped_at: dt.datetime | None


TOKEN_COLUMNS = [getattr(ApiToken, field.name) for field in dataclasses.fields(Token)]
HOOK_COLUMNS = [getattr(Webhook, field.name) for field in dataclasses.fields(Hook)]


def duties(work: Work) -> list[str]:
    """Those of the actor's duties that may have tokens."""
    return [duty for duty in KEEPERS if work.actor.has(duty)]


def tokens(work: Work) -> list[Token]:
    """The tokens of the actor's duties in his organisation, the newest first."""
    asked = (
        select(*TOKEN_COLUMNS)
        .where(
            ApiToken.organisation_id == work.actor.organisation_id,
            ApiToken.duty.in_(duties(work)),
        )
        .order_by(ApiToken.id.desc())
    )
    return [Token(*row) for row in work.session.execute(asked)]


def in_use(work: Work, duty: str) -> int:
    """How many tokens of a duty in the actor's organisation are not revoked."""
    asked = select(func.count(ApiToken.id)).where(
        ApiToken.organisation_id == work.actor.organisation_id,
        ApiToken.duty == duty,
        ApiToken.revoked_at.is_(None),
    )
    return int(work.session.scalar(asked) or 0)


def by_token(work: Work, token: str) -> Token | None:
    """The token that somebody brings; None of one that is none, or no more."""
    if TOKEN.fullmatch(token) is None:
        return None
    asked = select(*TOKEN_COLUMNS).where(
        ApiToken.digest == digest(token), ApiToken.revoked_at.is_(None)
    )
    row = work.session.execute(asked).first()
    return Token(*row) if row else None


def holder(work: Work, token_id: int) -> Actor | None:
    """Who a token acts for: its body, in its duty, by who made it; nobody once he holds that duty no
    more, and with a token for reading alone.
    """
    row = work.session.get_one(ApiToken, token_id)
    if row.scope != Scope.HOTLINE:
        return None
    body = accounts.organisation(work, row.organisation_id)
    members = accounts.members(work, row.organisation_id, row.duty)
    if row.made_by not in {each.id for each in members}:
        return None
    return Actor(row.made_by, body.id, body.kind, frozenset({row.duty}), named=True)


def hooks(work: Work) -> list[Hook]:
    """Every address, those in use first."""
    asked = select(*HOOK_COLUMNS).order_by(Webhook.stopped_at.is_not(None), Webhook.id.desc())
    return [Hook(*row) for row in work.session.execute(asked)]


def hook(work: Work, hook_id: int) -> Hook:
    """One address. Refuses `program.none`."""
    row = work.session.execute(select(*HOOK_COLUMNS).where(Webhook.id == hook_id)).first()
    if row is None:
        raise NotFound("program.none")
    return Hook(*row)


def due_hooks(work: Work) -> Sequence[int]:
    """The addresses to which something may be sent now."""
    asked = select(Webhook.id).where(Webhook.next_try_at <= work.now).order_by(Webhook.id)
    return work.session.scalars(asked).all()


def hooks_in_use(work: Work) -> int:
    """How many addresses are not stopped."""
    asked = select(func.count(Webhook.id)).where(Webhook.stopped_at.is_(None))
    return int(work.session.scalar(asked) or 0)
