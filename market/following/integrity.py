"""Which rows of followings stand on the log: none, what somebody reads is nobody's business."""

from market.following.models import FollowedStep, Following
from market.ledger.queries.integrity import Held

HELD: tuple[Held, ...] = ()
WITHOUT: dict[type, str] = {
    Following: "what somebody reads is his own",
    FollowedStep: "follows from an entry of the log",
}
