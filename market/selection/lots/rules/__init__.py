"""The law of a notice's lot. Pure."""
