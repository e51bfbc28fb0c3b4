"""The steps of a check, and the words around them: step -> (English, Chinese)."""

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
    "sealed_quotes": (
        "the keys came after the close, and each box opens to what is listed",
        "密钥在截止之后交出，每份密封报价开启后与名单一致",
    ),
    "entries": (
        "nobody vanished, each opening fits its commitment",
        "无人消失，每个开启与承诺相符",
    ),
    "auction": (
        "each bid keeps to the promise, and the end follows; bidders / bids, lowest, end",
        "每次出价都合规则，结束时刻由此得出；出价机构 / 出价次数、最低价、结束时刻",
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
    "sample": (
        "sample: the list is what the log closed, the lot is the computed one; listed, drawn",
        "抽查：名单就是日志办结的事项，抽取与计算一致；在册件数、抽中",
    ),
    "direct_list": (
        "direct choice: the list is in the order that its figures give; agencies, day",
        "直接选取：名单顺序由所列数据算出；家数、日期",
    ),
    "direct_choice": (
        "direct choice: people chose whom to ask; asked in turn, accepted",
        "直接选取：由业主选定、机构答复；依次征询、接受",
    ),
    "direct_result": (
        "direct choice: the result is who accepted",
        "直接选取：结果就是接受的机构",
    ),
    "scores": ("scores.json says the same", "scores.json 与证据一致"),
    "scored_entries": (
        "scoring: entries closed, nobody vanished; received, listed",
        "评分：报名截止，人人在册；收到、入名单",
    ),
    "scored_credit": (
        "scoring: the credit is that of the day of publication; with a record + new, the mean",
        "评分：记分是公告发布当日的；有记录 + 新机构、平台平均",
    ),
    "scored_experts": (
        "scoring: experts of public money drawn from the pool by a lot fixed after the close; in the lot, left out",
        "综合评分：公共资金的评审专家，截止后从专家库抽取；参加抽取、排除",
    ),
    "jurors_file": (
        "every member of the pool stands once in the list of the lot; members",
        "专家库每人在候选名单中恰好出现一次；人数",
    ),
    "scored_jurors": (
        "scoring: jurors named before anybody entered, reserves in turn; seats, replaced",
        "评分：评审人员在报名前确定，依次递补；席位、递补",
    ),
    "scored_sheets": (
        "scoring: every sheet that people made is as it was handed in; sheets x proposals",
        "评分：由人判断的每一份评分表，与提交时一字不差；评分表 × 方案",
    ),
    "scored_prices": (
        "scoring: quotes opened only after the sheets were closed; keys, quotes",
        "评分：评分结束后才开启报价；密钥、报价",
    ),
    "scored_result": (
        "scoring: the order that follows from sheets and quotes",
        "评分：由评分表和报价算出的名次",
    ),
    "credit": (
        "credit shortlist: the credit is that of the day of publication; with a record + new, the mean",
        "信用择优：记分是公告发布当日的；有记录 + 新机构、平台平均",
    ),
    "choice": (
        "credit shortlist: drawn by credit; people chose within the shortlist; chosen",
        "信用择优：小名单由记分和公开随机数得出；由业主在其中选定；选定",
    ),
    "way": ("the way of selecting", "选取方式"),
    "file_order": ("the file shows the same seed and order", "文件所示种子与顺序一致"),
    "receipt": ("the receipt is in the log", "回执在日志中"),
    "witness": ("the witness's own list agrees", "与见证方自己公布的联署一致"),
    "failure_seen": (
        "a witness saw the failure before its fallback's value was public",
        "失败记录在备用源公布之前已有见证",
    ),
    "experts_word": (
        "that each member of the pool of experts stands in the list once is for entrants, regulators and "
        "inspectors to check (--jurors); the public cannot",
        "专家库每人在名单中恰好出现一次，由报名机构、主管部门和监察机关核对（--jurors）；公众不能核对",
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
