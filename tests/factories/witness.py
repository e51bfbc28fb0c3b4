"""The regulator's witness in the tests' own process."""

import pathlib

from flask import Flask

from market.adapters.beacon import Unreachable
from market.demo import stage
from market.fabric import Memory, fabric
from market_witness.witness import Witness

TAKEN_AWAY = Memory(lambda: False)
"""Whether a test does without the witness in this process: `selection.town` raises none then."""


class NearWitness(stage.NearWitness):
    """The one of the demo town, on whatever clock the test gives the product; silent while
    `answers` is false.
    """

    def __init__(self, folder: pathlib.Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self.answers = True
        self.begin_anew()

    def begin_anew(self) -> None:
        """Read the folder again, as after a start."""
        self.inner = Witness(self.folder, lambda: fabric().clock.now().timestamp())

    def cosign(self, old: int, proof: list[str], checkpoint: str) -> str:
        self._need_answer()
        return super().cosign(old, proof, checkpoint)

    def value(self, slot: int) -> str:
        self._need_answer()
        return super().value(slot)

    def quote_key(self, draw: str) -> dict[str, object]:
        self._need_answer()
        return super().quote_key(draw)

    def release(self, draw: str) -> str:
        self._need_answer()
        return super().release(draw)

    def newest(self) -> str:
        self._need_answer()
        return super().newest()

    def _need_answer(self) -> None:
        if not self.answers:
            raise Unreachable("silent")


def folder(app: Flask) -> pathlib.Path:
    """Where the witness of that application keeps its own."""
    return pathlib.Path(app.config["INSTANCE"]) / "witness"


def take_away() -> None:
    """Do without a witness in this process from now on; needs an app context."""
    fabric().witness = None
    TAKEN_AWAY.keep(True)
