"""What a letter takes from the installation's settings."""

from flask import current_app

from market.contracts import rules


def document_word() -> str:
    """The word before a letter's year and number (发文字号), setting DOCUMENT_WORD: 瑞中选 of
    瑞中选〔2026〕12号.
    """
    return str(current_app.config.get("DOCUMENT_WORD") or rules.WORD)
