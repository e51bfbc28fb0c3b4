"""Under which headings parameters stand, where their defaults come from, and how one is written down. Pure."""

from market.rulebook.parameters import N_, Kind, Parameter

RUICHANG = N_("瑞昌市中介超市的投诉规定")  # Ruichang (二)(4): 3, 2 and 15 working days
PROCUREMENT_LAW = N_("《中华人民共和国政府采购法》第五十七条")
KEEPING_LAW = N_("《中华人民共和国政府采购法》第四十二条")
GUANGDONG = N_("广东省中介超市办事指南")
CUSTOMER = N_("由本地主管部门确定")
TENDER_RULES = N_("《必须招标的工程项目规定》（发展改革委令第16号）第五条")
PAYMENT_RULES = N_("《保障中小企业款项支付条例》第九条")
PLATFORM = N_("平台默认")
COMPLAINTS = N_("投诉")
ENROLMENT = N_("入驻")
SELECTION = N_("选取")
CONTRACTS = N_("合同")
OPENNESS = N_("公开")
CREDIT = N_("履约记分")
OVERSIGHT = N_("监管")


def days(
    group: str, title: str, n: int, source: str, *, high: int = 60, unit: str = "working_day"
) -> Parameter[int]:
    """A span of `n` working days (or of another unit), at most `high`."""
    return Parameter(group, title, Kind.WINDOW, n, unit, source, low=1, high=high)


def number(
    group: str, title: str, n: int, unit: str, source: str, *, low: int, high: int
) -> Parameter[int]:
    """A whole number of a unit within bounds."""
    return Parameter(group, title, Kind.NUMBER, n, unit, source, low=low, high=high)


def money(
    group: str, title: str, fen: int, source: str, *, low: int = 1, high: int = 100_000_000_00
) -> Parameter[int]:
    """An amount in fen within bounds; as far as nothing else is said, up to a hundred million yuan."""
    return Parameter(group, title, Kind.MONEY, fen, "", source, low=low, high=high)


def flag(group: str, title: str, source: str) -> Parameter[bool]:
    """Yes or no; as shipped no."""
    return Parameter(group, title, Kind.FLAG, default=False, unit="", source=source)


def text(group: str, title: str, source: str) -> Parameter[str]:
    """Words; as shipped none."""
    return Parameter(group, title, Kind.TEXT, "", "", source)
