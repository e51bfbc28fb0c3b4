"""Open data (数据开放): everything public as one SQLite file, which anybody may take away and ask
questions of.
"""
