"""Why a provider could not be asked, in one sentence that names it and quotes no address whole."""

from __future__ import annotations

from ssl import SSLCertVerificationError
from typing import Final

from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from readinglist.errors import LookupFailed, OffLine, Unwelcome
from readinglist.lookup.address import Address
from readinglist.lookup.bodies import Unbearable
from readinglist.text import clean_line

_TOO_OFTEN: Final = 429
BUSY: Final = frozenset({_TOO_OFTEN, 500, 502, 503, 504})
"""The statuses of a server that may be better another time."""

# Up to how many seconds they are told in what, and how many make one.
_SPANS: Final = (
    (7200, "minutes", 60),
    (172_800, "hours", 3600),
    (31_536_000, "days", 86_400),
)
_OFF_LINE: Final = "Are you off line?"
_PAGES: Final = ("text/html", "application/xhtml+xml")


class BrokenOff(OffLine):
    """A connection ended before the reply did, which happens to good servers too."""


class Whom:
    """A provider as messages name it."""

    def __init__(self, label: str, address: Address) -> None:
        self._name = f"{label} ({address.shown})"

    def failed(self, what: str, *, hint: str = "") -> LookupFailed:
        """It refused, or did what it should not."""
        return LookupFailed(f"{self._name} {what}.", hint=hint)

    def off_line(self, what: str) -> OffLine:
        """It could not be reached."""
        return OffLine(f"{self._name} {what}.", hint=_OFF_LINE)

    def refusal(self, status: int) -> LookupFailed:
        """Its status says that it will not."""
        if status in (401, 403):
            return self._unwelcome(f"does not let us in (status {status})", hint="Check your key.")
        if status == _TOO_OFTEN:
            return self._unwelcome(f"is asked too often (status {status})", hint="Try again later.")
        if status in BUSY:
            return self.failed(
                f"is too busy or out of order (status {status})", hint="Try again later."
            )
        return self.failed(f"refused with status {status}")

    def _unwelcome(self, what: str, *, hint: str) -> Unwelcome:
        return Unwelcome(f"{self._name} {what}.", hint=hint)

    def no_data(self, kind: str) -> LookupFailed:
        """Its reply is of another media type than it should be."""
        if kind in _PAGES:
            return self.failed(
                "sent a web page instead of data",
                hint="Open it in a browser: it may want to see that you are no robot, or your "
                "network may want you to log in.",
            )
        sent = repr(clean_line(kind)[:60]) if kind else "something that it does not name"
        return self.failed(f"sent {sent} instead of data")

    def left_alone(self, seconds: float) -> LookupFailed:
        """It wants to be asked again only after a long time."""
        within = (each for each in _SPANS if seconds < each[0])
        _, name, length = next(within, (0, "", 0))
        long = f"{round(seconds / length)} {name}" if name else "more than a year"
        return self._unwelcome(f"wants to be left alone for {long}", hint="Try again after that.")

    def explained(self, error: BaseException) -> BaseException:
        """A failure of the connection in words of ours; any other stays what it is."""
        if isinstance(error, Unbearable):
            return self.failed(f"sent a reply that was not taken: {error}")
        if isinstance(error, SSLError):
            if isinstance(next(iter(error.args), None), SSLCertVerificationError):
                return self.failed("is not who it says it is: its certificate cannot be trusted")
            return self.failed("makes no encrypted connection", hint="Is its address right?")
        for kinds, what in _SILENCES:
            if isinstance(error, kinds):
                return self.off_line(what)
        if isinstance(error, (LocationValueError, UnicodeError)):
            return self.failed("has an address that cannot be used", hint="Is it typed right?")
        if isinstance(error, (HTTPError, OSError)):
            return BrokenOff(f"{self._name} broke off the connection.", hint=_OFF_LINE)
        return error


_SILENCES: Final = (
    ((ProxyError,), "cannot be reached through the proxy"),
    ((NameResolutionError,), "cannot be found in the network"),
    ((NewConnectionError,), "does not answer"),
    ((ConnectTimeoutError, ReadTimeoutError), "does not answer in time"),
)
