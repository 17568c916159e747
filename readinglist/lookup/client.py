"""Asking one provider: in turn, in time, again when it is busy, and never anybody else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Final
from urllib.parse import quote, urlencode, urljoin

from readinglist.lookup.address import Address
from readinglist.lookup.exchange import Limits, Reply, connect, exchange
from readinglist.lookup.failures import BUSY, BrokenOff, Whom
from readinglist.lookup.pacing import Clock, Turns
from readinglist.lookup.provider import Request
from readinglist.stopping import Stopped, is_to_stop

_REDIRECTS: Final = 3
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_FIRST_WAIT: Final = 5.0  # seconds, doubled from try to try, where the server says nothing of it
_LONGEST_WAIT: Final = 120.0  # seconds; who wants more had better be left alone
_GLANCE: Final = 0.05  # seconds between two looks at whether to stop


class Client:
    """Asks one provider, which messages call `label`, through one connection.

    `on_wait` is told for how many seconds a busy server is waited for.
    """

    def __init__(
        self, address: Address, label: str, turns: Turns, clock: Clock, limits: Limits | None = None
    ) -> None:
        self.requests = 0
        self.on_wait: Callable[[float], None] = lambda _: None
        self._address = address
        self._whom = Whom(label, address)
        self._turns = turns
        self._clock = clock
        self._limits = limits or Limits()
        self._pool = connect(address, self._limits)

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
            except BrokenOff:
                if tried > 1:
                    raise
                continue
            throttled = _is_throttle(reply.body)
            if reply.status in {200, *request.told} and not throttled:
                return self._body(reply, kinds)
            if reply.status in request.absent and not throttled:
                return None
            if not (throttled or reply.status in BUSY) or tried == self._limits.tries:
                raise self._whom.refusal(429 if throttled else reply.status)
            self._wait(reply, tried)
        raise AssertionError  # it never ends by itself

    def _reply(self, request: Request, kinds: tuple[str, ...]) -> Reply:
        """Ask once, wherever at this address the answer is."""
        target = f"{self._address.path}{quote(request.path, safe='/%')}"
        if request.parameters:
            target += f"?{urlencode(request.parameters, quote_via=quote)}"
        for _ in range(_REDIRECTS + 1):
            with self._turns.turn():
                self.requests += 1
                reply = self._in_time(partial(exchange, self._pool, target, request, kinds))
            if reply.status not in _MOVED:
                return reply
            target = self._moved(target, reply)
        raise self._whom.failed(
            f"sent us from one address to the next, {_REDIRECTS} times and more"
        )

    def _in_time(self, act: Callable[[threading.Event], Reply]) -> Reply:
        """Do something in a thread, and leave it there when it lasts too long or is to stop."""
        outcome: SimpleQueue[Reply | BaseException] = SimpleQueue()
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
                self._pool = connect(self._address, self._limits)
                if is_to_stop():
                    raise Stopped from None
                raise self._whom.off_line("did not finish its reply in time") from None
        if isinstance(result, BaseException):
            raise self._whom.explained(result) from None  # its own words hold the whole address
        return result

    def _moved(self, target: str, reply: Reply) -> str:
        """Where a redirect leads, which has to be the same place."""
        here = f"{self._address.scheme}://{self._address.shown}{target}"
        try:
            moved = self._address.leads_here(urljoin(here, reply.headers.get("location", "")))
        except ValueError:
            moved = None
        if moved is None:
            raise self._whom.failed("sent us on to another place, where nothing is asked")
        return moved

    def _body(self, reply: Reply, kinds: tuple[str, ...]) -> bytes:
        kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in kinds:
            raise self._whom.no_data(kind)
        return reply.body

    def _wait(self, reply: Reply, tried: int) -> None:
        """Wait as long as the server wants, or longer each time."""
        now = _moment(reply.headers.get("date", ""))  # by the clock that says when to come again
        now = self._clock.now() if now is None else now
        wanted = _retry_after(reply.headers.get("retry-after", ""), now)
        seconds = _FIRST_WAIT * 2 ** (tried - 1) if wanted is None else wanted
        if seconds > _LONGEST_WAIT:
            raise self._whom.left_alone(seconds)
        self.on_wait(seconds)
        self._clock.sleep(seconds)


def _is_throttle(body: bytes) -> bool:
    """Whether arXiv says that it is asked too often: not always does its status say so."""
    return body[:40].strip().lower().startswith(b"rate exceeded")


def _retry_after(said: str, now: float) -> float | None:
    """The seconds that a server wants to be left alone: a number of them, or a date."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    moment = _moment(said)
    return None if moment is None else max(0.0, moment - now)


def _moment(date: str) -> float | None:
    """A date of HTTP's in seconds since 1970; None if it is none."""
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
