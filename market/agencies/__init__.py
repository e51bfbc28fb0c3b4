"""Agencies (中介服务机构): enrolment, service lines, qualifications, standing."""
