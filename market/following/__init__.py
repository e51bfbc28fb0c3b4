"""Following a saved search (关注): what the public lists get new is told by letter and mail, at once or
once a day (ADR 0063).
"""
