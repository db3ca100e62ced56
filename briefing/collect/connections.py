"""How connections are opened, and in what words they fail."""

from __future__ import annotations

import re
import ssl

import httpx

from briefing.collect.addresses import CheckedBackend, RefusedAddress
from briefing.collect.pooling import KeptConnections
from briefing.model import Failed

# OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT, which Python names from 3.12 on: connect to servers that
# cannot tell a renegotiation apart (RFC 5746). Certificates are checked as ever.
_LEGACY_SERVER_CONNECT = 0x4
# As httpx has it: servers close idle connections after five seconds and more.
EXPIRY_S = 5.0
# user:password@ in any address, wherever it stands in a sentence
_CREDENTIALS = re.compile(r"(?<=://)[^/?#\s]*@")


def with_legacy_servers(context: ssl.SSLContext) -> ssl.SSLContext:
    """The context, changed to talk to servers without secure renegotiation too."""
    context.options |= ssl.Options(_LEGACY_SERVER_CONNECT)
    return context


def open_transport(
    backend: CheckedBackend, verify: ssl.SSLContext, connections: int
) -> httpx.AsyncHTTPTransport:
    """A transport over checked connections.

    Args:
        backend: Opens and checks them.
        verify: Whose certificates are trusted.
        connections: Kept open at most while no request uses them.
    """
    transport = httpx.AsyncHTTPTransport(verify=verify)
    # httpx has no parameter for the network backend, nor for the pool that has one.
    transport._pool = KeptConnections(  # type: ignore[assignment]
        verify=verify, most_idle=connections, expiry_s=EXPIRY_S, backend=backend
    )
    return transport


def failure(error: Exception) -> Failed:
    """A failed exchange in one line for an operator, without credentials."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, RefusedAddress):
            return Failed(f"refused: {cause} (EXECBRIEF_ALLOW_PRIVATE_NETWORK is off)", permanent=True)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Failed(f"the TLS certificate is not valid: {cause.verify_message}")
        cause = cause.__cause__ or cause.__context__
    match error:
        case httpx.ConnectTimeout():
            reason = "the server did not accept a connection in time"
        case httpx.TimeoutException():
            reason = "the server stopped answering"
        case httpx.ConnectError():
            reason = f"no connection: {one_line(error)}"
        case httpx.DecodingError():
            reason = f"the body cannot be decompressed: {one_line(error)}"
        case httpx.RemoteProtocolError():
            reason = f"the server broke off or does not speak HTTP: {one_line(error)}"
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return Failed(f"no valid address: {one_line(error)}", permanent=True)
        case _:
            reason = f"the connection failed: {one_line(error)}"
    return Failed(reason)


def one_line(error: BaseException) -> str:
    """What an error says, on one line of at most 200 characters and without credentials."""
    words = _CREDENTIALS.sub("", " ".join(str(error).split()))[:200]
    return words or type(error).__name__
