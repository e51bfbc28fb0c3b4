"""Selection (选取): the notice, sealed entries, the draw by protocol zjcs-draw/1, the result and
what may follow it.
"""
