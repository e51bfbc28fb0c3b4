"""What the operator keeps to itself until the witness has seen every list that waits, and the list of
cosignatures that outsiders ask for when a draw was postponed.
"""

import datetime as dt
import json

import pytest

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid
from market.ledger import jobs as ledger_jobs
from market.ledger import queries as ledger
from market.selection.sources import jobs as source_jobs
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market.selection.sources.models import Draw, DrawSource, WitnessList
from tests.factories import selection as f
from tests.selection.deeds import draw_of, ready
from verify.zjcs import evidence, keys, witnessed

SECOND = dt.timedelta(seconds=1)


def operators_values() -> int:
    found = ledger.latest(reading(CLOCK), type="source.value")
    return sum(each.fields["source"] == f.OPERATOR_CHAIN for each in found)


@pytest.mark.parametrize("hours", [0, 1])
def test_the_operator_gives_no_value_while_another_list_for_that_slot_is_unseen(context, hours):
    """Two draws, of one slot or of an earlier and a later one: the first one's list is sealed while the
    witness is silent, the second one's cosigned long before.
    """
    later = dt.timedelta(hours=hours)
    seen = ready(draw_at=f.at(7, 17, 30) + later)
    draw_at = draw_of(seen).draw_at
    number = f.published_notice(entry_close=f.at(8, 16), draw_at=f.at(8, 17, 30))
    f.entered(number)
    moved = draw_of(number)
    # The second notice closes with the clock at the first draw's instant: its plan is of that slot.
    with db.session.no_autoflush:
        row = db.session.get(
            Draw, db.session.query(Draw.id).filter_by(number=moved.number).scalar()
        )
        for plan in db.session.query(DrawSource).filter_by(draw_id=row.id):
            plan.slot = draw_of(seen).sources[0]["slot"] - 6 * hours
        row.draw_at = draw_at - later
        db.session.commit()
    fabric().clock.instant = draw_at
    source_jobs.bring_values()
    assert operators_values() == 0
    assert draw_of(seen).state != "drawn"
    assert source_queries.unseen(
        reading(CLOCK), f.OPERATOR_CHAIN, draw_of(seen).sources[0]["slot"]
    ) == [moved.number]


def test_once_the_late_list_is_seen_its_draw_moves_and_the_other_goes_on(context):
    first = f.published_notice()
    second = f.published_notice()
    made = f.entered(first, 4)
    for who in made:
        f.enter(second, who)
    f.sealed(first)
    assert source_queries.unseen(reading(CLOCK), f.OPERATOR_CHAIN, 10**6) == []
    f.move_to(draw_of(first).draw_at)
    source_jobs.bring_values()
    assert {draw_of(first).state, draw_of(second).state} == {"drawn"}


def late_draw() -> str:
    """A draw whose list the witness saw only after its instant."""
    number = f.published_notice()
    f.entered(number)
    fabric().witness.answers = False  # type: ignore[union-attr]
    f.sealed(number)
    f.move_to(draw_of(number).draw_at + 30 * SECOND)
    fabric().witness.answers = True  # type: ignore[union-attr]
    ledger_jobs.witness_head()
    source_jobs.bring_values()
    f.move_to(draw_of(number).draw_at + dt.timedelta(seconds=f.PERIOD))
    return number


def test_of_a_postponed_draw_the_witness_s_numbered_list_is_handed_on(context):
    number = late_draw()
    draw = draw_of(number)
    assert draw.state == "drawn"
    listed = json.dumps(source_queries.cosignatures_of(reading(VISITOR), draw.number))
    vkeys = [f.keys().log_vkey(), fabric().witness.inner.vkey.vkey]
    data = json.dumps(source_queries.evidence_of(reading(VISITOR), draw.number, vkeys))
    pinned = keys.load(json.dumps(fabric().witness.keys()))
    assert [step.fault for step in evidence.check(data, pinned) if step.fault] == []
    assert [step.fault for step in witnessed.steps([listed], data, pinned) if step.fault] == []
    alone = [step.fault.code for step in witnessed.steps([], data, pinned) if step.fault]
    assert alone == ["postponed.list"]


def test_a_list_that_is_not_the_witness_s_is_not_kept(context):
    number = late_draw()
    draw = draw_of(number)
    db.session.query(WitnessList).delete()
    db.session.commit()
    ((_, sealed),) = source_queries.without_list(reading(CLOCK))
    given = fabric().witness.listed(sealed)
    vkeys = [f.keys().log_vkey(), fabric().witness.inner.vkey.vkey]

    def keep(changed):
        return in_one_transaction(
            source_service.keep_list,
            CLOCK,
            draw_no=draw.number,
            sealed=sealed,
            given={**given, **changed},
            vkeys=vkeys,
        )

    for changed in ({"first": 2}, {"checkpoints": given["checkpoints"][1:]}, {"head": "x"}):
        with pytest.raises(Invalid):
            keep(changed)
    assert keep(fabric().witness.listed(10**6)) is False
    assert keep({}) is True and keep({}) is True


def test_only_what_is_sealed_is_held_back(context):
    """A notice that is still open with its draw ahead holds nothing up."""
    number = ready()
    f.published_notice(entry_close=f.at(20), draw_at=f.at(20, 17, 30))
    f.move_to(draw_of(number).draw_at)
    assert draw_of(number).state == "drawn"
