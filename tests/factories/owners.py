"""Owners, registered and approved by the real services."""

import itertools
from typing import Any

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, Actor
from market.owners import queries, service
from market.owners.service import Details
from tests.factories import accounts
from tests.factories.deeds import do
from tests.scenes import scene

_count = itertools.count(1)


def details(**changes: Any) -> Details:
    """What a firm says of itself, with a fresh credit code."""
    return Details(
        **{
            "name": "瑞昌建设有限公司",
            "uscc": accounts.credit_code(),
            "phone": "0792-4222222",
            "complaint_phone": "0792-4222223",
            "address": "瑞昌市人民路 1 号",
            **changes,
        }
    )


@scene
def registered(kind: str = "firm", *, actor: Actor | None = None, **changes: Any) -> str:
    """A registration that waits for the office; returns its number. The office, calendar and
    rulebook are there after it.
    """
    accounts.rules_of_the_place()
    accounts.body("office")
    actor = actor or accounts.actor_of(accounts.person())
    return in_one_transaction(
        service.register,
        actor,
        kind=kind,
        details=details(**changes),
        submission_key=f"owner-{next(_count)}",
    )


@scene
def approved(kind: str = "firm", **changes: Any) -> Actor:
    """An approved owner; returns its first member as the actor who posts notices."""
    number = registered(kind, **changes)
    do(service.approve, accounts.staff("office", "notice_reviewer"), number=number)
    return member_of(number)


def member_of(number: str) -> Actor:
    """The first member of an owner, as an actor."""
    registration = queries.by_number(reading(CLOCK), number)
    return accounts.actor_of(registration.submitted_by, registration.card.organisation_id)
