"""What proves that jurors of public money were drawn: both verifiers pass it, and refuse whatever was changed."""

import copy
import json

from market.db import in_one_transaction
from market.fabric import fabric
from market.selection.scored import service as scored_service
from tests.selection import jurying as j
from tests.selection import scoring as s
from tests.selection.test_scored_proof import code_of, in_node, moved, of
from tests.verify.node import batch
from verify.zjcs import evidence, experts
from verify.zjcs import keys as verifier_keys
from verify.zjcs.faults import Fault


def second_lot(leaves: list[dict]) -> None:
    first = of(leaves, "lot.fixed")
    leaves.insert(leaves.index(first) + 1, copy.deepcopy(first))


def twice(leaves: list[dict]) -> None:
    refs = of(leaves, "jurors.listed")["refs"]
    refs[1] = refs[0]


def gap(leaves: list[dict]) -> None:
    """The one after the next sits."""
    order = experts.order(of(leaves, "lot.drawn")["seed"], of(leaves, "jurors.listed")["refs"])
    of(leaves, "juror.replaced")["ref"] = order[4]


def younger(leaves: list[dict]) -> None:
    moved(leaves, "jurors.pool", "notice.published")


def late(leaves: list[dict]) -> None:
    fixed = of(leaves, "lot.fixed")
    fixed["at"] = fixed["draw_at"] + 1


def amended(**changes):
    """An amendment in time that says something else anew."""

    def forge(leaves: list[dict]) -> None:
        notice = of(leaves, "notice.published")
        said = {"type": "notice.amended", "at": notice["entry_close"] - 60, **changes}
        leaves.insert(leaves.index(notice) + 1, {**copy.deepcopy(notice), **said})

    return forge


def other_source(**changes):
    """The lot was fixed to a source of the promised id that is something else."""
    return lambda leaves: of(leaves, "lot.fixed")["sources"].append(
        {**of(leaves, "lot.fixed")["sources"].pop(), **changes}
    )


def anchored_twice(leaves: list[dict]) -> None:
    first = of(leaves, "source.anchor")
    leaves.insert(leaves.index(first), {**first, "anchor": "00" * 32})


def seat_twice(leaves: list[dict]) -> None:
    seats = of(leaves, "jurors.named")["seats"]
    seats.insert(0, {**seats[0], "ref": "00" * 32})


def closed_earlier(leaves: list[dict]) -> None:
    close = of(leaves, "notice.published")["entry_close"]
    amended(entry_close=close - 1)(leaves)


def amended_late(leaves: list[dict]) -> None:
    amended(at=of(leaves, "notice.published")["entry_close"])(leaves)


def amended_behind(leaves: list[dict]) -> None:
    amended()(leaves)
    moved(leaves, "notice.amended", "entries.closed")


FORGED = {
    "a source of another kind": (
        other_source(kind="lottery", issue="2026001"),
        "experts.lot",
    ),
    "a source of another chain": (other_source(chain="00" * 32), "experts.lot"),
    "a second anchor of a chain": (anchored_twice, "anchor.twice"),
    "a seat that is named twice": (seat_twice, "scored.jurors"),
    "an amendment of the criteria": (amended(pass_mark=1), "amendment.terms"),
    "an amendment of who judges": (amended(jurors=1), "amendment.terms"),
    "an amendment that closes earlier": (closed_earlier, "amendment.earlier"),
    "an amendment at the close": (amended_late, "amendment.late"),
    "an amendment behind the close": (amended_behind, "amendment.late"),
    "a ref dropped": (lambda f: of(f, "jurors.listed")["refs"].pop(), "experts.list"),
    "a ref twice": (twice, "experts.list"),
    "refs in another order": (lambda f: of(f, "jurors.listed")["refs"].reverse(), "experts.list"),
    "out for no known reason": (
        lambda f: of(f, "jurors.listed")["excluded"][0].update(reason="disliked"),
        "experts.list",
    ),
    "another pool": (
        lambda f: of(f, "jurors.listed")["pool"].update(sha256="00" * 32),
        "experts.pool",
    ),
    "a pool that is younger than the notice": (younger, "experts.pool"),
    "a second lot of one label": (second_lot, "experts.lot"),
    "a lot that was fixed after its instant": (late, "experts.lot"),
    "a lot of another list": (
        lambda f: of(f, "lot.fixed").update(list_sha256="00" * 32),
        "experts.lot",
    ),
    "a source left out": (lambda f: of(f, "lot.fixed")["sources"].pop(), "experts.lot"),
    "a lot that was fixed behind its value": (
        lambda f: moved(f, "lot.fixed", "source.value"),
        "experts.lot",
    ),
    "another seed": (lambda f: of(f, "lot.drawn").update(seed="00" * 32), "experts.seed"),
    "another value": (
        lambda f: of(f, "source.value").update(value="00" * 32),
        "value.anchor",
    ),
    "seats in another order": (
        lambda f: of(f, "jurors.drawn")["seats"].reverse(),
        "experts.seats",
    ),
    "a gap in the replacements": (gap, "experts.turn"),
    "replaced for no known reason": (
        lambda f: of(f, "juror.replaced").update(reason="disliked"),
        "experts.turn",
    ),
    "silent of whom nobody says how he was told": (
        lambda f: of(f, "juror.replaced").update(reason="silent"),
        "experts.turn",
    ),
    "the owner's own too late": (
        lambda f: moved(f, "jurors.named", "entry.received"),
        "scored.jurors",
    ),
}


def of_public_money() -> str:
    """A selection whose result is out: one expert is the entrant's man, one declines, one seat is the
    owner's.
    """
    j.town()
    body = j.body()
    j.pool(body)
    j.pool(body, 1)
    j.pool(body, 1, categories=[j.another_category()])
    number, _ = j.published(own=1)
    s.entered(number, [10_000_000, 9_000_000, 8_000_000])
    j.drawn(number)
    in_one_transaction(scored_service.decline, j.seated(number)[0], number=number)
    j.finished(number, {"0": 100, "1": 60, "2": 60})
    return number


def answers_of(text: str, keys: dict) -> tuple[list, dict]:
    """What both verifiers say of a file by these keys: codes that Python refuses or leaves open; the browser's."""
    pinned = json.dumps(keys)
    (answer,) = batch([{"text": text, "keys": pinned}])
    try:
        steps = list(evidence.check(text, verifier_keys.load(pinned)))
    except Fault as fault:
        return [fault.code], answer
    return [step.fault.code for step in steps if step.fault], answer


def held_to_the_regulators_keys(text: str, keys: dict) -> None:
    """Other anchors than the published ones are refused; a lot below the least level is undecided."""
    leaf = next(
        json.loads(each["utf8"])
        for each in json.loads(text)["leaves"]
        if '"source.anchor"' in each["utf8"]
    )
    source = leaf["source"]
    other = copy.deepcopy(keys)
    whole = other["anchors"][source]
    other["anchors"][source] = (
        {**whole, "anchor": "00" * 32} if isinstance(whole, dict) else "00" * 32
    )
    codes, answer = answers_of(text, other)
    assert (codes, answer["ok"], answer["code"]) == (["keys.anchor"], False, "keys.anchor")

    codes, answer = answers_of(text, {**keys, "least_level": "S3"})
    assert (codes, answer["ok"]) == (["level.least"], None)


def test_whatever_was_changed_is_refused_in_python_and_in_the_browser(context):
    number = of_public_money()
    text = s.evidence_of(number)
    witness = fabric().witness
    assert witness is not None
    said = s.verified(number)
    assert (said["scored_experts"], said["scored_jurors"]) == ("16; 1", "3; 1")
    (answer,) = batch([{"text": text, "keys": json.dumps(witness.keys())}])
    assert answer["ok"] is True, answer

    held_to_the_regulators_keys(text, witness.keys())

    file = json.loads(text)
    whole = [json.loads(leaf["utf8"]) for leaf in file["leaves"]]
    forged = {}
    for name, (forge, code) in FORGED.items():
        forged[name] = copy.deepcopy(whole)
        forge(forged[name])
        assert code_of(file["draw"], forged[name]) == code, name
    assert in_node(file["draw"], forged) == {name: code for name, (_, code) in FORGED.items()}
