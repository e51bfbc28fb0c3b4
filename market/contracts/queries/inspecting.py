"""What of a matter is judged at an inspection, and what its page shows to those who sign."""

from market.contracts.models import Contract
from market.contracts.queries.matters import Matter, cards, newest
from market.contracts.rules.change import Change, ChangeState
from market.contracts.rules.inspecting import Verdict, requirements
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.selection.results import queries as result_queries


def requirements_of(work: Work, number: str) -> tuple[str, ...]:
    """Every requirement that the newest matter under a number is judged by: the notice's content line by
    line, the contract's own, and what both have changed of the scope since. Refuses `contract.none`.
    """
    found = work.session.scalar(newest(Contract.number == number))
    if found is None:
        raise NotFound("contract.none")
    return _requirements(work, cards(work, [found])[0])


def _requirements(work: Work, card: Matter) -> tuple[str, ...]:
    content = result_queries.notice(work, card.notice_number).content
    changed = (
        each.statement
        for each in card.changes
        if each.change is Change.SCOPE and each.state is ChangeState.AGREED
    )
    return requirements(content, [*card.requirements, *changed])


def met_before(card: Matter) -> frozenset[str]:
    """Requirements that an earlier version was said to meet: what is found in them now could be seen then
    (docs/rules.md#decision-27).
    """
    return frozenset(
        said.requirement
        for version in card.deliveries
        for said in version.verdicts
        if said.verdict is Verdict.MET
    )


def matter_shown(work: Work, number: str) -> Parts:
    """A matter as its page shows it to those who confirm, accept or answer."""
    found = work.session.scalar(newest(Contract.number == number))
    if found is None:
        return {}
    card = cards(work, [found])[0]
    last = card.deliveries[-1] if card.deliveries else None
    return {
        "contract.id": card.id,
        "contract.state": card.state.value,
        "contract.registered_at": card.registered_at,
        "contract.signed_on": card.signed_on,
        "contract.amount_fen": card.amount_fen,
        "contract.service_days": card.service_days,
        "contract.pay_days": card.pay_days,
        "contract.is_sme": card.is_sme,
        "contract.head": card.head,
        "contract.requirements": list(_requirements(work, card)),
        "contract.track": card.track.value,
        "contract.file": card.file_sha256,
        "contract.version": last.version if last else None,
        "contract.delivered": last.file_sha256 if last else None,
        "contract.payments": [
            [each.no, each.amount_fen, each.paid_on.isoformat(), each.state.value]
            for each in card.payments
        ],
    }
