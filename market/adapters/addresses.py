"""What an e-mail address is: one rule for logins, for contacts that are
published, for the terminal and for the mailer."""

from email_validator import EmailNotValidError, validate_email


def is_address(text: str) -> bool:
    """Whether mail can be sent to this: one address of a form that mail servers know (RFC 5321),
    without a name, quotes, comments or blanks. Whether anybody reads it only a mail shows.
    """
    try:
        validate_email(text, check_deliverability=False, strict=True)
    except (EmailNotValidError, UnicodeError):
        return False
    return True
