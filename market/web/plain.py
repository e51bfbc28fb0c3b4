"""Text in its plain form: full width letters and signs of a Chinese keyboard as the narrow ones."""

import unicodedata

from market.kernel import visible


def narrow(text: str) -> str:
    """What was typed with full-width digits, letters and marks in their plain form, without what
    cannot be seen, ends trimmed.
    """
    return visible.compared(unicodedata.normalize("NFKC", text)).strip()


def plain_text(value: str | None) -> str | None:
    """Text in its plain form, None when there is none: a filter of fields that may be empty."""
    return narrow(value) or None if value else None
