"""Enrolment (入驻): application, check, deferred documents, publicity; how an enrolled agency is
suspended, leaves or is let go.
"""
