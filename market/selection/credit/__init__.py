"""The credit that a notice counts by: fixed at its publication, opened at its close (ADR 0061). For every
way in which credit decides.
"""
