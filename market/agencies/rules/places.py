"""Where an agency is registered: division codes, their names, and how near they are. Pure."""

from stdnum import numdb

from market.agencies.rules.states import Tier

PLACES = numdb.get("cn/loc")
"""Division codes (GB/T 2260) with their names, as python-stdnum ships them."""


def tier(region: str, division: str) -> Tier:
    """Where a division code lies seen from the jurisdiction's: same county, city, province, or
    elsewhere.
    """
    for same, found in ((6, Tier.HERE), (4, Tier.CITY), (2, Tier.PROVINCE)):
        if region[:same] == division[:same]:
            return found
    return Tier.ELSEWHERE


def place(region: str) -> str | None:
    """The name of a division code (江西省九江市瑞昌市 for 360481), None for one of no province
    (GB/T 2260).

    A county newer than the list is named by its city.
    """
    if len(region) != 6 or not region.isascii() or not region.isdigit():
        return None
    return "".join(place_names(region)) or None


def place_names(region: str) -> tuple[str, ...]:
    """The names of a division and of those that it lies in, the widest first: 江西省, 九江市, 瑞昌市
    for 360481. Empty for a code of no province.
    """
    names = [_place(region[:length].ljust(6, "0")) for length in (2, 4, 6)]
    if not names[0]:
        return ()
    return tuple(dict.fromkeys(name for name in names if name and name not in NOT_PLACES))


NOT_PLACES = {"市辖区", "县", "省直辖县级行政单位", "自治区直辖县级行政单位"}


def _place(code: str) -> str:
    """The present name of one level; the list keeps former ones with their years: [1989-]瑞昌市."""
    *_rest, (_code, facts) = PLACES.info(code)
    known = facts.get("county") or facts.get("prefecture") or facts.get("province") or ""
    return str(known).split(",")[-1].split("]")[-1]
