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
from verify.zjcs import experts


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


FORGED = {
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


def test_whatever_was_changed_is_refused_in_python_and_in_the_browser(context):
    number = of_public_money()
    text = s.evidence_of(number)
    witness = fabric().witness
    assert witness is not None
    said = s.verified(number)
    assert (said["scored_experts"], said["scored_jurors"]) == ("16; 1", "3; 1")
    (answer,) = batch([{"text": text, "keys": json.dumps(witness.keys())}])
    assert answer["ok"] is True, answer

    file = json.loads(text)
    whole = [json.loads(leaf["utf8"]) for leaf in file["leaves"]]
    forged = {}
    for name, (forge, code) in FORGED.items():
        forged[name] = copy.deepcopy(whole)
        forge(forged[name])
        assert code_of(file["draw"], forged[name]) == code, name
    assert in_node(file["draw"], forged) == {name: code for name, (_, code) in FORGED.items()}
