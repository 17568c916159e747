"""One request and its reply over a connection that is kept for the next one."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError

from readinglist import __version__
from readinglist.errors import LookupFailed
from readinglist.lookup import bodies
from readinglist.lookup.address import Address
from readinglist.lookup.provider import Request

USER_AGENT: Final = f"readinglist/{__version__}"
_CONNECTING: Final = 10.0  # seconds
_SILENCE: Final = 20.0  # seconds without a byte
_WHOLE: Final = 60.0  # seconds for one reply, from the look-up of the host to its last byte
_TRIES: Final = 4
_PIECE: Final = 65_536  # bytes

# Its lines hold addresses, and with them the titles that are asked for, and perhaps a key.
logging.getLogger("urllib3").disabled = True
logging.getLogger("urllib3.connectionpool").disabled = True


class Limits(NamedTuple):
    """The seconds that are waited for a server, and the times that a busy one is tried."""

    connecting: float = _CONNECTING
    silence: float = _SILENCE
    whole: float = _WHOLE
    tries: int = _TRIES


class Reply(NamedTuple):
    """A whole reply; the names of its headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def connect(address: Address, limits: Limits) -> urllib3.HTTPConnectionPool:
    """A place for one connection, which is made with the first request."""
    host, port, scheme = address.host, address.port, address.scheme
    try:
        here = _proxy(address)(
            maxsize=1,
            block=True,
            retries=False,
            timeout=urllib3.Timeout(connect=limits.connecting, read=limits.silence),
            cert_reqs="CERT_REQUIRED",
        )
        pool: urllib3.HTTPConnectionPool = here.connection_from_host(host, port, scheme)
    except (HTTPError, UnicodeError):  # names and passwords are Latin-1
        raise LookupFailed(
            "The proxy that is set for https is none that can be used.",
            hint="Mend or unset HTTPS_PROXY.",
        ) from None
    return pool


def _proxy(address: Address) -> Callable[..., urllib3.PoolManager]:
    """How connections are made: through the proxy that environment or system name, if they do.

    What goes through it is encrypted all the way, so plain http on this machine never does.
    """
    proxy = getproxies().get("https")
    if address.scheme != "https" or not proxy or proxy_bypass(address.host):
        return urllib3.PoolManager
    url = proxy if "://" in proxy else f"http://{proxy}"
    auth = urllib3.util.parse_url(url).auth
    headers = urllib3.util.make_headers(proxy_basic_auth=auth) if auth else None
    return partial(urllib3.ProxyManager, url, proxy_headers=headers)


def exchange(
    pool: urllib3.HTTPConnectionPool,
    target: str,
    request: Request,
    kinds: tuple[str, ...],
    given_up: threading.Event,
) -> Reply:
    """Send a request, and read its reply until that is whole or `given_up`.

    Raises what urllib3 raises, and `Unbearable` for a body that is not taken.
    """
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": ", ".join(kinds),
        "Accept-Encoding": "gzip",
        **dict(request.headers),
    }
    body = None
    if request.body is not None:
        body = json.dumps(request.body).encode()
        headers["Content-Type"] = "application/json"
    response = pool.urlopen(
        "GET" if body is None else "POST",
        target,
        body=body,
        headers=headers,
        redirect=False,
        preload_content=False,
        decode_content=False,
    )
    try:
        received = {name.lower(): value for name, value in response.headers.items()}
        encoding = received.get("content-encoding", "").strip().lower()
        whole = bodies.unpacked(_pieces(response, given_up), encoding)
    except BaseException:
        response.close()  # what is left of the reply is of no use to the next one
        raise
    response.release_conn()
    return Reply(response.status, received, whole)


def _pieces(response: urllib3.BaseHTTPResponse, given_up: threading.Event) -> Iterator[bytes]:
    """The body as it comes in, however slowly."""
    while not given_up.is_set() and (piece := response.read1(_PIECE, decode_content=False)):
        yield piece
