"""Opening a link in the user's browser."""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import urlsplit

from readinglist.errors import ReadingListError
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import cut, plain_lines

PATIENCE = 5.0  # seconds; a browser that is still starting by then is taken to have started

# A process of its own, without a terminal: a text browser must not draw over the app.
_WEBBROWSER = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


class LinkNotOpened(ReadingListError):
    """The link is not a web address, or no browser takes it."""

    title = "Link not opened"


def open_link(url: str) -> None:
    """Open a web page; raises `LinkNotOpened` when it is not one, or no browser takes it.

    It waits for the browser to accept the link: call it in a thread.
    """
    _check(url)
    shown = cut(plain_lines(url), 80)
    command = [sys.executable, "-P", "-c", _WEBBROWSER, url]
    try:
        browser = subprocess.Popen(  # noqa: S603 - no shell, and the address is checked
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        failed = browser.wait(PATIENCE) != 0
    except subprocess.TimeoutExpired:
        return
    except OSError:
        failed = True
    if failed:
        raise LinkNotOpened(
            f"No web browser could be started for {shown}.",
            hint=f"Copy the link with {key('copy.as', 'Y')} u, or set $BROWSER.",
        )


def _check(url: str) -> None:
    """Let only web addresses through: no other scheme, no missing host, nothing invisible."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        raise LinkNotOpened(
            f"{cut(plain_lines(url), 80)} is not a web address.",
            hint="Only http and https links are opened.",
        )
