"""The reviewed table: who may open what, and whose things he then reaches. Written by hand, read by
tests/access/test_matrix.py.

It does not look at the rooms' permissions on purpose: a slip there must disagree with something. A
route that is not here fails the build. How to read and change it: docs/access.md.
"""

from collections.abc import Mapping

from tests.access.catalogue import CATALOGUE
from tests.access.rows import (
    AGENCIES,
    AWAY,
    BODY_A,
    BODY_B,
    BY_AGENCY,
    BY_REGULATOR,
    CHECKED_BY,
    COMPLAINS,
    DRAFTS,
    ELSEWHERE,
    HANDLED,
    HANDLES,
    HAS_AGENCY,
    MANAGERS,
    MEMBERS,
    NOBODY,
    NOT_CONFIRMED,
    OWNERS,
    READS_ENROLMENTS,
    READS_TIPS,
    REASONS,
    SIGNED,
    SIGNS,
    SPEAKS,
    STAFF,
    SURE,
    Row,
    named,
    only,
    own,
    public,
    signed_in,
)
from tests.access.selecting import SELECTING

TABLE: Mapping[str, Row] = {
    **CATALOGUE,
    **SELECTING,
    # accounts
    "accounts.activate": public("token", post=frozenset({404, 409})),
    "accounts.activation_again": public(),
    "accounts.disable": only("security", "person", form=SURE),
    "accounts.enable": only("security", "person"),
    "accounts.end_member": only(MANAGERS, "membership", reach=MEMBERS, form=SURE),
    "accounts.forgotten": public(),
    "accounts.identity": signed_in(),
    "accounts.language": signed_in(),
    "accounts.link_sent": public(get=AWAY),
    "accounts.member": only(MANAGERS, "membership", reach=MEMBERS),
    "accounts.members": only(MANAGERS),
    "accounts.members_of": only("admin security", "organisation", reach=own(c=NOBODY)),
    "accounts.mine": signed_in(),
    "accounts.new_password": public("token", post=frozenset({200, 404, 409, 422})),
    "accounts.organisations": only("admin security"),
    "accounts.password": signed_in(),
    "accounts.people": only("clerk officer regulator security"),
    "accounts.refuse_identity": only(
        "clerk officer regulator security", "person", reach=CHECKED_BY, form=NOT_CONFIRMED
    ),
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
    "accounts.verify": only("clerk officer regulator security", "person", reach=CHECKED_BY),
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
    "agencies.enrolment": public(),
    "agencies.hand_in": only(AGENCIES, "outstanding", reach=BY_AGENCY),
    "agencies.keep": only("head", "ref"),
    "agencies.lines": only(AGENCIES),
    "agencies.new_qualification": only(AGENCIES),
    "agencies.object_to": named("recent", form={"reason": "证书编号与发证机关的记录不符。"}),
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
    "agencies.representative": only(AGENCIES),
    "agencies.confirm_representative": only("checker", "ref"),
    "agencies.return_representative": only("checker", "ref", form={"reason": "与执照不一致。"}),
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
    "complaints.begin": named("notice"),
    "complaints.call_back": only("clerk", "complaint", reach=own(a=NOBODY, b=NOBODY)),
    "complaints.check": signed_in("complaint_draft", reach=DRAFTS),
    "complaints.complete": signed_in(
        "complaint", reach=own(a="person officer", b="agency_b regulator")
    ),
    "complaints.conduct": named(),
    "complaints.continue_hold": only(SIGNS, "complaint", reach=SIGNED),
    "complaints.decide": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.desk": only("clerk head officer regulator approver inspector"),
    "complaints.discard": named("complaint_draft", reach=DRAFTS, form=SURE),
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
    "complaints.ask_after": only(
        READS_TIPS, "tip", reach=own(a=NOBODY), form={"answer": "已电话询问"}
    ),
    "complaints.begin_hand_over": only(READS_TIPS, "tip", reach=own(a="head officer")),
    "complaints.hand_over": only(READS_TIPS, "tip", reach=own(a=NOBODY)),
    "complaints.keep_receipt": only(READS_TIPS, "tip", reach=own(a=NOBODY)),
    "complaints.close_tip": only(READS_TIPS, "tip", reach=own(a="head officer")),
    "complaints.look_at": only(
        READS_TIPS,
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
    "complaints.rate": signed_in("complaint", reach=COMPLAINS),
    "complaints.reassign": only("approver", "complaint"),
    "complaints.receipt": signed_in(
        "complaint", reach=own(a=f"person inspector {BODY_A}", b=f"agency_b inspector {BODY_B}")
    ),
    "complaints.recuse": only(
        "head officer regulator", "complaint", reach=own(a="head officer", b="regulator")
    ),
    "complaints.register": public(),
    "complaints.remedied": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.restore": named("complaint_draft", reach=own(a=NOBODY, b=NOBODY)),
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
    "complaints.tip_files": public(get=AWAY, post=AWAY),
    "complaints.tip_received": public("tip"),
    "complaints.tip_case": only(READS_TIPS, "tip", reach=own(a="head officer")),
    "complaints.tip_status": public(),
    "complaints.tips": only(READS_TIPS),
    "complaints.transfer": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.violation": only(HANDLES, "complaint", reach=HANDLED),
    "complaints.withdraw": signed_in("complaint", reach=COMPLAINS),
    # files: a is the scan of agency A's certificate, b the evidence of the person's draft
    "files.download": public("file", reach=own(a=f"agency_a {STAFF}", b="person")),
    "files.view": public("file", reach=own(a=f"agency_a {STAFF}", b="person")),
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
    # following
    "following.begin": signed_in({"name": "followed_list"}),
    "following.mine": signed_in(),
    "following.stop": signed_in("following", reach=BY_AGENCY, form=SURE),
    "following.stop_by_link": public("token", reach=own(a=NOBODY)),
    # programs
    "programs.hook": only("admin", "webhook"),
    "programs.index": only("head regulator approver inspector admin"),
    "programs.new_hook": only("admin"),
    "programs.new_token": only("head regulator approver inspector admin"),
    "programs.replay": only("admin", "webhook", form={"first": "0"}),
    "programs.resume": only("admin", "webhook"),
    "programs.revoke": only(
        "head regulator approver inspector admin", "api_token", reach={"a": "admin"}, form=SURE
    ),
    "programs.stop": only("admin", "webhook", form=SURE),
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
    "owners.start": public(),
    "owners.register": named(),
    "owners.return_once": only("checker", "registration", form={"corrections": "请补充授权书。"}),
    "owners.sign_refusal": only("head", "registration"),
    # opendata: closed in this town, as shipped
    # api: closed in this town, as shipped
    "api.changes": public(get=frozenset({404})),
    "api.description": public(),
    "api.index": public(get=frozenset({404})),
    "api.record": public("document", get=frozenset({404})),
    "api.releases": public(get=frozenset({404})),
    "api.row": public({"table": "document", "key": "document"}, get=frozenset({404})),
    "api.take_order": public(post=frozenset({401})),
    "api.give_orders": public(get=frozenset({401})),
    "api.give_order": public("document", get=frozenset({401}), none=frozenset({401, 404})),
    "api.rows": public("document", get=frozenset({404})),
    # lists as they are filtered, to be saved
    "agencies.directory_feed": public(),
    "agencies.directory_sheet": public("ending"),
    "complaints.register_feed": public(),
    "complaints.register_sheet": public("ending"),
    "selection.notices_feed": public(),
    "selection.notices_sheet": public("ending"),
    "selection.results_feed": public(),
    "selection.results_sheet": public("ending"),
    "opendata.dictionary": public(),
    "opendata.file": public({"day": "snapshot", "name": "snapshot"}, get=frozenset({404})),
    "opendata.index": public(),
    # portal
    "portal.accessibility": public(),
    "portal.home": public(),
    "portal.sitemap": public(),
    "portal.checking": public(),
    "portal.robots": public(),
    "portal.map_for_programs": public(),
    "portal.manifest": public(get=frozenset({404})),  # off in this town, as shipped
    "portal.offline": public(get=frozenset({404})),
    "portal.worker": public(get=frozenset({404})),
    "portal.todo": signed_in(),
    # reputation: record a is of agency A, b of agency B, both proposed and decided by the regulator
    "reputation.appeal": only(
        SPEAKS, "credit", reach=BY_AGENCY, form={"ground": "不是本机构所为。"}
    ),
    "reputation.approve_basis": only("approver", "basis"),
    "reputation.bases": only("editor approver inspector"),
    "reputation.behaviours": public(),
    "reputation.decide": only(
        "head regulator approver inspector",
        "credit",
        reach=BY_REGULATOR,
        form={"outcome": "drop", "reason": "证据不足。"},
    ),
    "reputation.decide_appeal": only(
        "head regulator approver",
        "credit",
        reach=BY_REGULATOR,
        form={"outcome": "reject", "reason": "理由不成立。"},
    ),
    "reputation.decide_repair": only(
        "head regulator",
        "credit",
        reach=BY_REGULATOR,
        form={"outcome": "repair", "reason": "整改到位。"},
    ),
    "reputation.desk": only("clerk checker head officer regulator approver inspector"),
    "reputation.measures": public(),
    "reputation.mine": only(SPEAKS),
    "reputation.propose": only("clerk checker officer regulator approver inspector"),
    "reputation.propose_basis": only("editor"),
    "reputation.public_report": public("uscc"),
    "reputation.reject_basis": only("approver", "basis"),
    "reputation.repair": only(
        SPEAKS, "credit", reach=BY_AGENCY, form={"corrected": "已整改。", "has_committed": "y"}
    ),
    "reputation.report": only(AGENCIES, reach={"": "agency_a agency_b"}, none=frozenset({404})),
    "reputation.show": only(
        f"{AGENCIES} {OWNERS} clerk checker head officer regulator approver inspector admin",
        "credit",
        reach=own(a="agency_a regulator inspector", b="agency_b regulator inspector"),
    ),
    "reputation.state": only(SPEAKS, "credit", reach=BY_AGENCY, form={"statement": "情况有出入。"}),
    "reputation.state_suspension": only(
        SPEAKS, "credit", reach=BY_AGENCY, form={"statement": "情况有出入。"}
    ),
    "reputation.call_talk": only("regulator", "credit"),
    "reputation.hold_talk": only("regulator", "credit"),
    "reputation.close_talk": only("regulator", "credit"),
    "reputation.sign_talk": only(AGENCIES, "credit", reach=own(a=NOBODY, b=NOBODY)),
    "reputation.suspend": only("regulator", "credit", form={"days": "30", "reason": "拒不改正。"}),
    "reputation.sign_suspension": only(
        "regulator", "credit", reach=own(a=NOBODY, b=NOBODY), form={"outcome": "sign"}
    ),
    # rulebook: version a is in force, b is proposed
    "rulebook.approve": only("approver", "proposal"),
    "rulebook.desk": only("editor approver inspector"),
    "rulebook.index": public(),
    "rulebook.proposal": only("editor approver inspector", "proposal"),
    "rulebook.propose": only("editor"),
    "rulebook.reject": only("approver", "proposal", form={"reason": "依据不足，请补充文件。"}),
    "rulebook.version": public("version", reach=own(b=NOBODY)),
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
