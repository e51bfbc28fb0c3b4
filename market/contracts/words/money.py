"""Words of money that is owed: payments, what is asked about them, disputes, the finance office's books."""

from flask_babel import lazy_gettext as _l

from market.contracts.rules.claim import Claim, ClaimState
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
