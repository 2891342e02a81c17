"""Which addresses may be called: no way into the own machine, and into the own network only where allowed."""

import ipaddress
import socket
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}


class Refused(ValueError):
    """An address that may not be called; ``reason`` is one of the codes below.

    ``url``: it is no address of a web server; ``unknown``: no such host; ``own_machine``: loopback, link-local
    (where clouds keep their secrets), multicast, unspecified; ``own_network``: private addresses.
    """

    def __init__(self, reason, detail=""):
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


def check_url(url):
    """Return ``(scheme, host, port, path with query)`` of an address.

    :raises Refused: it is no plain http(s) address: another scheme, credentials in it, control characters
    """
    if not url or any(ord(char) <= 32 or ord(char) == 127 for char in url) or "\\" in url:
        raise Refused("url")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("url") from None
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise Refused("url")
    if port == 0:
        raise Refused("url")
    path = parts.path or "/"
    return (
        parts.scheme,
        parts.hostname,
        port or PORTS[parts.scheme],
        (f"{path}?{parts.query}" if parts.query else path),
    )


def resolve(host, port, own_network=False):
    """Return the IP address to connect to; the caller must connect to this one, not ask again.

    Every address of the name must be allowed: one that points inwards among others is a trick.

    :param bool own_network: private addresses (10/8, 172.16/12, 192.168/16, fc00::/7) are allowed
    :raises Refused: see there
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused("unknown", host) from None
    addresses = [entry[4][0].split("%")[0] for entry in found]
    for address in addresses:
        _check_address(ipaddress.ip_address(address), own_network)
    return addresses[0]


def _check_address(address, own_network):
    """Refuse what lies inside; an IPv4 address written in an IPv6 one (mapped, 6to4, NAT64) counts as itself."""
    embedded = _embedded(address)
    if embedded is not None:
        _check_address(embedded, own_network)
        return
    inside = (
        address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or (address.is_reserved and not address.is_private)
        or (address.version == 4 and address in ipaddress.ip_network("0.0.0.0/8"))
    )
    if inside:
        raise Refused("own_machine", str(address))
    if not address.is_global and not (own_network and _is_own_network(address)):
        raise Refused("own_network", str(address))


def _embedded(address):
    if address.version == 4:
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.ip_address(int(address) & 0xFFFFFFFF)
    if address in ipaddress.ip_network("::/96") and int(address) > 1:
        return ipaddress.ip_address(int(address))
    return None


def _is_own_network(address):
    nets = {4: ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"), 6: ("fc00::/7",)}
    return any(address in ipaddress.ip_network(net) for net in nets[address.version])
