"""Which of the foundation's rows stand on the log: none."""

from market.db import Sequence
from market.ledger.events import KeyRotated
from market.ledger.models import Checkpoint, LogHead, LogLeaf, LogNode, Reader
from market.ledger.queries.integrity import Held

HELD: tuple[Held, ...] = ()
WITHOUT: dict[type, str] = {
    KeyRotated: "the keys are files of the clock process",
    LogLeaf: "the log itself",
    LogNode: "the log itself",
    LogHead: "the log itself",
    Checkpoint: "signs the log",
    Reader: "reads the log",
    Sequence: "numbers, whose matters stand on the log",
}
