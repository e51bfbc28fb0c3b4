"""What a proposed version is held against before it can be approved. Pure."""

import datetime as dt
import re

from market.kernel.errors import Invalid
from market.rulebook import ways
from market.rulebook.parameters import Kind, Value
from market.rulebook.rules import DAYS, PARAMETERS

DOCUMENT_NUMBER = re.compile(r"\S+〔\d{4}〕\d+号")
LONGEST_TEXT = 100
TYPES: dict[Kind, type] = {
    Kind.FLAG: bool,
    Kind.TEXT: str,
    Kind.WAYS: str,
    Kind.CHOICE: str,
}
"""What the value of a kind is; of every other a whole number."""


def check_value(name: str, value: Value) -> None:
    """Refuse a value that a real rulebook may not have.

    `rulebook.unknown_parameter`, `rulebook.wrong_kind`, `rulebook.wrong_unit` (working and calendar
    days may take each other's place, nothing else; minutes are for demonstrations),
    `rulebook.out_of_range`, `rulebook.text_too_long`, `rulebook.unknown_way`, `rulebook.way_never`,
    `rulebook.out_of_choice`.
    """
    parameter = PARAMETERS.get(name)
    if parameter is None:
        raise Invalid("rulebook.unknown_parameter", name=name)
    expected = TYPES.get(parameter.kind, int)
    if type(value.amount) is not expected:
        raise Invalid("rulebook.wrong_kind", field=name, name=name)
    if value.unit != parameter.unit and not (parameter.unit in DAYS and value.unit in DAYS):
        raise Invalid("rulebook.wrong_unit", field=name, name=name)
    if expected is int and not parameter.low <= int(value.amount) <= parameter.high:
        raise Invalid("rulebook.out_of_range", field=name, low=parameter.low, high=parameter.high)
    if parameter.kind is Kind.CHOICE and value.amount not in ways.CHOICES[name]:
        raise Invalid("rulebook.out_of_choice", field=name)
    if parameter.kind is Kind.WAYS and (code := ways.problem(name, str(value.amount))):
        raise Invalid(code, field=name)
    if parameter.kind is Kind.TEXT and (
        len(str(value.amount)) > LONGEST_TEXT or not str(value.amount).isprintable()
    ):
        raise Invalid("rulebook.text_too_long", field=name, most=LONGEST_TEXT)


def check_document(document_number: str, in_force_from: dt.date, today: dt.date) -> None:
    """A change cites its document and is in force from a later day, so that no past day's rules
    ever change.

    Refused: `rulebook.no_document_number`, `rulebook.not_in_future`.
    """
    if DOCUMENT_NUMBER.fullmatch(document_number) is None:
        raise Invalid("rulebook.no_document_number", field="document_number")
    if in_force_from <= today:
        raise Invalid("rulebook.not_in_future", field="in_force_from", today=today)


def check_order(in_force_from: dt.date, newest: dt.date | None) -> None:
    """A version holds everything of the approved one before it, whose day is `newest`: it does not
    come into force first. Refused: `rulebook.before_newest`.
    """
    if newest is not None and in_force_from < newest:
        raise Invalid("rulebook.before_newest", field="in_force_from", day=newest)
