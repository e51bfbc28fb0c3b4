"""Keys of sealed quotes in the terminal: where no network leads to the witness its key is handed in by
hand.
"""

import datetime as dt

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import jobs as ledger
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.notices import queries as notice_queries
from market.windows import jobs as windows
from tests.factories import selection as f
from tests.selection import sealing as s


def test_a_key_is_handed_in_by_hand(app):
    run = app.test_cli_runner()
    with app.app_context():
        witness = s.sealing_town()
        number = f.published_notice()
        for who in [f.agency() for _ in range(3)]:
            s.enter_sealed(number, who, s.sealed(number, who))
        draw = s.draw_of(number)
        close = notice_queries.notice(reading(CLOCK), number).entry_close
    early = run.invoke(args=["quotes", "hand-in", draw, "0" * 64])
    assert (early.exit_code, "现在不收报价密钥" in early.output) == (1, True)
    assert run.invoke(args=["quotes", "hand-in", "x", "0" * 64]).exit_code == 1

    with app.app_context():
        fabric().clock.instant = close + dt.timedelta(seconds=60)
        windows.sweep()
        entry_jobs.seal_due()
        ledger.witness_head()
        key = witness.inner.release(draw)["sk"]
        witness.answers = False
    assert run.invoke(args=["quotes", "hand-in", draw, key]).output == "handed in\n"
    assert (
        run.invoke(args=["quotes", "hand-in", draw, key, "--holder", f.WITNESS_NAME]).output
        == "it was here already\n"
    )
    with app.app_context():
        entry_jobs.seal_due()
        assert len(entry_queries.opened_quotes(reading(CLOCK), number)) == 3
    assert run.invoke(args=["quotes", "prepare"]).output.strip().isdecimal()
