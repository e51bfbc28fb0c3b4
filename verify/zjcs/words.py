"""What steps and faults say to people, English and Chinese. A code without words is shown as it is.

The page in the browser says the same: `python -m verify.zjcs.words zh >
static/verify/words.zh.json` (and `en`).
"""

from __future__ import annotations

import json
import sys

from .faults import Fault
from .quote_words import QUOTE_WORDS
from .rank_words import RANK_WORDS

# code -> (English, Chinese); facts by name
WORDS: dict[str, tuple[str, str]] = {
    "amendment.earlier": (
        "an amendment moves {key} earlier, from {old} to {new}",
        "更正把 {key} 从 {old} 提前到 {new}",
    ),
    "amendment.late": (
        "an amendment was made at {at}, not before the close {close} then in force",
        "更正作出于 {at}，不在当时有效的截止时刻 {close} 之前",
    ),
    "amendment.sources": (
        "an amendment changes the sources, the fallbacks or the project",
        "更正改动了随机源、备用源或项目",
    ),
    "amendment.terms": (
        "an amendment changes {key}, which stays for good",
        "更正改动了不得更改的 {key}",
    ),
    "amendment.text": (
        "the text of the notice was changed after the first entry had come",
        "公告内容在首个报名之后被更正",
    ),
    "amendment.unseen": (
        "no witness saw this amendment before the close {close} that it moves",
        "在其所移动的截止时刻 {close} 之前，没有见证方见到这次更正",
    ),
    "at.back": (
        "the entry says {at}, but one before it says {before}: instants do not go back",
        "该记录自称 {at}，而其前已有记录写明 {before}：时刻不得倒退",
    ),
    "at.future": (
        "the entry says {at}, but a witness had seen it at {seen} already",
        "该记录自称 {at}，而见证方在 {seen} 就已见到它",
    ),
    "closed.after": (
        "an entry or withdrawal stands behind the closed count (leaf {closed})",
        "报名或撤回记录在关闭记录（第 {closed} 条）之后",
    ),
    "closed.late": (
        "the entries were closed or cosigned late ({witness}, {cosigned})",
        "报名关闭或其联署迟到（{witness}，{cosigned}）",
    ),
    "closed.unpromised": (
        "the entries were closed by a leaf that the notice does not promise",
        "公告未约定，却有报名关闭记录",
    ),
    "entry.late": (
        "entry {no} reached the log {seconds} s after its receipt",
        "第 {no} 号报名在收到 {seconds} 秒后才入日志",
    ),
    "entry.stranger": (
        "entry {no} is of {ref}, of whom the log knows no activation as an agency before it",
        "第 {no} 号报名属 {ref}，此前日志中没有其入驻生效的记录",
    ),
    "entry.token": (
        "the withdrawal of entry {no} does not open its token",
        "第 {no} 号报名的撤回未能打开其撤回凭据",
    ),
    "entry.undo_twice": (
        "two entries name the same token",
        "两个报名使用同一撤回凭据",
    ),
    "entry.void": (
        "entry {no} came after the closed count and counts for nothing",
        "第 {no} 号报名在关闭之后，不作数",
    ),
    "entry.waited": (
        "entry {no} reached the log {seconds} s after its receipt, more than the notice allows",
        "第 {no} 号报名在收到 {seconds} 秒后入日志，超出公告所许",
    ),
    "excluded.code": (
        "entry {no} was left out for a reason that is none of the known ones: {reason}",
        "第 {no} 号报名被排除，理由不在已知之列：{reason}",
    ),
    "excluded.unproved": (
        "entry {no} was left out ({reason}) without an entry of the log from before the close that proves it",
        "第 {no} 号报名被排除（{reason}），没有截止前的日志记录可证",
    ),
    "failure.unsigned": (
        "that the round {round} never came is the operator's word alone: nobody else has signed it",
        "第 {round} 轮未到只是运营方自述，没有另一家机构签名",
    ),
    "final.annulled": (
        "a final names winners although leaf {annulled} had annulled the result",
        "第 {annulled} 条已宣布结果作废，终局却仍列出中选者",
    ),
    "final.early": (
        "the final says {at}, before {least}: the last change of rank has its days too",
        "终局写明 {at}，早于 {least}：最后一次递补也要公示满期",
    ),
    "final.soon": (
        "the final says {at}, sooner after the last change of rank ({last}) than its days of publicity can end",
        "终局写明 {at}，距最后一次递补（{last}）太近，公示期不可能已满",
    ),
    "head.old": (
        "undecided: the newest cosignature of the head is of {cosigned}, more than 24 h before {as_of} (--as-of for an archive)",
        "未决：最新检查点最近的联署在 {cosigned}，距 {as_of} 已逾 24 小时（核对存档请加 --as-of）",
    ),
    "keys.anchor_part": (
        "the anchor of {source} says {key} {found}; the regulator published {pinned}",
        "{source} 的锚点写明 {key} 为 {found}，监管部门公布的是 {pinned}",
    ),
    "keys.bare_anchor": (
        "this keys.json pins only the hash of {source}'s anchor, not its times and length;"
        " get the newest one from the regulator",
        "这份 keys.json 只钉定了 {source} 锚点的哈希，没有起点、周期和长度，请向监管部门索取最新的一份",
    ),
    "keys.no_witness": (
        "undecided: no witness is pinned, so nobody but the operator vouches for this log",
        "未决：没有钉定任何见证方，只有运营方自己为日志作证",
    ),
    "leaf.unknown": (
        "an entry of a kind that nobody knows: {type}",
        "未知种类的记录：{type}",
    ),
    "level.least": (
        "undecided: the level is {computed}; keys.json asks for {least} at least",
        "未决：保障等级为 {computed}，keys.json 要求至少 {least}",
    ),
    "list.cut": (
        "the list of {witness} was cut or changed: its number and hash do not fit what the witness signed",
        "{witness} 的清单被删改：编号与哈希与其签名不符",
    ),
    "list.order": (
        "the list of {witness} is not in its order",
        "{witness} 的清单次序不对",
    ),
    "list.unsigned": (
        "the list of {witness} is not signed by it",
        "{witness} 的清单没有其签名",
    ),
    "lottery.issue": (
        "issue {issue} cannot be the first one drawn after {time}",
        "第 {issue} 期不可能是 {time} 之后最先开奖的一期",
    ),
    "notice.alg": (
        "keys.json does not allow the protocol {alg} at this place of the log",
        "keys.json 不允许在日志此处使用协议 {alg}",
    ),
    "notice.lives": (
        "it was listed again although the result of {predecessor} stands",
        "前一次 {predecessor} 的结果仍有效，却重新选取",
    ),
    "notice.other_alg": (
        "one draw under two protocols ({alg})",
        "同一次抽取出现两种协议（{alg}）",
    ),
    "notice.projects": (
        "one procurement number for two projects: {one} and {other}",
        "同一采购编号下有两个项目：{one} 与 {other}",
    ),
    "order.postponed": (
        "a postponement stands after the seal (leaf {seal}) and before the first value (leaf {value})",
        "推迟记录须在封存（第 {seal} 条）之后、首个数值（第 {value} 条）之前",
    ),
    "policy.unmet": (
        "undecided: {seen} of the {needed} witnesses that keys.json asks for stand below it; missing: {missing}",
        "未决：keys.json 要求 {needed} 家见证方，此处只有 {seen} 家；缺：{missing}",
    ),
    "postponed.list": (
        "undecided: the draw was postponed; get the numbered list of {witness} (/cosignatures/list?over={seal})"
        " to see that no earlier cosignature was hidden",
        "未决：抽取曾被推迟，请向 {witness} 取编号清单（/cosignatures/list?over={seal}），以确认没有更早的联署被隐藏",
    ),
    "quote.none": (
        "entry {no} shows no quote",
        "第 {no} 号报名没有报价",
    ),
    "receipt.other_leaf": (
        "the log has another entry at {index} than the receipt",
        "日志第 {index} 条与回执不同",
    ),
    "result.annulled": (
        "the result was annulled (moved on to the next rank: {moved_on})",
        "结果已被宣布作废（依次递补：{moved_on}）",
    ),
    "result.failed": (
        "nobody is left among the first {places} ranks: the draw has failed",
        "前 {places} 名均已退出：本次选取失败",
    ),
    "result.told": (
        "people were told that rank {rank} is {winner}; the order says otherwise",
        "公示称第 {rank} 名为 {winner}，与顺序不符",
    ),
    "seal.received": (
        "the seal says that {count} entries were received; there are {entries}",
        "封存写明收到 {count} 个报名，实有 {entries} 个",
    ),
    "skip.below": (
        "rank {rank} ({ref}) was skipped before its turn, or behind the last reserve",
        "第 {rank} 名（{ref}）未轮到即被跳过，或在候补之后",
    ),
    "skip.early": (
        "a rank was skipped at {at}, before the draw's instant {time}",
        "名次在 {at} 被跳过，早于抽取时刻 {time}",
    ),
    "value.silent": (
        "{source} has owed its value since {due}, for more than 24 h",
        "{source} 自 {due} 起未公布数值，已逾 24 小时",
    ),
    "way.unknown": (
        "undecided: this verifier does not compute the way of selecting {way}",
        "未决：本工具不计算 {way} 这种选取方式",
    ),
    "work.file": (
        "a file of {bytes} bytes is longer than {most}: it is not looked at",
        "文件 {bytes} 字节，超过 {most}，不予处理",
    ),
    "work.steps": (
        "{steps} steps down chains are more than {most}: they are not taken",
        "随机链需推算 {steps} 步，超过 {most}，不予计算",
    ),
    "work.string": (
        "a text of {length} characters is longer than a file may carry",
        "一段文字长 {length} 字符，超出上限",
    ),
    "anchor.late": (
        "the anchor stands after the notice (leaf {notice})",
        "随机链锚点记录在公告（第 {notice} 条）之后",
    ),
    "anchor.missing": ("the log names no anchor for {source}", "日志中没有 {source} 的锚点"),
    "anchor.twice": ("two anchors have the same {key}", "两个锚点的 {key} 相同"),
    "canonical.spelling": (
        "the bytes are not the canonical spelling of what they say",
        "字节不是其内容的规范写法",
    ),
    "canonical.float": ("a number that is no whole number: {value}", "出现非整数：{value}"),
    "canonical.integer": ("a number at {path} is too large", "{path} 处的数过大"),
    "canonical.key": (
        "a key at {path} is not spelt in plain letters",
        "{path} 处的键含有不允许的字符",
    ),
    "canonical.nfc": (
        "text at {path} is not in its one Unicode form (NFC)",
        "{path} 处的文字不是唯一的 Unicode 写法（NFC）",
    ),
    "canonical.surrogate": (
        "text at {path} is no valid Unicode",
        "{path} 处的文字不是合法的 Unicode",
    ),
    "canonical.json": ("this is not JSON: {reason}", "不是合法 JSON：{reason}"),
    "canonical.duplicate": (
        "a key stands twice in one object ({keys})",
        "同一对象中键重复（{keys}）",
    ),
    "checkpoint.origin": (
        "the checkpoint is of another log: {found} instead of {expected}",
        "检查点属于另一日志：{found}，应为 {expected}",
    ),
    "checkpoint.shape": ("the checkpoint is misshapen", "检查点格式不正确"),
    "checkpoint.unsigned": (
        "no known key of {origin} signed this checkpoint",
        "检查点没有 {origin} 已知密钥的签名",
    ),
    "closed.count": (
        "the closed count is {count}, but {entries} entries stand before it",
        "关闭时登记数为 {count}，此前实有 {entries} 条报名",
    ),
    "closed.missing": (
        "the price decides, but the entries were not closed before they were opened",
        "以价格决定，却没有先关闭后开启的记录",
    ),
    "closed.time": (
        "{witness} did not cosign the closed count within 120 s of the close {close} (at {cosigned})",
        "见证方 {witness} 未在截止 {close} 后 120 秒内联署（{cosigned}）",
    ),
    "closed.uncosigned": (
        "the closed count comes without its cosigned checkpoint",
        "关闭记录缺少经联署的检查点",
    ),
    "consistency.length": ("the consistency proof has the wrong length", "一致性证明长度不对"),
    "consistency.root": (
        "history was rewritten: the tree of {size1} leaves is not the beginning of the tree of {size2}",
        "历史被改写：{size1} 条的树不是 {size2} 条的树的开头",
    ),
    "consistency.shape": (
        "the sizes of the checkpoints cannot be compared",
        "两个检查点的大小无法比较",
    ),
    "cosignature.missing": (
        "{witness}, who holds a chain, did not cosign the sealed list",
        "持有随机链的 {witness} 没有联署封存名单",
    ),
    "cosignature.time": (
        "{witness} cosigned at {cosigned}: it must be close {close} <= seal {sealed} <= cosignature <= {latest}",
        "{witness} 联署于 {cosigned}，应满足 截止 {close} ≤ 封存 {sealed} ≤ 联署 ≤ {latest}",
    ),
    "drand.chain": (
        "the drand chain is not the pinned one: {chain}",
        "不是约定的 drand 链：{chain}",
    ),
    "drand.no_library": (
        "undecided: there is no BLS library here for the drand signature of round {round} (Python with pyblst or py_ecc has"
        " one, and so have the pages of a market)",
        "未决：此处没有 BLS 库，未核对 drand 第 {round} 轮签名（装有 pyblst 或 py_ecc 的 Python、平台的页面可核对）",
    ),
    "signature.no_support": (
        "undecided: this browser cannot check {signatures} Ed25519 signatures; the command line can",
        "未决：本浏览器无法核对 {signatures} 个 Ed25519 签名，请用命令行工具核对",
    ),
    "drand.round": (
        "the drand round is {round}, but the time asks for {expected}",
        "drand 轮次为 {round}，按时间应为 {expected}",
    ),
    "drand.signature": (
        "the drand signature of round {round} is false",
        "drand 第 {round} 轮签名不成立",
    ),
    "drand.value": (
        "the drand value is not the hash of its signature",
        "drand 数值不是其签名的哈希",
    ),
    "entry.commitment": (
        "entry {no} was opened to something else than it committed to",
        "第 {no} 号报名开启的内容与其承诺不符",
    ),
    "entry.end": (
        "entry {no} ends {ends} times in the sealed list, the excluded or the withdrawn",
        "第 {no} 号报名在封存、排除、撤回中出现 {ends} 次",
    ),
    "entry.numbers": (
        "the entry numbers are not 1 to {numbers}, each once",
        "报名序号不是 1 至 {numbers} 各一次",
    ),
    "entry.ref_twice": (
        "one agency stands twice in the sealed list",
        "同一机构在封存名单中出现两次",
    ),
    "entry.sorting": ("the sealed list is not sorted by number", "封存名单未按序号排列"),
    "entry.withdrawn_first": (
        "entry {no} was withdrawn before it was received",
        "第 {no} 号报名先撤回后提交",
    ),
    "evidence.leaves": (
        "leaves and proofs do not belong together, or are not in order",
        "记录与证明不对应或顺序不对",
    ),
    "evidence.order": (
        "the order in the file is not the computed one",
        "文件中的顺序与计算结果不同",
    ),
    "evidence.seed": (
        "the seed in the file is {found}; computed: {computed}",
        "文件中的种子为 {found}，计算得 {computed}",
    ),
    "evidence.shape": ("the file is misshapen near {key}", "文件在 {key} 处格式不正确"),
    "failure.early": (
        "the source was given up at {at}, less than 24 h after it was due ({due})",
        "随机源于 {at} 被放弃，距应公布时刻 {due} 不足 24 小时",
    ),
    "failure.order": (
        "the failure is not logged between seal and result",
        "失败记录不在封存与结果之间",
    ),
    "failure.unseen": (
        "undecided: the lists show no witness who saw this failure before its fallback's value was public; ask the witness for"
        " /cosignatures?over={index}",
        "未决：清单里没有见证方在备用源公布之前见到这条失败记录，请向见证方取 /cosignatures?over={index}",
    ),
    "failure.round": (
        "the failure speaks of round {round}, not of {expected}",
        "失败记录的轮次为 {round}，应为 {expected}",
    ),
    "failure.slot": (
        "the loss speaks of slot {slot}, later than this draw's",
        "失效记录的时隙 {slot} 晚于本次抽取",
    ),
    "fallback.exhausted": (
        "no fallback is left after {source} failed",
        "{source} 失败后已无备用源",
    ),
    "fallback.kind": (
        "a fallback may be drand or a lottery, never {kind}",
        "备用源只能是 drand 或彩票，不能是 {kind}",
    ),
    "final.uncosigned": ("no witness cosigned the final checkpoint", "最终检查点没有见证方联署"),
    "final.winners": (
        "the final names {found}; the first ranks that are not skipped are {computed}",
        "终局名单为 {found}，应为未被跳过的前几名 {computed}",
    ),
    "inclusion.length": ("the inclusion proof has the wrong length", "包含证明长度不对"),
    "inclusion.root": (
        "the leaf is not in the log at index {index}: it or its proof was changed",
        "该记录不在日志第 {index} 位：记录或证明被改动",
    ),
    "inclusion.shape": ("the index lies outside the checkpoint", "序号超出检查点范围"),
    "keys.anchor": (
        "the anchor of {source} is not the one that the regulator published",
        "{source} 的锚点与监管部门公布的不同",
    ),
    "keys.no_anchor": (
        "keys.json names no anchor for {source}, which this draw uses: get the newest one from the regulator",
        "keys.json 没有列出本次抽取所用的 {source} 的锚点，请向监管部门索取最新的一份",
    ),
    "keys.kind": ("a key of the wrong kind: {vkey}", "密钥种类不符：{vkey}"),
    "keys.twice": (
        "one key, or one witness's name, stands twice",
        "同一密钥或同一见证方名称出现两次",
    ),
    "keys.log": ("the log key is not among the pinned ones", "日志密钥不在所钉定的密钥中"),
    "keys.origin": (
        "the log calls itself {found}; pinned: {pinned}",
        "日志自称 {found}，钉定的是 {pinned}",
    ),
    "keys.shape": ("keys.json is misshapen near {key}", "keys.json 在 {key} 处格式不正确"),
    "leaf.key": (
        "{key} is missing, unknown or misspelt in a leaf of type {type}",
        "{type} 记录的 {key} 缺失、未知或写法不合规",
    ),
    "leaf.missing": ("there is no leaf of type {type}", "没有 {type} 记录"),
    "leaf.other_draw": ("the leaf belongs to another draw, {draw}", "该记录属于另一次抽取 {draw}"),
    "leaf.second": (
        "a second {type}: the first, leaf {first}, is the one that counts",
        "出现第二条 {type}；只有第 {first} 条有效",
    ),
    "leaf.size": ("a leaf of {bytes} bytes is too large", "记录 {bytes} 字节，过大"),
    "leaf.type": ("unknown leaf type {type}", "未知的记录类型 {type}"),
    "leaf.version": ("a leaf without version 1 or type", "记录缺少版本 1 或类型"),
    "level.label": (
        "the label says {label}; the data carry {computed}",
        "标注为 {label}，数据只支持 {computed}",
    ),
    "level.plan": (
        "the notice claims {claimed}; its sources reach {reach} at most",
        "公告声称 {claimed}，其随机源最高为 {reach}",
    ),
    "lost.final": (
        "{source} was declared lost before this value came",
        "{source} 已先被宣布失效，之后的数值无效",
    ),
    "lost.signers": (
        "the loss must be signed by the chain's owner and another body (signed: {signers})",
        "失效声明须由链的持有者和另一机构签名（现有：{signers}）",
    ),
    "lost.text": (
        "the signed text of the loss speaks of another source or slot",
        "失效声明的签名文本与来源或时隙不符",
    ),
    "lottery.compare": (
        "undecided: compare the numbers with the public result yourself, and see that this issue was the first one drawn after the"
        " draw's time (as a fallback: an hour after the failure's leaf); then give --lottery {value}",
        "未决：请自行与公开的开奖结果核对号码，并确认这一期是抽取时刻（作为备用源时为失败记录满一小时）之后"
        "最先开奖的一期，再加 --lottery {value}",
    ),
    "note.base64": ("base64 that is not spelt in its one way", "base64 写法不唯一或不合法"),
    "note.shape": ("the signed note is misshapen", "签名文书格式不正确"),
    "note.signature": ("the signature of {name} is false", "{name} 的签名不成立"),
    "note.signature_line": ("a signature line is misshapen", "签名行格式不正确"),
    "note.unlisted": ("a signature by {name}, who is not listed", "含有未列明的 {name} 的签名"),
    "note.vkey": ("a verifier key is misshapen", "验证密钥格式不正确"),
    "note.vkey_id": ("a verifier key does not fit its own id", "验证密钥与其编号不符"),
    "notice.predecessor": (
        "a relisted notice must name its project and another draw as predecessor",
        "重新选取的公告须写明项目和前一次抽取",
    ),
    "order.after_close": (
        "an entry or withdrawal at {at}, not before the close {close}",
        "报名或撤回于 {at}，不在截止 {close} 之前",
    ),
    "order.after_result": (
        "skips follow the result, and the final follows them",
        "跳过记录须在结果之后，终局在其后",
    ),
    "order.entry": (
        "it must stand between the notice (leaf {notice}) and the seal (leaf {seal})",
        "应在公告（第 {notice} 条）与封存（第 {seal} 条）之间",
    ),
    "order.seal_before_close": (
        "sealed at {at}, before the close {close}",
        "封存于 {at}，早于截止 {close}",
    ),
    "order.value": (
        "a value must stand after the sealed checkpoint (size {sealed}) and before the result (leaf {result})",
        "随机数值应在封存检查点（{sealed} 条）之后、结果（第 {result} 条）之前",
    ),
    "part.count": (
        "the seal counts {count} rows; there are {rows}",
        "封存记为 {count} 行，实有 {rows} 行",
    ),
    "part.extra": ("a part that the seal does not name", "封存未列明的分表"),
    "part.missing": ("a part that the seal names is missing", "缺少封存列明的分表"),
    "part.needed": (
        "{rows} rows: the list stands in parts above 256 rows, and only then",
        "共 {rows} 行：超过 256 行才分表，且必须分表",
    ),
    "part.order": (
        "part {part} is out of order or of the wrong size",
        "第 {part} 分表顺序或大小不对",
    ),
    "proof.shape": ("the receipt is misshapen", "回执格式不正确"),
    "quote.salt": (
        "two hidden quotes have the same commitment: they have no salt of their own",
        "两个保密报价的承诺相同，未各自加盐",
    ),
    "quote.twice": (
        "entry {no} shows its quote twice ({keys})",
        "第 {no} 号报名的报价出现两种写法（{keys}）",
    ),
    "receipt.other": (
        "the receipt is of leaf {index}, which the evidence does not have as the same entry",
        "回执为第 {index} 条，与证据中的报名不符",
    ),
    "result.digest_needed": (
        "the digest of the whole order stands beside more than 256 ranks, and only then",
        "超过 256 名才附全序摘要，且必须附",
    ),
    "result.order": (
        "the logged order is not the computed one ({computed}...)",
        "日志中的顺序与计算结果（{computed}……）不同",
    ),
    "result.order_sha256": ("the digest of the whole order is wrong", "全序摘要不对"),
    "result.seed": (
        "the logged seed is {found}; computed: {computed}",
        "日志中的种子为 {found}，计算得 {computed}",
    ),
    "round.plan": (
        "the notice plans round {round}; its time asks for {expected}",
        "公告约定轮次 {round}，按时间应为 {expected}",
    ),
    "skip.rank": (
        "rank {rank} is not {ref}, or was skipped before",
        "第 {rank} 名不是 {ref}，或已被跳过",
    ),
    "slot.boundary": (
        "draw_at {draw_at} is not on a slot of {source}",
        "抽取时刻 {draw_at} 不在 {source} 的时隙上",
    ),
    "slot.plan": (
        "the notice plans slot {slot} of {source}; its time asks for {expected}",
        "公告约定 {source} 的时隙 {slot}，按时间应为 {expected}",
    ),
    "slot.postponed": (
        "the draw's instant is {time} instead of {draw_at}, and the log does not say so alike",
        "抽取时刻应为 {time} 而非 {draw_at}，日志所记不符",
    ),
    "slot.range": ("slot {slot} lies outside the chain of {n}", "时隙 {slot} 超出长度 {n} 的链"),
    "slot.too_soon": (
        "the draw at {draw_at} comes too soon after the close {close}",
        "抽取 {draw_at} 距截止 {close} 过近",
    ),
    "slot.value": (
        "the value is of slot {slot}; the time asks for {expected}",
        "数值属于时隙 {slot}，按时间应为 {expected}",
    ),
    "source.twice": ("two sources have the same name", "两个随机源同名"),
    "value.anchor": (
        "the value of slot {slot} does not hash down to its anchor",
        "时隙 {slot} 的数值推不回锚点",
    ),
    "value.derived": (
        "a value is not logged, but follows from a later one of its chain: {slots}, due {due}; since leaf {index} anybody can"
        " compute this order",
        "有数值未公布，但可由同一条链之后的数值（{slots}，应公布于 {due}）推出；自第 {index} 条起，任何人都能算出这一顺序",
    ),
    "value.equal": ("two sources have the same value", "两个随机源数值相同"),
    "value.kind": ("the value of {source} is of another kind", "{source} 的数值种类不符"),
    "value.lottery": (
        "the lottery value of issue {issue} is misspelt",
        "第 {issue} 期彩票数值写法不合规",
    ),
    "value.missing": (
        "{source} has neither a value nor a failure",
        "{source} 既无数值也无失败记录",
    ),
    "value.twice": ("a second value of {source}", "{source} 出现第二个数值"),
    "witness.earlier": (
        "{witness} had cosigned the seal at {time} already: the draw was postponed without need",
        "{witness} 早在 {time} 已联署封存，抽取被无故推迟",
    ),
    "witness.other_list": (
        "undecided: the list does not hold the cosignature that the file shows; ask the witness for /cosignatures?over={seal}",
        "未决：清单里没有文件所示的那次联署，请向见证方取 /cosignatures?over={seal}",
    ),
    # the whole log
    "erased.index": (
        "an erasure names entry {index}, which does not stand before it",
        "删除记录所指的第 {index} 条不在它之前",
    ),
    "log.bundle": ("entry bundle {index} is misshapen", "第 {index} 个条目包格式不正确"),
    "log.missing": ("{path} cannot be read: {reason}", "无法读取 {path}：{reason}"),
    "log.root": (
        "the {size} leaves do not hash to the signed root: leaves were changed, or the head is false",
        "{size} 条记录推不出已签名的根：记录被改动或检查点不实",
    ),
    "log.tile": ("the hash tile does not fit the leaves", "哈希块与记录不符"),
    "log.shrunk": (
        "the log has {size} leaves; the kept checkpoint had {kept}",
        "日志只有 {size} 条，留存的检查点有 {kept} 条",
    ),
    "log.since": (
        "the log was rewritten since the kept checkpoint of {size} leaves",
        "自留存的 {size} 条检查点以来日志被改写",
    ),
    "log.evidence": (
        "the evidence file does not show leaf {index} as the log has it",
        "证据文件与日志第 {index} 条不一致",
    ),
    "log.fork": (
        "the evidence file rests on a head of {size} leaves that is not this log's: its key signed two histories",
        "证据文件所依据的 {size} 条检查点不属于这本日志：同一密钥签了两种历史",
    ),
    "log.newer": (
        "undecided: the evidence file rests on a head of {size} leaves, made after this check began: run it again",
        "未决：证据文件依据的是本次核对开始之后的检查点（{size} 条），请再核对一次",
    ),
    "log.no_evidence": (
        "undecided: no evidence file, so the witnesses' times were not checked",
        "未决：没有证据文件，未核对见证时刻",
    ),
    "log.uncosigned": (
        "undecided: no witness cosigned this head of {size} leaves, so nobody but the log vouches for it; one that was just"
        " signed is cosigned within seconds: ask again in a moment",
        "未决：{size} 条的最新检查点没有见证方联署，只有日志自己作证；刚签出的检查点几秒内会有联署，请稍后再核对一次",
    ),
    "log.relisted": (
        "project {project} was relisted after {first} without naming it",
        "项目 {project} 在 {first} 之后重新选取而未注明",
    ),
}


# step of a check, or a word around it -> (English, Chinese)
STEPS: dict[str, tuple[str, str]] = {
    "file": ("the file is well formed", "文件格式正确"),
    "spelling": ("every leaf has its one spelling", "每条记录写法唯一"),
    "keys": ("keys", "密钥"),
    "log": (
        "every leaf is in the signed log, the sealed list is its beginning",
        "每条记录都在已签名的日志中，封存名单是其开头",
    ),
    "first": ("one notice, one seal, one result", "公告、封存、结果各一"),
    "anchors": ("the anchors of the draw's chains", "本次抽取所用随机链的锚点"),
    "anchors_pinned": ("as keys.json has them", "与 keys.json 所列一致"),
    "anchors_claimed": (
        "compared with nothing: without keys.json they are the file's own claim",
        "未作比对：没有 keys.json，锚点为文件自称",
    ),
    "size": ("the sealed list is complete in its parts", "封存名单各分表齐全"),
    "amendments": ("amendments moved times only later", "更正只把时间推后"),
    "cosigned": ("the sealed list was cosigned in time", "封存名单按时联署"),
    "slots": ("slot and round follow from the time", "时隙与轮次由时间决定"),
    "log_order": ("everything stands in its order", "各记录顺序正确"),
    "closed": ("entries were closed before they were opened", "先关闭后开启"),
    "quotes": ("each quote stands once", "每个报价只有一种写法"),
    "entries": (
        "nobody vanished, each opening fits its commitment",
        "无人消失，每个开启与承诺相符",
    ),
    "values": ("each value fits its anchor, nothing was withheld", "每个数值与锚点相符，无人扣留"),
    "beacons": ("public beacons prove themselves", "公共随机源自证"),
    "result": ("seed and order are the computed ones", "种子与顺序与计算一致"),
    "level": ("the assurance level is what the data carry", "保障等级与数据相符"),
    "after": ("winners are the first ranks that are not skipped", "中选者为未被跳过的前几名"),
    "relisting": ("relisting is visible", "重新选取可见"),
    "alg": ("the protocol is one that keys.json allows here", "协议为 keys.json 此处所允许"),
    "instants": (
        "no instant goes back, none is later than its witness",
        "时刻不倒退，也不晚于见证",
    ),
    "remark": ("to be answered for", "须有人说明"),
    "marked": ("listed with !:", "以 ! 列出："),
    "way": ("the way of selecting", "选取方式"),
    "file_order": ("the file shows the same seed and order", "文件所示种子与顺序一致"),
    "receipt": ("the receipt is in the log", "回执在日志中"),
    "witness": ("the witness's own list agrees", "与见证方自己公布的联署一致"),
    "failure_seen": (
        "a witness saw the failure before its fallback's value was public",
        "失败记录在备用源公布之前已有见证",
    ),
    "failure_word": (
        "a source failed: when that was logged is the log's own word; hold it to the witness's list (--cosignatures)",
        "有随机源失败：其记录时刻只是日志自述，请用见证方的清单核对（--cosignatures）",
    ),
    "head": ("a witness cosigned the newest checkpoint", "最新检查点已有见证方联署"),
    "leaves": ("all leaves hash to the signed root", "全部记录推得已签名的根"),
    "since": ("the kept checkpoint is the log's beginning", "留存的检查点是日志的开头"),
    "erased": (
        "payloads erased by the rules; their entries stand unchanged",
        "内容已按规定删除的条目，条目本身未变",
    ),
    "draw": ("draw", "抽取"),
    "open": ("sealed, without a result; its order would be", "已封存而无结果；其顺序应为"),
    "open_derived": (
        "sealed, without a result, although the log determines its order, which would be",
        "已封存而无结果，但日志已决定其顺序；其顺序应为",
    ),
    "open_empty": (
        "sealed, without a result; nobody stands in the list",
        "已封存而无结果；名单上没有机构",
    ),
    "open_waiting": (
        "sealed, without a result; no order follows yet",
        "已封存而无结果；尚不能定序",
    ),
    "unsealed": (
        "its time is over and no list was sealed; entries received",
        "抽取时刻已过而名单未封存；已收到的报名数",
    ),
    "claimed": (
        "keys as claimed by the file itself; get keys.json from the regulator",
        "密钥为文件自称，请向监管部门索取 keys.json",
    ),
    "pinned": ("keys pinned by keys.json", "密钥以 keys.json 为准"),
    "as_of": (
        "complete only as of a whole-log check (verify_log.py)",
        "完整与否须以全日志核对（verify_log.py）为准",
    ),
    "good": ("VERIFIED", "核对通过"),
    "bad": ("REFUSED", "核对不通过"),
    "undecided": ("UNDECIDED", "未决"),
}


def sentence(fault: Fault, language: str = "en") -> str:
    """One sentence for people: what is wrong, where, by which rule."""
    pair = {**WORDS, **QUOTE_WORDS, **RANK_WORDS}.get(fault.code)
    if pair is None:
        return str(fault)
    chinese = language == "zh"
    text = pair[chinese].format_map(_Facts(fault.facts))
    where = f"{fault.where}: " if fault.where else ""
    if fault.rule is None:
        return where + text
    return where + text + (f"（规则 {fault.rule}）" if chinese else f" (rule {fault.rule})")


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return f"<{key}>"


def for_pages(language: str) -> str:
    """All words of one language as JSON, for static/verify/page.js."""
    chinese = language == "zh"
    tables = {"steps": STEPS, "faults": WORDS}
    chosen = {
        name: {key: pair[chinese] for key, pair in table.items()} for name, table in tables.items()
    }
    rule = "（规则 {rule}）" if chinese else " (rule {rule})"
    return json.dumps({**chosen, "rule": rule}, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(for_pages(sys.argv[1]))
