"""What counts as one address of the internet. Pure."""

import ipaddress

SUBSCRIBER = 64  # bits of an IPv6 address that one subscriber is given


def place_of(address: str) -> str:
    """One address of IPv4, also where it is written as one of IPv6 (::ffff:192.0.2.1); of IPv6 the
    /64 that one subscriber is given, whole. What is no address stays as it is.
    """
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, SUBSCRIBER), strict=False))


def is_address(address: str) -> bool:
    """Whether it is an address of either kind."""
    try:
        ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return True
