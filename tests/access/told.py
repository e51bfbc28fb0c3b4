"""What each agency was told, and what it follows, for the scene of the access matrix."""

from collections.abc import Callable, Mapping

from market.db import db, in_one_transaction, reading
from market.following import service as following
from market.following.rules import Pace, Wanted, What
from market.kernel.actor import Actor
from market.letters.models import Letter
from market.programs import service as program_service
from market.programs.models import ApiToken
from market.selection.jurors import queries as pool_queries
from market.selection.jurors import service as pool_service


def letters(add: Callable[..., None], actors: Mapping[str, Actor]) -> None:
    """A letter of each agency, and a search that it follows."""
    add("followed_list", a="notices", b="complaints")
    for name in ("a", "b"):
        actor = actors[f"agency_{name}"]
        mine = db.session.query(Letter.id).filter_by(person_id=actor.person_id)
        add("letter", **{name: mine.limit(1).scalar()})
        add("following", **{name: _followed(actor)})


def expert(who: Actor, officer: Actor, said: str) -> str:
    """A person who asks the officer's body to be in the pool of experts; the number."""
    return in_one_transaction(
        pool_service.apply,
        who,
        body_id=officer.organisation_id or 0,
        categories=pool_queries.categories(reading(who))[:1],
        employer=said,
        codes=[],
        grounds=said,
    )


def programs(add: Callable[..., None], admin: Actor) -> None:
    """A token of the administrator's duty, and an address that is told."""
    in_one_transaction(
        program_service.make_token,
        admin,
        duty="system_admin",
        label="每日同步",
        submission_key="token",
    )
    hook = in_one_transaction(
        program_service.make_hook,
        admin,
        url="https://example.org/in",
        kinds="",
        inside=(),
        submission_key="hook",
    )
    add("api_token", a=db.session.query(ApiToken.id).scalar())
    add("webhook", a=hook)


def _followed(actor: Actor) -> int:
    return in_one_transaction(
        following.follow,
        actor,
        what=What.NOTICES,
        wanted=Wanted(text="勘测"),
        pace=Pace.DAILY,
        by_mail=False,
    )
