"""The reviewed table: who may open what, and whose things he then reaches. Written by hand, read by
tests/access/test_matrix.py.

It does not look at the rooms' permissions on purpose: a slip there must disagree with something. A
route that is not here fails the build. How to read and change it: docs/access.md.
"""

from collections.abc import Mapping

from tests.access.rows import (
    AGENCIES,
    NOBODY,
    OWNERS,
    STAFF,
    SURE,
    Row,
    only,
    own,
    public,
    signed_in,
    verified,
)

AWAY = frozenset({303})
ELSEWHERE = frozenset({200, 303})
MANAGERS = f"{AGENCIES} {OWNERS} admin security"
MEMBERS = own(a="agency_a", b="agency_b", c="admin security")
BY_AGENCY = own(a="agency_a", b="agency_b")
BY_OWNER = own(a="owner_a", b="owner_b")
READS_ENROLMENTS = "checker head regulator inspector"
# complaint a: by person, to the office; complaint b: by agency B about owner A's notice, to the
# regulator
HANDLES = "officer regulator"
HANDLED = own(a="officer", b="regulator")
BODY_A = "officer head approver"
BODY_B = "regulator approver"
SIGNS = "head"
SIGNED = own(a="head", b=NOBODY)
COMPLAINS = own(a="person", b="agency_b")
DRAFTS = own(a="person", b="agency_b")
HAS_AGENCY = {"": AGENCIES}
REASONS = {
    "reasons": "材料不实，不符合条件。",
    "basis": "《行政许可法》第三十一条",
    "remedy": "60 日内可申请行政复议。",
}

TABLE: Mapping[str, Row] = {
    # accounts
    "accounts.activate": public("token", post=frozenset({404, 409})),
    "accounts.activation_again": public(),
    "accounts.disable": only("security", "person", form=SURE),
    "accounts.enable": only("security", "person"),
    "accounts.end_member": only(MANAGERS, "membership", reach=MEMBERS, form=SURE),
    "accounts.forgotten": public(),
    "accounts.language": signed_in(),
    "accounts.link_sent": public(get=AWAY),
    "accounts.member": only(MANAGERS, "membership", reach=MEMBERS),
    "accounts.members": only(MANAGERS),
    "accounts.members_of": only("admin security", "organisation", reach=own(c=NOBODY)),
    "accounts.mine": signed_in(),
    "accounts.new_password": public("token", post=frozenset({200, 404, 409, 422})),
    "accounts.organisations": only("admin security"),
    "accounts.password": signed_in(),
    "accounts.people": only("clerk security"),
    "accounts.register": public(),
    "accounts.revoke": signed_in(
        form=SURE, post=frozenset({303, 404})
    ),  # the key in the form names no session
    "accounts.second_factor": signed_in(),
    "accounts.sign_in": public(get=ELSEWHERE),
    "accounts.sign_in_code": public(get=AWAY),
    "accounts.sign_out": public(),
    "accounts.session_ends": signed_in(),
    "accounts.typing": signed_in(),
    "accounts.forget_typed": public(form=SURE),
    "accounts.switch": signed_in(
        post=frozenset({303, 404})
    ),  # the membership in the form is nobody's
    "accounts.verify": only("clerk security", "person"),
    # agencies
    "agencies.accept_document": only("checker", "outstanding"),
    "agencies.addition": only(AGENCIES),
    "agencies.agency": only(READS_ENROLMENTS, "ref"),
    "agencies.application": only(READS_ENROLMENTS, "application"),
    "agencies.answer_suspension": only(AGENCIES),
    "agencies.approve": only("checker", "application"),
    "agencies.basics": only(AGENCIES),
    "agencies.check": only(AGENCIES),
    "agencies.commitment": only(AGENCIES),
    "agencies.confirm_addition": only("checker", "ref"),
    "agencies.desk": only(READS_ENROLMENTS),
    "agencies.document": only(AGENCIES, "listed"),
    "agencies.drop_standing": only("head regulator", "ref"),
    "agencies.directory": public(),
    # while an application is with the office nothing of it is changed, whatever is named
    "agencies.drop_qualification": only(
        AGENCIES, "qualification", reach=BY_AGENCY, none=frozenset({404, 409}), form=SURE
    ),
    "agencies.enrolment": signed_in(),
    "agencies.hand_in": only(AGENCIES, "outstanding", reach=BY_AGENCY),
    "agencies.keep": only("head", "ref"),
    "agencies.lines": only(AGENCIES),
    "agencies.new_qualification": only(AGENCIES),
    "agencies.object_to": verified("recent", form={"reason": "证书编号与发证机关的记录不符。"}),
    "agencies.objection": only(
        "checker regulator", "objection", form={"answer": "经核实，证书有效，维持原核验结果。"}
    ),
    "agencies.open_revocation": only("checker regulator", "objection", form=REASONS),
    "agencies.overrule": only("head", "application"),
    "agencies.propose_refusal": only("checker", "application", form=REASONS),
    "agencies.drop_removal": only("head regulator", "ref"),
    "agencies.propose_new_due": only("checker", "ref", form={"days": "3", "reasons": "情况属实。"}),
    "agencies.propose_revocation": only("checker", "ref", form=REASONS),
    "agencies.propose_removal": only(
        "checker regulator", "ref", form={**REASONS, "barred_until": "2027-03-01"}
    ),
    "agencies.qualification": only(AGENCIES, "qualification", reach=BY_AGENCY),
    "agencies.qualifications": only(AGENCIES),
    "agencies.receipt": signed_in(reach=HAS_AGENCY, get=ELSEWHERE),
    "agencies.reinstate": only("checker regulator", "ref"),
    "agencies.return_addition": only("checker", "ref", form={"reason": "请补充证书。"}),
    "agencies.return_document": only("checker", "outstanding", form={"reason": "缺第二页。"}),
    "agencies.revoke": only("head", "ref"),
    "agencies.send_back": only("checker", "application", form={"basics": "请补充办公地址。"}),
    "agencies.show": public("uscc"),
    "agencies.sign_refusal": only("head", "application"),
    "agencies.sign_standing": only("head regulator", "ref"),
    "agencies.sign_removal": only("head regulator", "ref"),
    "agencies.start": signed_in(),
    "agencies.statement": only(AGENCIES, form={"statement": "我单位的证书有效。"}),
    "agencies.suspend": only("checker regulator", "ref", form={"reason": "证书失效"}),
    "agencies.withdraw_exit": only(AGENCIES),
    # catalogue
    "catalogue.deferrable": public(),
    "catalogue.index": public(),
    "catalogue.item": public("item"),
    # complaints
    "complaints.accept": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.add_file": signed_in(
        "complaint", reach=own(a=f"person {BODY_A}", b=f"agency_b owner_a {BODY_B}")
    ),
    "complaints.answer": only(
        f"{AGENCIES} {OWNERS} head regulator", "complaint", reach=own(a=NOBODY, b="owner_a")
    ),
    "complaints.ask_answer": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.ask_completion": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.assign": only("head approver", "complaint", reach=own(a="head", b=NOBODY)),
    "complaints.begin": verified("notice"),
    "complaints.call_back": only("clerk", "complaint", reach=own(a=NOBODY, b=NOBODY)),
    "complaints.check": signed_in("complaint_draft", reach=DRAFTS),
    "complaints.complete": signed_in(
        "complaint", reach=own(a="person officer", b="agency_b regulator")
    ),
    "complaints.conduct": verified(),
    "complaints.continue_hold": only(SIGNS, "complaint", reach=SIGNED),
    "complaints.decide": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.desk": only("clerk head officer regulator approver inspector"),
    "complaints.discard": verified("complaint_draft", reach=DRAFTS, form=SURE),
    "complaints.edit": signed_in("complaint_draft", reach=DRAFTS),
    "complaints.enter": only("clerk officer regulator"),
    "complaints.enter_conduct": only("clerk officer regulator"),
    "complaints.erasures": only(
        "head officer regulator",
        form={
            "number": "TS-360481-2026-00001",
            "ground": "period_over",
            "basis": "本人到窗口书面申请。",
        },
        post=frozenset({200, 303, 403, 404, 409, 422}),
    ),
    "complaints.evidence": signed_in("complaint_draft", reach=DRAFTS),
    "complaints.join": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.close_tip": only(
        "head officer regulator inspector approver", "tip", reach=own(a="head officer")
    ),
    "complaints.look_at": only(
        "head officer regulator inspector approver",
        "tip",
        reach=own(a="head officer"),
        form={"note": "已核实"},
    ),
    "complaints.mine": signed_in(),
    "complaints.not_accept": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.opinion": only(HANDLES, "complaint", reach=own(a=NOBODY, b=NOBODY)),
    "complaints.pause": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.propose_withdrawal": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.publish": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.rate": verified("complaint", reach=COMPLAINS),
    "complaints.reassign": only("approver", "complaint"),
    "complaints.receipt": signed_in(
        "complaint", reach=own(a=f"person inspector {BODY_A}", b=f"agency_b inspector {BODY_B}")
    ),
    "complaints.recuse": only(
        "head officer regulator", "complaint", reach=own(a="head officer", b="regulator")
    ),
    "complaints.register": public(),
    "complaints.remedied": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.restore": verified("complaint_draft", reach=own(a=NOBODY, b=NOBODY)),
    "complaints.remove": signed_in(
        {"draft_id": "complaint_draft", "file_id": "evidence"}, reach=DRAFTS, form=SURE
    ),
    "complaints.resume": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.return_erasure": only(
        SIGNS, "tip", reach=own(a=NOBODY), form={"note": "请补充来由"}
    ),
    "complaints.return": only(SIGNS, "complaint", reach=SIGNED),
    "complaints.show": public("complaint"),
    "complaints.sign_erasure": only(SIGNS, "tip", reach=own(a=NOBODY)),
    "complaints.sign": only(SIGNS, "complaint", reach=SIGNED),
    "complaints.take_in": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.take_up": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.timeliness": public(),
    "complaints.tip": public(),
    "complaints.tip_received": public("tip"),
    "complaints.tip_status": public(),
    "complaints.tips": only("head officer regulator inspector approver"),
    "complaints.transfer": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.violation": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.withdraw": verified("complaint", reach=COMPLAINS),
    # contracts: the finished notice is owner B's, its winner agency A
    "contracts.confirm": only(
        AGENCIES, "award", reach=own(a=NOBODY)
    ),  # its letter left without being asked
    "contracts.decline": only(AGENCIES, "award", reach=own(a="agency_a")),
    "contracts.letter": signed_in("award", reach=own(a=f"agency_a owner_b {STAFF}")),
    "contracts.mine": signed_in(),
    "contracts.register": only(OWNERS, "award", reach=own(a="owner_b")),
    "contracts.verify": public("document", none=frozenset({400, 404})),
    # files: a is the scan of agency A's certificate, b the evidence of the person's draft
    "files.download": public("file", reach=own(a=f"agency_a {STAFF}", b="person")),
    # the log
    "ledger.bundle": public("tile"),
    "ledger.checkpoint": public(),
    "ledger.consistency": public(get=frozenset({400})),  # asked without its numbers
    "ledger.entry": public("log"),
    "ledger.entry_json": public("log"),
    "ledger.inclusion": public(get=frozenset({400})),
    "ledger.index": public(),
    "ledger.receipt": public("log"),
    "ledger.tile": public({"level": "log", "place": "tile"}),
    "ledger.verifier_keys": public(),
    # letters
    "letters.inbox": signed_in(),
    "letters.open_letter": signed_in("letter", reach=BY_AGENCY),
    "letters.read_all": signed_in(),
    # operations
    "operations.health": public(get=frozenset({200, 503})),
    # owners
    "owners.approve": only("checker", "registration"),
    "owners.check": only("checker head inspector approver", "registration"),
    "owners.desk": only("checker head inspector approver"),
    "owners.drop_refusal": only("head", "registration"),
    "owners.mend": only(OWNERS),
    "owners.mine": signed_in(),
    "owners.refuse": only(
        "checker",
        "registration",
        form={"ground": "false_material", "reason": "证明授权的材料不实，无法核实。"},
    ),
    "owners.register": verified(),
    "owners.return_once": only("checker", "registration", form={"corrections": "请补充授权书。"}),
    "owners.sign_refusal": only("head", "registration"),
    # portal
    "portal.accessibility": public(),
    "portal.home": public(),
    "portal.sitemap": public(),
    "portal.todo": signed_in(),
    # rulebook: version a is in force, b is proposed
    "rulebook.approve": only("approver", "proposal"),
    "rulebook.desk": only("editor approver inspector"),
    "rulebook.index": public(),
    "rulebook.proposal": only("editor approver inspector", "proposal"),
    "rulebook.propose": only("editor"),
    "rulebook.reject": only("approver", "proposal", form={"reason": "依据不足，请补充文件。"}),
    "rulebook.version": public("version", reach=own(b=NOBODY)),
    # selection: notice a is owner A's and has both agencies' entries, b is owner B's and has none
    "search.results": public(),
    "selection.again": only(OWNERS, "notice", reach=BY_OWNER, none=frozenset({404, 409})),
    "selection.amend": only("head", "notice"),
    "selection.approve": only("checker", "waiting_notice"),
    "selection.ask_exit": only(AGENCIES),
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
    "selection.document": public("notice"),
    "selection.draw": public("draw"),
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
    "selection.faults": public(),
    "selection.give_back": only("checker", "waiting_notice", form={"reasons": "请写明服务期限。"}),
    "selection.hand_in": public(
        {"number": "draw", "source": "source"},
        post=frozenset({200, 303, 400, 404, 409, 422, 429}),
        none=frozenset({404, 429}),
    ),  # ten values a minute from one address
    "selection.lose_chain": only(
        "approver inspector", "source", reach=own(b=NOBODY), is_known=True
    ),
    "selection.mine": only(OWNERS),
    "selection.new": only(OWNERS),
    "selection.notice": public("notice"),
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
    # windows
    "operations.agree": only("head admin"),
    "operations.state": only("head inspector admin security"),
    "windows.board": only("head regulator approver inspector admin"),
    "windows.end_feed": signed_in(form=SURE),
    "windows.feed": signed_in(),
    "windows.ics": public(get=frozenset({404})),  # asked without its key
    "windows.renew_feed": signed_in(),
    "windows.settle": only("head", "doubt", form={"finding": "已核对，不受影响。"}),
    # the calendar
    "workdays.approve": only("approver", "arrangement"),
    "workdays.calculator": public(),
    "workdays.calendar": public(),
    "workdays.desk": only("editor approver inspector"),
    "workdays.ics": public(),
    "workdays.proposal": only("editor approver inspector", "arrangement"),
    "workdays.propose": only("editor"),
    "workdays.reject": only("approver", "arrangement", form={"reason": "与文件不符，请核对。"}),
    "workdays.year": public("year"),
}
