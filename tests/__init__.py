"""Tests: a folder for each room of market/, journeys/ in a real browser, house/ about the code
itself.
"""
