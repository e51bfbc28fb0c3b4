"""Who an agency is, and what it promises. Pure."""

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from functools import partial

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from market.adapters import addresses
from market.agencies.rules import Type, place
from market.kernel import credit_code
from market.kernel.errors import Invalid, all_told
from market.kernel.visible import bare


def check_uscc(code: str) -> str:
    """The compact form of a 统一社会信用代码 (GB 32100). Refuses `agency.bad_uscc`."""
    try:
        return credit_code.checked(code)
    except credit_code.BadCode as error:
        raise Invalid("agency.bad_uscc", field="uscc", uscc=code) from error


@dataclasses.dataclass(frozen=True)
class Basics:
    """Who the agency is. None is what has not been filled in yet; the capital is in fen."""

    name: str | None = None
    type: Type | None = None
    region: str | None = None
    legal_representative: str | None = None
    representative_digest: str | None = None  # keyed digest of his identity number
    capital_fen: int | None = None
    established_on: dt.date | None = None
    address: str | None = None
    contact_person: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    intro: str | None = None
    shows_contact: bool = False


OPTIONAL = frozenset({"capital_fen", "intro", "shows_contact"})
"""An individual has no registered capital; nobody owes an introduction."""


def missing(basics: Basics) -> list[str]:
    """The fields that are still owed before submission."""
    return [
        field.name
        for field in dataclasses.fields(basics)
        if field.name not in OPTIONAL and getattr(basics, field.name) in (None, "")
    ]


DOCUMENT = re.compile(r"[0-9]{8,10}|(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{6,12}", re.ASCII)
"""Passports and permits: shorter than a mistyped identity card."""


def check_representative_number(typed: str) -> str:
    """The identity number of a legal representative in one form. Refuses
    `agency.representative_number`.

    A 公民身份号码 by its check sign and its date of birth (GB 11643); who has none gives the number
    of passport or permit, which has letters or another length.
    """
    number = bare(typed)
    is_right = _is_identity_card(number) if len(number) == 18 else DOCUMENT.fullmatch(number)
    if is_right:
        return number
    raise Invalid("agency.representative_number", field="representative_number")


def _is_identity_card(number: str) -> bool:
    """By check sign and date of birth; the place is that of the first registration, whatever it is
    called today.
    """
    if not (number[:17].isascii() and number[:17].isdigit()):
        return False
    try:
        ric.get_birth_date(number)
        return bool(number[17] == ric.calc_check_digit(number))
    except ValidationError:
        return False


def check_basics(basics: Basics, today: dt.date) -> None:
    """What is filled in must be possible. Refuses `agency.no_name`, `agency.bad_region`,
    `agency.founded_later`, `agency.negative_capital`, `agency.bad_email`.
    """
    all_told(*(partial(check, basics, today) for check in BASIC_CHECKS))


def _named(basics: Basics, _today: dt.date) -> None:
    if not basics.name:
        raise Invalid("agency.no_name", field="name")


def _placed(basics: Basics, _today: dt.date) -> None:
    if basics.region is not None and place(basics.region) is None:
        raise Invalid("agency.bad_region", field="region", region=basics.region)


def _founded(basics: Basics, today: dt.date) -> None:
    if basics.established_on is not None and basics.established_on > today:
        raise Invalid("agency.founded_later", field="established_on")


def _reached(basics: Basics, _today: dt.date) -> None:
    if basics.contact_email and not addresses.is_address(basics.contact_email):
        raise Invalid("agency.bad_email", field="contact_email")


def _endowed(basics: Basics, _today: dt.date) -> None:
    if basics.capital_fen is not None and basics.capital_fen < 0:
        raise Invalid("agency.negative_capital", field="capital_fen")


BASIC_CHECKS = (_named, _placed, _founded, _reached, _endowed)


def commitment_text(name: str, uscc: str, items: Sequence[str], *, defers: bool = False) -> str:
    """The commitment (告知承诺) that an agency signs, for these items (their names); with a clause
    of its own where documents come later (Siping: 承诺在规定时间补正). Which ones is not said:
    the
    text is public.
    """
    listed = "、".join(f"“{item}”" for item in items)
    return COMMITMENT.format(name=name, uscc=uscc, items=listed) + (DEFERRAL if defers else "")


COMMITMENT = """{name}（统一社会信用代码 {uscc}）申请入驻中介服务超市，已知悉入驻条件和不实承诺的后果，现承诺：
一、能够独立承担民事责任，依法纳税和缴纳社会保险，未被列入经营异常名录、严重违法失信名单和失信被执行人名单。
二、所填信息和上传材料真实、完整、有效；发生变化的，及时更新。
三、具备承担下列事项所需的资质、备案、人员和技术条件：{items}。
四、不出借、不借用资质，不与其他机构串通报价，不转让中选项目。
五、与上述事项的审批机关没有隶属关系，也不是其主管的社会组织及所办企业（《优化营商环境条例》第四十三条）。
六、承诺不实的，接受取消入驻、记入信用记录等处理，并依法承担责任。"""
DEFERRAL = """
七、申请容缺的材料，在核验通过后、公布的容缺时限内补齐；到期未补的，接受暂停报名，并由两人决定是否撤销入驻。"""
