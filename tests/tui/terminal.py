"""A program in a process and a terminal of its own."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable

APP = [sys.executable, "-m", "readinglist"]
RESTORED = "\x1b[?1049l"
"""What gives the terminal back as it was before the app."""


class Terminal:
    """Types into a program and reads what it paints, on 100 columns and 30 lines."""

    def __init__(self, *command: str, **env: str) -> None:
        self._leader, follower = pty.openpty()
        size = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
        self.process = subprocess.Popen(
            command,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=os.environ | size | env,
            start_new_session=True,
        )
        os.close(follower)
        self.written = ""

    def type(self, text: str) -> None:
        """Type, and forget what was painted before."""
        self.written = ""
        os.write(self._leader, text.encode())

    def shows(self, text: str) -> bool:
        """Whether a text is painted within a while."""
        return self.read_until(lambda: text in plain(self.written))

    def read_until(self, condition: Callable[[], bool]) -> bool:
        """Take what is painted; whether a condition holds within a while."""
        until = time.monotonic() + 20
        while not condition() and time.monotonic() < until:
            if select.select([self._leader], [], [], 0.2)[0] and not self._read():
                break
        return condition()

    def _read(self) -> bool:
        try:
            piece = os.read(self._leader, 65536)
        except OSError:  # Linux's way to say that the program has gone
            return False
        self.written += piece.decode(errors="replace")
        return bool(piece)

    def rest(self) -> str:
        """What is written until the program ends by itself."""
        self.read_until(lambda: False)
        self.process.wait(20)
        return self.written

    def end(self) -> None:
        """End the program, if it has not ended; one whose last words nobody takes would wait."""
        self.process.send_signal(signal.SIGTERM)
        self.rest()
        os.close(self._leader)


def plain(written: str) -> str:
    """What is painted, without how."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", written)
