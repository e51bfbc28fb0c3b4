"""The contract is registered by one side and confirmed by the other; from then on it binds both."""

import hashlib

from market.complaints import queries as complaints
from market.contracts import permissions, queries, rules
from market.contracts.events.award import ContractRegistered
from market.contracts.events.matter import (
    ContractConfirmed,
    ContractDropped,
    ContractProposed,
    ContractQuestioned,
)
from market.contracts.models import AwardLetter, Contract
from market.contracts.rules import SIGN, State
from market.contracts.rules.matter import (
    AGAIN,
    CHECK,
    START,
    UNCONFIRMED,
    ContractState,
    Promised,
    Side,
    Signed,
    Track,
    check_as_promised,
    check_list,
    move_contract,
    track_of,
)
from market.contracts.service.course import begin
from market.contracts.service.unsigned import end_unsigned
from market.db import Work
from market.files import service as files
from market.files.service import Received
from market.kernel.clock import local_date
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.owners import queries as owners
from market.owners.rules import Kind as OwnerKind
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results.queries import Selection
from market.windows import service as windows
from market.windows.rules import State as WindowState

PURPOSE = "contract"


def register_contract(work: Work, *, number: str, signed: Signed, received: Received) -> str:
    """One side registers the contract as it was signed, with its file; the other has
    `register_days` to look at it, and meanwhile the time for signing stands still. `number` is the
    letter's. Returns the contract's number HT-...

    Refuses `not_permitted`, `award.none` (also for others), `award.complaint_open`,
    `award.wrong_state`, `contract.waits` (the other side has it), `award.signed_when`,
    `contract.list_long` (field requirements), `contract.*_differs` and `contract.pays_too_late` (every
    difference at once).
    """
    permissions.require(work.actor, "award.contract")
    row = queries.row(work, number)
    side = _side_of(work, row)
    if complaints.holding(work, row.notice_number):
        raise Refusal("award.complaint_open")
    if row.state not in rules.SIGNABLE:
        raise Refusal("award.wrong_state", old=row.state.value, new=State.CONTRACTED.value)
    rules.check_signed_on(signed.signed_on, local_date(row.issued_at), work.today)
    check_list(signed.requirements, field="requirements")
    notice = result_queries.notice(work, row.notice_number)
    check_as_promised(signed, _promised(work, row, notice))
    contract = _written(work, row, notice, signed, side)
    _keep_file(work, contract, received)
    windows.pause(work, SIGN, number)
    _ask_other(work, contract)
    return contract.number


def _side_of(work: Work, row: AwardLetter) -> Side:
    sides = {
        row.owner_organisation_id: Side.OWNER,
        row.agency_organisation_id: Side.AGENCY,
    }
    side = sides.get(work.actor.organisation_id or 0)
    if side is None:
        raise NotFound("award.none")
    return side


def _promised(work: Work, row: AwardLetter, notice: Selection) -> Promised:
    """What notice and award say; the time for paying is bounded for public bodies."""
    book = rulebooks.version(work, notice.rulebook)
    is_public = is_public_body(work, row.owner_organisation_id)
    return Promised(
        owner_name=row.owner_name,
        agency_name=row.agency_name,
        amount_fen=row.amount_fen,
        service_days=row.service_days,
        most_pay_days=book.pay_days_cap if is_public else None,
    )


def is_public_body(work: Work, organisation_id: int) -> bool:
    """Whether an owner is a public body (机关、事业单位)."""
    return owners.owner(work, organisation_id).kind is OwnerKind.PUBLIC


def scope_sha256(notice: Selection) -> str:
    """The digest of the notice's content, which the contract's scope is: SHA-256 in lower-case hex
    over its UTF-8.
    """
    return hashlib.sha256(notice.content.encode()).hexdigest()


def _written(
    work: Work, row: AwardLetter, notice: Selection, signed: Signed, side: Side
) -> Contract:
    """The contract's row: new, or that of one which was questioned."""
    contract = queries.row_of_award(work, row.id)
    if contract is None:
        contract = bare(work, row, notice)
    elif contract.state not in AGAIN:
        raise Refusal("contract.waits")
    else:
        contract.state = move_contract(contract.state, ContractState.PROPOSED)
    book = rulebooks.version(work, notice.rulebook)
    contract.track = track_of(
        signed.amount_fen,
        book.short_track_below_fen,
        is_social=notice.is_social,
        is_long=signed.is_long,
    )
    contract.signed_on = signed.signed_on
    contract.service_days = signed.service_days
    contract.pay_days = signed.pay_days
    contract.is_sme = signed.is_sme
    contract.head = signed.head
    contract.requirements = list(signed.requirements)
    contract.registered_side = side
    contract.registered_at = work.now
    contract.registered_by = work.actor.person_id or 0
    contract.question = ""
    work.session.add(contract)
    return contract


def bare(work: Work, row: AwardLetter, notice: Selection) -> Contract:
    """What a contract has from its notice and its letter."""
    return Contract(
        division=work.division,
        number=sibling(row.notice_number, Prefix.CONTRACT),
        award_id=row.id,
        award_number=row.number,
        notice_number=row.notice_number,
        rulebook=notice.rulebook,
        state=ContractState.PROPOSED,
        track=Track.LONG,
        is_public_money=not notice.is_social,
        title=row.title,
        item_code=notice.item_code,
        item_name=row.item_name,
        owner_organisation_id=row.owner_organisation_id,
        owner_name=row.owner_name,
        agency_organisation_id=row.agency_organisation_id,
        agency_name=row.agency_name,
        winner=row.winner,
        amount_fen=row.amount_fen,
        scope_sha256=scope_sha256(notice),
    )


def _keep_file(work: Work, contract: Contract, received: Received) -> None:
    contract.file_sha256 = received.sha256
    contract.file_id = files.store(
        work,
        received,
        purpose=PURPOSE,
        organisation_id=work.actor.organisation_id,
        person_id=work.actor.person_id,
    )
    files.grant(work, file_id=contract.file_id, organisation_id=other_id(contract))


def other_id(contract: Contract) -> int:
    """The organisation that did not register the contract."""
    if contract.registered_side is Side.OWNER:
        return contract.agency_organisation_id
    return contract.owner_organisation_id


def _ask_other(work: Work, contract: Contract) -> None:
    book = rulebooks.version(work, contract.rulebook)
    due = windows.open_counted(
        work,
        CHECK,
        subject=contract.number,
        span=book.window(Rulebook.register_days),
        rulebook=book.version,
        responsible_id=other_id(contract),
    )
    record(
        work,
        ContractProposed(
            subject=contract.notice_number,
            contract=contract.number,
            by=contract.registered_side.value,
            signed_on=contract.signed_on,
            file_sha256=str(contract.file_sha256),
            scope_sha256=contract.scope_sha256,
            due=due.due_at,
        ),
    )


def _awaited(work: Work, number: str) -> Contract:
    """A contract that waits for the actor's side. Refuses `contract.none`, `contract.wrong_state`."""
    contract = queries.contract_row(work, number)
    if queries.side_of(contract, work.actor.organisation_id) is None:
        raise NotFound("contract.none")
    if contract.state is not ContractState.PROPOSED:
        raise Refusal("contract.wrong_state")
    if other_id(contract) != work.actor.organisation_id:
        raise Refusal("contract.waits")
    return contract


@signs(queries.matter_shown, key="number")
def question_contract(work: Work, *, number: str, question: str, shown: str) -> None:
    """The other side says what is not as it was signed; the time for signing goes on, and either
    side registers again. Refuses `not_permitted`, `contract.none`, `contract.wrong_state`,
    `contract.waits`, `shown.changed`.
    """
    permissions.require(work.actor, "contract.confirm")
    contract = _awaited(work, number)
    check_shown(shown, queries.matter_shown(work, number))
    contract.state = move_contract(contract.state, ContractState.QUESTIONED)
    contract.question = question
    windows.close(work, CHECK, number)
    windows.resume_counting(work, SIGN, contract.award_number)
    record(
        work,
        ContractQuestioned(
            subject=contract.notice_number,
            contract=number,
            file_sha256=str(contract.file_sha256),
        ),
    )


@signs(queries.matter_shown, key="number")
def confirm_contract(work: Work, *, number: str, shown: str) -> None:
    """The other side confirms; nobody follows in the order any more, and the service may begin (on
    the short track it has begun). `number` is the contract's.

    Refuses `not_permitted`, `contract.none`, `contract.waits`, `contract.same_person`,
    `award.complaint_open`, `contract.wrong_state`, `shown.changed`.
    """
    permissions.require(work.actor, "contract.confirm")
    contract = _awaited(work, number)
    another_person(work.actor.person_id, contract.registered_by, code="contract.same_person")
    if complaints.holding(work, contract.notice_number):
        raise Refusal("award.complaint_open")
    letter = queries.row(work, contract.award_number)
    check_shown(shown, queries.matter_shown(work, number))
    contract.confirmed_at = work.now
    contract.confirmed_by = work.actor.person_id
    windows.close(work, CHECK, number)
    _sign_letter(work, letter, contract)
    record(
        work,
        ContractConfirmed(
            subject=contract.notice_number,
            contract=number,
            winner=contract.winner,
            track=contract.track.value,
            service_days=contract.service_days,
            pay_days=contract.pay_days,
        ),
    )
    take_up(work, contract)


def _sign_letter(work: Work, letter: AwardLetter, contract: Contract) -> None:
    """The letter has its contract: the order is final from now on."""
    letter.state = rules.move_state(letter.state, State.CONTRACTED)
    letter.contract_number = contract.number
    letter.signed_on = contract.signed_on
    letter.registered_at = work.now
    letter.registered_by = contract.registered_by
    windows.close(work, SIGN, letter.number)
    end_unsigned(work, letter)
    result_service.mark_contracted(work, number=letter.notice_number)
    record(
        work,
        ContractRegistered(
            subject=letter.notice_number,
            letter=letter.number,
            contract=contract.number,
            signed_on=contract.signed_on,
        ),
    )


def take_up(work: Work, contract: Contract) -> None:
    """Let a contract's course begin: at once on the short track, else by the agency's word."""
    if contract.track is Track.SHORT:
        contract.state = move_contract(contract.state, ContractState.RUNNING)
        result_service.move_service(work, number=contract.notice_number, to=NoticeState.IN_SERVICE)
        begin(work, contract, work.today)
        return
    contract.state = move_contract(contract.state, ContractState.NOT_STARTED)
    book = rulebooks.version(work, contract.rulebook)
    windows.open_counted(
        work,
        START,
        subject=contract.number,
        span=book.window(Rulebook.start_days),
        rulebook=book.version,
        responsible_id=contract.agency_organisation_id,
    )


def drop_unconfirmed(work: Work, letter: AwardLetter) -> None:
    """The letter has ended or is held: what was registered under it and not confirmed is worth
    nothing, and is registered anew where the letter comes back.
    """
    contract = queries.row_of_award(work, letter.id)
    if contract is None or contract.state not in UNCONFIRMED:
        return
    contract.state = move_contract(contract.state, ContractState.VOID)
    windows.close(work, CHECK, contract.number, state=WindowState.CANCELLED)
    record(
        work,
        ContractDropped(
            subject=contract.notice_number, contract=contract.number, winner=contract.winner
        ),
    )
