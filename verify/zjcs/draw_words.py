"""What faults of a draw say to people, English and Chinese; facts by name."""

DRAW_WORDS: dict[str, tuple[str, str]] = {
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
    "notice.rulebook": (
        "the notice names version {version} of the rulebook with a digest that was not approved on the log before it",
        "公告所依据的办法参数第 {version} 版及其摘要，在公告之前的日志里没有批准记录",
    ),
    "notice.projects": (
        "one procurement number for two projects: {one} and {other}",
        "同一采购编号下有两个项目：{one} 与 {other}",
    ),
    "order.postponed": (
        "a postponement stands after the seal (leaf {seal}) and before the first value (leaf {value})",
        "推迟记录须在封存（第 {seal} 条）之后、首个数值（第 {value} 条）之前",
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
    "direct.answer": (
        "{ref} answers an offer that was not made to it",
        "{ref} 答复的并非对它的征询",
    ),
    "direct.offer": (
        "{ref} is asked although it is not on the list, was asked before, or another's answer is still awaited",
        "征询 {ref} 不合规则：不在名单上、已征询过，或另一家尚未答复",
    ),
    "direct.order": (
        "at place {place} of the list stands {found}; by its figures it is {computed}",
        "名单第 {place} 位为 {found}，按所列数据应为 {computed}",
    ),
    "direct.parts": ("the parts of the list do not make the whole", "名单各部分与总数不符"),
    "direct.places": ("the list counts a place or an agency twice", "名单的名次或机构重复"),
    "direct.result": (
        "the result is {found}, which is not who accepted",
        "结果为 {found}，并非接受的机构",
    ),
    "way.unknown": (
        "undecided: this verifier does not compute the way of selecting {way}",
        "未决：本工具不计算 {way} 这种选取方式",
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
    "final.uncosigned": ("no witness cosigned the final checkpoint", "最终检查点没有见证方联署"),
    "final.winners": (
        "the final names {found}; the first ranks that are not skipped are {computed}",
        "终局名单为 {found}，应为未被跳过的前几名 {computed}",
    ),
    "level.label": (
        "the label says {label}; the data carry {computed}",
        "标注为 {label}，数据只支持 {computed}",
    ),
    "level.plan": (
        "the notice claims {claimed}; its sources reach {reach} at most",
        "公告声称 {claimed}，其随机源最高为 {reach}",
    ),
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
    "quote.salt": (
        "two hidden quotes have the same commitment: they have no salt of their own",
        "两个保密报价的承诺相同，未各自加盐",
    ),
    "quote.twice": (
        "entry {no} shows its quote twice ({keys})",
        "第 {no} 号报名的报价出现两种写法（{keys}）",
    ),
    "result.digest_needed": (
        "the digest of the whole order stands beside more than 256 ranks, and only then",
        "超过 256 名才附全序摘要，且必须附",
    ),
    "result.order": (
        "the logged order is not the computed one ({computed}...)",
        "日志中的顺序与计算结果（{computed}……）不同",
    ),
    "scores.other": (
        "{key} in scores.json is not what the evidence gives",
        "scores.json 里的 {key} 与证据算出的不同",
    ),
    "scores.way": (
        "the way of this notice ({way}) has no scores",
        "这份公告的选取方式（{way}）没有评分文件",
    ),
    "result.rule": (
        "the order stands in {type}, which does not belong to a notice of the way {way}",
        "顺序写在 {type} 里，与公告所定的选取方式 {way} 不符",
    ),
    "result.winners": (
        "the order names {found} winners, the notice another number",
        "结果所列中选家数为 {found}，与公告不同",
    ),
    "result.order_sha256": ("the digest of the whole order is wrong", "全序摘要不对"),
    "result.seed": (
        "the logged seed is {found}; computed: {computed}",
        "日志中的种子为 {found}，计算得 {computed}",
    ),
    "skip.rank": (
        "rank {rank} is not {ref}, or was skipped before",
        "第 {rank} 名不是 {ref}，或已被跳过",
    ),
}
