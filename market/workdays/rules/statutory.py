"""The days off that the law itself fixes, whatever the year's arrangement says.

全国年节及纪念日放假办法, State Council orders 644 (from 2014: 11 days) and 795 (from 2025: 13 days,
New Year's Eve and 2 May added).
"""

import datetime as dt


def N_(text: str) -> str:  # noqa: N802  (the mark that the message catalogue looks for)
    """A name that is shown through the catalogue."""
    return text


JOINED = (N_("国庆节、中秋节"), N_("中秋节、国庆节"))
"""What a published arrangement calls two festivals that fall together."""
ORDER_795_FROM = 2025
"""The first year under State Council order 795."""

# year, 春节 (first day of the first lunar month), 清明 (solar term), 端午 (5th of the 5th), 中秋
# (15th of the 8th).
# Computed from the lunar calendar of GB/T 33661-2017; the packages holidays, lunardate and cnlunar
# agree on every date.
MOVABLE = """
2018  02-16  04-05  06-18  09-24
2019  02-05  04-05  06-07  09-13
2020  01-25  04-04  06-25  10-01
2021  02-12  04-04  06-14  09-21
2022  02-01  04-05  06-03  09-10
2023  01-22  04-05  06-22  09-29
2024  02-10  04-04  06-10  09-17
2025  01-29  04-04  05-31  10-06
2026  02-17  04-05  06-19  09-25
2027  02-06  04-05  06-09  09-15
2028  01-26  04-04  05-28  10-03
2029  02-13  04-04  06-16  09-22
2030  02-03  04-05  06-05  09-12
2031  01-23  04-05  06-24  10-01
2032  02-11  04-04  06-12  09-19
2033  01-31  04-04  06-01  09-08
2034  02-19  04-05  06-20  09-27
2035  02-08  04-05  06-10  09-16
2036  01-28  04-04  05-30  10-04
2037  02-15  04-04  06-18  09-24
2038  02-04  04-05  06-07  09-13
2039  01-24  04-05  05-27  10-02
2040  02-12  04-04  06-14  09-20
2041  02-01  04-04  06-03  09-10
2042  01-22  04-04  06-22  09-28
2043  02-10  04-05  06-11  09-17
2044  01-30  04-04  05-31  10-05
2045  02-17  04-04  06-19  09-25
2046  02-06  04-04  06-08  09-15
2047  01-26  04-05  05-29  10-04
2048  02-14  04-04  06-15  09-22
2049  02-02  04-04  06-04  09-11
2050  01-23  04-04  06-23  09-30
"""
FIRST_YEAR = 2018
LAST_YEAR = 2050


def _dates(line: str) -> tuple[int, tuple[dt.date, ...]]:
    year, *days = line.split()
    return int(year), tuple(dt.date.fromisoformat(f"{year}-{day}") for day in days)


_MOVABLE = dict(_dates(line) for line in MOVABLE.split("\n") if line)


def statutory_days(year: int) -> dict[dt.date, str]:
    """The days off fixed by law for a year of 2018-2050, each with its name, in the order of the
    year.

    11 days before 2025, 13 from 2025 (one fewer in a year in which 中秋节 falls on 国庆节).
    KeyError outside the table.
    """
    spring, qingming, dragon_boat, mid_autumn = _MOVABLE[year]
    days = [(dt.date(year, 1, 1), N_("元旦"))]
    days += [
        (spring + dt.timedelta(days=offset), N_("春节"))
        for offset in range(-1 if year >= ORDER_795_FROM else 0, 3)
    ]
    days += [(qingming, N_("清明节")), (dt.date(year, 5, 1), N_("劳动节"))]
    days += [(dt.date(year, 5, 2), N_("劳动节"))] if year >= ORDER_795_FROM else []
    days += [(dragon_boat, N_("端午节")), (mid_autumn, N_("中秋节"))]
    days += [(dt.date(year, 10, day), N_("国庆节")) for day in (1, 2, 3)]
    return dict(sorted(days))
