"""What faults of files, keys, heads, proofs and leaves say to people, English and Chinese; facts by
name.
"""

LOG_WORDS: dict[str, tuple[str, str]] = {
    "at.back": (
        "the entry says {at}, but one before it says {before}: instants do not go back",
        "该记录自称 {at}，而其前已有记录写明 {before}：时刻不得倒退",
    ),
    "at.future": (
        "the entry says {at}, but a witness had seen it at {seen} already",
        "该记录自称 {at}，而见证方在 {seen} 就已见到它",
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
    "policy.unmet": (
        "undecided: {seen} of the {needed} witnesses that keys.json asks for stand below it; missing: {missing}",
        "未决：keys.json 要求 {needed} 家见证方，此处只有 {seen} 家；缺：{missing}",
    ),
    "receipt.other_leaf": (
        "the log has another entry at {index} than the receipt",
        "日志第 {index} 条与回执不同",
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
    "signature.no_support": (
        "undecided: this browser cannot check {signatures} Ed25519 signatures; the command line can",
        "未决：本浏览器无法核对 {signatures} 个 Ed25519 签名，请用命令行工具核对",
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
    "note.base64": ("base64 that is not spelt in its one way", "base64 写法不唯一或不合法"),
    "note.shape": ("the signed note is misshapen", "签名文书格式不正确"),
    "note.signature": ("the signature of {name} is false", "{name} 的签名不成立"),
    "note.signature_line": ("a signature line is misshapen", "签名行格式不正确"),
    "note.unlisted": ("a signature by {name}, who is not listed", "含有未列明的 {name} 的签名"),
    "note.vkey": ("a verifier key is misshapen", "验证密钥格式不正确"),
    "note.vkey_id": ("a verifier key does not fit its own id", "验证密钥与其编号不符"),
    "proof.shape": ("the receipt is misshapen", "回执格式不正确"),
    "receipt.other": (
        "the receipt is of leaf {index}, which the evidence does not have as the same entry",
        "回执为第 {index} 条，与证据中的报名不符",
    ),
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
