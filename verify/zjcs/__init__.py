"""The protocol `zjcs-draw/1` and its transparency log as pure functions: no clock, no database, no network but logcheck's."""
