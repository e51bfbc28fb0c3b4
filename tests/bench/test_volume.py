"""The generator of volume: the numbers it promises, in the product's own schema."""

import collections
import random

import sqlalchemy as sa
from stdnum.cn import uscc

from bench import notice_list, volume
from market.db import db
from market.selection.entries.models import Entry
from market.selection.notices.models import Notice


def test_entries_have_median_14_and_99th_percentile_115():
    chance = random.Random(1)
    counts = sorted(volume.entries_of_one(chance) for _ in range(100_000))
    assert counts[50_000] == 14
    assert 110 <= counts[99_000] <= 120


def test_credit_codes_and_names_are_valid_and_different():
    rows = list(volume.organisations(range(1, 501), range(501, 2501)))
    assert all(uscc.is_valid(row["uscc"]) for row in rows)
    assert len({row["uscc"] for row in rows}) == len({row["name"] for row in rows}) == len(rows)


def test_a_small_market_is_whole(context):
    volume.build(context, volume.Size(notices=300, agencies=200))
    notices = list(
        db.session.execute(
            sa.select(Notice.tab, Notice.entries_live, Notice.published_at).order_by(Notice.id)
        )
    )
    assert len(notices) == 300
    assert None not in {row.tab for row in notices}
    assert len(collections.Counter(row.tab for row in notices)) >= 4
    assert [row.published_at for row in notices] == sorted(row.published_at for row in notices)
    kept = db.session.scalar(sa.select(sa.func.count()).select_from(Entry))
    assert kept == sum(min(row.entries_live, 200) for row in notices)


def test_the_same_seed_makes_the_same_market():
    items = [("A01", "甲"), ("B02", "乙")]
    first, second = (
        list(volume.notices([3, 4, 5], range(1, 9), items, random.Random(7))) for _ in range(2)
    )
    assert first == second


def test_pages_are_served_on_such_a_folder_as_the_rows_ask_for_them(context, tmp_path):
    size = volume.Size(notices=60, agencies=30)
    product = volume.app_on(tmp_path)
    volume.build(product, size)
    assert f"{notice_list.PATH}/GG-" in notice_list.body_of(product)
