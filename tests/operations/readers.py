"""What both verifiers say of an evidence file with pinned keys."""

import json
import subprocess
import sys

from tests.verify.node import ROOT, node


def shown(tmp_path, text, pinned):
    """Exit codes of both programs."""
    path = tmp_path / "evidence.json"
    keys = tmp_path / "keys.json"
    path.write_text(text, encoding="utf-8")
    keys.write_text(json.dumps(pinned), encoding="utf-8")
    return [
        subprocess.run(
            [*program, str(path), "--keys", str(keys)], capture_output=True, timeout=60
        ).returncode
        for program in (
            [sys.executable, str(ROOT / "verify/verify_draw.py")],
            [node(), str(ROOT / "static/verify/cli.mjs")],
        )
    ]
