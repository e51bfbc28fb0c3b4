"""A whole-log check of a folder, and what it found."""

from tests.verify.forge import DRAW_AT, keys_json
from verify.zjcs import keys, logcheck
from verify.zjcs.canonical import jcs
from verify.zjcs.evidence import Step

OTHER = [
    jcs({"v": 1, "type": "complaint.filed", "subject": f"TS-{number}", "at": 1694775000})
    for number in range(1200)
]


def verdicts(log, draw_at=DRAW_AT, **options):
    """Steps of a whole-log check of a folder."""
    return list(logcheck.check(logcheck.Folder(log), keys.load(keys_json(draw_at)), **options))


def faults(steps: list[Step]):
    return [(step.fault.rule, step.fault.code) for step in steps if step.fault]
