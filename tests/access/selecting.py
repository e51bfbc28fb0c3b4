"""The rows of selection, of what follows it and of those who oversee it (table.py)."""

from collections.abc import Mapping

from tests.access.rows import (
    AGENCIES,
    BY_AGENCY,
    BY_OWNER,
    BY_OWNER_OR_DESK,
    ELSEWHERE,
    NAMED,
    NOBODY,
    OVERSEERS,
    OWNERS,
    REVIEW,
    SIGNED_IN,
    STAFF,
    SURE,
    Row,
    only,
    own,
    public,
    signed_in,
)

DEAL = "officer head regulator approver"
"""Who deals with cases."""
READ_CASES = f"{DEAL} clerk inspector"
BODIES = f"{OWNERS} head regulator"
CHANGES = (
    "answer",
    "speak",
    "withdraw",
    "extend",
    "amount",
    "stop",
    "resume",
    "end",
    "cancel",
    "settle",
    "scope",
    "person",
)
"""The deeds that change a contract."""

DECIDES = "head regulator approver"
PAUSES = own(a="owner_a head", b="owner_b head")
"""Who reads of a pause that waits for the office."""

SELECTING: Mapping[str, Row] = {
    # contracts: the finished notice is owner B's, its winner agency A
    "contracts.confirm": only(
        AGENCIES, "award", reach=own(a=NOBODY)
    ),  # its letter left without being asked
    "contracts.decline": only(AGENCIES, "award", reach=own(a="agency_a")),
    "contracts.letter": signed_in("award", reach=own(a=f"agency_a owner_b {STAFF}")),
    "contracts.mine": signed_in(),
    "contracts.register": only(f"{AGENCIES} {OWNERS}", "award", reach=own(a="agency_a owner_b")),
    "contracts.statement": only(f"{AGENCIES} {OWNERS}", "award", reach=own(a=NOBODY)),
    "contracts.fault": only("officer regulator", "award", reach=own(a=NOBODY)),
    "contracts.sign_fault": only("head regulator", "award", reach=own(a=NOBODY)),
    "contracts.unsigned": public(),
    "contracts.register_list": public(),
    "contracts.register_sheet": public("ending"),
    # their contract was registered by the owner, and agency A says that it is another
    "contracts.matter": public("contract", reach=own(a=f"agency_a owner_b {STAFF}")),
    "contracts.matters": signed_in(),
    # a body's page opens when its registration has passed, and this one waits
    "contracts.payments": public("registration", reach=own(a=NOBODY)),
    "contracts.check": only(f"{AGENCIES} {OWNERS}", "contract", reach=own(a=NOBODY)),
    "contracts.start": only(AGENCIES, "contract", reach=own(a=NOBODY)),
    "contracts.report": only(AGENCIES, "contract", reach=own(a=NOBODY)),
    "contracts.deliver": only(AGENCIES, "contract", reach=own(a=NOBODY)),
    "contracts.inspect": only("new_owner", "contract", reach=own(a=NOBODY)),
    **dict.fromkeys(
        (f"contracts.{deed}" for deed in CHANGES),
        only(f"{AGENCIES} {OWNERS}", "contract", reach=own(a=NOBODY), is_known=True),
    ),
    # nothing is owed yet, and no paper is made out of it; who holds one asks by its code
    "contracts.claim": only(AGENCIES, "contract", reach=own(a=NOBODY)),
    "contracts.demand": only(AGENCIES, "contract", reach=own(a=NOBODY)),
    "contracts.acknowledge": only(OWNERS, "contract", reach=own(a=NOBODY)),
    "contracts.model": signed_in("award", reach=own(a=f"agency_a owner_b {STAFF}")),
    # where no PDF can be made, the page to print
    "contracts.model_pdf": signed_in(
        "award", reach=own(a=f"agency_a owner_b {STAFF}"), get=ELSEWHERE
    ),
    "contracts.claim_paper": signed_in(
        {"number": "contract", "no": "payment"}, reach=own(a=NOBODY)
    ),
    "contracts.claim_pdf": signed_in({"number": "contract", "no": "payment"}, reach=own(a=NOBODY)),
    "contracts.receivable": public({"code": "token"}, reach=own(a=NOBODY)),
    "contracts.finance": only("regulator"),
    "contracts.books": only("regulator inspector", "books"),
    "contracts.dispute": only(OWNERS, "contract", reach=own(a=NOBODY)),
    "contracts.undispute": only(OWNERS, "contract", reach=own(a=NOBODY)),
    "contracts.allow": only(AGENCIES, "contract", reach=own(a=NOBODY)),
    "contracts.pay": only(OWNERS, "contract", reach=own(a=NOBODY)),
    "contracts.receipt": only(
        AGENCIES, {"number": "contract", "no": "payment"}, reach=own(a=NOBODY)
    ),
    # cards: nobody has one in the scene
    "cards.public": public(),
    "cards.desk": only("approver inspector"),
    "cards.mine": only(BODIES),
    "cards.propose": only("approver", {"trigger": "credit"}, none=frozenset({409})),
    "cards.card": only(f"{BODIES} approver inspector", "card"),
    "cards.state": only(BODIES, "card"),
    "cards.plan": only(BODIES, "card"),
    "cards.issue": only("approver", "card"),
    "cards.talk": only("approver", "card"),
    "cards.refer": only("approver", "card"),
    "cases.desk": only(READ_CASES),
    "cases.ageing": only(READ_CASES),
    "cases.ageing_sheet": only(READ_CASES, "ending"),
    "cases.enter": only(DEAL),
    "cases.enter_orders": only(DEAL),
    "cases.orders_back": only(READ_CASES, "ending"),
    "cases.stuck": public(),
    "cases.reported": public("case"),
    "cases.case": only(READ_CASES, "case"),
    **{
        f"cases.{deed}": only(DEAL, "case")
        for deed in ("contact", "extend", "rectify", "transfer", "take_back", "report_back", "meet")
    },
    "cases.supervise": only("head approver", "case"),
    "cases.assign": only("head approver", "case"),
    "cases.answers": public(),
    "cases.answer": public("answer", get=frozenset({200, 404, 410})),
    "cases.answer_desk": only(DEAL),
    "cases.write_answer": only(DEAL),
    "cases.office_answer": only(DEAL, "answer"),
    "cases.rewrite_answer": only(DEAL, "answer"),
    "cases.publish_answer": only("head approver", "answer"),
    "cases.withdraw_answer": only("head approver", "answer", form={"reason": "已经改了。"}),
    "cases.pains": public(),
    "cases.pain": public("pain"),
    "cases.list_pain": only("head approver"),
    "cases.move_on": only(DEAL, "pain", form={"kind": "worked", "said": "正在核对流程。"}),
    "cases.call_back": only("clerk", "case"),
    "ratings.rate": public("token", reach=own(a=NOBODY)),
    "ratings.enter": only("clerk"),
    "ratings.figures": public(),
    # their matter is not accepted, so that nobody evaluates yet
    "evaluations.show": public("contract", reach=own(a=NOBODY)),
    "evaluations.of_agency": public("uscc"),
    "evaluations.of_owner": public("registration", reach=own(a=NOBODY)),
    "evaluations.give": only(f"{AGENCIES} new_owner", "contract", reach=own(a=NOBODY)),
    "evaluations.reply": only(f"{AGENCIES} {OWNERS}", "contract", reach=own(a=NOBODY)),
    "evaluations.appeal": only(f"{AGENCIES} {OWNERS}", "contract", reach=own(a=NOBODY)),
    "evaluations.answer": only(f"{AGENCIES} {OWNERS}", "contract", reach=own(a=NOBODY)),
    "evaluations.follow_up": only(f"{AGENCIES} new_owner", "contract", reach=own(a=NOBODY)),
    "evaluations.desk": only("regulator approver inspector"),
    "evaluations.appeal_page": only("regulator approver inspector", "evaluation_appeal"),
    "contracts.verify": public("document", none=frozenset({400, 404})),
    # oversight: the regulator's sector has notice a and b, the inspector and the authority see all
    "oversight.as_csv": only(OVERSEERS),
    "oversight.as_xlsx": only(OVERSEERS),
    "oversight.file": only(OVERSEERS, "notice", form=REVIEW),
    "oversight.selections": only(OVERSEERS),
    # flag a is the regulator's sector's, flag b for inspection and authority alone
    "oversight.flags": only(OVERSEERS),
    "oversight.flag_table": only(OVERSEERS),
    "oversight.finding": only(OVERSEERS, "finding", reach=own(b="approver inspector")),
    "oversight.judge": only(
        OVERSEERS,
        "finding",
        reach=own(b="approver inspector"),
        form={"to": "case", "note": "需要核实。"},
    ),
    "oversight.agree": only(OVERSEERS, "finding", reach=own(b="approver inspector")),
    "oversight.disagree": only(OVERSEERS, "finding", reach=own(b="approver inspector")),
    "oversight.ask_about": only(
        OVERSEERS,
        "finding",
        reach=own(b="approver inspector"),
        get=frozenset({200, 409}),  # b is about no selection
    ),
    "oversight.ask": only(OVERSEERS, "notice"),
    # question a was put to owner A, question b to the office
    "oversight.question": only(
        f"{OVERSEERS} {OWNERS} checker head",
        "asked",
        reach=own(a=f"{OVERSEERS} owner_a", b=f"{OVERSEERS} checker head"),
    ),
    # nothing is suspended; both notices are of the regulator's sector
    "oversight.suspend": only("regulator", "notice"),
    "oversight.sign_suspension": only("regulator", "notice"),
    "oversight.drop_suspension": only("regulator", "notice"),
    "oversight.propose_lifting": only("regulator", "notice", form={"reason": "已查清。"}),
    "oversight.sign_lifting": only("regulator", "notice"),
    "oversight.drop_lifting": only("regulator", "notice"),
    "oversight.statistics": public(),
    # clues: clue a is the regulator's, clue b the inspection's; each body reads its own alone
    "oversight.clues": only(OVERSEERS),
    "oversight.make_clue": only(OVERSEERS),
    "oversight.make_clue_of_selection": only(OVERSEERS, "notice"),
    "oversight.make_clue_of_finding": only(OVERSEERS, "finding", reach=own(b="approver inspector")),
    "oversight.clue": only(OVERSEERS, "clue", reach=own(a="regulator", b="inspector")),
    "oversight.export_clue": only(OVERSEERS, "clue", reach=own(a="regulator", b="inspector")),
    "oversight.keep_clue_receipt": only(OVERSEERS, "clue", reach=own(a="regulator", b="inspector")),
    "oversight.ask_after_clue": only(
        OVERSEERS, "clue", reach=own(a="regulator", b="inspector"), form={"answer": "尚在办理。"}
    ),
    # samples: two are promised in the scene, none is listed
    "oversight.samples": public(),
    "oversight.sample": public("sample"),
    "oversight.sample_list": public("sample", reach=own(a=NOBODY, b=NOBODY), is_known=True),
    "oversight.sample_seal": public("sample", reach=own(a=NOBODY, b=NOBODY), is_known=True),
    "oversight.sample_desk": only(f"{OVERSEERS} clerk head"),
    "oversight.sample_work": only(f"{OVERSEERS} clerk head", "sample"),
    "oversight.call_sample": only(
        "clerk", {"number": "sample", "rank": "place"}, reach=own(a=NOBODY, b=NOBODY)
    ),
    "oversight.publish_sample": only("approver inspector clerk", "sample"),
    "oversight.received": only(f"{OWNERS} checker head"),
    # selection: notice a is owner A's and has both agencies' entries, b is owner B's and has none
    "search.results": public(),
    "selection.again": only(OWNERS, "notice", reach=BY_OWNER, none=frozenset({404, 409})),
    "selection.amend": only("head", "notice"),
    "selection.approve": only("checker", "waiting_notice"),
    "selection.ask_exit": only(AGENCIES),
    "selection.ask": only(AGENCIES, "notice"),
    # change a and b wait for owner A's and owner B's signatories
    "selection.ask_change": only(OWNERS, "notice", reach=BY_OWNER),
    "selection.change": only(f"{OWNERS} checker head", "change", reach=BY_OWNER_OR_DESK),
    "selection.sign_change": only(OWNERS, "change", reach=BY_OWNER),
    "selection.drop_change": only(OWNERS, "change", reach=BY_OWNER),
    "selection.bring_file": only(OWNERS, "change", reach=BY_OWNER),
    "selection.take_file_back": only(
        OWNERS, {"change_id": "change", "attachment_id": "change_file"}, reach=BY_OWNER
    ),
    "selection.leave_out": only(
        OWNERS, {"change_id": "change", "attachment_id": "attachment"}, reach=BY_OWNER
    ),
    "selection.make_change": only("head", "change"),
    "selection.refuse_change": only("head", "change", form={"note": "与清单不符。"}),
    # a pause of notice a and b waits for the office
    "selection.pause": only(f"{OWNERS} {DECIDES}", "notice", reach=PAUSES),
    "selection.propose_pause": only(
        OWNERS,
        "notice",
        reach=BY_OWNER,
        form={"days": "3", "cause": "force", "reason": "汛期道路中断，无法踏勘。"},
    ),
    "selection.sign_pause": only(OWNERS, "notice", reach=BY_OWNER),
    "selection.drop_pause": only(OWNERS, "notice", reach=BY_OWNER),
    "selection.agree_pause": only(DECIDES, "notice", reach=own(a="head", b="head")),
    "selection.refuse_pause": only(
        DECIDES, "notice", reach=own(a="head", b="head"), form={"note": "可以更正。"}
    ),
    "selection.resume_notice": only(OWNERS, "notice", reach=BY_OWNER, form=SURE),
    # question a and b are about owner A's and owner B's open notices
    "selection.question": only(OWNERS, "question", reach=BY_OWNER),
    "selection.publish_answer": only(OWNERS, "question", reach=BY_OWNER),
    # attachment a and b are public files of owner A's and owner B's open notices
    "selection.attachment": only(f"{OWNERS} checker head", "attachment", reach=BY_OWNER_OR_DESK),
    "selection.attachments": only(OWNERS, "draft", reach=BY_OWNER),
    "selection.detach": only(
        OWNERS, {"notice_id": "draft", "attachment_id": "draft_file"}, reach=BY_OWNER
    ),
    "selection.keep_attachment": only(
        f"{OWNERS} checker head", "attachment", reach=BY_OWNER_OR_DESK
    ),
    "selection.withdraw_attachment": only(
        f"{OWNERS} checker head", "attachment", reach=BY_OWNER_OR_DESK, form=SURE
    ),
    "selection.withhold": only(OWNERS, "draft", reach=BY_OWNER, form={"note": "附件里有坐标。"}),
    "selection.withhold_at_desk": only(
        "checker", "waiting_notice", form={"note": "附件里有坐标。"}
    ),
    "selection.cancel": only(
        f"{OWNERS} head",
        "notice",
        form={"reason": "项目调整，不再实施。"},
        reach=own(a="owner_a head", b="owner_b head"),
    ),
    "selection.check": only(OWNERS, "draft", reach=BY_OWNER),
    "selection.confirm_exit": only("checker", "ref"),
    "selection.confirm_refusal": only("head", "waiting_notice"),
    "selection.confirm_lottery": only("head", "lottery"),
    "selection.desk": only("checker head"),
    "selection.direct": public("notice", reach=own(a=NOBODY, b=NOBODY)),  # theirs are drawn
    "selection.direct_evidence": public("notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.choose": only(OWNERS, "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.offered": only(AGENCIES, "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.accept_offer": only(AGENCIES, "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.refuse_offer": only(AGENCIES, "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.lists": only(OWNERS, "draft", reach=own(a=NOBODY, b=NOBODY)),
    "selection.shortlist": public("notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.choose_shortlisted": only(OWNERS, "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.scoring": only(OWNERS, "draft", reach=own(a=NOBODY, b=NOBODY)),
    "selection.proposal": only(AGENCIES, "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.boxes": only(AGENCIES, "notice", reach=own(a=NOBODY, b=NOBODY)),  # theirs are drawn
    "selection.unopened": only("inspector", "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.confirm_unopened": only(
        "inspector", {"number": "notice", "no": "question"}, reach=own(a=NOBODY, b=NOBODY)
    ),
    "selection.proposal_file": signed_in(
        {"number": "notice", "letter": "proposal_letter", "part": "proposal_part"},
        reach=own(a=NOBODY, b=NOBODY),
    ),
    # nobody sits in a panel in the scene; a drawn expert acts for nobody, so that every name may look
    "selection.judging": only(NAMED),
    "selection.judge": only(NAMED, "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.declare": only(NAMED, "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.recuse": only(NAMED, "notice", reach=own(a=NOBODY, b=NOBODY), form=SURE),
    "selection.decline_seat": only(NAMED, "notice", reach=own(a=NOBODY, b=NOBODY), form=SURE),
    "selection.mark": only(
        NAMED,
        {"number": "notice", "letter": "proposal_letter"},
        reach=own(a=NOBODY, b=NOBODY),
    ),
    "selection.hand_in_sheet": only(NAMED, "notice", reach=own(a=NOBODY, b=NOBODY), form=SURE),
    "selection.silent_juror": only(
        "head", {"number": "notice", "seat": "seat"}, reach=own(a=NOBODY, b=NOBODY)
    ),
    "selection.jurors_file": only(SIGNED_IN, "notice", reach=own(a=NOBODY, b=NOBODY)),
    # the person has asked the regulator to be an expert
    "selection.pool": public(),
    "selection.own_expert": only(NAMED),
    "selection.leave_pool": only(NAMED, form=SURE, post=frozenset({303, 404, 409})),
    "selection.withdraw_application": only(NAMED, form=SURE, post=frozenset({303, 404})),
    "selection.pool_desk": only("regulator inspector"),
    "selection.expert": only("regulator inspector", "expert"),
    "selection.propose_expert": only("regulator", "expert"),
    "selection.sign_expert": only("regulator", "expert"),
    "selection.replace_juror": only(
        OWNERS,
        {"number": "notice", "seat": "seat"},
        reach=own(a=NOBODY, b=NOBODY),
        form=SURE,
    ),
    "selection.auction_terms": only(OWNERS, "draft", reach=own(a=NOBODY, b=NOBODY)),
    "selection.auction": public("notice", reach=own(a=NOBODY, b=NOBODY)),  # theirs are drawn
    "selection.bid": only(AGENCIES, "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.freeze_auction": only("head", "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.resume_auction": only("head", "notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.scored": public("notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.scored_json": public("notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.scored_evidence": public("notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.scored_cosignatures": public("notice", reach=own(a=NOBODY, b=NOBODY)),
    "selection.document": public("notice"),
    "selection.draw": public("draw"),
    "selection.draw_card": public("draw"),
    "selection.draw_events": public("draw"),
    "selection.draws": public(),
    "selection.draws_json": public(),
    "selection.discard": only(OWNERS, "draft", reach=BY_OWNER, form=SURE),
    "selection.restore": only(OWNERS, "draft", reach=own(a=NOBODY, b=NOBODY)),
    "selection.edit": only(OWNERS, "draft", reach=BY_OWNER),
    "selection.enter": only(AGENCIES, "notice"),
    "selection.entries": only(AGENCIES),
    "selection.evidence": public("draw", reach=own(b=NOBODY), is_known=True),  # b is not drawn yet
    "selection.cosignatures": public("draw", is_known=True),
    "selection.scores": public(  # theirs are random draws
        "draw", reach=own(a=NOBODY, b=NOBODY), is_known=True
    ),
    "selection.faults": public(),
    "selection.give_back": only("checker", "waiting_notice", form={"reasons": "请写明服务期限。"}),
    "selection.hand_in": public(
        {"number": "draw", "source": "source"},
        post=frozenset({200, 303, 400, 404, 409, 422, 429}),
        none=frozenset({404, 429}),
    ),  # ten values a minute from one address
    "selection.quote_keys": public("draw", reach=own(a=NOBODY, b=NOBODY, c=NOBODY), is_known=True),
    "selection.box": public(
        {"number": "draw", "no": "box"}, reach=own(a=NOBODY, b=NOBODY), is_known=True
    ),  # theirs are sealed to the clock's key
    "selection.lose_chain": only(
        "approver inspector", "source", reach=own(b=NOBODY), is_known=True
    ),
    "selection.mine": only(OWNERS),
    "selection.new": only(OWNERS),
    "selection.notice": public("notice"),
    "selection.notice_card": public("notice"),
    "selection.notices": public(),
    "selection.publish": only("head", "waiting_notice"),
    "selection.receipt": only(AGENCIES, "receipt", reach=BY_AGENCY),
    "selection.refuse": only(
        "checker", "waiting_notice", form={"reasons": "不属于中介服务。", "channel": "政府采购"}
    ),
    "selection.report_lottery": only("head"),
    "selection.results": public(),
    "selection.review": only("checker head", "waiting_notice"),
    "selection.send_back": only(OWNERS, "draft", reach=BY_OWNER),
    "selection.sources": only("head approver inspector"),
    "selection.withdraw": only(
        AGENCIES, "notice", reach=own(a="agency_a agency_b", b=NOBODY), is_known=True, form=SURE
    ),
}
