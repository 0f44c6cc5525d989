"""The address guard: which hosts may be contacted at all.

A feed's redirect, or the answer of a name server, must not lead into the operator's own network. So the address is
checked after it was resolved, and that very address is connected to: there is no second look-up that could answer
otherwise (notes on reliability, section 5, SSRF).
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv6Address

import httpcore

WEB_PORTS = frozenset({80, 443})

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Resolve = Callable[[str, int], Awaitable[list[str]]]


class AddressRefused(httpcore.ConnectError):
    """This host or port must not be contacted; the message says why in plain words."""


class AddressGuard:
    """Decides which addresses may be connected to.

    Args:
        allow_hosts: host names or addresses, as they stand in the URL, that are free of the checks (a feed in the
            operator's own network).
        allow_loopback: loopback addresses are allowed, on any port (the demo and the tests).
        resolve: how names become addresses; the system's resolver unless a test brings its own.
    """

    def __init__(
        self,
        *,
        allow_hosts: Iterable[str] = (),
        allow_loopback: bool = False,
        resolve: Resolve | None = None,
    ) -> None:
        self._allow_hosts = frozenset(host.lower() for host in allow_hosts)
        self._allow_loopback = allow_loopback
        self._resolve = resolve or _system_resolve

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host that may be connected to, in the resolver's order.

        Raises:
            AddressRefused: there is none, or the port is not one of the web.
            httpcore.ConnectError: the name cannot be resolved.
        """
        found = await self._resolve(host, port)
        if host.lower() in self._allow_hosts:
            return found
        allowed = [address for address in found if self._may(address, port)]
        if not allowed:
            inward = not any(is_public(address) for address in found)
            why = (
                "leads into a private network"
                if inward
                else f"has port {port}, which is no web port (OUTRIDER_ALLOW_HOSTS can permit it)"
            )
            raise AddressRefused(f"the address {why}")
        return allowed

    def _may(self, address: str, port: int) -> bool:
        if self._allow_loopback and _parsed(address).is_loopback:
            return True
        return port in WEB_PORTS and is_public(address)


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet, and so does any IPv4 address that it carries.

    `ipaddress.is_global` alone is not enough: it says yes to 64:ff9b::7f00:1, to 2002:7f00:1:: and to multicast.
    """
    ip = _parsed(address)
    if isinstance(ip, IPv6Address):
        carried = _carried(ip)
        if carried is not None:
            return is_public(str(carried))
        if ip not in _GLOBAL_UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address inside a mapped, 6to4 or NAT64 address."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _parsed(address: str) -> IPv4Address | IPv6Address:
    return ipaddress.ip_address(address.partition("%")[0])


async def _system_resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise httpcore.ConnectError("the host name cannot be resolved") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
