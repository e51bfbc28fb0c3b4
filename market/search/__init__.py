"""The search (搜索): one index over what is public, by pairs of signs, and numbers as people type
them (ADR 0042).
"""
