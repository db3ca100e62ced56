"""Where the fetcher may connect to: checked after DNS, on the very address that is connected to.

Checking the name beforehand would not do: a redirect can lead inside, and a name server can give
another answer the second time (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest

import httpcore

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port to addresses as text; OSError or UnicodeError if there are none."""

# RFC 6598 (CGNAT), and RFC 6052 (NAT64), which `ipaddress` counts as global or as neither.
_CGNAT = ipaddress.ip_network("100.64.0.0/10")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# RFC 8215: NAT64 of a local network, which may hide the IPv4 address at any of several places.
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")
# Metadata services of clouds that stand on addresses which are neither private nor link-local.
_METADATA = (
    ipaddress.ip_network("168.63.129.16/32"),  # Azure: WireServer
    ipaddress.ip_network("192.0.0.0/24"),  # Oracle: 192.0.0.192; Python before 3.13 calls most of it global
)
# Lookups at the same time. In threads of their own: a dead name server holds one for half a minute,
# and the loop's own few threads parse pages and run the extractor.
_LOOKUPS = 16
# RFC 9637: documentation, which `ipaddress` counts as global.
_DOCUMENTATION = ipaddress.ip_network("3fff::/20")
# A name with more addresses than this is tried no further.
_ATTEMPTS = 4
# What an address gets before the next one is tried; the last gets all that is left.
ATTEMPT_S = 2.5


class RefusedAddress(httpcore.ConnectError):
    """A host resolves only to addresses that must not be connected to."""


def refusal(address: IPAddress) -> str | None:
    """Why this address must not be connected to, or None if it is a public unicast address."""
    inner = _embedded(address)
    if inner is not None:
        return refusal(inner)
    kinds = (
        ("unspecified", address.is_unspecified),
        ("loopback", address.is_loopback),
        ("link-local", address.is_link_local),  # 169.254.169.254: cloud metadata
        ("multicast", address.is_multicast),
        ("metadata", any(address in network for network in _METADATA)),
        ("local NAT64", address in _LOCAL_NAT64),
        ("shared (CGNAT)", address.version == 4 and address in _CGNAT),
        ("site-local", isinstance(address, ipaddress.IPv6Address) and address.is_site_local),
        ("documentation", address in _DOCUMENTATION),
        ("private", address.is_private),
        ("reserved", address.is_reserved or not address.is_global),
    )
    return next((kind for kind, holds in kinds if holds), None)


def _embedded(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, Teredo, NAT64)."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def by_turns_of_families(addresses: Sequence[IPAddress]) -> tuple[IPAddress, ...]:
    """Addresses of either family by turns (RFC 8305, 4), so that a family without a route costs one try."""
    families: dict[int, list[IPAddress]] = {}
    for address in addresses:
        families.setdefault(address.version, []).append(address)
    rounds = zip_longest(*families.values())
    return tuple(address for turn in rounds for address in turn if address is not None)


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves, refuses what is not public, and connects to the address that was checked.

    Args:
        allow_private_network: Connect anywhere.
        permitted: Networks that may be connected to besides the public ones.
        resolve: Another name service than the system's.
        attempt_s: Seconds an address gets while there are others to try.
    """

    def __init__(
        self,
        *,
        allow_private_network: bool = False,
        permitted: Sequence[IPNetwork] = (),
        resolve: Resolve | None = None,
        attempt_s: float = ATTEMPT_S,
    ) -> None:
        self._allow = allow_private_network
        self._permitted = permitted
        self._attempt_s = attempt_s
        self._threads = ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="names")
        self._names = resolve or self._ask_the_system
        self._backend = httpcore.AnyIOBackend()

    def close(self) -> None:
        """End the threads that look up names, as soon as their lookups are over."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of the host that is allowed and answers.

        Raises:
            RefusedAddress: none of its addresses is allowed.
            httpcore.ConnectError, httpcore.ConnectTimeout: none answers, or the name is unknown.
        """
        allowed = by_turns_of_families(self._allowed(host, await self._resolve(host, port)))[:_ATTEMPTS]
        failure: Exception | None = None
        for left, address in zip(range(len(allowed) - 1, -1, -1), allowed, strict=True):
            short = self._attempt_s if timeout is None else min(self._attempt_s, timeout)
            try:
                return await self._backend.connect_tcp(
                    str(address), port, short if left else timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = failure or error
        assert failure is not None, "a host has at least one address"
        raise failure

    async def _resolve(self, host: str, port: int) -> tuple[IPAddress, ...]:
        try:
            found = await self._names(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the host name {host} cannot be resolved") from error
        # The scope of fe80::1%eth0 is no part of the address.
        names = dict.fromkeys(name.partition("%")[0] for name in found)
        return tuple(ipaddress.ip_address(name) for name in names)

    async def _ask_the_system(self, host: str, port: int) -> Sequence[str]:
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return [str(entry[4][0]) for entry in found]

    def _allowed(self, host: str, addresses: tuple[IPAddress, ...]) -> tuple[IPAddress, ...]:
        if not addresses:
            raise httpcore.ConnectError(f"the host name {host} cannot be resolved")
        if self._allow:
            return addresses
        allowed = tuple(address for address in addresses if self._refusal(address) is None)
        if not allowed:
            first = addresses[0]
            raise RefusedAddress(f"{host} leads to {first}, a {refusal(first)} address")
        return allowed

    def _refusal(self, address: IPAddress) -> str | None:
        permitted = any(address in network for network in self._permitted)
        return None if permitted else refusal(address)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Refused: news does not come from sockets in the file system."""
        raise RefusedAddress(f"{path} is a local socket")

    async def sleep(self, seconds: float) -> None:
        """As the interface asks."""
        await asyncio.sleep(seconds)
