"""What the faults of rule 17 say to people, English and Chinese; facts by name."""

OPENING_WORDS: dict[str, tuple[str, str]] = {
    "quote.inside": (
        "entry {no} is left out for a bound that its quote keeps",
        "第 {no} 号报价并未超出限价，却以此为由未列入",
    ),
    "quote.key_other": (
        "the key of {id} is not the one that the notice promised",
        "{id} 交出的密钥与公告所列公钥不对应",
    ),
    "quote.key_place": (
        "a key stands before the entries were seen to be closed, or behind the opening",
        "密钥出现在报名截止得到见证之前，或出现在开启之后",
    ),
    "quote.key_twice": (
        "a key of {id} is promised by nobody, or stands twice",
        "{id} 的密钥公告未列，或交出两次",
    ),
    "quote.keys": (
        "{keys} keys were released, {t} are needed",
        "只交出 {keys} 把密钥，需要 {t} 把",
    ),
    "quote.least": (
        "{t} holders open a quote, keys.json asks for {least}",
        "{t} 方即可开启报价，keys.json 要求至少 {least} 方",
    ),
    "quote.no_box": (
        "the box of entry {no} is not shown, so its opening cannot be repeated",
        "文件没有第 {no} 号的密封报价，无法重新开启",
    ),
    "quote.no_boxes": (
        "the file shows no boxes, so no opening can be repeated",
        "文件没有附密封报价，无法重新开启",
    ),
    "quote.no_support": (
        "this browser cannot open boxes",
        "这个浏览器不能开启密封报价",
    ),
    "quote.not_sealed": (
        "quotes decide here and nothing says to whom they are sealed",
        "这里有报价，公告却没有说明密封给谁",
    ),
    "quote.note": (
        "the key of {id} is not signed by {id} for this draw",
        "{id} 的密钥没有其本人对本次选取的签名",
    ),
    "quote.other_box": (
        "the box of entry {no} is not the one that was received",
        "第 {no} 号的密封报价不是收到的那一份",
    ),
    "quote.outside": (
        "entry {no} is listed though its quote lies outside the bounds",
        "第 {no} 号报价超出限价范围，却列入名单",
    ),
    "quote.promise": (
        "this is no notice whose quotes are sealed",
        "这不是一份密封报价的公告记录",
    ),
    "quote.reason": (
        "entry {no} is called unopened for no reason that there is: {reason}",
        "第 {no} 号“未能开启”的原因不成立：{reason}",
    ),
    "quote.result": (
        "the box of entry {no} gives something else than the list says ({found})",
        "第 {no} 号密封报价开启的结果与名单不符（{found}）",
    ),
    "quote.trustees": (
        "{t} of {n} trustees, each with a key of its own, cannot be",
        "不能由 {n} 个保管人中的 {t} 个开启，或有公钥相同",
    ),
    "quote.unboxed": (
        "entry {no} names no sealed quote",
        "第 {no} 号报名没有对应的密封报价",
    ),
    "quote.unknown": (
        "keys.json does not name {id}",
        "keys.json 中没有 {id}",
    ),
    "quote.unpromised": (
        "a {type} of sealed quotes that nobody promised",
        "出现了公告没有约定的密封报价记录（{type}）",
    ),
}
