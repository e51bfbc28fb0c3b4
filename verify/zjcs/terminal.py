"""How the verifiers speak on a terminal: ticks, a sentence for a fault, exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from . import keys as verifier_keys
from .evidence import Step
from .faults import Fault, Undecided
from .keys import Keys
from .words import sentence

HOLDS, BROKEN, USAGE, UNDECIDED = 0, 1, 2, 3  # argparse itself leaves with 2

STEPS: dict[str, tuple[str, str]] = {
    "file": ("the file is well formed", "文件格式正确"),
    "spelling": ("every leaf has its one spelling", "每条记录写法唯一"),
    "keys": ("keys", "密钥"),
    "log": ("every leaf is in the signed log, the sealed list is its beginning", "每条记录都在已签名的日志中，封存名单是其开头"),
    "first": ("one notice, one seal, one result", "公告、封存、结果各一"),
    "anchors": ("the anchors are the published ones", "随机链锚点与公布的一致"),
    "size": ("the sealed list is complete in its parts", "封存名单各分表齐全"),
    "amendments": ("amendments moved times only later", "更正只把时间推后"),
    "cosigned": ("the sealed list was cosigned in time", "封存名单按时联署"),
    "slots": ("slot and round follow from the time", "时隙与轮次由时间决定"),
    "log_order": ("everything stands in its order", "各记录顺序正确"),
    "closed": ("entries were closed before they were opened", "先关闭后开启"),
    "quotes": ("each quote stands once", "每个报价只有一种写法"),
    "entries": ("nobody vanished, each opening fits its commitment", "无人消失，每个开启与承诺相符"),
    "values": ("each value fits its anchor, nothing was withheld", "每个数值与锚点相符，无人扣留"),
    "beacons": ("public beacons prove themselves", "公共随机源自证"),
    "result": ("seed and order are the computed ones", "种子与顺序与计算一致"),
    "level": ("the assurance level is what the data carry", "保障等级与数据相符"),
    "after": ("winners are the first ranks that are not skipped", "中选者为未被跳过的前几名"),
    "relisting": ("relisting is visible", "重新选取可见"),
    "file_order": ("the file shows the same seed and order", "文件所示种子与顺序一致"),
    "receipt": ("the receipt is in the log", "回执在日志中"),
    "witness": ("the witness's own list agrees", "与见证方自己公布的联署一致"),
    "leaves": ("all leaves hash to the signed root", "全部记录推得已签名的根"),
    "since": ("the kept checkpoint is the log's beginning", "留存的检查点是日志的开头"),
    "draw": ("draw", "抽取"),
    "open": ("sealed, without a result; its order would be", "已封存而无结果；其顺序应为"),
    "claimed": ("keys as claimed by the file itself; get keys.json from the regulator",
                "密钥为文件自称，请向监管部门索取 keys.json"),
    "pinned": ("keys pinned by keys.json", "密钥以 keys.json 为准"),
    "as_of": ("complete only as of a whole-log check (verify_log.py)", "完整与否须以全日志核对（verify_log.py）为准"),
    "good": ("VERIFIED", "核对通过"),
    "bad": ("REFUSED", "核对不通过"),
    "undecided": ("UNDECIDED", "未决"),
}


def parser(description: str) -> argparse.ArgumentParser:
    """The arguments that all verifiers share."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--keys", type=Path, help="keys.json, obtained from the regulator")
    arguments.add_argument("--lang", choices=("en", "zh"), help="language of the sentences",
                           default="zh" if os.environ.get("LANG", "").startswith("zh") else "en")
    return arguments


def words(name: str, language: str) -> str:
    """The words of a step."""
    return STEPS.get(name, (name, name))[language == "zh"]


def pinned(path: Path | None) -> Keys | None:
    """Keys of `--keys`, or None. Raises Fault `keys.*`."""
    return verifier_keys.load(read(path)) if path else None


def read(path: Path) -> bytes:
    """Bytes of a file. Raises Fault `log.missing`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Fault("log.missing", path=path, reason=error.strerror) from None


def show(steps: Iterable[Step], language: str) -> int:
    """Print each step as it comes; give the exit code: 0 holds, 1 broken, 3 undecided."""
    code = HOLDS
    try:
        for step in steps:
            _line(step, language)
            if step.fault:
                code = UNDECIDED if isinstance(step.fault, Undecided) and code != BROKEN else BROKEN
    except Fault as fault:
        say(f"✗ {sentence(fault, language)}")
        code = BROKEN
    say(words({HOLDS: "good", BROKEN: "bad", UNDECIDED: "undecided"}[code], language))
    return code


def _line(step: Step, language: str) -> None:
    rule = f" [{step.rule}]" if step.rule else ""
    if step.fault:
        mark = "?" if isinstance(step.fault, Undecided) else "✗"
        name = f"{step.detail}: " if step.name == "draw" else ""
        say(f"{mark} {name}{words(step.name, language)}{rule}: {sentence(step.fault, language)}")
    else:
        detail = words(step.detail, language) if step.detail in STEPS else step.detail
        say(f"✓ {words(step.name, language)}{rule}" + (f": {detail}" if detail not in ("", "-") else ""))


def say(line: str) -> None:
    """One line of output; a terminal without UTF-8 gets replacement marks and no traceback."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")
