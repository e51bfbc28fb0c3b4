"""What an agency may not upload, and what an entry may not name; who reads what, and what is erased."""

import dataclasses
import hashlib
import pathlib
from collections.abc import Callable

import pytest
from flask import current_app
from flask.testing import FlaskClient

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.kernel.errors import NotFound, Refusal
from market.ledger.queries.integrity import compare
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.agencies import Made
from tests.selection import filing as p
from tests.selection import scoring as s
from tests.selection import sealing
from tests.selection.deeds import log_of
from verify.zjcs import scoring_result
from verify.zjcs import sealing as tool
from verify.zjcs.case import Leaf


def refused(deed, *args, **kwargs) -> tuple[str, str | None]:
    with pytest.raises(Refusal) as no:
        deed(*args, **kwargs)
    return no.value.code, no.value.field


def test_a_hash_of_another_agency_notice_or_kind_is_refused_by_its_field(context):
    number, _, _ = p.published()
    who = f.agency()
    other = f.agency()
    mine = p.uploaded(number, who, "甲")
    theirs = p.uploaded(number, other, "甲")
    named = p.uploaded(number, who, "乙", "proposal_b")
    made = p.quoted(number, who, 9_000_000, {"proposal": mine})

    for boxes, said in (
        ({}, ("entry.no_box", "proposal")),
        ({"proposal_b": named}, ("entry.no_box", "proposal")),
        ({"proposal": "0" * 64}, ("entry.box_unknown", "proposal")),
        ({"proposal": theirs}, ("entry.box_unknown", "proposal")),
        ({"proposal": named}, ("entry.box_unknown", "proposal")),
        ({"proposal": mine, "proposal_b": mine}, ("entry.box_unknown", "proposal_b")),
        ({"proposal": mine, "quote": mine}, ("entry.box_unknown", "quote")),
    ):
        assert refused(p.enter, number, who, 0, boxes, made) == said
    assert log_of(number, "entry.received") == []
    p.enter(number, who, 0, {"proposal": mine}, made)
    (leaf,) = log_of(number, "entry.received")
    assert leaf.fields["proposal"] == mine and "proposal_b" not in leaf.fields


def test_what_is_no_box_of_this_agency_for_this_part_is_not_kept(context):
    number, _, _ = p.published()
    who = f.agency()
    other = f.agency()
    good = p.sealed_file(number, who, p.pdf("甲"))
    part_b = p.sealed_file(number, who, p.pdf("乙"), "proposal_b")
    theirs = p.sealed_file(number, other, p.pdf("甲"))
    for made, code in (
        (dataclasses.replace(good, box=good.box[:-1]), "entry.box_shape"),
        (part_b, "entry.box_other"),
        (theirs, "entry.box_other"),
        (dataclasses.replace(good, document_sha256="no"), "entry.box_document"),
        (dataclasses.replace(good, box=good.box + bytes(11 * 2**20)), "entry.box_size"),
    ):
        assert refused(p.upload, number, who, made) == (code, "file")
    assert refused(p.upload, number, who, good, "quote") == ("entry.box_not_open", None)
    for place in range(5):
        p.uploaded(number, who, f"第{place}版")
    assert refused(p.upload, number, who, good)[0] == "entry.box_many"
    drawn = f.published_notice()
    assert entry_queries.kinds_of(reading(CLOCK), drawn) == ()
    f.move_to(result_queries.notice(reading(CLOCK), number).entry_close)
    assert refused(p.upload, number, other, theirs)[0] == "entry.closed"


def bytes_kept() -> set[str]:
    folder = pathlib.Path(current_app.instance_path) / "uploads"
    return {
        hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_what_no_live_entry_names_is_erased_before_any_key_is_asked_for(context):
    number, _, _ = p.published()
    who = f.agency()
    gone = f.agency()
    old = p.sealed_file(number, who, p.pdf("旧"))
    p.upload(number, who, old)
    new = p.sealed_file(number, who, p.pdf("新"))
    p.enter(number, who, 9_000_000, {"proposal": p.upload(number, who, new)})
    left = p.sealed_file(number, gone, p.pdf("走"))
    p.upload(number, gone, left)
    kept = {
        name: hashlib.sha256(each.box).hexdigest()
        for name, each in (("old", old), ("new", new), ("left", left))
    }
    assert entry_jobs.erase_remains() == 0
    assert bytes_kept() >= set(kept.values())

    f.sealed(number)
    assert kept["new"] in bytes_kept()
    assert not {kept["old"], kept["left"]} & bytes_kept()
    (own,) = entry_queries.own_uploads(reading(CLOCK), number, who.organisation_id).values()
    assert own.document_sha256 == new.document_sha256
    assert entry_queries.own_uploads(reading(CLOCK), number, gone.organisation_id) == {}


def listed_with_marks(number: str) -> list[str]:
    """What the verifier lists with "!" beside a selection that it passes."""
    steps = s.checked(s.evidence_of(number))
    assert [step.fault for step in steps if step.fault] == []
    return [step.mark.code for step in steps if step.mark]


def confirmed(client: FlaskClient, number: str, inspector: Actor) -> None:
    """The inspector sees the box opened once more and confirms; a second time there is nothing to do."""
    people.sign_in(client, inspector)
    path = f"/notices/{number}/unopened"
    page = client.get(path).text
    assert "结果相同" in page and "未确认" in page
    assert people.submit(client, path, to=f"{path}/2").status_code == 303
    assert "确认原因属实" not in client.get(path).text


def judged_with(second: Callable[[str, Made], None]) -> str:
    """A selection of two: an honest entry, and one that `second` makes; its number."""
    number, _, panel = p.published()
    honest = f.agency()
    p.enter(number, honest, 9_000_000, {"proposal": p.uploaded(number, honest, "方案内容1")})
    second(number, f.agency())
    f.sealed(number)
    for juror in panel[:3]:
        p.judged(number, juror)
    s.opened(number)
    return number


def with_a_file_that_is_no_pdf(number: str, who: Made) -> None:
    word = p.sealed_file(number, who, b"PK\x03\x04 a text program's file")
    p.enter(number, who, 8_000_000, {"proposal": p.upload(number, who, word)})


def with_a_quote_of_another_document(number: str, who: Made) -> None:
    named = {"proposal": p.uploaded(number, who, "方案内容2")}
    promise = scoring_result.promise_of(Leaf(0, sealing.leaf(number, "notice.published"), ""))
    made = tool.seal_entry(promise, str(who.ref), 8_000_000, {"proposal": "11" * 32})
    p.enter(number, who, 0, named, made)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (with_a_file_that_is_no_pdf, "proposal.kind"),
        (with_a_quote_of_another_document, "proposal_hash"),
    ],
)
def test_who_is_left_out_for_a_proposal_is_listed_until_an_inspector_confirms(
    app, client, second, reason
):
    with app.app_context():
        number = judged_with(second)
        said = [row["reason"] for row in log_of(number, "entries.listed")[0].fields["excluded"]]
        rows = log_of(number, "quotes.opened")[0].fields["rows"]
        assert [*said, *(row["unopened"] for row in rows if "unopened" in row)] == [reason]
        assert listed_with_marks(number) == ["proposal.unconfirmed"]
        inspector = people.staff("inspection", "inspector")
    confirmed(client, number, inspector)
    with app.app_context():
        assert [leaf.fields["reason"] for leaf in log_of(number, "proposal.unopened")] == [reason]
        f.tick()
        assert listed_with_marks(number) == []
        assert compare(reading(CLOCK), fabric().held).first == ()


def test_a_drawn_expert_reads_the_files_of_the_panel_that_he_sits_in(context):
    """Admission to the pool gives no duty: the seat is the permission."""
    number, _, panel = p.published()
    p.entered(number, [10_000_000, 9_000_000, 8_000_000])
    f.sealed(number)
    in_one_transaction(scored_service.declare, panel[0], number=number)
    of_no_body = people.actor_of(panel[0].person_id)
    assert not of_no_body.has("juror")
    assert scored_queries.document(reading(of_no_body), number, "p1", "a").size
    stranger = people.actor_of(people.person())
    with pytest.raises(NotFound):
        scored_queries.document(reading(stranger), number, "p1", "a")


def test_who_reads_which_part_and_when(context):
    number, _, panel = p.published()
    made = p.entered(number, [10_000_000, 9_000_000, 8_000_000])
    f.sealed(number)
    inspector = people.staff("inspection", "inspector")
    letter = "p1"

    def reads(actor, part: str) -> bool:
        try:
            scored_queries.document(reading(actor), number, letter, part)
        except NotFound:
            return False
        return True

    assert not reads(panel[0], "a")  # interests are not declared yet
    in_one_transaction(scored_service.declare, panel[0], number=number)
    assert reads(panel[0], "a") and not reads(panel[0], "b")
    assert not reads(panel[4], "a")  # a reserve
    assert not any(
        reads(each, part) for each in (inspector, *(who.actor for who in made)) for part in "ab"
    )
    p.marked(number, panel[0])
    in_one_transaction(scored_service.hand_in, panel[0], number=number)
    for juror in panel[1:3]:
        p.judged(number, juror)
    s.opened(number)
    assert sum(reads(who.actor, "a") for who in made) == 1
    assert reads(inspector, "a")
    assert not reads(VISITOR, "a") and not reads(CLOCK, "a")
