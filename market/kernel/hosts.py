"""One spelling of a host (RFC 3986, 3.2.2; RFC 1034, 3.1): small letters, without the final dot. Pure."""

import re

FINAL_DOT = re.compile(r"\.(?=(?::\d*)?$)", re.ASCII)


def plain(host: str) -> str:
    """A host, with its port where it has one, in that spelling."""
    return FINAL_DOT.sub("", host.lower())


def known(host: str) -> str:
    """A host as a request names it: its plain spelling without port, in the letters of DNS (RFC 5891).
    What is no such name stays as it is.
    """
    name = plain(host).partition(":")[0]
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name
