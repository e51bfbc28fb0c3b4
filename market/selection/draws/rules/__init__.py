"""The law of the random draw. Pure."""
