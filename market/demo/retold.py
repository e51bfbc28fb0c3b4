"""The story's order once more, from nothing but the leaves of the log.

Each way says what it found and answers whether the log says the same.
"""

from collections.abc import Callable

from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.ledger import queries as ledger
from verify.zjcs import bids as replayed
from verify.zjcs import direct, keys, ranked, scored, scoring, scoring_result, shortlisted, ways
from verify.zjcs import draw as protocol
from verify.zjcs.case import Case, Leaf
from verify.zjcs.faults import Fault
from verify.zjcs.score import shown

Say = Callable[[str], None]
PARTS = {
    scored.PROPOSAL: "方案",
    scored.PRICE: "价格",
    scored.CREDIT: "记分",
    scored.RESPONSE: "服务期限",
}
OF_LEAVES = (
    scoring_result.credit_stands,
    scoring.entries_stand,
    scoring.jurors_stand,
    scoring.sheets_stand,
    scoring_result.result_stands,
)
"""What a verifier asks of a scoring whose boxes he has not; with evidence.json he opens these too."""


def case_of(work: Work, number: str) -> Case:
    """A selection as a verifier reads it, of its leaves alone."""
    found = [
        Leaf(entry.index, entry.fields, entry.hash) for entry in ledger.of_subject(work, number)
    ]
    return Case(sibling(number, Prefix.DRAW), keys.claimed("", (), ()), found)


def lot(work: Work, case: Case, say: Say) -> bool:
    """The order of a draw, and of a way by price whose equals a lot orders."""
    notice = case.the("notice.published")
    seal = case.the("entries.sealed")
    is_ranked = bool(case.of("ranking.result"))
    result = case.the("ranking.result" if is_ranked else "draw.result")
    seed = protocol.seed(case.draw, notice.hash, seal.hash, _sources(work, notice))
    order = _by_price(case, seed) if is_ranked else _drawn(seal, seed)
    say(f"  种子 {seed}")
    for rank, (ref, ticket) in enumerate(order.items(), start=1):
        say(f"  第 {rank} 位 {ref}  {ticket or ''}")
    placed = next((ref for ref, ticket in order.items() if ticket), None)
    if placed:
        label = ways.TIE if is_ranked else protocol.TICKET
        say("自己验算票号：" + protocol.recipe(seed, placed, label))
    return list(order) == result["order"] and seed == result["seed"]


def bids(work: Work, case: Case, say: Say) -> bool:
    """An auction replayed from its bids, then the order that follows."""
    try:
        replayed.auction_is_replayed(case)
    except Fault as fault:
        say(f"  {fault}")
        return False
    course = case.course
    say(f"  {course.bids} 次出价逐次重算，最低 {shown(course.state.low or 0)} 元，结束时刻一致")
    return lot(work, case, say)


def _sources(work: Work, notice: Leaf) -> list[Json]:
    """The sources of a notice with the values that the log has for them."""
    values = {
        (entry.fields["source"], entry.fields["slot"]): entry.fields["value"]
        for entry in ledger.after(work, 0, 100_000)
        if entry.type == "source.value"
    }
    return [
        {"id": one["id"], "slot": one["slot"], "value": values[one["id"], one["slot"]]}
        for one in notice["sources"]
    ]


def _drawn(seal: Leaf, seed: str) -> dict[str, str | None]:
    return dict(protocol.order(seed, [row["ref"] for row in seal["entrants"]]))


def _by_price(case: Case, seed: str) -> dict[str, str | None]:
    """By the quotes that were opened, of an auction by its bids."""
    found = ranked.order_of(case.notice["rule"], ranked.Basis(case.amounts), seed)
    return {ref: found.tickets.get(ref) for ref in found.refs}


def sheets(case: Case, say: Say) -> bool:
    """The order of a scoring: of marks that people gave, and of quotes."""
    try:
        for check in OF_LEAVES:
            check(case)
        offers, outcome, seed = scoring_result.computed(case)
    except Fault as fault:
        say(f"  {fault}")
        return False
    for rank, ref in enumerate(outcome.order, start=1):
        said = f"方案 {shown(outcome.totals[ref])} 分"
        if ref in outcome.parts:
            names = [name for name in PARTS if name in outcome.parts[ref]]
            parts = " + ".join(shown(outcome.parts[ref][name]) for name in names)
            said = f"{' + '.join(PARTS[name] for name in names)} {parts} = {shown(outcome.totals[ref])} 分"
        ticket = outcome.tickets.get(ref, "")
        say(f"  第 {rank} 位 {ref}  {said}  报价 {shown(offers[ref].amount)} 元  {ticket}")
    for ref, why in outcome.invalid.items():
        say(f"  不排名  {ref}  方案 {shown(outcome.proposal[ref])} 分（{why}）")
    placed = next(iter(outcome.tickets), None)
    if placed:
        say("自己验算票号：" + protocol.recipe(seed, placed, ways.TIE))
    return outcome.order == case.the("ranking.result")["order"]


def shortlist(work: Work, case: Case, say: Say) -> bool:
    """The lottery by credit, from the rows that were opened at the close, and the choice within it."""
    notice = case.the("notice.published")
    seed = protocol.seed(case.draw, notice.hash, case.seal.hash, _sources(work, notice))
    chosen = shortlisted.choice_of(case)
    try:
        shortlisted.credit_stands(case)
        found = shortlisted.drawn(notice.value, shortlisted.marks_in(case), seed)
        order = shortlisted.chosen_first(found, chosen)
    except Fault as fault:
        say(f"  {fault}")
        return False
    say(f"  种子 {seed}")
    tickets = shortlisted.best(found)
    for place, ref in enumerate(found.refs, start=1):
        said = "业主选定" if ref == chosen else "小名单" if ref in found.shortlist else ""
        say(f"  第 {place} 位 {ref}  权重号 {found.balls[ref]} 个  {tickets[ref]}  {said}")
    _, placed, ball = found.tickets[0]
    say("自己验算票号：" + shortlisted.recipe(seed, placed, ball))
    listed = case.the("shortlist.drawn")["order"]
    result = case.the("ranking.result")
    return (listed, result["order"], result["seed"]) == (found.shortlist, order, seed)


def choice(case: Case, say: Say) -> bool:
    """The list of a direct choice, in the order that follows from its figures, and who accepted."""
    try:
        for _name, check in direct.CHECKS:
            check(case)
        rows = direct.rows_of(case)
    except Fault as fault:
        say(f"  {fault}")
        return False
    answers = {leaf["ref"]: leaf["accepted"] for leaf in case.of("direct.answered")}
    for row in rows:
        said = {True: "接受", False: "谢绝", None: ""}[answers.get(row["ref"])]
        say(f"  名单第 {row['place']} 位 {row['ref']}  {said}")
    accepted = [ref for ref, is_yes in answers.items() if is_yes]
    return accepted == case.the("ranking.result")["order"]
