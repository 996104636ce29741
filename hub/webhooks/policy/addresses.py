"""To which addresses anything is sent: those of the public internet, and the networks that a setting names.

A name is not judged, the address is to which a connection goes: names may lead anywhere, and elsewhere a moment later.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

Network = IPv4Network | IPv6Network
LONGEST_URL: Final = 2000
_SCHEMES: Final = ("https", "http")
_METADATA: Final = frozenset({IPv4Address("168.63.129.16")})
"""Public addresses at which clouds serve a machine's own secrets; the others are link-local or private."""
_NAT64: Final = IPv6Network("64:ff9b::/96")


def refusal_of(address: str, allowed: Sequence[Network], *, scheme: str) -> str:
    """Return why nothing is sent to an IP address, empty where it is; http goes to an allowed loopback address only."""
    try:
        known = _inner(ip_address(address))
    except ValueError:
        return f"{address} is no IP address"
    permitted = any(known in network for network in allowed)
    if scheme != "https" and not (known.is_loopback and permitted):
        return f"{address} is not reached in plain text"
    if permitted or _public(known):
        return ""
    return f"{address} is not an address of the public internet"


def url_problem(url: str, allowed: Sequence[Network]) -> str:
    """Return what is wrong with the URL of a webhook, empty where nothing is; names are not resolved here."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        return f"must be a URL of at most {LONGEST_URL} printable ASCII characters, without spaces"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "is no URL"
    if problem := _part_problem(parts, allowed):
        return problem
    if not host or port == 0:
        return "must name a host, and a port other than 0"
    return _literal_problem(host, allowed, parts.scheme)


def _part_problem(parts: SplitResult, allowed: Sequence[Network]) -> str:
    if parts.scheme not in _SCHEMES or (parts.scheme == "http" and not any(map(_of_loopback, allowed))):
        return "must begin with https://"
    if "@" in parts.netloc:
        return "must not hold a user or a password"
    return "must not have a fragment" if parts.fragment else ""


def _literal_problem(host: str, allowed: Sequence[Network], scheme: str) -> str:
    try:
        ip_address(host)
    except ValueError:
        return ""
    return refusal_of(host, allowed, scheme=scheme)


def _of_loopback(network: Network) -> bool:
    return network.network_address.is_loopback


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the address of IPv4 that one of IPv6 leads to: mapped, 6to4, or NAT64; else itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _public(address: IPv4Address | IPv6Address) -> bool:
    site_local = isinstance(address, IPv6Address) and address.is_site_local
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved or site_local)
        and address not in _METADATA
    )
