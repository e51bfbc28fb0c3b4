"""The award letter's states and numbers. No app, no database."""

import itertools

import pytest

from market.contracts import rules
from market.contracts.rules import Facts, Offer, State
from market.kernel.errors import Malformed, Refusal

STEPS = {
    "issued": "held contract_overdue contracted declined void",
    "held": "issued void",
    "contract_overdue": "held issued contracted declined void forfeited released",
    "declined": "",
    "contracted": "",
    "void": "",
    "forfeited": "",
    "released": "",
}


@pytest.mark.parametrize(("old", "new"), list(itertools.product(State, State)))
def test_every_step_is_in_the_table_or_refused(old, new):
    if new.value in STEPS[old.value].split():
        assert rules.move_state(old, new) is new
    else:
        with pytest.raises(Refusal, match=r"award\.wrong_state"):
            rules.move_state(old, new)


OFFERS = {
    "awaiting_confirmation": "issued declined blocked_documents held void",
    "blocked_documents": "issued declined awaiting_confirmation held void",
    "held": "issued awaiting_confirmation blocked_documents void",
    "issued": "",
    "declined": "",
    "void": "",
}


@pytest.mark.parametrize(("old", "new"), list(itertools.product(Offer, Offer)))
def test_every_step_before_the_letter_is_in_the_table_or_refused(old, new):
    if new.value in OFFERS[old.value].split():
        assert rules.move_offer(old, new) is new
    else:
        with pytest.raises(Refusal, match=r"award\.wrong_state"):
            rules.move_offer(old, new)


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ("", Offer.ISSUED),
        ("is_to_confirm", Offer.AWAITING),
        ("owes_documents", Offer.BLOCKED),
        ("has_left", Offer.VOID),
        ("complaint_holds", Offer.HELD),
        ("is_to_confirm owes_documents", Offer.BLOCKED),
        ("is_to_confirm owes_documents has_left", Offer.VOID),
        ("is_to_confirm owes_documents has_left complaint_holds", Offer.HELD),
    ],
)
def test_a_letter_leaves_when_nothing_stands_in_its_way(facts, step):
    """While a complaint is open nothing moves; who may not be confirmed as winner is not asked
    (docs/rules.md#void-entries, docs/rules.md#giving-up).
    """
    given = facts.split()
    assert (
        rules.next_step(
            Facts(
                **{
                    name: name in given
                    for name in ("complaint_holds", "has_left", "owes_documents", "is_to_confirm")
                }
            )
        )
        is step
    )


@pytest.mark.parametrize(
    "typed",
    [
        "瑞中选〔2026〕12号",
        "瑞中选[2026]12号",
        "瑞中选（2026）12",
        " 瑞中选 〔2026〕 12 号",
        "瑞中选【2026】12号",
        "瑞中选2026-12",
        "瑞中选〔２０２６〕１２号。",
    ],
)
def test_a_document_number_is_found_however_it_is_typed(typed):
    assert (
        rules.read_document_number(typed)
        == rules.document_number("瑞中选", 2026, 12)
        == "瑞中选〔2026〕12号"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12号",
        "瑞中选〔26〕12号",
        "瑞中选〔2026〕号",
        "x" * 500,
        "瑞中选〔2026〕1234567号",
    ],
)
def test_what_is_no_document_number(typed):
    with pytest.raises(Malformed, match="not_a_number"):
        rules.read_document_number(typed)
