"""What only the whole log shows: other listings, who the entrants are, what people were told, instants
along the log, the age of a head, receipts that belong to it.
"""

import pytest

from tests.verify.cases import exclude, finish
from tests.verify.forge import (
    DRAW,
    DRAW_AT,
    INSPECTOR,
    LOG,
    REGULATOR,
    Forge,
    inclusion,
    keys_json,
    make,
)
from tests.verify.mirror import checkpoint, mirror, write_log
from verify.zjcs import joins, keys, logcheck, merkle, note, receipts
from verify.zjcs.canonical import jcs
from verify.zjcs.case import Leaf
from verify.zjcs.evidence import Step
from verify.zjcs.faults import Fault, Undecided
from verify.zjcs.logread import Found, Told

NOTICE = "GG" + DRAW[2:]


def leaf(type_: str, **fields):
    """A leaf of the market's own kinds."""
    return jcs({"v": 1, "type": type_, "subject": NOTICE, "at": DRAW_AT + 100, **fields})


def checked(log, text=None, **options) -> list[Step]:
    return list(logcheck.check(logcheck.Folder(log), keys.load(text or keys_json()), **options))


def marks(steps: list[Step]) -> set[str]:
    return {step.mark.code for step in steps if step.mark}


def faults(steps: list[Step]):
    return [(step.fault.code, isinstance(step.fault, Undecided)) for step in steps if step.fault]


@pytest.mark.parametrize(
    ("index", "digest", "expected"),
    [(3, "11" * 32, []), (7, "11" * 32, ["notice.rulebook"]), (3, "22" * 32, ["notice.rulebook"])],
    ids=["approved before it", "approved behind it", "another digest"],
)
def test_a_notice_names_a_rulebook_that_was_approved_before_it(index, digest, expected):
    said = {"version": 2, "sha256": "11" * 32}
    notice = Leaf(5, {"type": "notice.published", "draw": DRAW, "rulebook": said}, "")
    told = Told(index, "rulebook.approved", "GZ-360481-2", {"version": 2, "digest": digest})
    steps = joins.of_the_log(Found(draws={DRAW: [notice]}, told=[told]))
    assert [step.mark.code for step in steps if step.mark] == expected


MARKED = {
    "a leaf that nobody knows": (leaf("result.improved"), "leaf.unknown"),
    "a source that nobody knows": (leaf("source.chosen"), "leaf.unknown"),
    "an annulled result": (
        leaf("result.annulled", reason="complaint_upheld", moved_on=False),
        "result.annulled",
    ),
    "people were told of another winner": (
        leaf("result.published", winner="A000099", rank=1, number="ZX-1"),
        "result.told",
    ),
    "a matter that goes back": (leaf("complaint.filed", at=DRAW_AT - 9000), "at.back"),
    "a matter from tomorrow": (leaf("complaint.filed", at=DRAW_AT + 90_000_000), "at.future"),
}


@pytest.mark.parametrize("name", MARKED)
def test_it_is_listed_and_the_draw_is_verified(tmp_path, name):
    more, code = MARKED[name]
    log = mirror(tmp_path, Forge(), more=(more,))
    data = [*Forge().data(), more]
    (log / "checkpoint").write_text(checkpoint(data, DRAW_AT + 3600))
    steps = checked(log)
    assert code in marks(steps)
    assert faults(steps) == []


def test_who_was_never_activated_as_an_agency_is_listed(tmp_path):
    steps = checked(mirror(tmp_path, Forge()))
    strangers = [step.mark.facts["ref"] for step in steps if step.mark]
    assert strangers == [f"A{no:06d}" for no in range(1, 6)]


def test_an_entrant_activated_before_it_entered_is_none(tmp_path):
    """Later is no activation: the log of one draw begins with those of four agencies."""
    activated = [
        jcs({"v": 1, "type": "agency.activated", "subject": f"A{no:06d}", "at": DRAW_AT - 9000})
        for no in range(1, 5)
    ]
    late = jcs({"v": 1, "type": "agency.activated", "subject": "A000005", "at": DRAW_AT})
    forge = Forge()
    data = [*activated, *forge.data(), late]
    found = logcheck.read_all(
        logcheck.Folder(write_log(tmp_path, data)),
        note.Checkpoint(LOG.name, len(data), merkle.root_of(map(merkle.leaf_hash, data))),
        None,
        False,
        lambda done, size: None,
    )
    case = logcheck._case(DRAW, found, keys.load(keys_json()))
    logcheck.joins.of_a_draw(case, found)
    assert [(mark.code, mark.facts["no"]) for mark in case.marks] == [("entry.stranger", 5)]


def test_an_exclusion_names_the_leaf_that_proves_it(tmp_path):
    """Of `/2`: the agency was suspended, and the log says so before the close; another's is no proof."""
    suspended = jcs(
        {"v": 1, "type": "agency.suspended", "subject": "A000002", "at": DRAW_AT - 9000}
    )
    forge = make(lambda f: exclude(f, 2))
    data = [suspended, *forge.data()]
    found = logcheck.read_all(
        logcheck.Folder(write_log(tmp_path, data)),
        note.Checkpoint(LOG.name, len(data), merkle.root_of(map(merkle.leaf_hash, data))),
        None,
        False,
        lambda done, size: None,
    )
    case = logcheck._case(DRAW, found, keys.load(keys_json()))
    row = case.excluded[0]
    for named, reason, proved in (
        (0, "agency.suspended", True),
        (0, "agency.qualification_expired", False),
        (1, "agency.suspended", False),
        (999, "agency.suspended", False),
    ):
        row |= {"leaf": named, "reason": reason}
        case.marks.clear()
        logcheck.joins.of_a_draw(case, found)
        assert ("excluded.unproved" not in {mark.code for mark in case.marks}) is proved


def test_every_leaf_has_one_spelling_also_of_kinds_that_nobody_knows(tmp_path):
    spaced = b'{"at": 1694775600,"subject":"TS-1","type":"complaint.filed","v":1}'
    with pytest.raises(Fault, match="canonical.spelling"):
        checked(write_log(tmp_path, [*Forge().data(), spaced]))


def test_a_source_without_a_subject_that_nobody_knows_is_refused(tmp_path):
    odd = jcs({"v": 1, "type": "result.improved", "at": DRAW_AT})
    with pytest.raises(Fault, match="leaf.type"):
        checked(write_log(tmp_path, [*Forge().data(), odd]))


def test_an_entry_of_a_draw_that_goes_back_behind_other_matters_is_refused(tmp_path):
    """Each file alone is in order: the whole log shows that the seal is older than it says."""
    forge = Forge()
    other = leaf("complaint.filed", at=forge.close + 60)
    own = forge.data()
    steps = checked(write_log(tmp_path, [*own[:8], other, *own[8:]]))
    assert ("at.back", False) in faults(steps)


def test_a_final_that_names_winners_of_an_annulled_result_is_refused(tmp_path):
    forge = make(lambda f: finish(f, 0))
    annulled = leaf("result.annulled", reason="complaint_upheld", moved_on=False)
    own = forge.data()
    log = write_log(tmp_path, [*own[:-1], annulled, own[-1]])
    case_faults = [code for code, _ in faults(checked(log))]
    assert case_faults == ["final.annulled"]


def test_a_silent_chain_is_named_after_a_day(tmp_path):
    """The values are left out; the head is cosigned 25 h later, or an hour later."""
    for hours, expected in ((25, {"op-chain-1", "reg-chain-1"}), (1, set())):
        data = Forge().data()[:-3]
        log = write_log(tmp_path / str(hours), data)
        (log / "checkpoint").write_text(checkpoint(data, DRAW_AT + hours * 3600))
        steps = checked(log)
        late = [step.mark for step in steps if step.mark and step.mark.code == "value.silent"]
        silent = {mark.facts["source"] for mark in late}
        assert silent == expected


def test_listed_again_while_the_result_stands_and_two_projects_under_one_number(tmp_path):
    first = make(lambda f: f.notice.update(project="P-1"))
    again = {**first.make_notice(), "draw": f"{DRAW}-2", "project": "P-1", "predecessor": DRAW}
    other = {**first.make_notice(), "draw": f"{DRAW}-3", "project": "P-2"}
    steps = checked(mirror(tmp_path, first, more=(jcs(again), jcs(other))))
    found = [step.mark.code for step in steps if step.mark and step.mark.rule == 12]
    assert found == ["notice.lives", "notice.projects"]


# --- heads and receipts -------------------------------------------------------------------
def test_a_head_of_another_day_is_undecided_but_for_an_archive(tmp_path):
    log = mirror(tmp_path, Forge())
    told = DRAW_AT + 3660
    assert faults(checked(log, as_of=told + 24 * 3600)) == []
    assert faults(checked(log, as_of=told + 24 * 3600 + 1)) == [("head.old", True)]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"k": 1}, []),
        ("every owner's witness", []),
        ({"k": 2}, [("policy.unmet", True)]),
        ({"k": 1, "of": [INSPECTOR.name]}, [("policy.unmet", True)]),
    ],
)
def test_a_head_needs_the_witnesses_of_the_policy(tmp_path, policy, expected):
    steps = checked(write_log(tmp_path, Forge().data()[:3]), keys_json(policy=policy))
    assert faults(steps) == expected


def paper(data: list[bytes], index: int, size: int, **changes) -> bytes:
    """A receipt of a leaf in the tree of `size` leaves."""
    hashes = tuple(map(merkle.leaf_hash, changes.get("other", data)[:size]))

    text = checkpoint(changes.get("other", data)[:size], DRAW_AT, changes.get("by", REGULATOR))
    proof = note.Proof(
        index, tuple(inclusion(hashes, index)), text, changes.get("other", data)[index]
    )
    return note.format_proof(proof).encode()


def test_a_receipt_is_joined_to_the_log_that_was_read(tmp_path):
    forge = Forge()
    data = forge.data()
    log = mirror(tmp_path, forge)
    other = [*data[:4], leaf("entry.late"), *data[5:]]
    cases = {
        "mine": (paper(data, 4, 8), None),
        "of another history": (paper(data, 4, 8, other=other), "receipt.other_leaf"),
        "a head of another history": (paper(data, 3, 8, other=other), "log.fork"),
    }
    for name, (given, code) in cases.items():
        if code:
            with pytest.raises(Fault, match=code):
                checked(log, mine={name: given})
        else:
            assert faults(checked(log, mine={name: given})) == []


def test_a_receipt_that_the_policy_s_witnesses_have_not_seen_is_undecided():
    data = Forge().data()
    pinned = keys.load(keys_json())
    assert receipts.of_act(paper(data, 4, 8), None, pinned).fault is None
    seen_by_another = receipts.of_act(paper(data, 4, 8, by=INSPECTOR), None, pinned)
    assert seen_by_another.fault.code == "policy.unmet"
