"""Opening links: web pages only, and never a program that would draw over the app."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from readinglist.errors import ReadingListError
from readinglist.tui.leaving.links import open_link


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes down what it was asked to open; returns that file."""
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{tmp_path}/opened"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(program))
    return tmp_path / "opened"


@pytest.mark.parametrize(
    "url", ["https://arxiv.org/abs/2401.00001", "http://example.org/?a=1&b=$(x)#y"]
)
def test_a_web_page_is_opened(browser: Path, url: str) -> None:
    open_link(url)
    assert browser.read_text() == url


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "--help",
        "",
        "http://[",
        "https://example.org/\x1b]52;c;AA\x07",
        "https://example.org/a b",
        "https://example.org/\u202eevil",
        "https://example.org/\n--other",
    ],
)
def test_anything_else_is_refused(browser: Path, url: str) -> None:
    with pytest.raises(ReadingListError, match="is not a web address") as refused:
        open_link(url)
    assert "\x1b" not in str(refused.value)
    assert not browser.exists()


def test_without_a_browser_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadingListError, match="No web browser could be started"):
        open_link("https://example.org/")
