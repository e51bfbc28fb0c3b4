"""The use cases of quote keys: preparing the public ones, handing in the private ones."""

from collections.abc import Iterator, Sequence

from sqlalchemy import delete

from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.selection import permissions
from market.selection.leaves import record_draw
from market.selection.quotes import queries as quote_queries
from market.selection.quotes import rules
from market.selection.quotes.events import QuoteEscrowed, QuoteKeyGiven
from market.selection.quotes.models import QuoteKey, QuoteOffer
from verify.zjcs import draw as protocol
from verify.zjcs import escrow as escrows
from verify.zjcs import quote_keys
from verify.zjcs.faults import Fault
from verify.zjcs.quote_keys import PRICE, Trustee


def unsealed(work: Work, *, has_fiscal_money: bool) -> Iterator[Refusal]:
    """What stands against publishing a notice whose price decides: government money needs quotes that
    two holders open together (`notice.quotes_unsealed`). For the `problems` of a way that ranks by price;
    a random draw, where no price decides, does not ask.
    """
    if has_fiscal_money and not quote_queries.is_sealing(work):
        yield Refusal("notice.quotes_unsealed", field="method")


def prepare(work: Work, *, draw: str, offered: Sequence[tuple[Trustee, str]]) -> None:
    """Keep the public keys of a draw that is to come, each with its signed note, in the place of what
    was prepared before: the operator's, then the witness's.

    The caller has held each note to its signer. Refuses `quote.not_whole`.
    """
    permissions.require(work.actor, "selection.clock")
    if not rules.is_whole([trustee for trustee, _ in offered]):
        raise Refusal("quote.not_whole")
    work.session.execute(delete(QuoteOffer).where(QuoteOffer.draw == draw))
    work.session.add_all(
        QuoteOffer(draw=draw, place=place, holder=trustee.id, pk=trustee.pk, note=note)
        for place, (trustee, note) in enumerate(offered)
    )


def hand_in(work: Work, *, draw: str, holder: str, sk: str) -> bool:
    """Take a holder's private key of a draw and put it on the log; False when it is there already.

    Whoever hands it in: it proves itself against the public key. The caller knows that the entries are
    closed and that a witness has seen it. Refuses `quote.no_key`, `quote.not_the_key`.
    """
    promised = quote_queries.keys_of(work, draw)
    own = [each for each in promised.trustees if each.id == holder] if promised else []
    if not own:
        raise NotFound("quote.no_key")
    if not _fits(sk, own[0].pk):
        raise Invalid("quote.not_the_key", field="sk")
    if holder in quote_queries.given(work, draw):
        return False

    work.session.add(QuoteKey(draw=draw, holder=holder, sk=sk, at=work.now))
    work.session.flush()  # Of two who hand in at once the second finds it there.
    of = draw.removesuffix(PRICE)
    record_draw(
        work,
        QuoteKeyGiven(subject=sibling(of, Prefix.NOTICE), at=work.now, draw=of, id=holder, sk=sk),
        protocol.PROTOCOL_2,
    )
    return True


def escrow(work: Work, *, file: bytes) -> str:
    """Put on the log that a holder's root lies with a third body; returns the file's digest. The same
    file twice is noted once. Refuses `quote.no_holder`; raises verify's Fault of what is no such file.
    """
    permissions.require(work.actor, "selection.clock")
    kept = escrows.read(file)
    if kept.id not in quote_queries.holders(work):
        raise NotFound("quote.no_holder")
    sha256 = escrows.digest(file)
    if not quote_queries.is_escrowed(work, kept.id, sha256):
        record_draw(
            work,
            QuoteEscrowed(subject=kept.id, at=work.now, by=kept.by, id=kept.id, sha256=sha256),
            protocol.PROTOCOL_2,
        )
    return sha256


def _fits(sk: str, pk: str) -> bool:
    try:
        return quote_keys.public_of(sk) == pk
    except Fault:
        return False
