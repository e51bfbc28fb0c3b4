"""What the room of quote keys keeps: public keys by draw, and the private ones after the close."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model


class QuoteOffer(Model):
    """One holder's public key for one draw, signed by the holder; promised once the draw's notice is
    published. All public.
    """

    __tablename__ = "quote_offer"
    draw: Mapped[str] = mapped_column(primary_key=True)  # XQ-...; perhaps not published yet
    place: Mapped[int] = mapped_column(primary_key=True)  # 0 the operator, 1 the witness
    holder: Mapped[str]
    pk: Mapped[str]
    note: Mapped[str]


class QuoteKey(Model):
    """One holder's private key for one draw, handed in after the close: public, as its leaf is."""

    __tablename__ = "quote_key"
    draw: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(primary_key=True)
    sk: Mapped[str]
    at: Mapped[dt.datetime]
