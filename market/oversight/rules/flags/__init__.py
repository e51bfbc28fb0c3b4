"""Flags (风险提示): questions that numbers ask about selections. A flag is a question, never a fault and
never a bar. Pure.

Source: docs/rules.md#flags. Each function takes its line of the shipped table and plain facts, and
gives the numbers that it used, or None.
"""
