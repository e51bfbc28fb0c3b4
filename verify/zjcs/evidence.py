"""`evidence.json` of one draw: read it strictly, hold it to the log's mathematics, then to the
rules.

`check` yields the steps as it goes, so that a page or a terminal can tick them off; the first fault
ends it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from . import bounds, direct, leaves, merkle, note, scoring_result, shapes
from . import draw as protocol
from . import keys as verifier_keys
from .canonical import parse_file
from .case import Case, Leaf, View
from .faults import Fault, Undecided
from .keys import Keys
from .rules import RULES, is_recomputed, rules_of

TEXT = shapes.text(r"(?s).{1,65536}")
HASHES = shapes.listed(shapes.HASH, 0, 63)
VIEW = shapes.Shape({"checkpoint": TEXT, "inclusion": HASHES, "consistency": HASHES})
HEAD = shapes.Shape({"checkpoint": TEXT, "consistency": HASHES})  # a head that a witness cosigned
NUMBER = shapes.text(r"[1-9][0-9]{0,5}")
BOX = shapes.text(r"(?:[A-Za-z0-9+/]{4}){1,2000}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


def _is_box(pair: tuple[str, Any]) -> bool:
    """A sealed quote by its entry's number, in base64."""
    return NUMBER(pair[0]) and BOX(pair[1])


SHAPE = shapes.Shape(
    {
        "protocol": shapes.equal(*leaves.TABLES),
        "draw": shapes.ID,
        "level": shapes.LEVEL,
        "log": shapes.Shape(
            {
                "origin": shapes.text(r"[^\n]{1,200}"),
                "vkey": shapes.text(r"[^\n]{1,400}"),
                "witnesses": verifier_keys.VKEYS,
            }
        ),
        "leaves": shapes.listed(
            shapes.Shape({"index": shapes.whole(0), "utf8": shapes.text(r"(?s).+")})
        ),
        "proofs": lambda value: isinstance(value, dict) and all(map(HASHES, value.values())),
        "checkpoint": TEXT,
        "seal": VIEW,
        "seed": shapes.HASH,
        "order": shapes.listed(shapes.Shape({"ref": shapes.REF}, {"ticket": shapes.HASH}), 0),
    },
    {
        "closed": VIEW,
        "version": shapes.equal(2),
        "heads": shapes.listed(HEAD, 1, 64),
        "boxes": lambda value: isinstance(value, dict) and all(map(_is_box, value.items())),
    },
)


CHOSEN = shapes.Shape(
    {
        key: check
        for key, check in SHAPE.required.items()
        if key not in ("level", "seal", "seed", "order")
    }
    | {"protocol": shapes.equal(protocol.RANKED_2)}
)
"""The same of a direct choice, which seals no list and draws nothing (ADR 0044)."""
SCORED = shapes.Shape({**CHOSEN.required, "closed": VIEW}, SHAPE.optional)
"""The same of a scored selection, whose list is closed and whose quotes open later (ADR 0055)."""


@dataclass(frozen=True)
class Step:
    """One tick: a stable name, the rule's number (None: plain log arithmetic), what was seen, or
    why not.

    `fault` is an Undecided point, or (in a whole log, which goes on to the next draw) what is
    wrong. `why` explains what was seen where nothing is wrong. `mark` stands beside the verdict: no
    rule refuses it, and somebody has to answer for it ("!").
    """

    name: str
    rule: int | None
    detail: str
    fault: Fault | None = None
    why: Fault | None = None
    mark: Fault | None = None


def load(data: bytes | str) -> dict[str, Any]:
    """Read the file: strict JSON, exactly the keys of section 5, every hash in its one spelling.
    Fault rule 1.
    """
    try:
        value: dict[str, Any] = parse_file(data)
    except Fault as fault:
        raise fault.at("evidence.json", rule=1) from None
    misfit = _shape(value).misfit(value)
    if misfit:
        raise Fault("evidence.shape", rule=1, where="evidence.json", key=misfit)
    indexes = [leaf["index"] for leaf in value["leaves"]]
    lacks = "version" not in value and "boxes" in value
    if ("heads" in value) != ("version" in value) or lacks:  # the first has no place for them
        raise Fault("evidence.shape", rule=1, where="evidence.json", key="version")
    if indexes != sorted(set(indexes)) or set(value["proofs"]) != {str(index) for index in indexes}:
        raise Fault("evidence.leaves", rule=1, where="leaves")
    return value


def is_chosen(value: object) -> bool:
    """Whether a file is of a direct choice: nobody entered, it has no list."""
    return _is_unsealed(value) and "closed" not in value  # type: ignore[operator]


def is_scored(value: object) -> bool:
    """Whether a file is of a scored selection: entries were closed, and no quote opened with the list."""
    return _is_unsealed(value) and "closed" in value  # type: ignore[operator]


def _is_unsealed(value: object) -> bool:
    is_ranked = isinstance(value, dict) and value.get("protocol") == protocol.RANKED_2
    return is_ranked and "seal" not in value  # type: ignore[operator]


def _shape(value: object) -> shapes.Shape:
    if is_scored(value):
        return SCORED
    return CHOSEN if is_chosen(value) else SHAPE


def read_leaves(
    pairs: Iterable[tuple[int, bytes]], draw: str, alg: str = protocol.PROTOCOL
) -> list[Leaf]:
    """Read leaves of one draw. Raises Fault by rule 1 (spelling), 11 (unknown type), 14 (size), or
    `leaf.other_draw`.
    """
    found = []
    for index, data in pairs:
        try:
            value = leaves.read_leaf(data)
            leaves.check_leaf(value, alg)
            if leaves.alg_of(value, alg) != alg:
                raise Fault("notice.other_alg", rule=1, alg=value["alg"], expected=alg)
        except Fault as fault:
            raise fault.at(f"leaf {index}") from None
        if value.get("draw", draw) != draw:
            raise Fault("leaf.other_draw", rule=5, where=f"leaf {index}", draw=value["draw"])
        found.append(Leaf(index, value, merkle.leaf_hash(data).hex()))
    return found


def check(
    data: bytes | str, keys: Keys | None = None, lottery: Iterable[str] = ()
) -> Iterator[Step]:
    """Verify the evidence of one draw, step by step.

    `keys` None takes the keys as claimed by the file itself. Yields each Step as it is passed (or
    left undecided) and raises the first Fault.
    """
    value = load(data)
    yield Step("file", 1, value["draw"])
    found = read_leaves(
        ((leaf["index"], leaf["utf8"].encode()) for leaf in value["leaves"]),
        value["draw"],
        value["protocol"],
    )
    bounds.steps_of(found)
    yield Step("spelling", 1, f"{len(found)} leaves")
    keys = _keys(value, keys)
    yield run("keys", 13, lambda: vouched(keys))
    case = _case(value, found, keys, frozenset(lottery))
    yield Step("log", None, f"{keys.origin} {case.final_view.size if case.final_view else 0}")
    if is_chosen(value):
        yield from chosen(case)
        return
    if is_scored(value):
        yield from scored(case)
        return
    way = case.notice.value.get("rule")
    if value["protocol"] == protocol.RANKED_2 and not is_recomputed(way):
        yield run("way", 16, lambda: _ranked(case))
        return
    for rule in rules_of(case):
        yield run(rule.name, rule.number, rule.bind(case))
        yield from remarks(case)
    yield run("file_order", None, lambda: _file_agrees(value, case))


def remarks(case: Case) -> Iterator[Step]:
    """What the rule that just ran has listed beside its verdict."""
    while case.marks:
        mark = case.marks.pop(0)
        yield Step("remark", mark.rule, "", mark=mark)


def vouched(keys: Keys) -> str:
    """Whether the keys are pinned or claimed. Undecided `keys.no_witness`."""
    keys.require_witness()
    return "pinned" if keys.pinned else "claimed"


def _ranked(case: Case) -> str:
    """Ways of selecting whose order is not recomputed here."""
    raise Undecided("way.unknown", where=case.notice.where, way=case.notice["rule"])


def chosen(case: Case) -> Iterator[Step]:
    """A direct choice: what people chose, and what arithmetic followed (rule 16)."""
    yield from _of_its_way(case, direct.CHECKS)


def scored(case: Case) -> Iterator[Step]:
    """A scored selection: what people judged, and what arithmetic followed (rule 16)."""
    yield from _of_its_way(case, scoring_result.CHECKS)


def _of_its_way(case: Case, checks: Iterable[tuple[str, Any]]) -> Iterator[Step]:
    alg = next(rule for rule in RULES if rule.name == "alg")
    yield run(alg.name, alg.number, alg.bind(case))
    for name, check in checks:
        yield run(name, 16, partial(check, case))
        yield from remarks(case)
    if case.final_view is not None:
        yield run("head", 11, partial(_head_is_seen, case))


def _head_is_seen(case: Case) -> str:
    """A witness has cosigned the checkpoint in which everything is proved."""
    view = case.final_view
    if view is None:
        raise ValueError("a file has its checkpoint")
    case.keys.require_seen(view.times, "checkpoint")
    return str(view.size)


def run(name: str, number: int | None, check: Any) -> Step:
    """Run one rule: a Step, undecided or not; a Fault is told which rule refuses."""
    try:
        return Step(name, number, check())
    except Undecided as point:
        point.at("", rule=number)
        return Step(name, number, str(point), point)
    except Fault as fault:
        raise fault.at("", rule=number) from None


def _keys(value: dict[str, Any], pinned: Keys | None) -> Keys:
    log = value["log"]
    try:
        claimed = verifier_keys.claimed(log["origin"], [log["vkey"]], log["witnesses"])
        if pinned is None:
            return claimed
        if pinned.origin != claimed.origin:
            raise Fault("keys.origin", pinned=pinned.origin, found=claimed.origin)
        if claimed.log[0] not in pinned.log:
            raise Fault("keys.log", found=log["vkey"])
    except Fault as fault:
        raise fault.at("log", rule=13) from None
    return pinned


def _case(
    value: dict[str, Any], found: Sequence[Leaf], keys: Keys, lottery: frozenset[str]
) -> Case:
    """Hold leaves, final checkpoint and sealed checkpoint together by their proofs."""
    final, final_note = _open(value["checkpoint"], keys, "checkpoint", value)
    for leaf in found:
        proof = [bytes.fromhex(item) for item in value["proofs"][str(leaf.index)]]
        try:
            merkle.verify_inclusion(
                bytes.fromhex(leaf.hash), leaf.index, final.size, proof, final.root
            )
        except Fault as fault:
            raise fault.at(leaf.where) from None
    case = Case(value["draw"], keys, found, claimed_level=value.get("level"), lottery=lottery)
    if "boxes" in value:
        case.boxes = {int(no): base64.b64decode(box) for no, box in value["boxes"].items()}
    case.final_view = View(final.size, note.cosignature_times(final_note, keys.witnesses))
    if is_chosen(value):
        return case
    if not is_scored(value):
        case.seal_view = _view(value, "seal", case.seal, final, keys)
    closed = case.of("entries.closed")
    if bool(closed) != ("closed" in value):
        raise Fault("closed.uncosigned", rule=16, where="closed")
    if closed:
        case.closed_view = _view(value, "closed", closed[0], final, keys)
    case.heads = [
        _head(value, place, head, final, keys) for place, head in enumerate(value.get("heads", ()))
    ]
    return case


def _head(
    value: dict[str, Any], place: int, shown: dict[str, Any], final: note.Checkpoint, keys: Keys
) -> View:
    """A further head, which must be the beginning of the final one."""
    where = f"heads[{place}]"
    checkpoint, signed = _open(shown["checkpoint"], keys, where, value)
    proof = [bytes.fromhex(item) for item in shown["consistency"]]
    try:
        merkle.verify_consistency(checkpoint.size, final.size, checkpoint.root, final.root, proof)
    except Fault as fault:
        raise fault.at(where) from None
    return View(checkpoint.size, note.cosignature_times(signed, keys.witnesses))


def _view(value: dict[str, Any], part: str, leaf: Leaf, final: note.Checkpoint, keys: Keys) -> View:
    view = value[part]
    checkpoint, signed = _open(view["checkpoint"], keys, f"{part}.checkpoint", value)
    inclusion, consistency = (
        [bytes.fromhex(item) for item in view[key]] for key in ("inclusion", "consistency")
    )
    try:
        merkle.verify_inclusion(
            bytes.fromhex(leaf.hash), leaf.index, checkpoint.size, inclusion, checkpoint.root
        )
        merkle.verify_consistency(
            checkpoint.size, final.size, checkpoint.root, final.root, consistency
        )
    except Fault as fault:
        raise fault.at(part) from None
    return View(checkpoint.size, note.cosignature_times(signed, keys.witnesses))


def _open(
    text: str, keys: Keys, where: str, value: dict[str, Any]
) -> tuple[note.Checkpoint, note.Note]:
    """Open a checkpoint, signed by the log and by nobody but witnesses that the file lists."""
    try:
        return note.open_listed(
            text, keys.origin, keys.log, map(note.parse_vkey, value["log"]["witnesses"])
        )
    except Fault as fault:
        rule = (
            13
            if fault.code in ("checkpoint.origin", "checkpoint.unsigned", "note.unlisted")
            else None
        )
        raise fault.at(where, rule=rule) from None


def _file_agrees(value: dict[str, Any], case: Case) -> str:
    """The file's own `seed` and `order` are the computed ones."""
    if value["seed"] != case.seed:
        raise Fault("evidence.seed", where="seed", found=value["seed"], computed=case.seed)
    for rank, (ref, ticket) in enumerate(case.ranking):
        row = value["order"][rank] if rank < len(value["order"]) else {}
        if row != ({"ref": ref, "ticket": ticket} if ticket else {"ref": ref}):
            raise Fault("evidence.order", where=f"order[{rank}]", ref=ref, ticket=ticket)
    if len(value["order"]) != len(case.ranking):
        raise Fault("evidence.order", where=f"order[{len(case.ranking)}]")
    return ",".join(ref for ref, _ in case.ranking[:3])
