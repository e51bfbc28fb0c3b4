"""What a test does when the machine lacks a server or a browser: fail under CI=true, else skip and
say how.
"""

import os
from typing import NoReturn

import pytest


def missing(what: str, how: str) -> NoReturn:
    """Skip the asking test, or fail it where CI=true; `how` tells the person what to install."""
    sentence = f"no {what}: {how}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
