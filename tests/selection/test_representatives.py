"""One legal representative stands behind one entry: judged at the seal by a keyed digest; a name is a hint."""

import pytest

from market.agencies.models import Agency
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.results import queries as result_queries
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import selection as f
from tests.selection.deeds import log_of


def agency(name: str, digest: str | None) -> agencies.Made:
    """An agency whose representative has this name; digest None as of an enrolment from before."""
    made = agencies.active_agency(
        [f.ITEM], legal_representative=name, representative_digest=digest or "f" * 64
    )
    if digest is None:
        forget(made)
    return made


def forget(made: agencies.Made) -> None:
    db.session.query(Agency).filter_by(organisation_id=made.organisation_id).update(
        {"representative_digest": None}
    )
    db.session.commit()


def listed_of(number: str, *who: agencies.Made) -> tuple[list[int], dict[int, str]]:
    """Who stands on the sealed list, and who is excluded why, by entry number."""
    for each in who:
        f.enter(number, each)
    f.sealed(number)
    (leaf,) = log_of(number, "entries.sealed")
    excluded = {row["no"]: row["reason"] for row in leaf.fields.get("excluded", [])}
    return [row["no"] for row in leaf.fields["entrants"]], excluded


A = "a" * 64
B = "b" * 64
ONE = "entry.same_representative"
TABLE = [
    # name and digest of each entrant; who is listed; who is a hint
    ([("赵六", A), ("赵六", A), ("钱七", B)], [1, 3], {2: ONE}, [(1, 2)]),
    ([("赵六", A), ("赵六", B), ("钱七", None)], [1, 2, 3], {}, []),
    ([("赵六", A), ("赵六", None), ("钱七", B)], [1, 2, 3], {}, [(1, 2)]),
    ([("赵六", None), ("赵 六", None), ("钱七", B)], [1, 2, 3], {}, [(1, 2)]),
    ([("赵六", A), ("孙八", A), ("钱七", B)], [1, 3], {2: ONE}, []),
    ([("赵六", None), ("孙八", None), ("钱七", None)], [1, 2, 3], {}, []),
]


@pytest.mark.databases
@pytest.mark.parametrize(("entrants", "listed", "excluded", "hints"), TABLE)
def test_who_is_listed_and_what_is_a_hint(context, entrants, listed, excluded, hints):
    number = f.published_notice()
    made = [agency(*each) for each in entrants]
    assert entry_queries.namesakes(reading(CLOCK), number) == []
    assert listed_of(number, *made) == (listed, excluded)
    refs = {
        place: row.ref
        for place, row in enumerate(
            sorted(result_queries.entry_list(reading(CLOCK), number), key=lambda row: row.no), 1
        )
    }
    found = [one.refs for one in entry_queries.namesakes(reading(CLOCK), number)]
    assert found == [tuple(refs[no] for no in each) for each in hints]


def test_who_withdrew_stands_in_nobodys_way(context):
    number = f.published_notice()
    first = agency("赵六", A)
    second = agency("赵六", A)
    f.enter(number, first)
    f.enter(number, second)
    in_one_transaction(entry_service.withdraw, first.actor, number=number)
    f.sealed(number)
    (leaf,) = log_of(number, "entries.sealed")
    assert [row["no"] for row in leaf.fields["entrants"]] == [2]


def test_only_regulator_and_inspector_see_the_hint_and_nobody_a_digest(app, new_client):
    with app.app_context():
        number = f.published_notice()
        made = [agency("赵六", None), agency("赵六", A), agency("钱七", B)]
        regulator = people.staff("regulator", "regulator_officer")
        inspector = people.staff("inspection", "inspector")
        head = people.staff("office", "office_head")
        for each in made:
            f.enter(number, each)

    def page(who) -> str:
        client = new_client()
        if who is not None:
            people.sign_in(client, who)
        return client.get(f"/notices/{number}").text

    readers = (None, made[0].actor, head, regulator, inspector)
    assert [("法定代表人同名" in page(who)) for who in readers] == [False] * 5
    with app.app_context():
        f.sealed(number)
    said = [page(who) for who in readers]
    assert [("法定代表人同名" in text) for text in said] == [False, False, False, True, True]
    assert not any(A in text or B in text for text in said)
