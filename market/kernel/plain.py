"""What JSON says, as Python has it: leaves of the log and their rows, evidence, terms of a way."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
"""An object of JSON. What its values are is known to who reads it: a leaf's by the class of its event
(`events.py` of the room), a document's by its description (docs/draws.md, docs/opendata.md).
"""
Config = Mapping[str, Any]
"""Settings by their names, as Flask keeps them; docs/deploy.md says what each is."""
