"""Copying: the text arrives somewhere, and it is said where."""

from __future__ import annotations

import asyncio
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App

from readinglist.tui.leaving import clipboard

Program = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a display, and with no programs but those that a test installs."""
    for name in ("SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    return tmp_path


@pytest.fixture
def install(nowhere: Path) -> Program:
    """Put a shell script on the path."""

    def installer(name: str, script: str) -> None:
        file = nowhere / "bin" / name
        file.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)

    return installer


class Terminal(App[None]):
    """Remembers what it was asked to put on the terminal's clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def copy_to_clipboard(self, text: str) -> None:
        text.encode()  # as the real one does, which fails on surrogates
        self.asked.append(text)


async def test_the_system_clipboard_is_used_where_there_is_one(
    install: Program, nowhere: Path
) -> None:
    install("xclip", f'cat > "{nowhere}/copied"')
    app = Terminal()
    assert await clipboard.copy(app, "@article{ø,\n}\n") == "system clipboard"
    assert (nowhere / "copied").read_text() == "@article{ø,\n}\n"
    assert app.asked == []


async def test_without_one_the_terminal_is_asked() -> None:
    app = Terminal()
    assert await clipboard.copy(app, "text") == "terminal (OSC 52)"
    assert app.asked == ["text"]


async def test_a_clipboard_program_that_fails_is_not_believed(install: Program) -> None:
    install("xclip", "cat > /dev/null; echo cannot open display >&2; exit 1")
    app = Terminal()
    assert await clipboard.copy(app, "text") == "terminal (OSC 52)"
    assert app.asked == ["text"]


async def test_a_clipboard_program_that_hangs_is_ended(
    install: Program, nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE", 3)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    install("wl-copy", f'echo $$ > "{nowhere}/pid"; exec sleep 60')
    install("wl-paste", "")
    app = Terminal()
    started = time.perf_counter()
    assert await clipboard.copy(app, "text") == "terminal (OSC 52)"
    assert time.perf_counter() - started < 10
    pid = int((nowhere / "pid").read_text())
    deadline = time.perf_counter() + 10  # a killed program takes a moment to be gone
    while is_running(pid) and time.perf_counter() < deadline:
        await asyncio.sleep(0.01)
    assert not is_running(pid)


async def test_a_program_that_stays_behind_does_not_hold_us_up(install: Program) -> None:
    install("xclip", "cat > /dev/null; sleep 20 & exit 0")
    started = time.perf_counter()
    assert await clipboard.copy(Terminal(), "text") == "system clipboard"
    assert time.perf_counter() - started < 10


async def test_over_ssh_the_terminal_is_asked(
    install: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("xclip", "cat > /dev/null")
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    assert await clipboard.copy(Terminal(), "text") == "terminal (OSC 52)"


async def test_within_tmux_tmux_passes_it_on(
    install: Program, nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("tmux", f'echo "$@" > "{nowhere}/words"; cat > "{nowhere}/copied"')
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    assert await clipboard.copy(Terminal(), "text") == "terminal (OSC 52 through tmux)"
    assert (nowhere / "copied").read_text() == "text"
    assert (nowhere / "words").read_text().split() == ["load-buffer", "-w", "-"]


async def test_an_old_tmux_does_not_keep_the_terminal_from_being_asked(
    install: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("tmux", "echo unknown flag -w >&2; exit 1")
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    app = Terminal()
    assert await clipboard.copy(app, "text") == "terminal (OSC 52)"
    assert app.asked == ["text"]


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("lone \udc80 half", "lone \ufffd half"),
        ("\x1b]52;c;AAAA\x07x\x00\x9b", "]52;c;AAAAx"),
        ("kept\ttab\nline 日本語", "kept\ttab\nline 日本語"),
        ("", ""),
    ],
)
async def test_what_a_terminal_could_obey_is_left_out(text: str, copied: str) -> None:
    app = Terminal()
    await clipboard.copy(app, text)
    assert app.asked == [copied]


async def test_a_file_in_the_current_folder_is_not_taken_for_pyperclip(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (nowhere / "pyperclip.py").write_text("open('taken', 'w')\ndef copy(text): pass\n")
    monkeypatch.chdir(nowhere)
    assert await clipboard.copy(Terminal(), "text") == "terminal (OSC 52)"
    assert not (nowhere / "taken").exists()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:  # gone meanwhile, or a system without /proc
        return Path("/proc/self").exists() is False
