"""The award letter's states and numbers. No app, no database."""
import itertools

import pytest

from market.contracts import rules
from market.contracts.rules import State
from market.kernel.errors import Malformed, Refusal

STEPS = {"issued": "held contract_overdue contracted declined void", "held": "issued void",
         "contract_overdue": "held contracted declined void", "declined": "", "contracted": "", "void": ""}


@pytest.mark.parametrize(("old", "new"), list(itertools.product(State, State)))
def test_every_step_is_in_the_table_or_refused(old, new):
    if new.value in STEPS[old.value].split():
        assert rules.move_state(old, new) is new
    else:
        with pytest.raises(Refusal, match=r"award\.wrong_state"):
            rules.move_state(old, new)


@pytest.mark.parametrize("typed", ["瑞中选〔2026〕12号", "瑞中选[2026]12号", "瑞中选（2026）12", " 瑞中选 〔2026〕 12 号", "瑞中选【2026】12号"])
def test_a_document_number_is_found_however_it_is_typed(typed):
    assert rules.read_document_number(typed) == rules.document_number("瑞中选", 2026, 12) == "瑞中选〔2026〕12号"


@pytest.mark.parametrize("typed", ["", "12号", "瑞中选2026-12", "瑞中选〔26〕12号", "瑞中选〔2026〕号", "x" * 500, "瑞中选〔2026〕1234567号"])
def test_what_is_no_document_number(typed):
    with pytest.raises(Malformed, match="not_a_number"):
        rules.read_document_number(typed)
