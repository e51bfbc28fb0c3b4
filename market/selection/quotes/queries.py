"""Reading quote keys: what is prepared and promised, who has handed in."""

import dataclasses
from collections.abc import Sequence

from sqlalchemy import exists, select

from market.db import Work
from market.ledger import queries as ledger
from market.selection.quotes import rules
from market.selection.quotes.models import QuoteKey, QuoteOffer
from verify.zjcs.quote_keys import SUITE, Trustee


@dataclasses.dataclass(frozen=True)
class PublicKeys:
    """The keys to which a draw's quotes are sealed: of all `t` are needed."""

    t: int
    trustees: tuple[Trustee, ...]
    notes: tuple[str, ...]

    @property
    def leaf(self) -> dict[str, object]:
        """`sealed_quotes` of the notice's leaf."""
        keys = [
            {"id": each.id, "note": note, "pk": each.pk}
            for each, note in zip(self.trustees, self.notes, strict=True)
        ]
        return {"keys": keys, "suite": SUITE, "t": self.t}


def is_sealing(work: Work) -> bool:
    """Whether quotes are sealed to two keys here: from the first key that was prepared on."""
    return bool(work.session.scalar(select(exists().where(QuoteOffer.place > 0))))


def keys_of(work: Work, draw: str) -> PublicKeys | None:
    """The public keys of a draw, prepared or promised; None where there are none."""
    rows = work.session.execute(
        select(QuoteOffer.holder, QuoteOffer.pk, QuoteOffer.note)
        .where(QuoteOffer.draw == draw)
        .order_by(QuoteOffer.place)
    ).all()
    trustees = tuple(Trustee(row.holder, row.pk) for row in rows)
    if not rules.is_whole(trustees):
        return None
    return PublicKeys(len(trustees), trustees, tuple(row.note for row in rows))


def unprepared(work: Work, draws: Sequence[str], holders: Sequence[str]) -> list[str]:
    """Those of these draws whose keys are not those of just these holders, in this order."""
    found: dict[str, list[str]] = {}
    for draw, holder in work.session.execute(
        select(QuoteOffer.draw, QuoteOffer.holder)
        .where(QuoteOffer.draw.in_(draws))
        .order_by(QuoteOffer.draw, QuoteOffer.place)
    ):
        found.setdefault(draw, []).append(holder)
    return [draw for draw in draws if found.get(draw) != list(holders)]


def given(work: Work, draw: str) -> dict[str, str]:
    """The private keys (hex) that were handed in for a draw, by holder."""
    rows = work.session.execute(select(QuoteKey.holder, QuoteKey.sk).where(QuoteKey.draw == draw))
    return {row.holder: row.sk for row in rows}


def holders(work: Work) -> list[str]:
    """Everybody who holds a key of some draw, by their names in the log."""
    return list(
        work.session.scalars(select(QuoteOffer.holder).distinct().order_by(QuoteOffer.holder))
    )


def is_escrowed(work: Work, holder: str, sha256: str) -> bool:
    """Whether the log says already that such a file of a holder's root lies with a third body."""
    told = ledger.of_subject(work, holder)
    return any(each.type == "quote.escrowed" and each.fields["sha256"] == sha256 for each in told)


def lacking(work: Work, draw: str) -> list[str]:
    """The holders (ids) whose private key of a draw has not come yet; empty where none is promised."""
    promised = keys_of(work, draw)
    return [] if promised is None else rules.lacking(promised.trustees, given(work, draw))
