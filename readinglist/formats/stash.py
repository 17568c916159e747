"""Facts by name in one text, for what a dialect has no field for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

_PAIR: Final = re.compile(r"([a-z][a-z0-9_:+.-]*): (.+)", re.DOTALL)
_MISTAKABLE: Final = re.compile(r"[%;\n\t]|\A | (?=[ \n\t]|\Z)")
_ENCODED: Final = re.compile("%(?:25|3B|0A|09|20)")


def stashed(facts: Mapping[str, str]) -> str:
    """`name: text; name: text`, on one line, where a text's own semicolons are percent-encoded."""
    return "; ".join(f"{name}: {_MISTAKABLE.sub(_encoded, text)}" for name, text in facts.items())


def unstashed(text: str) -> dict[str, str]:
    """The facts in such a text; none if it is another."""
    pairs = [_PAIR.fullmatch(each) for each in text.split("; ")]
    found = {pair[1]: _ENCODED.sub(lambda m: unquote(m.group()), pair[2]) for pair in pairs if pair}
    return found if len(found) == len(pairs) else {}


def _encoded(match: re.Match[str]) -> str:
    return f"%{ord(match.group()):02X}"
