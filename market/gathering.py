"""Those who wait at the same moment are served together: one transaction, one append, one commit.

At a close thousands send the same form. Each of them alone costs a dozen statements, a turn among
the writers and a wait for the disk. A `Gathering` is a use case over a list of askers: whoever
comes while another group is being served waits, and is served with all who wait (ADR 0032).
"""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from market.db import Work, in_one_transaction
from market.fabric import Memory
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.prepared import GROUP

log = logging.getLogger(__name__)
A = TypeVar("A")
T = TypeVar("T")


class _Place(Generic[A, T]):
    """One who waits: what was asked, and what came of it."""

    def __init__(self, asked: A) -> None:
        self.asked = asked
        self.called = threading.Event()
        self.is_served = False
        self.outcome: T | Refusal | None = None


class _Queue(Generic[A, T]):
    """Those who wait in one application."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.waiting: list[_Place[A, T]] = []
        self.is_led = False


class Gathering(Generic[A, T]):
    """A use case for all who ask for it at once.

    `act(work, asked)` answers each of `asked` in their order with what it gets or with the Refusal
    that it meets; who is refused has written nothing. Within `act` an asker's own person and
    instant of receipt count, never those of `work`.
    """

    def __init__(self, act: Callable[[Work, Sequence[A]], Sequence[T | Refusal]]) -> None:
        self._act = act
        self._queues: Memory[_Queue[A, T]] = Memory(_Queue)

    def ask(self, asked: A) -> T:
        """Ask, together with whoever else asks now; the answer comes after the commit.

        Raises the asker's own Refusal. When the group fails as a whole, nobody of it was received,
        and each is tried alone, with the retries of a use case: nobody meets another's fault.
        """
        place: _Place[A, T] = _Place(asked)
        queue = self._queue()
        with queue.guard:
            queue.waiting.append(place)
            leads = not queue.is_led
            queue.is_led = True
        if not leads:
            place.called.wait()
            leads = place in queue.waiting
        if leads:
            self._lead(queue)
        outcome = place.outcome if place.is_served else self._alone(asked)
        if isinstance(outcome, Refusal):
            raise outcome
        return outcome  # type: ignore[return-value]  # served: what `act` gave

    def _queue(self) -> _Queue[A, T]:
        return self._queues.of()

    def _lead(self, queue: _Queue[A, T]) -> None:
        """Serve the first who wait, this one among them, and hand on the lead."""
        group: list[_Place[A, T]] = []

        def gathered(work: Work) -> Sequence[T | Refusal]:
            # The turn has come: whoever arrived while we waited for it is served too.
            if not group:
                with queue.guard:
                    group.extend(queue.waiting[:GROUP])
                    del queue.waiting[:GROUP]
            return self._act(work, [place.asked for place in group])

        try:
            outcomes = in_one_transaction(gathered, CLOCK)
            for place, outcome in zip(group, outcomes, strict=True):
                place.outcome = outcome
                place.is_served = True
        except Exception:
            log.info("%d who waited together are tried alone", len(group), exc_info=True)
        finally:
            with queue.guard:
                if not group:  # It never came to a turn: the leader alone gives up waiting.
                    group.append(queue.waiting.pop(0))
                queue.is_led = bool(queue.waiting)
                following = queue.waiting[0] if queue.waiting else None
            for place in group:
                place.called.set()
            if following is not None:
                following.called.set()

    def _alone(self, asked: A) -> T | Refusal:
        def one(work: Work) -> T | Refusal:
            return self._act(work, [asked])[0]

        return in_one_transaction(one, CLOCK)
