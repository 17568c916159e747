"""Copying text out of the app, and saying which way it went."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from typing import Any

from textual.app import App

from readinglist.text import clean

SYSTEM = "system clipboard"
TERMINAL = "terminal (OSC 52)"
TMUX = "terminal (OSC 52 through tmux)"

PATIENCE = 1.5  # seconds; wl-copy waits for ever when its compositor is gone

# pyperclip runs in a process of its own because that can be ended. It takes no notice when the
# program that it starts fails, so this does; -P keeps a pyperclip.py in the current folder out.
_PYPERCLIP = """
import subprocess, sys, pyperclip

class Checked(subprocess.Popen):
    def communicate(self, *args, **kwargs):
        result = super().communicate(*args, **kwargs)
        if self.returncode:
            sys.exit(1)
        return result

subprocess.Popen = Checked
pyperclip.copy(sys.stdin.buffer.read().decode())
"""


async def copy(app: App[Any], text: str) -> str:
    """Copy `text` and return which way it went; reads well after "Copied to the ".

    Over SSH the system clipboard is the far machine's, so there the terminal is asked instead.
    What a terminal could obey is left out. It takes up to `PATIENCE` seconds: run it in a
    worker. Terminals do not say whether they took it.
    """
    text = await asyncio.to_thread(clean, text)  # 0.5 s for ten thousand papers
    data = text.encode()
    if (
        not _remote()
        and sys.executable
        and await _run([sys.executable, "-P", "-c", _PYPERCLIP], data)
    ):
        return SYSTEM
    way = TERMINAL
    # tmux by default ignores OSC 52 from within, but sends it itself when asked to.
    if os.environ.get("TMUX") and (tmux := shutil.which("tmux")):
        way = TMUX if await _run([tmux, "load-buffer", "-w", "-"], data) else TERMINAL
    app.copy_to_clipboard(text)
    return way


def _remote() -> bool:
    return any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))


async def _run(command: Sequence[str], data: bytes) -> bool:
    """Give a program `data`; whether it ended well in time. If not, it is ended with its children.

    Its output goes nowhere: xclip stays behind to serve the clipboard and would hold a pipe open.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(data), PATIENCE)
    except (TimeoutError, BrokenPipeError, ConnectionResetError):
        return False
    finally:
        if process.returncode is None:
            _end(process)
            await process.wait()
    return process.returncode == 0


def _end(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
