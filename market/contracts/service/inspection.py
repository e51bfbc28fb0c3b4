"""The owner inspects what was handed over, requirement by requirement: accepts it, or returns it with one
complete list. Silence accepts nothing (docs/rules.md#after-the-award).
"""

from collections.abc import Sequence

from market.contracts import permissions, queries
from market.contracts.events.matter import ServiceAccepted, ServiceReturned
from market.contracts.models import Contract, ContractDelivery
from market.contracts.rules.inspecting import (
    Judged,
    Said,
    check_accepts,
    check_verdicts,
    complete_list,
)
from market.contracts.rules.matter import (
    INSPECT,
    PAY,
    REWORK,
    ContractState,
    Track,
    check_acceptor,
    check_list,
    move_contract,
)
from market.contracts.service.course import owners_own
from market.contracts.service.signing import is_public_body
from market.db import Work
from market.evaluations import service as evaluation_service
from market.kernel.errors import Invalid, Refusal
from market.kernel.shown import check_shown, signs
from market.ledger.service import record
from market.owners import queries as owners
from market.owners.rules import Kind as OwnerKind
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.windows import service as windows

DRAFTED = "drafted"
SIGNED = "signed"


def _inspected(work: Work, number: str, shown: str) -> tuple[Contract, ContractDelivery]:
    """The matter and the version that the acceptor has before him. Refuses as its callers say."""
    permissions.require(work.actor, "contract.accept")
    contract = owners_own(work, number)
    delivery = queries.last_delivery(work, contract.id)
    if contract.state is not ContractState.DELIVERED or delivery is None:
        raise Refusal("contract.wrong_state")
    check_acceptor(
        work.actor.person_id,
        _others(work, contract),
        is_public=is_public_body(work, contract.owner_organisation_id),
    )
    check_shown(shown, queries.matter_shown(work, number))
    return contract, delivery


def _others(work: Work, contract: Contract) -> frozenset[int | None]:
    """Who drafted and signed, for notice and contract; on the short track two people are enough, so
    that who drafted the notice may accept (docs/rules.md#short-track).
    """
    acts = {SIGNED} if contract.track is Track.SHORT else {SIGNED, DRAFTED}
    steps = result_queries.steps(work, contract.notice_number)
    signed = {step.person_id for step in steps if step.act in acts}
    return queries.signers(contract) | signed


def _judged(
    work: Work, contract: Contract, delivery: ContractDelivery, verdicts: Sequence[Judged]
) -> tuple[Said, ...]:
    """Keep what the acceptor says of each requirement, one by one."""
    said = check_verdicts(queries.requirements_of(work, contract.number), verdicts)
    delivery.verdicts = [[each.requirement, each.verdict.value, each.note] for each in said]
    return said


def _answered(work: Work, number: str, delivery: ContractDelivery, *, is_accepted: bool) -> None:
    delivery.is_accepted = is_accepted
    delivery.answered_at = work.now
    delivery.answered_by = work.actor.person_id
    windows.close(work, INSPECT, number)


@signs(queries.matter_shown, key="number")
def return_delivery(
    work: Work, *, number: str, verdicts: Sequence[Judged], items: Sequence[str], shown: str
) -> None:
    """Return a version with one complete list: each requirement that is not met with what is missing, and
    `items` besides. The agency has `rework_days` for the next.

    Refuses `not_permitted`, `contract.none`, `contract.wrong_state`, `contract.acceptor_signed`,
    `contract.list_empty`, `contract.list_long`, `shown.changed` and what `check_verdicts` refuses.
    """
    check_list(items)
    contract, delivery = _inspected(work, number, shown)
    told = complete_list(_judged(work, contract, delivery, verdicts), items)
    if not told:
        raise Invalid("contract.list_empty", field="items")
    contract.state = move_contract(contract.state, ContractState.RETURNED)
    result_service.move_service(work, number=contract.notice_number, to=NoticeState.IN_SERVICE)
    delivery.items = told
    _answered(work, number, delivery, is_accepted=False)
    book = rulebooks.version(work, contract.rulebook)
    due = windows.open_counted(
        work,
        REWORK,
        subject=number,
        span=book.window(Rulebook.rework_days),
        rulebook=book.version,
        responsible_id=contract.agency_organisation_id,
    )
    record(
        work,
        ServiceReturned(
            subject=contract.notice_number,
            contract=number,
            version=delivery.version,
            items=len(told),
            due=due.due_at,
        ),
    )


@signs(queries.matter_shown, key="number")
def accept_delivery(work: Work, *, number: str, verdicts: Sequence[Judged], shown: str) -> None:
    """Accept a version that meets every requirement; the days for paying run from now
    (docs/rules.md#decision-23).

    Refuses `not_permitted`, `contract.none`, `contract.wrong_state`, `contract.acceptor_signed`,
    `contract.not_all_met`, `contract.nothing_met`, `shown.changed` and what `check_verdicts` refuses.
    """
    contract, delivery = _inspected(work, number, shown)
    check_accepts(_judged(work, contract, delivery, verdicts))
    contract.state = move_contract(contract.state, ContractState.ACCEPTED)
    contract.accepted_at = work.now
    contract.accepted_by = work.actor.person_id
    _answered(work, number, delivery, is_accepted=True)
    due = windows.open_counted(
        work,
        PAY,
        subject=number,
        span=(contract.pay_days, "calendar_day"),
        rulebook=contract.rulebook,
        responsible_id=contract.owner_organisation_id,
    )
    record(
        work,
        ServiceAccepted(
            subject=contract.notice_number,
            contract=number,
            winner=contract.winner,
            version=delivery.version,
            pay_due=due.due_at,
        ),
    )
    _ask_evaluations(work, contract)


def _ask_evaluations(work: Work, contract: Contract) -> None:
    """Both sides evaluate each other from now on (docs/rules.md#evaluation)."""
    owner = owners.owner(work, contract.owner_organisation_id)
    evaluation_service.ask(
        work,
        accepted=evaluation_service.Accepted(
            contract=contract.number,
            notice_number=contract.notice_number,
            owner_organisation_id=contract.owner_organisation_id,
            owner_name=contract.owner_name,
            owner_is_person=owner.kind is OwnerKind.PERSON,
            agency_organisation_id=contract.agency_organisation_id,
            agency_name=contract.agency_name,
            winner=contract.winner,
            item_code=contract.item_code,
            item_name=contract.item_name,
            title=contract.title,
            rulebook=contract.rulebook,
        ),
    )
