"""Names for notes that every file system takes, and that never lead out of their folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

SUFFIX: Final = ".md"

_UNSAFE: Final = re.compile(r"[^\w.+@-]+|\.{2,}")
_ENDS: Final = " .-"
_LONGEST: Final = 100  # bytes; some file systems and archives take no more than 143
# Windows keeps these for devices, whatever follows after a dot.
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE
)


def stem(key: str) -> str:
    """The name of a paper's note without its suffix: its key, as far as a file can have it."""
    name = unicodedata.normalize("NFC", key)
    name = _UNSAFE.sub("-", name).strip(_ENDS)
    name = name.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").rstrip(_ENDS)
    return _DEVICE.sub(r"\g<0>_", name) or "paper"


def free(key: str, taken: Container[str]) -> str:
    """A file name for a paper's note that is not `taken`, by `folded` names."""
    name = stem(key)
    if folded(name + SUFFIX) not in taken:
        return name + SUFFIX
    numbered = (f"{name}-{number}{SUFFIX}" for number in count(2))
    return next(each for each in numbered if folded(each) not in taken)


def folded(name: str) -> str:
    """What is the same for all names that some file system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
