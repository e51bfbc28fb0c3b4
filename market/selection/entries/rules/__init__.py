"""The law of entries. Pure."""
