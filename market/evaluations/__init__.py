"""Evaluations (履约评价): owner and agency evaluate each other after a matter is accepted; below the
ways, which read the means, and written by contracts above.
"""
