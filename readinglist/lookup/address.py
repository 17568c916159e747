"""The address of a provider: https, or plain http on this very machine; no password in it."""

from __future__ import annotations

import ipaddress
import re
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from readinglist.errors import UsageError
from readinglist.text import clean_line

_LONGEST_LABEL: Final = 63
_LONGEST_HOST: Final = 253
_HOST: Final = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_PORTS: Final = {"https": 443, "http": 80}


class Address(NamedTuple):
    """Where requests go: scheme, host, port, and the path that all of them begin with."""

    scheme: str
    host: str
    port: int
    path: str = ""

    @property
    def shown(self) -> str:
        """Host and port as a sentence names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def leads_here(self, url: str) -> str | None:
        """The path and query of an address at the same place; None for any other place."""
        try:
            parts = urlsplit(url)
            there = (parts.scheme.lower(), parts.hostname, _port(parts))
        except ValueError:
            return None
        if there != (self.scheme, self.host, self.port) or "@" in parts.netloc:
            return None
        query = f"?{parts.query}" if parts.query else ""
        return f"{parts.path or '/'}{query}"


def read_address(text: str, *, what: str) -> Address:
    """Read a provider's address; `UsageError`, which begins with `what`, says why it is none."""
    try:
        parts = urlsplit(clean_line(text))
        host, port = parts.hostname or "", _port(parts)
    except ValueError:
        host, port = "", 0
    if not (host and port) or parts.scheme not in _PORTS or parts.query or parts.fragment:
        raise UsageError(
            f"{what} is no address of a server.", hint="It looks like https://export.arxiv.org."
        )
    if "@" in parts.netloc:
        raise UsageError(
            f"{what} has a name or a password in it.", hint="Keys have their own place."
        )
    if parts.scheme == "http" and not _is_loopback(host):
        raise UsageError(
            f"{what} is plain http to another machine: anybody on the way could read and alter it.",
            hint="Use https; plain http works on this machine alone.",
        )
    return Address(parts.scheme, _host(host, what), port, parts.path.rstrip("/"))


def _port(parts: SplitResult) -> int:
    return _PORTS.get(parts.scheme.lower(), 0) if parts.port is None else parts.port


def _host(host: str, what: str) -> str:
    """A host as the network calls it; `UsageError` for what no host can be called."""
    if ":" in host:  # and so it is the number of one, or `urlsplit` would have said otherwise
        return host
    labels = host.removesuffix(".").split(".")
    if max(map(len, labels)) > _LONGEST_LABEL or len(host) > _LONGEST_HOST:
        raise UsageError(
            f"{what} names no host: a part of its name is longer than {_LONGEST_LABEL} characters, "
            f"or all of it than {_LONGEST_HOST}.",
            hint="Is it typed right?",
        )
    try:
        known = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        known = ""
    if not _HOST.fullmatch(known):
        raise UsageError(
            f"{what} names no host: {host[:80]!r} can be none.", hint="Is it typed right?"
        )
    return known


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
