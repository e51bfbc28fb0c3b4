"""Forgeries of the second set of rules, one at least for each row: what the first set left free. Each
says its verdict: refused by a code, undecided by a code, or verified with a mark ("!").
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from tests.verify.cases import (
    amend,
    closed,
    draw_by_lottery,
    exclude,
    fail_drand,
    finish,
    late,
    lottery,
    operator_alone,
    ranks,
    three_witnesses,
)
from tests.verify.forge import (
    DRAW_AT,
    INSPECTOR,
    LOG,
    REGULATOR,
    Change,
    Forge,
    keys_json,
    number_hex,
    pinned_anchors,
)
from verify.zjcs import draw as protocol

REFUSED = False
UNDECIDED = None
MARKED = True


@dataclass(frozen=True)
class Tighter:
    """A forgery of a row: `verdict` False refused, None undecided, True verified with a mark."""

    row: str
    change: Change
    verdict: bool | None
    code: str
    settings: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] | None = None
    lottery: tuple[str, ...] = ()

    @property
    def pinned(self) -> str | None:
        """The keys.json that it is held to."""
        if self.keys is None:
            return None
        return keys_json(self.settings.get("draw_at", DRAW_AT), **self.keys)


def final_after(forge: Forge, seconds: int) -> None:
    finish(forge)
    forge.stages["after"][-1]["at"] = forge.stages["after"][-2]["at"] + seconds


def skip_all(forge: Forge) -> None:
    """Everybody up to the last reserve has gone, and the fourth rank wins."""
    finish(forge, 3)


def skip_a_reserve(forge: Forge) -> None:
    refs = ranks(forge)
    forge.stages["after"].append(
        forge.leaf(
            "result.skip", at=DRAW_AT + 900, by="owner", rank=2, reason="REFUSED", ref=refs[1]
        )
    )


def skip_at(forge: Forge, at: int) -> None:
    finish(forge, 1)
    forge.stages["after"][0]["at"] = at


def empty_final(forge: Forge) -> None:
    finish(forge, 3, ["A000001"])
    forge.stages["after"][-1]["winners"] = []


def text_changed(forge: Forge) -> None:
    """The text is another one behind the first entry, and the log says it in that order."""
    notice = {**forge.notice, "type": "notice.amended", "at": forge.close - 100}
    forge.stages["parts"].append({**notice, "notice_sha256": number_hex("other", 64)})


def postponed_late(forge: Forge) -> None:
    late(forge)
    forge.fill_values()
    forge.stages["values"].append(forge.stages["between"].pop())


def no_quote(forge: Forge) -> None:
    row = forge.row(1)
    row.pop("quote_fen")
    commit = protocol.commitment(row["salt"], protocol.opening(forge.notice["draw"], row))
    forge.stages["entries"][0]["commit"] = commit
    forge.seal["entrants"][0] = row


def unsigned_failure(forge: Forge) -> None:
    fail_drand(forge)
    forge.stages["values"][-2].pop("note")


def failure_signed_by_one(forge: Forge) -> None:

    fail_drand(forge)
    from_one = forge.stages["values"][-2]
    from_one["note"] = "".join(from_one["note"].splitlines(keepends=True)[:-1])


def other_times(forge: Forge) -> None:
    """The regulator's own hash, and a period of the operator's choice beside it."""
    forge.stages["anchors"][1]["period"] *= 2
    forge.stages["anchors"][1]["genesis"] -= 100 * 60


def steps(forge: Forge) -> None:
    forge.fill_values()
    value = forge.stages["values"][0]
    forge.stages["values"] = [
        {**value, "source": f"op-chain-{number}", "slot": 10_000_000} for number in range(8)
    ]
    forge.stages["result"] = [forge.leaf("draw.result", order=[], seed="0" * 64)]


def long_text(forge: Forge) -> None:
    forge.twist.append(lambda file: file["leaves"][0].update(utf8="x" * 30_000_000))


VALUE = lottery()["value"]
OLD = lottery(issue="2023100")

TIGHTER: dict[str, Tighter] = {
    "80 million steps down chains": Tighter("1", steps, REFUSED, "work.steps"),
    "a string of 30 MB": Tighter("1", long_text, REFUSED, "work.string"),
    "postponed after a value was out": Tighter("3", postponed_late, REFUSED, "order.postponed"),
    "a postponed draw without the list": Tighter("2", late, UNDECIDED, "postponed.list"),
    "a lottery's issue that suits": Tighter(
        "2",
        lambda f: (draw_by_lottery(f), f.stages["values"].__setitem__(-1, OLD)),
        REFUSED,
        "lottery.issue",
        lottery=(OLD["value"],),
    ),
    "an entry that goes back": Tighter(
        "3", lambda f: f.stages["entries"][-1].update(at=f.close - 2000), REFUSED, "at.back"
    ),
    "a postponement that goes back": Tighter(
        "3",
        lambda f: (late(f), f.stages["between"][0].update(at=f.close - 100)),
        REFUSED,
        "at.back",
    ),
    "a skip later than its witness": Tighter(
        "3",
        lambda f: (finish(f), f.final_times.update({REGULATOR: DRAW_AT + 30})),
        REFUSED,
        "at.future",
    ),
    "left out for a reason of one's own": Tighter(
        "6", lambda f: exclude(f, 2), MARKED, "excluded.code"
    ),
    "left out without proof": Tighter(
        "6",
        lambda f: (exclude(f, 2), f.seal["excluded"][0].update(reason="agency.suspended")),
        MARKED,
        "excluded.unproved",
    ),
    "more winners by amendment": Tighter(
        "7", lambda f: amend(f, winners=2), REFUSED, "amendment.terms"
    ),
    "more reserves by amendment": Tighter(
        "7", lambda f: amend(f, reserves=9), REFUSED, "amendment.terms"
    ),
    "another level by amendment": Tighter(
        "7", lambda f: amend(f, level="S1"), REFUSED, "amendment.terms"
    ),
    "another price rule by amendment": Tighter(
        "7", lambda f: amend(f, price_decides=True), REFUSED, "amendment.terms"
    ),
    "another text behind the first entry": Tighter("7", text_changed, MARKED, "amendment.text"),
    "below the least level": Tighter(
        "8", lambda f: None, UNDECIDED, "level.least", keys={"least_level": "S2"}
    ),
    "a drand failure that nobody signed": Tighter(
        "10", unsigned_failure, MARKED, "failure.unsigned", lottery=(VALUE,)
    ),
    "a drand failure signed by the operator alone": Tighter(
        "10", failure_signed_by_one, REFUSED, "lost.signers", lottery=(VALUE,)
    ),
    "the rank behind the last reserve wins": Tighter("11", skip_all, REFUSED, "final.winners"),
    "a reserve skipped ahead of its turn": Tighter("11", skip_a_reserve, REFUSED, "skip.below"),
    "a skip before the draw's instant": Tighter(
        "11", lambda f: skip_at(f, DRAW_AT - 1), REFUSED, "skip.early"
    ),
    "a final before the last skip": Tighter(
        "11", lambda f: final_after(f, -1), REFUSED, "final.early"
    ),
    "a final within the standstill": Tighter(
        "11", lambda f: final_after(f, 3600), MARKED, "final.soon"
    ),
    "an empty final": Tighter("11", empty_final, MARKED, "result.failed"),
    "an unknown leaf of a result": Tighter(
        "11",
        lambda f: f.stages["after"].append(f.leaf("result.improved", at=DRAW_AT)),
        REFUSED,
        "leaf.type",
    ),
    "an anchor with other times": Tighter("13", other_times, REFUSED, "keys.anchor_part", keys={}),
    "an anchor that is pinned by its hash alone": Tighter(
        "13",
        lambda f: None,
        UNDECIDED,
        "keys.bare_anchor",
        keys={"anchors": {name: each["anchor"] for name, each in pinned_anchors().items()}},
    ),
    "the operator's anchor that is pinned by its hash alone": Tighter(
        "13",
        lambda f: None,
        MARKED,
        "keys.bare_anchor",
        keys={
            "anchors": {
                **pinned_anchors(),
                "op-chain-1": pinned_anchors()["op-chain-1"]["anchor"],
            }
        },
    ),
    "two witnesses asked for, one there": Tighter(
        "13", lambda f: None, UNDECIDED, "policy.unmet", keys={"policy": {"k": 2}}
    ),
    "another witness than the owner's": Tighter(
        "13",
        lambda f: (three_witnesses(f), f.final_times.clear(), f.final_times.update({INSPECTOR: 0})),
        UNDECIDED,
        "policy.unmet",
        keys={"policy": "every owner's witness"},
    ),
    "a log without any witness": Tighter(
        "13",
        operator_alone,
        UNDECIDED,
        "keys.no_witness",
        keys={"witnesses": [], "owner_of": {"reg-chain-1": LOG.name}},
    ),
    "an older protocol than allowed": Tighter(
        "alg_from",
        lambda f: None,
        REFUSED,
        "notice.alg",
        keys={"alg_from": [{"index": 0, "algs": ["zjcs-draw/2"], "t": 2}]},
    ),
    "no quote in a row": Tighter("15", no_quote, REFUSED, "quote.none"),
    "closed without a promise": Tighter(
        "16", lambda f: (closed(f), f.notice.pop("price_decides")), MARKED, "closed.unpromised"
    ),
}


def token(number: int) -> tuple[str, str]:
    """(undo, token) of an entry under `/2`."""
    secret = hashlib.sha256(b"token %d" % number).digest()
    return hashlib.sha256(b"zjcs/withdraw/1\n" + secret).hexdigest(), secret.hex()
