"""Words of money that is owed: payments, what is asked about them, disputes, the finance office's books."""

from flask_babel import lazy_gettext as _l

from market.contracts.rules.books import Match
from market.contracts.rules.claim import Claim, ClaimState
from market.contracts.rules.disputing import DisputeState, Ground
from market.contracts.rules.matter import PaymentState
from market.contracts.rules.payment import Paying

PAYMENTS = {
    PaymentState.REGISTERED: (_l("待机构核对"), "blue"),
    PaymentState.CONFIRMED: (_l("机构已确认收款"), "green"),
    PaymentState.STANDS: (_l("机构到期未提出异议"), "grey"),
    PaymentState.DENIED: (_l("机构表示没有收到"), "red"),
}
PAYING = {
    Paying.NOT_DUE: (_l("未到期"), "blue"),
    Paying.PAID: (_l("按期付清"), "green"),
    Paying.PAID_LATE: (_l("晚付"), "yellow"),
    Paying.UNREGISTERED: (_l("到期未登记付款"), "yellow"),
    Paying.OVERDUE: (_l("逾期"), "red"),
    Paying.DISPUTED: (_l("无争议部分已付"), "blue"),
}
WORDS = {
    "contract.dispute_amount": _l("争议金额应大于零，不超过未付的金额（%(most)s）"),
    "contract.dispute_waits": _l("已有一部分金额在争议中，请先结束这项争议。"),
    "contract.dispute_ended": _l("这项争议已经结束。请刷新页面查看。"),
    "finance.none": _l("没有找到这次导入，请核对编号。"),
    "finance.covers": _l("付款日期的起止应当先后有序，不晚于今天（%(today)s）"),
    "finance.csv_unreadable": _l("这个文件不能读成表格，请用电子表格另存为 CSV"),
    "finance.csv_columns": _l("表中缺少这些列：%(columns)s"),
    "finance.csv_long": _l("一次最多导入 %(most)s 行，请分成几次"),
    "finance.csv_empty": _l("表中没有付款"),
    "finance.csv_wrong": _l("有的格没有填对，一行也没有导入；请改正后重新上传"),
    "contract.no_dispute": _l("现在没有争议中的金额。"),
    "contract.pays_disputed": _l(
        "没有争议的未付金额是 %(left)s；另有 %(disputed)s 在争议中，要支付这一部分，请先撤回争议"
    ),
}
EVENTS = {
    "contract.disputed": _l("业主对一部分金额提出争议，其余照付"),
    "contract.dispute_ended": _l("付款争议结束"),
    "finance.imported": _l("财政部门导入付款数据"),
    "contract.pay_found": _l("财政付款数据里有业主未登记的付款"),
}
MATCHES = {
    Match.REGISTERED: (_l("业主已登记"), "green"),
    Match.UNREGISTERED: (_l("业主未登记"), "yellow"),
    Match.DIFFERS: (_l("收付款单位与合同不符"), "red"),
    Match.UNKNOWN: (_l("没有这份合同"), "yellow"),
    Match.OUTSIDE: (_l("没有中选通知书编号"), "grey"),
}
GROUNDS = {
    Ground.QUALITY: _l("成果质量不符合约定"),
    Ground.QUANTITY: _l("完成的工作量与合同不一致"),
    Ground.DEDUCTION: _l("按合同约定应当扣减"),
    Ground.CALCULATION: _l("金额计算有误"),
}
DISPUTES = {
    DisputeState.OPEN: (_l("争议中"), "yellow"),
    DisputeState.ALLOWED: (_l("机构同意不付"), "grey"),
    DisputeState.DROPPED: (_l("业主撤回，应付"), "blue"),
}
CLAIMS = {Claim.RECEIVABLE: _l("应收账款确认"), Claim.DEMAND: _l("催款函")}
OVERTAKEN = (_l("答复前已经付清"), "grey")
CLAIM_STATES = {
    ClaimState.ASKED: (_l("待业主确认"), "blue"),
    ClaimState.CONFIRMED: (_l("业主已确认"), "green"),
    ClaimState.REFUSED: (_l("业主没有确认"), "grey"),
    ClaimState.SENT: (_l("已发出"), "yellow"),
}
OWED = "owed"
NOT_OWED = "not_owed"
CLAIM_ANSWERS = {
    OWED: _l("确认：金额属实，尚未支付"),
    NOT_OWED: _l("不能确认"),
}
RECEIVED = "received"
MISSING = "missing"
RECEIPTS = {
    RECEIVED: _l("已收到"),
    MISSING: _l("没有收到"),
}
