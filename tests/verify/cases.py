"""Honest draws by name, and the changes that make them."""

from __future__ import annotations

from typing import Any

from tests.verify.forge import DRAND, DRAW_AT, INSPECTOR, LOG, REGULATOR, Change, Forge, number_hex
from verify.zjcs import draw as protocol
from verify.zjcs import note
from verify.zjcs.sources import failed_text


def late(forge: Forge, by: int = 100) -> None:
    """The regulator cosigned the seal so late that the draw moves."""
    forge.seal_times[REGULATOR] = forge.draw_at - 60 + by
    forge.stages["between"].append(
        forge.leaf("draw.postponed", at=forge.draw_at - 60 + by, draw_at=forge.draw_at + by)
    )


def amend(forge: Forge, **changes: Any) -> None:
    notice = {**forge.notice, "type": "notice.amended", "at": forge.close - 2000, **changes}
    forge.stages["amended"].append(notice)


def withdraw(forge: Forge, no: int) -> None:
    forge.seal["entrants"] = [row for row in forge.seal["entrants"] if row["no"] != no]
    forge.stages["entries"].append(forge.leaf("entry.withdrawn", at=forge.close - 50, no=no))


def exclude(forge: Forge, no: int) -> None:
    row = next(row for row in forge.seal["entrants"] if row["no"] == no)
    forge.seal["entrants"].remove(row)
    forge.seal.setdefault("excluded", []).append({**row, "by": "office", "reason": "NOT_QUALIFIED"})


def in_parts(forge: Forge) -> None:
    rows = forge.seal.pop("entrants")
    forge.stages["parts"] = [
        forge.leaf("entries.part", part=number + 1, entrants=rows[start : start + 256])
        for number, start in enumerate(range(0, len(rows), 256))
    ]
    forge.seal.update(count=len(rows), parts=part_hashes(forge))


def part_hashes(forge: Forge) -> list[str]:
    return [forge.case([leaf]).leaves[0].hash for leaf in forge.stages["parts"]]


def ranks(forge: Forge) -> list[str]:
    forge.leaves()
    return list(forge.stages["result"][0]["order"])


def finish(forge: Forge, skipped: int = 1, winners: list[str] | None = None) -> None:
    refs = ranks(forge)
    for rank in range(1, skipped + 1):
        forge.stages["after"].append(
            forge.leaf(
                "result.skip",
                at=DRAW_AT + 900,
                by="owner",
                rank=rank,
                reason="REFUSED",
                ref=refs[rank - 1],
            )
        )
    forge.stages["after"].append(
        forge.leaf(
            "result.final",
            at=DRAW_AT + 900 + 4 * 86_400,
            winners=winners or refs[skipped : skipped + 1],
        )
    )


def closed(forge: Forge, **changes: Any) -> None:
    forge.notice["price_decides"] = True
    leaf = forge.leaf("entries.closed", at=forge.close + 2, count=forge.entrants)
    forge.stages["closed"].append({**leaf, **changes})


def fall_back(
    forge: Forge, *signers: Any, wait: int = 86_400, kind: str = "drand", number: int = 10024141
) -> None:
    """The operator's chain is lost, so that quicknet's round an hour after the loss takes its
    place.
    """
    forge.notice["fallback"] = [
        {**DRAND, "id": "fallback-1"} if kind == "drand" else {"id": "op-chain-2", "kind": kind}
    ]
    due = forge.chains["op-chain-1"].due_at(100)
    forge.fill_values()
    forge.stages["values"] = [
        forge.value("reg-chain-1", 100),
        forge.lost("op-chain-1", 100, due + wait, *(signers or (LOG, REGULATOR))),
        forge.drand(number, "fallback-1"),
    ]
    forge.level = "S0"


# the loss is logged 24 h after the slot; the fallback's round is the first one an hour later:
# 10024141 is a real round
FALLBACK_AT = {"draw_at": 1722875784 - 3600 - 86_400}


def fail_drand(forge: Forge) -> None:
    forge.with_drand()
    forge.notice["fallback"] = [{"id": "lottery-kl8", "kind": "lottery", "game": "kl8"}]
    number = protocol.drand_round(forge.draw_at)
    forge.stages["values"][-1] = {
        "v": 1,
        "type": "source.failed",
        "source": "drand-quicknet",
        "round": number,
        "at": protocol.drand_time(number) + 86_400,
        "by": "operator",
        "reason": "NO_ANSWER",
        "note": failed_note(number),
    }
    forge.stages["values"].append(lottery())


def failed_note(number: int, *signers: note.Signer) -> str:
    """What two bodies sign of a round that never came."""
    text = failed_text("drand-quicknet", number)
    lines = [
        each.sign(text) if each is LOG else each.cosign(text, DRAW_AT)
        for each in signers or (LOG, REGULATOR)
    ]
    return note.format_note(text, lines)


def lottery(
    numbers: tuple[int, ...] = tuple(range(3, 63, 3)), issue: str = "2023258"
) -> dict[str, Any]:
    return {
        "v": 1,
        "type": "source.value",
        "source": "lottery-kl8",
        "issue": issue,
        "value": protocol.lottery_value(issue, numbers),
    }


def draw_by_lottery(forge: Forge) -> None:
    forge.notice["sources"].append({"id": "lottery-kl8", "kind": "lottery", "game": "kl8"})
    forge.fill_values()
    forge.stages["values"].append(lottery())
    forge.level = "S2"


def operator_alone(forge: Forge) -> None:
    forge.notice["sources"].pop()
    forge.stages["anchors"].pop()
    forge.seal_times = {}
    forge.level = "S0"


def hidden_quotes(forge: Forge) -> None:
    forge.requote(
        1, quote_commit=protocol.quote_commitment(number_hex("own salt", 32), {"quote_fen": 99})
    )
    forge.requote(2, rate_bp=8500)


def three_witnesses(forge: Forge) -> None:
    forge.with_drand()
    forge.level = "S3"
    forge.witnesses.append(INSPECTOR)
    forge.seal_times[INSPECTOR] = forge.close + 20


def also(*changes: Change) -> Change:
    """Several changes, one after another."""

    def apply(forge: Forge) -> None:
        for change in changes:
            change(forge)

    return apply


def put(stage: str, **fields: Any) -> Change:
    """Change fields of a stage's first leaf."""
    return lambda forge: forge.stages[stage][0].update(fields)


def again(stage: str, into: str = "after") -> Change:
    """Log a stage's first leaf a second time."""

    def apply(forge: Forge) -> None:
        forge.leaves()
        forge.stages[into].append(dict(forge.stages[stage][0]))

    return apply


HONEST: dict[str, tuple[Change, dict[str, Any]]] = {
    "S1": (lambda forge: None, {}),
    "S0, the operator alone": (operator_alone, {}),
    "S2 with drand": (lambda forge: forge.with_drand(), {}),
    "S3 with drand and two witnesses": (three_witnesses, {}),
    "postponed": (late, {}),
    "amended": (lambda forge: amend(forge), {}),
    "withdrawn and excluded": (also(lambda f: withdraw(f, 2), lambda f: exclude(f, 4)), {}),
    "hidden quotes": (hidden_quotes, {}),
    "in parts": (in_parts, {"entrants": 300}),
    "skipped and final": (finish, {}),
    "closed first": (closed, {}),
    "chain lost, drand instead": (fall_back, FALLBACK_AT),
    "relisted": (put("notice", project="P-1", predecessor="XQ-360481-2023-00000"), {}),
    "nobody entered": (lambda forge: None, {"entrants": 0}),
}
