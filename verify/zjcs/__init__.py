"""The protocol `zjcs-draw/1` and its transparency log as pure functions.

No clock, no database; a network only in `logcheck.py`.
"""
