"""The working-day calendar (工作日历): the State Council's arrangements, and every deadline counted
by them.
"""
