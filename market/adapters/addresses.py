"""What an e-mail address is: one rule for logins, for contacts that are
published, for the terminal and for the mailer."""

from email_validator import EmailNotValidError, validate_email


def is_address(text: str) -> bool:
    """Whether mail can be sent to this: one address of a form that mail servers know (RFC 5321),
    without a name, quotes, comments or blanks, spelled as it is sent (a@x。org is read by people
    alone). Whether anybody reads it only a mail shows.
    """
    return posted_to(text) is not None


def posted_to(text: str) -> str | None:
    """An address as a mail carries it: its domain in the letters of DNS (RFC 5891), where the part
    before it is in ASCII too (else the server has to know RFC 6531). None of what is none.
    """
    try:
        found = validate_email(text, check_deliverability=False, strict=True)
    except (EmailNotValidError, UnicodeError):
        return None
    spellings = {found.normalized.casefold(), (found.ascii_email or "").casefold()}
    return (found.ascii_email or found.normalized) if text.casefold() in spellings else None
