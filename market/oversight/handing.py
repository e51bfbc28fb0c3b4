"""What leaves the platform with a clue: the paper as PDF, what it says as JSON, the evidence of the
selection where it has a result, its entries on the log, and how to check all of it. What the clue says never
changes; entries and evidence are those of the day, so each export has its own digest on the log.
"""

import dataclasses
import hashlib
import io
import zipfile
from collections.abc import Mapping

from market.kernel.clock import CHINA, epoch
from market.kernel.plain import Json
from market.oversight.queries import ClueCard
from market.oversight.words import CLUE_KINDS
from market.web.pdf import paper
from verify.zjcs.canonical import jcs

EPOCH = (1980, 1, 1, 0, 0, 0)  # of every file in the archive: it says nothing of when it was packed
TITLE = "问题线索移交单"
CHECK = """核对办法

1. SHA256SUMS 列出本压缩包内各文件的摘要：sha256sum -c SHA256SUMS
2. clue.json 中 commit = SHA-256(JSON 列表 [salt, number, notice, kind, receiver, subjects, facts,
   checked, unchecked, is_urgent])，写入公开日志 clue.made；内容在成文之后没有改动。
3. evidence.json 是所涉选取的全部证据，所涉选取已有结果的才有：
   python verify_draw.py evidence.json --keys keys.json --lang zh
   （verify 文件夹和 keys.json 向见证单位索取）。
4. log.json 是导出时公开日志中这次选取的全部记录，逐条可在 /log 核对；没有所涉选取的为空。
5. 整个压缩包的摘要写入公开日志 clue.exported。

本单没有办理期限。
"""


def sheet(card: ClueCard) -> bytes:
    """The paper as PDF."""
    found = card.found
    made = card.begun_at.astimezone(CHINA)
    lines = [
        f"编号：{card.number}",
        f"移交单位：{card.sender}",
        f"接收单位：{found.receiver}",
        f"成文时间：{made:%Y-%m-%d %H:%M}" + ("　（情况紧急）" if found.is_urgent else ""),
        f"线索类别：{CLUE_KINDS[found.kind]}",
        f"所涉选取：{card.notice or '无'}",
        "",
    ]
    parts = (
        ("涉及的单位和编号", found.subjects),
        ("事实", found.facts),
        ("已核实的", found.checked),
        ("没有核实的", found.unchecked),
    )
    for title, text in parts:
        lines += [f"【{title}】", *text.splitlines(), ""]
    lines += ["【公开日志中的记录】"]
    lines += [f"第 {each.index} 条 {each.type} {each.hash}" for each in card.entries] or ["无"]
    lines += ["", "【内容摘要】", card.commit, "", "签收回执", ""]
    lines += [f"已收到编号 {card.number} 的问题线索移交单。", ""]
    lines += ["签收人：____________　日期：____________　（盖章）"]
    return paper(TITLE, lines)


def said(card: ClueCard) -> Json:
    """What it says, with what its digest is made of."""
    found = dataclasses.asdict(card.found)
    return {
        "number": card.number,
        "notice": card.notice,
        "sender": card.sender,
        "made_at": epoch(card.begun_at),
        "salt": card.salt,
        "commit": card.commit,
        **{name: str(value) if isinstance(value, str) else value for name, value in found.items()},
    }


def archive(card: ClueCard, evidence: Json | None) -> tuple[bytes, str]:
    """The archive and its SHA-256 (hex). `evidence` is None of a selection without a result."""
    entries = [{"index": each.index, "utf8": each.leaf.decode()} for each in card.entries]
    files = {
        "hand-over.pdf": sheet(card),
        "clue.json": jcs(said(card)),
        "log.json": jcs(entries),
        "README.txt": CHECK.encode(),
    }
    if evidence is not None:
        files["evidence.json"] = jcs(evidence)
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )
    packed = _packed({**files, "SHA256SUMS": sums.encode()})
    return packed, hashlib.sha256(packed).hexdigest()


def _packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in sorted(files.items()):
            pack.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
