"""Two hundred entrants of an auction bid within ten seconds through HTTP, while twenty spectators follow its
stream: every bid that was acknowledged is in its table and on the log, once, and every spectator is told
of each.

In rounds, where every first bid within the ceiling counts: what is refused here is a fault.
"""

import asyncio
import contextlib
import datetime as dt
import pathlib
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from bench import deadline_rush, load, volume
from bench.harness import Result, holds
from market.accounts.models import Organisation
from market.accounts.rules import Kind
from market.db import db, in_one_transaction, reading
from market.factory import create_app
from market.kernel.actor import CLOCK
from market.kernel.ids import Prefix, sibling
from market.ledger import queries as ledger
from market.rulebook import service as rulebook
from market.selection.auction.models import Auction, AuctionBid, AuctionBidder
from market.selection.auction.rules import Asked
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Method
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from verify.zjcs.draw import RANKED_2

BIDDERS = 200
SECONDS = 10.0
SPECTATORS = 20
TOLD = 5.0  # seconds from the last answer until every spectator has everything
SLOWEST = 1.0  # seconds, 99th percentile
STREAM = f"/draws/{sibling(deadline_rush.NUMBER, Prefix.DRAW)}/events"
IDENT = 1_000_000  # of the notice that deadline_rush puts in
SAID = re.compile(rb'"type": "auction.bid"')


def run(quick: bool) -> Iterator[Result]:
    """Three rows for each database; `quick` sends them in a fifth of the time."""
    seconds = SECONDS / (5 if quick else 1)
    for name, place in (
        ("SQLite", deadline_rush.sqlite),
        ("PostgreSQL", deadline_rush.postgresql),
    ):
        with tempfile.TemporaryDirectory() as folder, place(pathlib.Path(folder)) as url:
            answers, kept, logged, told = bid(pathlib.Path(folder), url, seconds)
        what = f"{BIDDERS} bids within {seconds:g} s, {name}"
        statuses = Counter(each.status for each in answers)
        yield holds(
            f"{what}: kept",
            f"{statuses[303]} acknowledged, {kept} in the table, {logged} on the log",
            "all",
            statuses[303] == kept == logged == BIDDERS,
        )
        yield holds(
            f"{what}: {SPECTATORS} spectators",
            f"the least was told of {min(told)}",
            "all",
            min(told) == BIDDERS,
        )
        slowest = load.percentile([each.seconds for each in answers], 99)
        yield holds(
            f"{what}: answered",
            f"p99 {slowest * 1000:.0f} ms",
            f"p99 < {SLOWEST:g} s",
            slowest < SLOWEST,
        )


def bid(
    folder: pathlib.Path, url: str, seconds: float
) -> tuple[list[load.Answer], int, int, list[int]]:
    """Answers, bids in the table, bids on the log, and of how many each spectator was told."""
    app = create_app(
        {
            "INSTANCE": str(folder),
            "SQLALCHEMY_DATABASE_URI": url,
            "SECRET_KEY": deadline_rush.SECRET,
        }
    )
    volume.build(app, volume.Size(50, BIDDERS, entries=False))
    with app.app_context():
        tokens = deadline_rush.prepare(folder, BIDDERS)
        auctioned()
    with deadline_rush.served(folder, url) as port, watching(port) as heard:
        host = f"127.0.0.1:{port}"
        shots = [
            load.Shot(2.0 + seconds * place / BIDDERS, request(app, host, token, place))
            for place, token in enumerate(tokens)
        ]
        answers = load.fire("127.0.0.1", port, shots, 64)
        until = time.monotonic() + TOLD
        while min(map(len, map(SAID.findall, heard()))) < BIDDERS and time.monotonic() < until:
            time.sleep(0.1)
        told = [len(SAID.findall(text)) for text in heard()]
    with app.app_context():
        kept = db.session.scalar(sa.select(sa.func.count()).select_from(AuctionBid)) or 0
        said = ledger.of_subject(reading(CLOCK), deadline_rush.NUMBER)
        logged = sum(each.type == "auction.bid" for each in said)
    deadline_rush.leave(app)
    return answers, kept, logged, told


def auctioned() -> None:
    """Make the open notice an auction whose first round has just begun, everybody admitted."""
    version = in_one_transaction(rulebook.load_default, CLOCK)
    start = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=30)
    terms = {
        "state": NoticeState.AUCTION_RUNNING,
        "method": Method.AUCTION_ROUNDS,
        "alg": RANKED_2,
        "way": Asked(after=60, floor_fen=100, step=None).kept,
        "rulebook": version,
        "entry_close": start - dt.timedelta(minutes=60),
    }
    with db.engine.begin() as connection:
        connection.execute(sa.update(Notice).where(Notice.id == IDENT).values(terms))
        connection.execute(sa.insert(Auction), [begun(start)])
        firms = connection.scalars(
            sa.select(Organisation.id)
            .where(Organisation.kind == Kind.AGENCY)
            .order_by(Organisation.id)
        )
        entries = [entry(IDENT, no, firm, start) for no, firm in enumerate(firms, 1)]
        connection.execute(sa.insert(Entry), entries)
        bidders = [
            {"notice_id": IDENT, "no": no, "entry_id": each["id"], "pseudonym": f"p{no}"}
            for no, each in enumerate(entries, 1)
        ]
        connection.execute(sa.insert(AuctionBidder), bidders)


def begun(start: dt.datetime) -> dict[str, object]:
    """The auction's row as its opening leaves it."""
    end = start + dt.timedelta(minutes=13)
    return {
        "notice_id": IDENT,
        "start_at": start,
        "end_at": end,
        "hard_stop_at": end,
        "bids": 0,
        "done": 0,
        "refused": {},
        "opened_at": start,
    }


def entry(notice: int, no: int, firm: int, at: dt.datetime) -> dict[str, object]:
    """An entry without a quote."""
    return {
        "id": 9_000_000 + no,
        "division": volume.DIVISION,
        "notice_id": notice,
        "agency_id": firm,
        "ref": f"A{no:06}",
        "representative": "",
        "no": no,
        "receipt": f"BM-AUCT-{no:04}",
        "commit": f"{no:064x}",
        "sealed": b"",
        "undo": f"{no:064x}",
        "received_at": at - dt.timedelta(hours=2),
        "entered_by": 1,
        "state": EntryState.RECEIVED,
        "submission_key": f"bench-auction-{no}",
    }


def request(app: Flask, host: str, token: str, place: int) -> bytes:
    """The form of a bid, sent by the holder of that session."""
    serializer = app.session_interface.get_signing_serializer(app)
    cookie = serializer.dumps({"_user_id": token, "_fresh": True, "csrf_token": deadline_rush.CSRF})
    signer = URLSafeTimedSerializer(deadline_rush.SECRET, salt="wtf-csrf-token")
    fields = {
        "csrf_token": signer.dumps(deadline_rush.CSRF),
        "once": f"{place:032x}",
        "amount_fen": f"{500_000 + place}.00",
    }
    return load.post(
        f"/notices/{deadline_rush.NUMBER}/auction",
        host,
        f"{app.config['SESSION_COOKIE_NAME']}={cookie}",
        urlencode(fields).encode(),
    )


@contextlib.contextmanager
def watching(port: int) -> Iterator:
    """Spectators of the stream; gives a function that says what each has heard."""
    texts = [bytearray() for _ in range(SPECTATORS)]
    loop = asyncio.new_event_loop()

    async def follow(text: bytearray) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {STREAM} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        while came := await reader.read(65536):
            text += came

    async def all_of_them() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*map(follow, texts))

    task = loop.create_task(all_of_them())
    thread = threading.Thread(target=loop.run_until_complete, args=(task,), daemon=True)
    thread.start()
    try:
        yield lambda: [bytes(text) for text in texts]
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(timeout=5)
