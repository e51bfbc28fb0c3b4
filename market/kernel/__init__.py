"""The kernel: clock, actor, events, refusals, money, numbers, chance. Standard library only; knows
no room.
"""
