"""The network below the fetcher: which addresses may be reached, bounded decompression, error messages.

It does not know about sites, politeness or retries.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import urllib.request
import zlib
from collections.abc import Iterator
from functools import cache
from http.cookiejar import Cookie, DefaultCookiePolicy

import httpx

from sunchi.errors import FetchError, Outcome, SettingsError
from sunchi.settings import without_secrets

PIECE = 64 * 2**10
"""The bytes decompressed at a time; the size of a body is checked after each piece."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # the IPv6 addresses of the public internet


class PublicOnly(httpx.AsyncBaseTransport):
    """Sends requests to public addresses only.

    It resolves the name, checks every address, and connects to an address that it checked, so a second DNS answer can't
    lead inside the network. Host header and certificate stay those of the name.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.host
        addresses = await _resolve(name)
        inside = [address for address in addresses if not is_public(address)]
        if inside:
            raise FetchError(
                Outcome.REFUSED, f"{name} leads to {inside[0]}, which is not a public address; nothing was sent there"
            )
        for address in addresses[:-1]:
            try:
                return await self._send(request, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._send(request, addresses[-1])

    async def _send(self, request: httpx.Request, address: str) -> httpx.Response:
        to_address = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return await self._inner.handle_async_request(to_address)

    async def aclose(self) -> None:
        await self._inner.aclose()


async def _resolve(name: str) -> list[str]:
    """Return the addresses of a host, without repetitions, in the order in which the system would try them."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(str(error)) from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Return whether an IP address is public; an IPv6 address that wraps an IPv4 one is judged by the IPv4 address."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if not wrapped and ip not in _GLOBAL_UNICAST:
            return False
        ip = wrapped or ip
    return ip.is_global and not ip.is_multicast


class PlainCookies(DefaultCookiePolicy):
    """Refuses cookies that are not ASCII: httpx can't send them back, so every later request would fail."""

    def set_ok(self, cookie: Cookie, request: urllib.request.Request) -> bool:
        return f"{cookie.name}{cookie.value}{cookie.path}".isascii() and super().set_ok(cookie, request)


class Inflater:
    """Decodes one Content-Encoding piece by piece: `gzip`, `deflate` (with zlib's header or without), or none.

    Raises zlib.error on bytes that are not in that encoding, ValueError for an unknown encoding.
    """

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding.strip().lower()
        if self._encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ValueError(encoding)
        self._plain = self._encoding in ("", "identity")
        self._stream = zlib.decompressobj(zlib.MAX_WBITS if self._encoding == "deflate" else zlib.MAX_WBITS | 16)
        self._begun = False

    @property
    def complete(self) -> bool:
        """Return whether the end of the encoded stream was reached; an empty body is complete."""
        return self._plain or not self._begun or self._stream.eof

    def feed(self, sent: bytes) -> Iterator[bytes]:
        """Yield these bytes decoded, in pieces of at most PIECE bytes."""
        if self._plain:
            yield sent
            return
        while True:
            if self._stream.eof:
                if not sent.startswith(b"\x1f\x8b"):
                    return  # the end; what follows is padding
                self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)  # a further gzip member
            piece = self._decompress(sent)
            yield piece
            sent = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            if not sent and len(piece) < PIECE:  # after a full piece there may be more output without more input
                return

    def _decompress(self, sent: bytes) -> bytes:
        first, self._begun = not self._begun, True
        try:
            return self._stream.decompress(sent, PIECE)
        except zlib.error:
            if not (first and self._encoding == "deflate"):
                raise
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)  # many servers omit the header
            return self._stream.decompress(sent, PIECE)


def reason_of(error: BaseException) -> str:
    """Return in plain words what went wrong, by the deepest known cause."""
    cause: BaseException | None = error
    while cause is not None:
        match cause:
            case socket.gaierror():
                return "its name is not in the DNS"
            case ConnectionRefusedError():
                return "connection refused"
            case ConnectionError():
                return "connection closed early"
            case ssl.SSLCertVerificationError():
                return f"its certificate is not valid ({cause.verify_message})"
            case ssl.SSLError():
                return f"no TLS ({cause.reason or 'handshake failed'})"
            case BaseExceptionGroup():
                cause = cause.exceptions[0]
            case _:
                cause = cause.__cause__ or cause.__context__
    return str(error).strip().rstrip(".") or type(error).__name__


# --- addresses in the settings ---


def mirror_origin(mirror: str) -> httpx.URL:
    """Return the origin of a mirror's address; raises SettingsError, which shows no password."""
    try:
        url = httpx.URL(mirror)
    except (httpx.InvalidURL, ValueError):
        raise SettingsError("SUNCHI_MIRRORS: not an address: write http://host:port") from None
    if url.scheme not in ("http", "https") or not url.host or url.raw_path != b"/" or url.userinfo or url.fragment:
        raise SettingsError(
            f"SUNCHI_MIRRORS: {without_secrets(mirror)} is not an origin: write http://host:port, with nothing before "
            "or after"
        )
    return url


def proxy_address(proxy: str) -> httpx.Proxy:
    """Return a proxy; its full address may hold a password and is never shown. Raises SettingsError."""
    try:
        via = httpx.Proxy(proxy)
    except (httpx.InvalidURL, ValueError):
        raise SettingsError("SUNCHI_PROXY: not the address of a proxy: write http://host:port") from None
    if via.url.scheme not in ("http", "https") or not via.url.host:
        raise SettingsError(f"SUNCHI_PROXY: {via.url.scheme}:// is not a usable proxy: write http://host:port")
    return via


def network(mirror: httpx.URL | None, proxy: httpx.Proxy | None) -> httpx.AsyncBaseTransport:
    """Return the real network; non-public addresses are open only for a mirror or proxy set by the operator."""
    transport = httpx.AsyncHTTPTransport(verify=_authorities(), proxy=proxy, trust_env=False)
    return transport if mirror or proxy else PublicOnly(transport)


@cache
def _authorities() -> ssl.SSLContext:
    """Return the trusted certificate authorities, read once."""
    return httpx.create_ssl_context(trust_env=False)


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Return whether two addresses have the same scheme, host and port."""
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)
