"""How instants, money and people are shown."""

import datetime as dt
import pathlib

import pytest
from flask import Flask

from market.fabric import Fabric
from market.kernel.clock import WallClock
from market.ledger.guard import Guard
from market.web import format, locale

AFTERNOON = dt.datetime(2026, 2, 14, 7, 0, 3, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2026, 2, 14, 16, tzinfo=dt.UTC)


@pytest.fixture
def bare() -> Flask:
    app = Flask("market")
    Fabric(clock=WallClock(), guard=Guard(pathlib.Path("nowhere")), make_app=lambda: app).put_into(
        app
    )
    locale.init_app(app)
    format.init_app(app)
    return app


def test_instants_are_beijing_time():
    assert format.instant(AFTERNOON) == "2026-02-14 15:00"
    assert format.seconds(AFTERNOON) == "2026-02-14 15:00:03"
    assert format.date(MIDNIGHT) == "2026-02-15"
    assert format.date(dt.date(2026, 2, 14)) == "2026-02-14"
    assert format.iso(AFTERNOON) == "2026-02-14T15:00:03+08:00"


def test_an_end_at_midnight_belongs_to_the_day_before():
    assert format.due(MIDNIGHT) == "2026-02-14 24:00"
    assert format.due(AFTERNOON) == "2026-02-14 15:00"


def test_an_instant_without_its_zone_is_a_fault():
    with pytest.raises(ValueError):
        format.instant(AFTERNOON.replace(tzinfo=None))


def test_nothing_is_a_dash(bare):
    with bare.test_request_context():
        shown = {
            format.instant(None),
            format.due(None),
            format.date(None),
            format.seconds(None),
            format.money(None),
            format.mask_name(None),
            format.mask_phone(None),
            format.phone(None),
        }
    assert shown == {"—"}


def test_money_in_both_languages(bare):
    with bare.test_request_context():
        assert format.money(123400) == "1,234.00 元"
        assert format.money(-5) == "-0.05 元"
    with bare.test_request_context("/?lang=en"):
        assert format.money(123400) == "¥1,234.00"
        assert format.money(-123400) == "-¥1,234.00"


def test_money_in_capitals():
    assert format.money_upper(128000000) == "壹佰贰拾捌万元整"


@pytest.mark.parametrize("name, masked", [("张三", "张*"), ("张三丰", "张**"), ("张", "张*")])
def test_a_person_is_masked(name, masked):
    assert format.mask_name(name) == masked


@pytest.mark.parametrize(
    "number, masked", [("13812345678", "138****5678"), ("0792-4222222", "****2222"), ("12", "****")]
)
def test_a_number_is_masked(number, masked):
    assert format.mask_phone(number) == masked


def test_numbers_are_grouped_for_the_eye():
    assert format.phone("13812345678") == "138 1234 5678"
    assert format.phone("0792-4222222") == "0792-4222222"
    assert format.uscc("91360481MA35LK1X2Q") == "91 360481 MA35LK1X2 Q"
    assert format.uscc("short") == "short"
