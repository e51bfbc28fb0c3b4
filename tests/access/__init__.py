"""Who gets what: every route, every role, own and other's and absent objects; and what bad input
does (docs/access.md).
"""
