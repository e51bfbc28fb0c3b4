"""Words of an inspection: each requirement has its verdict, and one complete list goes back."""

from flask_babel import lazy_gettext as _l

from market.contracts.rules.inspecting import Verdict

ACCEPTED = "accepted"
RETURNED = "returned"
INSPECTIONS = {
    ACCEPTED: _l("符合公告和合同，验收通过"),
    RETURNED: _l("不符合，退回修改"),
}
VERDICTS = {
    Verdict.MET: (_l("符合"), "green"),
    Verdict.UNMET: (_l("不符合"), "yellow"),
    Verdict.NOT_APPLICABLE: (_l("不适用"), "grey"),
}
WORDS = {
    "contract.verdicts_missing": _l("请对每一项要求分别选择符合、不符合或者不适用"),
    "contract.verdict_note": _l("不符合的，请写明哪里不符合、怎样修改"),
    "contract.verdict_long": _l("每项的说明最多 %(longest)s 个字"),
    "contract.not_all_met": _l(
        "有的要求不符合，或者列有需要修改的内容，不能验收通过；请选择退回修改"
    ),
    "contract.nothing_met": _l("没有一项要求判为符合，不能验收通过"),
}
