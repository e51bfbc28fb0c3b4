"""The regulator's desk: who sees which selections, what the filters find, the exports, the review."""

import csv
import io
import json
import zipfile

import pytest
from sqlalchemy import select

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, Refusal
from market.ledger import queries as ledger
from market.oversight import jobs, queries, service
from market.oversight.models import Review
from market.oversight.rules import BY_READER, Check, Mark, Outcome, Verdict
from market.oversight.service import reviewing
from market.selection.results import queries as result_queries
from market.selection.results.queries import SORTS, Sought
from tests.factories import accounts as people
from tests.factories import selection as made

GOOD = dict.fromkeys(BY_READER, Mark.GOOD)
SHEET = {**{check.value: "good" for check in BY_READER}, "outcome": "in_order", "remark": ""}


def regulator():
    return people.staff("regulator", "regulator_officer", name="自然资源局")


def inspector():
    return people.staff("inspection", "inspector")


def numbers(who, **sought):
    return [row.selection.number for row in queries.desk(reading(who), Sought(**sought))]


@pytest.fixture
def drawn(app):
    with app.app_context():
        regulator()  # the catalogue knows the regulators that are there when it is loaded
        number, entrants = made.announced_notice(title="=HYPERLINK(1)放线")
        return number, entrants


def test_a_sector_sees_its_own_and_those_above_see_all(app, drawn):
    number, _ = drawn
    with app.app_context():
        other = people.member(people.organisation("regulator", "水利局"), "regulator_officer")
        assert numbers(regulator()) == [number]
        assert numbers(inspector()) == [number]
        assert numbers(other) == []
        with pytest.raises(NotFound):
            queries.file(reading(other), number)
        with pytest.raises(NotFound):
            in_one_transaction(
                service.review, other, number=number, outcome=Outcome.IN_ORDER, marks=GOOD
            )


def test_each_filter_narrows_and_none_shows_who_entered_before_the_seal(app, drawn):
    number, entrants = drawn
    with app.app_context():
        single, lone = made.announced_notice(1)
        fresh = made.published_notice()
        who = inspector()
        assert set(numbers(who)) == {number, fresh, single}
        made.enter(fresh, entrants[0])
        assert numbers(who, ref=entrants[0].ref) == [number]
        assert numbers(who, ref=lone[0].ref) == [single]
        assert numbers(who, is_single=True) == [single]
        assert numbers(who, owner="没有这样的业主") == []
        assert set(numbers(who, item_code=made.ITEM)) == {number, fresh, single}
        assert numbers(who, is_relisted=True) == numbers(who, is_overridden=True) == []
        rows = {row.selection.number: row for row in queries.desk(reading(who), Sought())}
        assert (rows[number].selection.listed, rows[fresh].selection.listed) == (3, 0)
        assert rows[number].winner and rows[fresh].winner is None


def test_the_desk_is_sought_and_sorted_and_says_what_comes_next(app):
    with app.app_context():
        early = made.published_notice(title="赤湖道路检测")
        late = made.published_notice(title="桂林放线")
        who = inspector()
        assert numbers(who) == [late, early]
        for q, found in (
            ("放线", [late]),
            ("桂林 放线", [late]),
            (early, [early]),
            ("赤湖 放线", []),
        ):
            assert numbers(who, q=q) == found, q
        for sort in ("number", "title"):  # the others are equal here
            down = numbers(who, sort=sort)
            assert numbers(who, sort=sort, falls=False) == down[::-1] and len(down) == 2
        assert queries.following(reading(who), late).number == early
        in_one_transaction(
            service.review,
            who,
            number=early,
            outcome=Outcome.IN_ORDER,
            marks=GOOD,
            submission_key="k",
        )
        assert queries.following(reading(who), late) is None
        assert numbers(who, without=(queries.reviewed_by_us(reading(who)),)) == [late]


def test_what_is_due_first_comes_first_and_who_has_it_is_named(app):
    with app.app_context():
        fresh = made.published_notice()
        announced, _ = made.announced_notice()
        who = inspector()
        rows = list(queries.desk(reading(who), Sought(sort="due", falls=False)))
        dues = [row.due.due_at for row in rows if row.due]
        assert dues and dues == sorted(dues)
        assert {row.selection.number for row in rows} == {fresh, announced}


def test_pages_go_on_where_the_last_one_ended(app):
    with app.app_context():
        all_of = [made.published_notice() for _ in range(3)]
        who = inspector()
        first = queries.desk(reading(who), Sought(), limit=2)
        second = queries.desk(reading(who), Sought(), first.next, limit=2)
        found = [row.selection.number for row in (*first, *second)]
        assert sorted(found) == sorted(all_of) and second.next is None


def test_a_draw_is_recomputed_once_a_night_and_its_tick_stands_in_the_row(app, drawn):
    number, _ = drawn
    with app.app_context():
        draw = number.replace("GG", "XQ")
        assert jobs.verify() == 1 and jobs.verify() == 0
        row = next(iter(queries.desk(reading(inspector()), Sought())))
        assert row.verified.verdict is Verdict.HOLDS
        assert queries.file(reading(inspector()), number).system[Check.RECOMPUTED] is True
        in_one_transaction(
            service.keep_verification, CLOCK, draw=draw, verdict=Verdict.BROKEN, fault="seed"
        )
        assert queries.file(reading(inspector()), number).system[Check.RECOMPUTED] is False


def test_a_review_stands_on_the_log_without_names_and_only_once(app, drawn):
    number, _ = drawn
    with app.app_context():
        who = regulator()
        asked = {"number": number, "outcome": Outcome.REMARK, "marks": GOOD, "remark": "公示期偏短"}
        assert in_one_transaction(service.review, who, **asked, submission_key="k1") == 1
        assert in_one_transaction(service.review, who, **asked, submission_key="k1") == 1
        assert in_one_transaction(service.review, who, **asked, submission_key="k2") == 2
        found = queries.file(reading(who), number)
        assert [card.round for card in found.reviews] == [2, 1]
        leaves = [each for each in ledger.of_subject(reading(CLOCK), number)
                  if each.type == "oversight.reviewed"]  # fmt: skip
        assert len(leaves) == 2
        said = json.loads(leaves[0].leaf)
        assert (said["body"], said["outcome"], said["round"]) == ("自然资源局", "remark", 1)
        assert "公示期偏短" not in leaves[0].leaf.decode()


def test_a_clue_stands_on_the_log_without_its_notice_and_leaves_no_gap(app, drawn):
    number, _ = drawn
    with app.app_context():
        who = regulator()
        asked = {"number": number, "marks": GOOD, "remark": "同一台电脑报名"}
        of = {"outcome": Outcome.CLUE, **asked}
        assert in_one_transaction(service.review, who, **of) == 1
        assert in_one_transaction(service.review, who, **(asked | {"outcome": Outcome.FAULT})) == 1
        assert in_one_transaction(service.review, who, **of) == 2

        told = ledger.of_subject(reading(CLOCK), number)
        reviews = [json.loads(each.leaf) for each in told if each.type.startswith("oversight.")]
        assert [(each["outcome"], each["round"]) for each in reviews] == [("fault", 1)]
        rows = list(reading(CLOCK).session.scalars(select(Review).where(Review.is_kept)))
        assert len({row.digest for row in rows}) == 2
        for row in rows:
            assert row.digest == reviewing.digest_of(row)
            leaf = ledger.of_subject(reading(CLOCK), row.digest)[0].leaf.decode()
            assert number not in leaf and row.body not in leaf and "clue" not in leaf


def test_nobody_reviews_what_he_or_his_body_did(app, drawn):
    number, _ = drawn
    with app.app_context():
        person = next(
            each.person_id
            for each in result_queries.steps(reading(CLOCK), number)
            if each.act == "published"
        )
        people.join(people.body("inspection"), person, "inspector")
        actor = people.actor_of(person, people.body("inspection"))
        with pytest.raises(Refusal) as refused:
            in_one_transaction(
                service.review, actor, number=number, outcome=Outcome.IN_ORDER, marks=GOOD
            )
        assert refused.value.code == "oversight.own_matter"


def send(client, number, **sheet):
    """Post a review's sheet as its page would."""
    url = f"/office/selections/{number}"
    return client.post(url, data={**sheet, "csrf_token": people.token(client, url)})


# --- pages --------------------------------------------------------------------------------
def test_the_export_is_the_filter_and_harmless(app, client, drawn):
    number, _ = drawn
    with app.app_context():
        made.published_notice(title="道路检测服务采购")
        people.sign_in(client, inspector())
    page = client.get("/office/selections?tab=announced")
    assert number in page.text and "道路检测" not in page.text
    text = client.get("/office/selections.csv?tab=announced").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows[1:]] == [number]
    assert rows[1][1] == "'=HYPERLINK(1)放线"
    book = client.get("/office/selections.xlsx?tab=announced")
    with zipfile.ZipFile(io.BytesIO(book.get_data())) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and sheet.count("<row ") == 2


def test_from_the_list_to_the_review_and_back(app, client, drawn):
    number, entrants = drawn
    with app.app_context():
        who = regulator()
        people.sign_in(client, who)
        jobs.verify()
    page = client.get(f"/office/selections/{number}").text
    assert "起草" in page and entrants[0].name in page and "选取结果可以重算" in page
    short = send(client, number, outcome="in_order")
    assert short.status_code == 422 and short.text.count("govuk-error-message") >= 5
    clue = send(client, number, **{**SHEET, "outcome": "clue"})
    assert clue.status_code == 422 and "请写明发现的问题和依据" in clue.text
    done = send(client, number, **SHEET)
    assert done.status_code == 303
    page = client.get(done.location).text
    assert "审阅已登记" in page and "未发现问题" in page
    assert client.get("/office/selections").text.count(number) >= 1


@pytest.mark.parametrize("sort", [*SORTS, "nothing"])
def test_every_head_sorts_page_by_page(app, client, drawn, sort):
    number, _ = drawn
    with app.app_context():
        people.sign_in(client, inspector())
    for falls in ("", "&falls=1"):
        page = client.get(f"/office/selections?sort={sort}{falls}&q={number}")
        assert page.status_code == 200 and number in page.text
    file = client.get(f"/office/selections/{number}").text
    assert "mk-decide" in file and "data-back" in file and "data-phrase" in file


@pytest.mark.parametrize("query", ["since=x", "tab=today", "method=%00", "after=zzz", "until=9999"])
def test_filters_that_say_nothing_are_said_or_left_out(app, client, drawn, query):
    with app.app_context():
        people.sign_in(client, inspector())
    status = client.get(f"/office/selections?{query}").status_code
    assert status == (400 if query.startswith("after") else 200)


@pytest.mark.parametrize(
    ("query", "is_open"),
    [("since=x", True), ("since=2026-01-01", True), ("unreviewed=1", False), ("", False)],
)
def test_a_condition_or_an_error_that_stands_folded_away_is_unfolded(
    app, client, drawn, query, is_open
):
    with app.app_context():
        people.sign_in(client, inspector())
    page = client.get(f"/office/selections?{query}").text
    assert ('<details class="govuk-details" open>' in page) is is_open
