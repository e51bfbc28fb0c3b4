"""Duties and separations (roles.md). Pure."""
import enum


class Kind(enum.StrEnum):
    """What an organisation is here."""

    AGENCY = "agency"
    OWNER = "owner"
    OFFICE = "office"
    REGULATOR = "regulator"
    AUTHORITY = "authority"
    INSPECTION = "inspection"
    WITNESS = "witness"


class Duty(enum.StrEnum):
    """A duty is given to a membership; separation is checked for each matter, not for each account."""

    AGENCY_ADMIN = "agency_admin"
    AGENCY_AGENT = "agency_agent"
    AGENCY_SIGNATORY = "agency_signatory"
    OWNER_DRAFTER = "owner_drafter"
    OWNER_SIGNATORY = "owner_signatory"
    OWNER_ACCEPTOR = "owner_acceptor"
    INTAKE_CLERK = "intake_clerk"
    ENROLMENT_CHECKER = "enrolment_checker"
    NOTICE_REVIEWER = "notice_reviewer"
    PUBLISHER = "publisher"
    SELECTION_ATTENDANT = "selection_attendant"
    CASE_OFFICER = "case_officer"
    CALLBACK_OFFICER = "callback_officer"
    COMPLAINT_OFFICER = "complaint_officer"
    COMPLAINT_SIGNATORY = "complaint_signatory"
    OFFICE_HEAD = "office_head"
    REGULATOR_OFFICER = "regulator_officer"
    REGULATOR_SIGNATORY = "regulator_signatory"
    FINANCE_SUPERVISOR = "finance_supervisor"
    WITNESS = "witness"
    RULE_EDITOR = "rule_editor"
    RULE_APPROVER = "rule_approver"
    AUTHORITY_ASSIGNER = "authority_assigner"
    INSPECTOR = "inspector"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


DUTIES_OF: dict[Kind, frozenset[Duty]] = {
    Kind.AGENCY: frozenset({Duty.AGENCY_ADMIN, Duty.AGENCY_AGENT, Duty.AGENCY_SIGNATORY}),
    Kind.OWNER: frozenset({Duty.OWNER_DRAFTER, Duty.OWNER_SIGNATORY, Duty.OWNER_ACCEPTOR}),
    Kind.OFFICE: frozenset({
        Duty.INTAKE_CLERK, Duty.ENROLMENT_CHECKER, Duty.NOTICE_REVIEWER, Duty.PUBLISHER, Duty.SELECTION_ATTENDANT,
        Duty.CASE_OFFICER, Duty.CALLBACK_OFFICER, Duty.COMPLAINT_OFFICER, Duty.COMPLAINT_SIGNATORY, Duty.OFFICE_HEAD,
        Duty.RULE_EDITOR, Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN, Duty.AUDIT_ADMIN}),
    Kind.REGULATOR: frozenset({Duty.COMPLAINT_OFFICER, Duty.COMPLAINT_SIGNATORY, Duty.REGULATOR_OFFICER,
                               Duty.REGULATOR_SIGNATORY, Duty.FINANCE_SUPERVISOR, Duty.WITNESS}),
    Kind.AUTHORITY: frozenset({Duty.RULE_EDITOR, Duty.RULE_APPROVER, Duty.AUTHORITY_ASSIGNER, Duty.COMPLAINT_OFFICER,
                               Duty.COMPLAINT_SIGNATORY, Duty.CALLBACK_OFFICER}),
    Kind.INSPECTION: frozenset({Duty.INSPECTOR}),
    Kind.WITNESS: frozenset({Duty.WITNESS}),
}
"""Which duties an organisation of a kind may give its members (roles.md, first table)."""
