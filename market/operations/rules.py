"""What an installation can be."""
import enum


class Mode(enum.StrEnum):
    """A database is one or the other from the day it was made: production refuses a demo database and the reverse."""

    PRODUCTION = "production"
    DEMO = "demo"
