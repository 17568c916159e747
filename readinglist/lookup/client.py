"""One connection to one provider: what goes out, and what of the reply is let in."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Final, NamedTuple, TypeVar
from urllib.parse import quote, urlencode, urljoin
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from readinglist import __version__
from readinglist.errors import LookupFailed, OffLine
from readinglist.lookup import bodies
from readinglist.lookup.address import Address
from readinglist.lookup.pacing import Clock, Turns
from readinglist.lookup.provider import Request
from readinglist.stopping import Stopped, is_to_stop
from readinglist.text import clean_line

USER_AGENT: Final = f"readinglist/{__version__}"
_CONNECTING: Final = 10.0  # seconds
_SILENCE: Final = 20.0  # seconds without a byte
_WHOLE: Final = 60.0  # seconds for one reply, from the look-up of the host to its last byte
_PIECE: Final = 65_536  # bytes
_REDIRECTS: Final = 3
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_TRIES: Final = 4
_FIRST_WAIT: Final = 5.0  # seconds, doubled from try to try, where the server says nothing of it
_LONGEST_WAIT: Final = 120.0  # seconds; who wants more had better be left alone
_OFF_LINE: Final = "Are you off line?"
_GLANCE: Final = 0.05  # seconds between two looks at whether to stop

_Value = TypeVar("_Value")

# Its lines hold addresses, and with them the titles that are asked for, and perhaps a key.
logging.getLogger("urllib3").disabled = True
logging.getLogger("urllib3.connectionpool").disabled = True


class Limits(NamedTuple):
    """The seconds that are waited for a server, and the times that a busy one is tried."""

    connecting: float = _CONNECTING
    silence: float = _SILENCE
    whole: float = _WHOLE
    tries: int = _TRIES


class _BrokenOff(OffLine):
    """A connection ended before the reply did, which happens to good servers too."""


class _Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """Asks one provider, which messages call `label`."""

    def __init__(
        self, address: Address, label: str, turns: Turns, clock: Clock, limits: Limits | None = None
    ) -> None:
        self.requests = 0
        self._address = address
        self._label = label
        self._turns = turns
        self._clock = clock
        self._limits = limits or Limits()
        self._pool = self._connect()

    def _connect(self) -> urllib3.HTTPConnectionPool:
        here = partial(
            _proxy(self._address),
            maxsize=1,
            block=True,
            retries=False,
            timeout=urllib3.Timeout(connect=self._limits.connecting, read=self._limits.silence),
            cert_reqs="CERT_REQUIRED",
        )
        host, port, scheme = self._address.host, self._address.port, self._address.scheme
        pool: urllib3.HTTPConnectionPool = here().connection_from_host(host, port, scheme)
        return pool

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()

    def ask(self, request: Request, kinds: tuple[str, ...]) -> bytes | None:
        """The body of the reply, of one of these media types; None if there is no such thing.

        A server that is busy is asked again a few times, when it says. `LookupFailed` when that
        does not help, and for every other reply; `OffLine` when there is none.
        """
        for tried in count(1):
            try:
                reply = self._reply(request, kinds)
            except _BrokenOff:
                if tried > 1:
                    raise
                continue
            throttled = _is_throttle(reply.body)
            if reply.status in {200, *request.told} and not throttled:
                self._check_kind(reply, kinds)
                return reply.body
            if reply.status in request.absent and not throttled:
                return None
            if not (throttled or reply.status in _BUSY) or tried == self._limits.tries:
                raise self._refusal(429 if throttled else reply.status)
            self._wait(reply, tried)
        raise AssertionError  # it never ends by itself

    # One try

    def _reply(self, request: Request, kinds: tuple[str, ...]) -> _Reply:
        target = f"{self._address.path}{quote(request.path, safe='/%')}"
        if request.parameters:
            target += f"?{urlencode(request.parameters, quote_via=quote)}"
        for _ in range(_REDIRECTS + 1):
            with self._turns.turn():
                self.requests += 1
                reply = self._in_time(self._exchange(target, request, kinds))
            if reply.status not in _MOVED:
                return reply
            target = self._moved(target, reply)
        raise self._failed(f"sent us from one address to the next, {_REDIRECTS} times and more")

    def _exchange(
        self, target: str, request: Request, kinds: tuple[str, ...]
    ) -> Callable[[threading.Event], _Reply]:
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
        pool = self._pool

        def exchange(given_up: threading.Event) -> _Reply:
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
            return _Reply(response.status, received, whole)

        return exchange

    def _in_time(self, act: Callable[[threading.Event], _Reply]) -> _Reply:
        """Do something in a thread, and leave it there when it lasts too long or is to stop."""
        outcome: SimpleQueue[_Reply | BaseException] = SimpleQueue()
        given_up = threading.Event()

        def run() -> None:
            try:
                outcome.put(act(given_up))
            except BaseException as error:  # told where it is waited for
                outcome.put(error)

        threading.Thread(target=run, daemon=True, name="lookup").start()
        end = monotonic() + self._limits.whole
        while True:
            try:
                result = outcome.get(timeout=_GLANCE)
                break
            except Empty:
                if not is_to_stop() and monotonic() < end:
                    continue
                given_up.set()
                self._pool.close()
                self._pool = self._connect()
                if is_to_stop():
                    raise Stopped from None
                raise self._off_line("did not finish its reply in time") from None
        if isinstance(result, BaseException):
            raise self._explained(result) from None  # its own words hold the whole address
        return result

    def _moved(self, target: str, reply: _Reply) -> str:
        """Where a redirect leads, which has to be the same place."""
        here = f"{self._address.scheme}://{self._address.shown}{target}"
        try:
            moved = self._address.leads_here(urljoin(here, reply.headers.get("location", "")))
        except ValueError:
            moved = None
        if moved is None:
            raise self._failed("sent us on to another place, where nothing is asked")
        return moved

    # What became of it

    def _check_kind(self, reply: _Reply, kinds: tuple[str, ...]) -> None:
        kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in kinds:
            return
        if kind in ("text/html", "application/xhtml+xml"):
            raise self._failed(
                "sent a web page instead of data",
                hint="Open it in a browser: it may want to see that you are no robot, or your "
                "network may want you to log in.",
            )
        raise self._failed(f"sent {clean_line(kind)[:60] or 'something'!r} instead of data")

    def _wait(self, reply: _Reply, tried: int) -> None:
        """Wait as long as the server wants, or longer each time."""
        wanted = _retry_after(reply.headers.get("retry-after", ""), self._clock.now())
        seconds = _FIRST_WAIT * 2 ** (tried - 1) if wanted is None else wanted
        if seconds > _LONGEST_WAIT:
            raise self._failed(
                f"wants to be left alone for {_minutes(seconds)}", hint="Try again after that."
            )
        self._clock.sleep(seconds)

    def _refusal(self, status: int) -> LookupFailed:
        if status in (401, 403):
            return self._failed(f"does not let us in (status {status})", hint="Check your key.")
        if status in _BUSY:
            return self._failed(
                f"is too busy or out of order (status {status})", hint="Try again later."
            )
        return self._failed(f"refused with status {status}")

    def _explained(self, error: BaseException) -> BaseException:
        """A failure of the connection in words of ours; any other stays what it is."""
        if isinstance(error, bodies.Unbearable):
            return self._failed(f"sent a reply that was not taken: {error}")
        if isinstance(error, ProxyError):
            return self._off_line("cannot be reached through the proxy")
        if isinstance(error, NameResolutionError):
            return self._off_line("cannot be found in the network")
        if isinstance(error, NewConnectionError):
            return self._off_line("does not answer")
        if isinstance(error, (ConnectTimeoutError, ReadTimeoutError)):
            return self._off_line("does not answer in time")
        if isinstance(error, SSLError):
            return self._failed("is not who it says it is: its certificate cannot be trusted")
        if isinstance(error, (HTTPError, OSError)):
            return _BrokenOff(f"{self._whom} broke off the connection.", hint=_OFF_LINE)
        return error

    def _failed(self, what: str, *, hint: str = "") -> LookupFailed:
        return LookupFailed(f"{self._whom} {what}.", hint=hint)

    def _off_line(self, what: str) -> OffLine:
        return OffLine(f"{self._whom} {what}.", hint=_OFF_LINE)

    @property
    def _whom(self) -> str:
        return f"{self._label} ({self._address.shown})"


def _proxy(address: Address) -> Callable[..., urllib3.PoolManager]:
    """How connections are made: through the proxy that environment or system name, if they do.

    What goes through it is encrypted all the way, so plain http on this machine never does.
    """
    proxy = getproxies().get("https")
    if address.scheme != "https" or not proxy or proxy_bypass(address.host):
        return urllib3.PoolManager
    url = proxy if "://" in proxy else f"http://{proxy}"
    try:
        auth = urllib3.util.parse_url(url).auth
    except HTTPError:
        raise LookupFailed(
            "The proxy that is set for https is no address.", hint="Mend or unset HTTPS_PROXY."
        ) from None
    headers = urllib3.util.make_headers(proxy_basic_auth=auth) if auth else None
    return partial(urllib3.ProxyManager, url, proxy_headers=headers)


def _pieces(response: urllib3.BaseHTTPResponse, given_up: threading.Event) -> Iterator[bytes]:
    """The body as it comes in, however slowly."""
    while not given_up.is_set() and (piece := response.read1(_PIECE, decode_content=False)):
        yield piece


def _is_throttle(body: bytes) -> bool:
    """Whether arXiv says that it is asked too often: not always does its status say so."""
    return body[:40].strip().lower().startswith(b"rate exceeded")


def _retry_after(said: str, now: float) -> float | None:
    """The seconds that a server wants to be left alone: a number of them, or a date."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
