"""What the faults of 信用择优 say to people, English and Chinese; facts by name."""

CREDIT_WORDS: dict[str, tuple[str, str]] = {
    "choice.early": (
        "the result came at {at}, before the owner's days were over, and nobody was chosen",
        "业主选定期限未满，也没有选定，结果却已在 {at} 作出",
    ),
    "choice.late": (
        "the owner chose at {at}, after {until}, as the days were counted when the shortlist was drawn",
        "业主在 {at} 选定，晚于得出小名单时推算的期限 {until}",
    ),
    "choice.order": (
        "the choice or the result stands before the shortlist (entry {listed})",
        "选定或结果写在小名单（第 {listed} 条）之前",
    ),
    "choice.outside": (
        "{ref} was chosen and is not on the shortlist",
        "选定的 {ref} 不在小名单上",
    ),
    "choice.shortlist": (
        "the shortlist is not the one that follows: {computed}",
        "小名单与算出的不一致，应为 {computed}",
    ),
    "choice.silence": (
        "the owner was silent, which ends this selection, and yet there is a result",
        "业主到期未选定，本次选取应当失败，却有结果",
    ),
    "credit.later": (
        "{ref} has no row in the credit of the day of publication and was given the mean",
        "{ref} 在公告发布时没有记分，按平台平均计",
    ),
    "credit.other": (
        "the credit of {ref} (entry {no}) is not what was fixed when the notice was published",
        "{ref}（第 {no} 号报名）的记分与公告发布时固定的不一致",
    ),
    "credit.place": (
        "credit was opened at the wrong place: it belongs between the closed count ({closed}) and {before}",
        "公开记分的位置不对：应在报名关闭（第 {closed} 条）与第 {before} 条之间",
    ),
    "credit.place_twice": (
        "two entries show the same row of the credit",
        "两份报名用了同一行记分",
    ),
    "credit.promise": (
        "the notice does not say whose credit counts, or its two lists do not fit",
        "公告没有写明所用的记分，或大、小名单的家数不符",
    ),
    "credit.row": ("entry {no} has no credit on the log", "第 {no} 号报名没有记分记录"),
    "credit.rows": (
        "{rows} rows of credit for {entries} entries",
        "{entries} 份报名，却有 {rows} 行记分",
    ),
}
