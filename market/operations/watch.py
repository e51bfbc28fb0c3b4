"""Looks at the wall clock beside one that nobody can set, and holds what goes by the time when it
jumped.

What the sweep notes overdue stands on the public log for ever, and a chain's value that left before
its slot cannot be called back. So after a jump ahead nothing of the kind runs until a person agrees
to the new time, or the witness's own clock does, or the clock was put right again.
"""

import logging
import threading
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import OperationalError

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.operations import queries, rules, service
from market.operations.rules import Agreed, Alarm, Look

log = logging.getLogger(__name__)
ASK_EVERY = 10.0  # seconds between two questions to the witness
FREE = frozenset(
    {"ledger.checkpoint", "ledger.witness", "ledger.cosigners", "letters.write", "accounts.mail"}
)
"""Jobs that do nothing because a time has come: heads, and letters about what is on the log already."""


def since_boot() -> float:
    """Seconds that nobody can set; a machine that slept has not jumped."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Watch:
    """One process's watch. Asked before each job, so that no sweep is quicker than the alarm."""

    def __init__(self, app: Flask, steady: Callable[[], float] = since_boot) -> None:
        self.app = app
        self._steady = steady
        self._lock = threading.RLock()
        self._last = self._look()
        self._stands = False
        self._holds: bool | None = None  # None: the database was not asked yet
        self._is_noted = True  # whether the hold stands in the database
        self._before: Look | None = None  # the last look before the jump, where we saw it
        self._asked = -ASK_EVERY

    def _look(self) -> Look:
        clock = fabric(self.app).clock
        return Look(clock.now(), self._steady(), clock.behind())

    def look(self) -> Alarm | None:
        """Note on the heartbeat and in the log what was done to the clock since the last look."""
        with self._lock:
            if self.is_held():
                return self._held()
            seen = self._look()
            before = self._last
            found = before.alarm(seen)
            if seen.now != before.now:
                self._last = seen
                self._stands = False
            elif self._stands:
                return None  # said already: it stands until the wall clock has caught up
            self._stands = found is not None and found[0] is Alarm.SET_BACK
            if found and found[0] is Alarm.JUMPED:
                self._before = before
                self._holds = True
                self._is_noted = False
                self._note_hold(seen)
            return self.tell(*found) if found else None

    def may_run(self, job: str) -> bool:
        """Whether a job may run by the time that the clock shows now."""
        if job in FREE:
            return True
        self.look()
        return not self.is_held()

    def is_held(self) -> bool:
        """Whether nobody has agreed to the time yet: as this process knows, or the database."""
        if self._holds is None:
            with self.app.app_context():
                self._holds = queries.clock_hold(reading(CLOCK)) is not None
        return self._holds

    def _note_hold(self, seen: Look) -> None:
        before = self._before
        if before is None or self._is_noted:
            return
        try:
            with self.app.app_context():
                in_one_transaction(
                    service.hold_clock,
                    CLOCK,
                    expected_at=before.expected(seen),
                    jumped_to=seen.now,
                )
            self._is_noted = True
        except OperationalError as lost:
            log.warning("the hold could not be noted: %s", lost.orig)

    def _held(self) -> Alarm | None:
        """Whether somebody agrees by now: a person in the database, the clock itself, the witness."""
        seen = self._look()
        self._note_hold(seen)
        with self.app.app_context():
            known = queries.clock_hold(reading(CLOCK))
        if known is None:
            if self._is_noted:  # a person has agreed meanwhile
                self._go_on(seen)
            return None
        was = self._before.expected(seen) if self._before else None
        is_right = (
            rules.agrees(seen.machine, was)
            if was
            else known.jumped_to - seen.machine > rules.JUMP  # since then somebody put it back
        )
        if is_right:
            self._end(Agreed.SET_RIGHT)
            fabric(self.app).clock.settle()
            self._go_on(self._look())
            return self.tell(Alarm.SET_RIGHT, -known.seconds)
        if seen.steady - self._asked >= ASK_EVERY:
            self._asked = seen.steady
            with self.app.app_context():
                told = fabric().witness_time()
            if told is not None and rules.agrees(told, seen.machine):
                self._end(Agreed.WITNESS)
                self._go_on(seen)
        return None

    def _end(self, agreed: Agreed) -> None:
        with self.app.app_context():
            in_one_transaction(service.end_hold, CLOCK, agreed=agreed)

    def _go_on(self, seen: Look) -> None:
        self._before = None
        self._holds = False
        self._last = seen
        self._stands = False

    def at_start(self) -> Alarm | None:
        """Whether the clock was set back while no process watched it: some job has run later than
        now.
        """
        with self.app.app_context():
            last = queries.last_beat(reading(CLOCK))
        now = fabric(self.app).clock.now()
        if last is None or last - now <= rules.JUMP:
            return None
        return self.tell(Alarm.SET_BACK, -round((last - now).total_seconds()))

    def tell(self, alarm: Alarm, seconds: int) -> Alarm:
        """Say it to whoever reads the process's output and whoever reads /healthz."""
        log.error(
            "%s seconds=%+d", alarm.value, seconds, extra={"alarm": alarm.value, "seconds": seconds}
        )
        try:
            with self.app.app_context():
                in_one_transaction(service.note_alarm, CLOCK, alarm=alarm, seconds=seconds)
        except OperationalError as lost:
            log.warning("the alarm could not be noted: %s", lost.orig)
        return alarm
