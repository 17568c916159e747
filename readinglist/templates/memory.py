"""How much memory another process takes, as each system tells it."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_PACE: Final = 0.2  # seconds between two looks, for `ps` is a program of its own
_PATIENCE: Final = 2.0  # seconds for it


class Watch:
    """Looks now and again whether a process takes too much, beside what it took at the start."""

    def __init__(self, process: int, most: int) -> None:
        self._process = process
        self._most = taken(process) + most
        self._looked = time.monotonic()

    def is_too_much(self) -> bool:
        """Whether it does; soon after the last look, nobody asks."""
        if time.monotonic() - self._looked < _PACE:
            return False
        self._looked = time.monotonic()
        return taken(self._process) > self._most


def taken(process: int) -> int:
    """Bytes in memory; 0 if the system does not say."""
    with suppress(OSError, ValueError, IndexError, subprocess.SubprocessError):
        if sys.platform == "win32":
            return _on_windows(process)
        if Path("/proc/self/statm").exists():
            return _in_proc(process)
        return by_ps(process)
    return 0


def _in_proc(process: int) -> int:
    import resource

    pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


def by_ps(process: int) -> int:
    """The same as `ps` says, which macOS and the BSDs have."""
    answer = subprocess.run(  # noqa: S603 (a program of the system's)
        ["/bin/ps", "-o", "rss=", "-p", str(process)],
        capture_output=True,
        check=False,
        timeout=_PATIENCE,
    )
    return int(answer.stdout) * 1024


def _on_windows(process: int) -> int:
    import ctypes
    from ctypes import wintypes

    if sys.platform != "win32":
        return 0

    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            *((f"n{place}", ctypes.c_size_t) for place in range(8)),
        )

    counters = Counters(ctypes.sizeof(Counters))
    kernel = ctypes.windll.kernel32
    kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = (
        wintypes.HANDLE,
        ctypes.POINTER(Counters),
        wintypes.DWORD,
    )
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    handle = kernel.OpenProcess(0x1010, False, process)  # to ask, and to read its memory's size
    try:
        kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
    finally:
        kernel.CloseHandle(handle)
    return int(counters.n7)  # what it has been given, in memory or not
