"""What the faults of sealed quotes say to people, English and Chinese; facts by name."""

QUOTE_WORDS: dict[str, tuple[str, str]] = {
    "escrow.not_opened": (
        "this secret key does not open what was sealed to {by}",
        "这把私钥打不开封给 {by} 的根密钥",
    ),
    "escrow.other_key": (
        "the root in escrow does not give the key of {id} that {draw} promises",
        "托管的根密钥推不出 {draw} 公告所列 {id} 的密钥",
    ),
    "escrow.shape": ("this is no sealed root", "不是托管的根密钥文件"),
    "quote.agency": (
        "this is no platform number of an agency: {agency}",
        "不是机构的平台编号：{agency}",
    ),
    "quote.amount": (
        "the quote must be above zero, with at most two decimals: {amount}",
        "报价必须大于零，小数不超过两位：{amount}",
    ),
    "quote.bounds": (
        "the quote lies outside what the notice allows ({bound})",
        "报价超出公告的限价范围（{bound}）",
    ),
    "quote.pk": ("a public key is no point of the curve", "公钥不是曲线上的点"),
    "quote.root": ("a root has 32 bytes, this one {size}", "根密钥应为 32 字节，实为 {size}"),
    "quote.rule": ("a rate needs a ceiling", "下浮率报价必须有最高限价"),
    "quote.self_test": ("the box does not open to what was sealed", "自检失败：封好的内容不能还原"),
    "quote.size": ("{size} bytes are too many", "内容过大：{size} 字节"),
    "quote.sk": ("this is no private key", "不是有效的私钥"),
}
