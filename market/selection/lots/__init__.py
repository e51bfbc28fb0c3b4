"""What ways of selecting share that leave something to chance: the promise of a notice's one lot, its
course, and the order of a way that ranks by what was opened, whose equals the lot orders.
"""
