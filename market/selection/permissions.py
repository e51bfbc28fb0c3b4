"""Who may do what in a selection. Whoever decides on a complaint acts through the complaints room's
own permissions.
"""

from market.kernel import permits
from market.kernel.actor import Actor

MAY = {
    "notice.draft": frozenset({"owner_drafter"}),
    "notice.sign": frozenset({"owner_signatory"}),
    "notice.own": frozenset({"owner_drafter", "owner_signatory", "owner_acceptor"}),
    "notice.review": frozenset({"notice_reviewer"}),
    "notice.refuse": frozenset({"office_head"}),
    "notice.publish": frozenset({"publisher"}),
    "notice.desk": frozenset({"notice_reviewer", "publisher", "office_head"}),
    "notice.amend": frozenset({"publisher"}),
    "notice.cancel": frozenset({"owner_signatory", "publisher"}),
    "attachment.withdraw": frozenset(
        {"owner_drafter", "owner_signatory", "notice_reviewer", "publisher", "office_head"}
    ),
    "change.own": frozenset({"owner_drafter", "owner_signatory"}),
    "change.read": frozenset(
        {"owner_drafter", "owner_signatory", "publisher", "notice_reviewer", "office_head"}
    ),
    "pause.propose": frozenset({"owner_drafter"}),
    "pause.sign": frozenset({"owner_signatory"}),
    "pause.own": frozenset({"owner_drafter", "owner_signatory"}),
    "pause.decide": frozenset({"publisher", "regulator_signatory", "authority_assigner"}),
    "pause.read": frozenset(
        {
            "owner_drafter",
            "owner_signatory",
            "publisher",
            "regulator_signatory",
            "authority_assigner",
        }
    ),
    "question.ask": frozenset({"agency_agent", "agency_signatory"}),
    "question.answer": frozenset({"owner_drafter"}),
    "question.publish": frozenset({"owner_signatory"}),
    "question.own": frozenset({"owner_drafter", "owner_signatory"}),
    "direct.choose": frozenset({"owner_signatory"}),
    "direct.answer": frozenset({"agency_signatory"}),
    "shortlist.terms": frozenset({"owner_drafter"}),
    "shortlist.choose": frozenset({"owner_signatory"}),
    "auction.terms": frozenset({"owner_drafter"}),
    "auction.bid": frozenset({"agency_agent"}),
    "auction.freeze": frozenset({"publisher", "office_head"}),
    "scored.terms": frozenset({"owner_drafter"}),
    # a drawn expert acts for nobody: who sits in no panel finds nothing there
    "scored.judge": frozenset({"juror", permits.NAMED}),
    "scored.silent": frozenset({"publisher", "office_head"}),
    "pool.apply": frozenset({permits.NAMED}),
    "pool.propose": frozenset({"regulator_officer"}),
    "pool.sign": frozenset({"regulator_signatory"}),
    "pool.desk": frozenset({"regulator_officer", "regulator_signatory", "inspector"}),
    "scored.replace": frozenset({"owner_signatory"}),
    "entry.enter": frozenset({"agency_agent"}),
    "entry.confirm": frozenset({"inspector"}),
    "entry.namesakes": frozenset({"regulator_officer", "inspector"}),
    "entry.own": frozenset({"agency_admin", "agency_agent", "agency_signatory"}),
    "exit.ask": frozenset({"agency_signatory"}),
    "exit.confirm": frozenset({"enrolment_checker"}),
    "selection.clock": frozenset({permits.CLOCK}),
    "suspension.propose": frozenset({"regulator_officer", "regulator_signatory"}),
    "suspension.sign": frozenset({"regulator_signatory"}),
    "source.lose": frozenset({"inspector", "rule_approver"}),
    "lottery.report": frozenset({"selection_attendant", "publisher", "office_head"}),
    "source.desk": frozenset(
        {"inspector", "rule_approver", "selection_attendant", "publisher", "office_head", "witness"}
    ),
    "selection.anchor": frozenset({permits.CLOCK, "rule_approver"}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor's duties allow the action."""
    permits.require(MAY, action, actor)
