"""Published vectors: third-party data beside the repository, our own worked example inside it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[3] / "shared" / "vectors"


def shared(name: str) -> Any:
    """A third-party file; without the folder the test says that it was skipped."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"third-party vectors are not here: ../shared/vectors/{name}")
    return json.loads(path.read_text(encoding="utf-8"))


def worked(name: str) -> str:
    """Text of zjcs_worked_example.json or zjcs_worked_evidence.json."""
    return (HERE / f"zjcs_worked_{name}.json").read_text(encoding="utf-8")


def raw(text: str | None) -> bytes:
    """Base64 of a vector, null as nothing."""
    return base64.b64decode(text or "")
