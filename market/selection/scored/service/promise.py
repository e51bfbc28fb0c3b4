"""What a notice promises of its scoring: criteria, levels, formula, the panel by digests, the keys of its
quotes.
"""

import datetime as dt

from market.agencies.rules import place_names
from market.db import Work
from market.kernel.clock import epoch
from market.kernel.errors import Invalid, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.credit import queries as credit_queries
from market.selection.credit import service as credit_service
from market.selection.entries.rules import draining
from market.selection.jurors import queries as pool_queries
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.rules.terms import fixed
from market.selection.quotes import queries as quote_queries
from market.selection.scored import rules
from market.selection.scored.events import JurorsNamed, ScoredAmended, ScoredPublished
from market.selection.scored.models import ScoredJuror, ScoredRound
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.rules import ACCEPT, SHEETS, JurorState, Person, Scoring
from market.selection.scored.service import experts
from market.selection.scored.service.terms import people
from market.selection.way import Published, boxes_of
from market.windows import service as windows
from market.windows.rules import State as WindowState
from market.workdays import queries as workdays
from market.workdays.rules import Unit, deadline
from verify.zjcs import scored as arithmetic
from verify.zjcs.draw import RANKED_2
from verify.zjcs.quote_keys import PRICE

RESERVES = 2
LAST_AMENDED = dt.timedelta(minutes=30)
"""So long before the close in force an amendment is made at the latest: a witness signs within minutes, and one that was
away for a while is back."""


def problems(work: Work, of: Published) -> list[Refusal]:
    """What stands against publishing: no second key for the quotes, the scoring, the panel. Of a public
    notice: its ceiling, by which the quotes are judged, stays.
    """
    notice = _notice(work, of)
    if of.number is not None:
        return [*_soon(work, notice), *_stays(notice, of)]
    found: list[Refusal] = []
    if not quote_queries.is_sealing(work):
        found.append(Invalid("scored.no_witness", field="method"))
    rulebook = rulebooks.version(work, notice.rulebook)
    scoring = rules.read(notice.way or {})
    by_pool = experts.is_by_pool(of)
    bounds = rules.Bounds(
        (rulebook.price_weight_min, rulebook.price_weight_max),
        rules.credit_max(rulebook, by_pool=by_pool),
        of.service_days,
        rules.POOL_SEATS if by_pool else rules.SEATS,
        of.ceiling_fen or 0,
    )
    found += rules.problems(scoring, bounds, place_names(work.division))
    if scoring is not None:
        if scoring.credit_weight and credit_queries.used(work).mean is None:
            found.append(Refusal("credit.no_history", field="credit_weight"))
        panel = _panel(work, notice)
        found += (
            experts.problems(work, of, scoring.jurors, panel[0])
            if by_pool
            else rules.panel_problems(scoring.jurors, *panel)
        )
    return found


def _soon(work: Work, notice: Notice) -> list[Refusal]:
    """What stands against any amendment shortly before the close in force: verifiers refuse one that no
    witness saw before it (docs/draws.md#amended-in-sight).
    """
    if notice.entry_close is None or notice.entry_close - work.now >= LAST_AMENDED:
        return []
    minutes = LAST_AMENDED // dt.timedelta(minutes=1)
    return [Refusal("scored.amend_soon", minutes=minutes)]


def _stays(notice: Notice, of: Published) -> list[Refusal]:
    """What stands against new terms of a public notice: by its ceiling quotes are judged, by its days promises."""
    said = (notice.quote_rule or {}).get("ceiling")
    found: list[Refusal] = []
    if said is not None and of.ceiling_fen != said:
        found.append(Invalid("scored.ceiling_stays", field="ceiling_fen"))
    scoring = rules.read(notice.way or {})
    if scoring and scoring.response_weight and of.service_days != notice.service_days:
        found.append(Invalid("scored.days_stay", field="service_days"))
    return found


def _panel(work: Work, notice: Notice) -> tuple[list[Person], list[Person]]:
    """Who is named, as they stand in the owner's body today: seats, reserves."""
    known = {each.id: each for each in people(work, notice)}
    gone = frozenset[str]()
    named = [
        (row.seat, known.get(row.person_id, Person(row.person_id, gone, has_hand=False)))
        for row in scored_rows.jurors(work, notice.id)
    ]
    return (
        [person for seat, person in named if seat is not None],
        [person for seat, person in named if seat is None],
    )


def result_time(work: Work, of: Published) -> dt.datetime:
    """When the sheets are due: the jurors' days from the close. Of a public notice the time that is
    asked for.
    """
    if of.number is not None and of.result_at is not None:
        return of.result_at
    rulebook = rulebooks.version(work, _notice(work, of).rulebook)
    n, unit = rulebook.window(Rulebook.juror_days)
    since = of.entry_close or work.now
    return deadline(since, n, Unit(unit), workdays.calendar(work)).due_at


def rule_of(work: Work, notice: Notice) -> Json:
    """What the arithmetic reads of a notice, as its leaf says it."""
    if notice.quote_rule is None:
        raise ValueError("a scored notice has its bounds")
    scoring = _scoring(notice)
    credit = credit_queries.said(work, notice.id) if scoring.credit_weight else None
    return rules.promised(scoring, notice.quote_rule["ceiling"], notice.service_days, credit)


def _scoring(notice: Notice) -> Scoring:
    scoring = rules.read(notice.way or {})
    if scoring is None:
        raise ValueError("a scored notice has its criteria")
    return scoring


def lay_down(work: Work, of: Published) -> None:
    """Fix on the log how is scored, and who judges. Refuses `notice.keys_soon`."""
    notice = _notice(work, of)
    notice.alg = RANKED_2
    scoring = _scoring(notice)
    notice.quote_rule = rules.promised(scoring, of.ceiling_fen or 0)["quote_rule"]
    if scoring.credit_weight:
        credit_service.freeze(work, of.notice_id, _draw(of), is_public=experts.is_by_pool(of))
    named = scored_rows.jurors(work, notice.id)
    said = experts.promised(work, of, len(named)) if experts.is_by_pool(of) else None
    promise = _promise(work, of, notice)
    leaf = record_draw(work, ScoredPublished(**promise, experts=said), alg=RANKED_2)
    edition = pool_queries.newest(work) if said else None
    work.session.add(
        ScoredRound(
            notice_id=notice.id,
            notice_leaf=leaf,
            experts=said,
            force_leaf=leaf if said else None,
            edition_id=edition.id if edition else None,
        )
    )
    for row in named:
        row.salt = work.entropy(16).hex()
        row.ref = arithmetic.digest(
            arithmetic.JUROR, {"draw": _draw(of), "person": row.person_id, "salt": row.salt}
        )
    if named:
        _name(work, of, [row for row in named if row.seat], [row for row in named if not row.seat])


def _name(
    work: Work, of: Published, seated: list[ScoredJuror], reserves: list[ScoredJuror]
) -> None:
    record_draw(
        work,
        JurorsNamed(
            subject=str(of.number),
            at=work.now,
            draw=_draw(of),
            reserves=[str(row.ref) for row in reserves],
            seats=[{"seat": row.seat, "ref": row.ref} for row in seated],
        ),
        alg=RANKED_2,
    )


def amended(work: Work, of: Published) -> None:
    """Restate the promise with its later close."""
    notice = _notice(work, of)
    row = scored_rows.round_of(work, notice.id)
    event = ScoredAmended(**_promise(work, of, notice), experts=row.experts, at=work.now)
    leaf = record_draw(work, event, alg=RANKED_2)
    if row.experts is not None:
        row.force_leaf = leaf


def _promise(work: Work, of: Published, notice: Notice) -> Json:
    draw = _draw(of)
    sealed = {"sealed_prices": f"{draw}{PRICE}"}
    if boxes_of(notice.method, notice.way):
        sealed["sealed_proposals"] = draw
    keys = {name: quote_queries.keys_of(work, stage) for name, stage in sealed.items()}
    if None in keys.values():
        raise Refusal("notice.keys_soon")
    version = rulebooks.one(work, notice.rulebook)
    longest = draining.longest(case.drain(version.rulebook), case.gap(version.rulebook))
    return {
        **rule_of(work, notice),
        "subject": str(of.number),
        "alg": RANKED_2,
        "draw": draw,
        "drain_max": int(longest.total_seconds()),
        "entry_close": epoch(fixed(of.entry_close)),
        "notice_sha256": str(of.document_sha256),
        "predecessor": sibling(of.predecessor, Prefix.DRAW) if of.predecessor else None,
        "project": of.project,
        "reserves": RESERVES,
        "rulebook": {"version": notice.rulebook, "sha256": version.digest},
        **{name: found.leaf for name, found in keys.items() if found},
        "winners": arithmetic.WINNERS,
    }


def clock(work: Work, number: str, at: dt.datetime | None) -> None:
    """Nothing waits for an instant; None takes back the jurors' days."""
    if at is not None:
        return
    notice = scored_rows.scored_notice(work, number)
    for row in scored_rows.jurors(work, notice.id):
        if row.seat is not None and row.state is not JurorState.RESERVE:
            for kind in (ACCEPT, SHEETS):
                windows.close(work, kind, matter(number, row.seat), state=WindowState.CANCELLED)


def closed(work: Work, number: str) -> None:
    """Open the credit of who has entered, where it is scored, before any key is asked for."""
    notice = scored_rows.scored_notice(work, number)
    if _scoring(notice).credit_weight:
        credit_service.open_rows(work, number)


def matter(number: str, seat: int) -> str:
    """The key of a seat's days."""
    return f"{number}/{seat}"


def nothing(work: Work, number: str) -> None:
    """A close, a drain or a cancellation before the list asks nothing of this way."""


def _notice(work: Work, of: Published) -> Notice:
    return work.session.get_one(Notice, of.notice_id)


def _draw(of: Published) -> str:
    return sibling(str(of.number), Prefix.DRAW)
