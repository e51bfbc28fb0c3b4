"""Cards (效能提示) for public bodies: two faults of one kind within twelve months, and what follows. Off
until a document is named (ADR 0059).
"""
