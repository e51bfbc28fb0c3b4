"""What each agency was told, and what it follows, for the scene of the access matrix."""

from collections.abc import Callable, Mapping

from market.db import db, in_one_transaction
from market.following import service as following
from market.following.rules import Pace, Wanted, What
from market.kernel.actor import Actor
from market.letters.models import Letter


def letters(add: Callable[..., None], actors: Mapping[str, Actor]) -> None:
    """A letter of each agency, and a search that it follows."""
    add("followed_list", a="notices", b="complaints")
    for name in ("a", "b"):
        actor = actors[f"agency_{name}"]
        mine = db.session.query(Letter.id).filter_by(person_id=actor.person_id)
        add("letter", **{name: mine.limit(1).scalar()})
        add("following", **{name: _followed(actor)})


def _followed(actor: Actor) -> int:
    return in_one_transaction(
        following.follow,
        actor,
        what=What.NOTICES,
        wanted=Wanted(text="勘测"),
        pace=Pace.DAILY,
        by_mail=False,
    )
