"""What is said of an auction that does not hold (bids.py), in English and Chinese."""

from __future__ import annotations

BID_WORDS: dict[str, tuple[str, str]] = {
    "auction.bid": (
        "bid {sequence} does not keep to the rules of the notice ({reason})",
        "第 {sequence} 次出价不合公告规则（{reason}）",
    ),
    "auction.bidder": (
        "a bid of entry {no}, which had not been admitted before it",
        "第 {no} 号报名此前未获准参加竞价，却有出价",
    ),
    "auction.closed": (
        "the auction is not closed once, after its end and behind every bid",
        "竞价没有在结束之后、全部出价之后关闭一次",
    ),
    "auction.end": (
        "the end is {found}, the bids give {computed}",
        "结束时刻为 {found}，由出价推得应为 {computed}",
    ),
    "auction.freeze": (
        "a freeze that does not fit the course of the auction",
        "暂停记录与竞价经过不符",
    ),
    "auction.frozen": (
        "the auction was frozen ({reason})",
        "竞价曾暂停（{reason}）",
    ),
    "auction.late": (
        "the auction was closed {seconds} s after its end",
        "竞价在结束 {seconds} 秒后才关闭",
    ),
    "auction.list": (
        "the sealed list does not say of entry {no} what its bids say",
        "封存名单对第 {no} 号报名的记载与出价不符",
    ),
    "auction.opened": (
        "not every entry stands once among those admitted or refused before the first bid",
        "首次出价之前，并非每个报名都恰好一次列入获准或不获准",
    ),
    "auction.resume": (
        "a frozen auction went on without {notice} seconds of notice",
        "暂停的竞价恢复前，未提前 {notice} 秒公告",
    ),
    "auction.sequence": (
        "bid {sequence} stands where bid {expected} belongs",
        "应为第 {expected} 次出价之处，是第 {sequence} 次",
    ),
    "auction.slow": (
        "the bid of entry {no} reached the log {seconds} s after its receipt, later than the drain explains",
        "第 {no} 号报名的出价在收到 {seconds} 秒后才入日志，长于约定的等待",
    ),
    "auction.terms": (
        "the notice does not promise an auction that fits its times",
        "公告约定的竞价与各时刻不符",
    ),
    "auction.unpromised": (
        "an auction that the notice does not promise",
        "公告没有约定竞价，却有竞价记录",
    ),
    "auction.unseen": (
        "no witness saw the list of pseudonyms before the first bid",
        "首次出价之前，没有见证方见到代号名单",
    ),
    "auction.unsigned": (
        "the {bids} bids carry no signature of their bidders: that they are theirs is the operator's word",
        "{bids} 次出价没有出价人自己的签名：确为其所出，只凭运营方所述",
    ),
    "auction.waited": (
        "the bid of entry {no} reached the log {seconds} s after its receipt",
        "第 {no} 号报名的出价在收到 {seconds} 秒后才入日志",
    ),
    "quote.auction": (
        "entry {no} carries a quote in the list, where bids decide",
        "以出价定先后的名单中，第 {no} 号报名另有报价",
    ),
}
