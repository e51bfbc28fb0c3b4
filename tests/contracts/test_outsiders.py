"""A log with every fact of an award before its letter convinces outsiders, as a whole and draw by
draw.
"""

import datetime as dt
import pathlib
import subprocess
import sys

from market.contracts import jobs, service
from market.contracts.rules import Offer
from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from tests.contracts.asking import (
    complete,
    confirm,
    confirming,
    kinds,
    letters,
    now,
    offer_of,
    sweep_at,
    winner_of,
)
from tests.factories import agencies, contracts, selection
from tests.factories.deeds import do
from tests.selection.test_evidence import convinces, keys_json
from tests.verify.node import ROOT

FACTS = [
    "award.blocked",
    "award.offered",
    "award.lapsed",
    "award.blocked",
    "award.offered",
    "award.confirmed",
    "award.issued",
    "award.contracted",
]


def verified_log(url: str, keys: pathlib.Path, as_of: dt.datetime) -> str:
    """What the outsiders' program says of the whole log; it must say that all holds."""
    program = [sys.executable, str(ROOT / "verify/verify_log.py"), f"{url}/log", "--tiles"]
    program += ["--keys", str(keys), "--as-of", str(int(as_of.timestamp()))]
    run = subprocess.run(program, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_a_silent_winner_and_one_whose_documents_came_late(app, clock, live_server, tmp_path):
    with app.app_context():
        confirming()
        agencies.deferrable((selection.ITEM, "授权代表社会保险缴纳记录", 40))
        buyer = selection.owner()
        notice, entrants = selection.announced_notice(buyer=buyer)
        for _ in range(2):
            sweep_at(clock, now(notice).standstill_due)
            assert offer_of(notice).state is Offer.BLOCKED
            complete(winner_of(notice, entrants))
            jobs.follow()
            if offer_of(notice).rank == 1:
                sweep_at(clock, offer_of(notice).due.due_at)
                sweep_at(clock, clock.instant + dt.timedelta(minutes=1))
        assert confirm(winner_of(notice, entrants), notice) is Offer.ISSUED
        number = contracts.registered(letters(notice)[0], buyer.signatory)
        do(
            service.confirm_contract,
            winner_of(notice, entrants).actor,
            number=number,
        )
        assert [kind for kind in kinds(notice) if kind.startswith("award.")] == FACTS
        selection.tick()
        data = convinces(tmp_path, notice)
        assert '"type":"result.final"' in data["leaves"][-1]["utf8"]
        (tmp_path / "keys.json").write_text(keys_json(), encoding="utf-8")
        draw = result_queries.notice(reading(CLOCK), notice).draw_number
    assert draw in verified_log(live_server.url, tmp_path / "keys.json", clock.instant)
