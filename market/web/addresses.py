"""The whole address of a page, for what is read elsewhere: letters, codes on paper, feeds, cards."""

from flask import current_app, request


def root() -> str:
    """The address of the site without a slash at its end: the one that it is known by (PUBLIC_URL),
    else the one of this request.
    """
    return str(current_app.config.get("PUBLIC_URL") or request.url_root).rstrip("/")


def mailed() -> str:
    """The public address that mails link to; empty where no mail leaves."""
    if not current_app.config.get("SMTP_URL"):
        return ""
    return str(current_app.config.get("PUBLIC_URL", "")).rstrip("/")


def whole(path: str) -> str:
    """The whole address of a path (from "/" on)."""
    return root() + path
