"""The wash: every string from outside passes here once before anything else sees it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from readinglist import latex

if TYPE_CHECKING:
    from hashlib import blake2b

# `re` compiles a pattern when it is first used: all of these take 2 ms, and a start needs few.
_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f-\x9f]"
# Bidi controls reorder what a reader sees; the others are invisible and only break matching.
# The joiners U+200C and U+200D stay: scripts and emoji are spelt with them.
_INVISIBLE = (
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
    # What Unicode says is no character, which some programs do not read as UTF-8.
    "\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
_SURROGATE = "[\ud800-\udfff]"
MOST_MARKS = 8  # on one character; no script needs more, and more make Unicode's order slow
# Combining marks are among these, and no letters: what is found is looked at one by one.
_PERHAPS_MARKS = rf"[^\x00-\x7f\w\s]{{{MOST_MARKS + 1},}}"
_JOINERS = "\u200c\u200d"
_LINE_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028]"
_UNSEEN = "[\u115f\u1160\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_DASHES = "[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+|-+"
_QUOTES = "[\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033`\u00b4\"]|''"
_NOT_IDENTITY = r"[\s{}$\\^_~]+"
_ASCII_IDENTITY = str.maketrans('`"', "''", " \t\n\r\f\v{}$\\^_~")


def clean(text: str) -> str:
    """Remove what a terminal could obey or a reader cannot see; keep line breaks and tabs.

    Removed: C0 and C1 control characters (what followed an ESC stays, as plain text), bidi
    controls, zero-width characters except the joiners, what Unicode says is no character, and
    combining marks past the eighth on one character. Lone surrogates become U+FFFD, typographic
    spaces become spaces, and every line break becomes LF.
    """
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(_LINE_BREAKS, "\n", text).replace("\u2029", "\n\n")
    text = re.sub(_CONTROL, "", text)
    if text.isascii():
        return text
    text = re.sub(_INVISIBLE, "", re.sub(_SURROGATE, "\ufffd", text))
    text = re.sub(_PERHAPS_MARKS, lambda found: _with_few_marks(found.group()), text)
    return "".join(" " if c.isspace() and c not in "\n\t" else c for c in text)


def piles_of_marks(text: str) -> Iterator[int]:
    """Where in a text a character has more combining marks than `clean` leaves it."""
    for found in re.finditer(_PERHAPS_MARKS, text):
        if len(_with_few_marks(found.group())) < len(found.group()):
            yield found.start()


def _with_few_marks(signs: str) -> str:
    kept: list[str] = []
    marks = 0
    for sign in signs:
        if unicodedata.category(sign).startswith("M"):
            marks += 1
        elif sign not in _JOINERS:
            marks = 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def clean_line(text: str) -> str:
    """`clean`, then on one line: every run of white space becomes one space."""
    return " ".join(clean(text).split())


def without_braces(author: str) -> str:
    """A name without the braces that say it is no person's, though it might be taken for one."""
    return author[1:-1] if author.startswith("{") and author.endswith("}") else author


def identity(title: str) -> str:
    """Fold a title to what makes it the same paper; never empty unless the title is blank.

    Case, spaces, Unicode form, kinds of dash and quote, LaTeX leftovers, zero-width characters
    and a final full stop do not make another paper. Accents and other punctuation do.
    """
    if not (title.isascii() and title.isprintable()):
        title = clean_line(unicodedata.normalize("NFC", title))
    folded = latex.to_unicode(title)
    folded = _ascii_identity(folded) if folded.isascii() else _identity(folded)
    return folded.rstrip(".") or title.replace(" ", "")


def fingerprint(identity: str) -> str:
    """Return a title's identity in 16 characters, which tell as many papers apart as there are."""
    digest_of, written = _fingerprinting()
    told = digest_of(identity.encode("utf-8", "surrogatepass"), digest_size=12)
    return written(told.digest()).decode()


@cache
def _fingerprinting() -> tuple[type[blake2b], Callable[[bytes], bytes]]:
    from base64 import urlsafe_b64encode  # with `hashlib` 3 ms, and a list needs neither
    from hashlib import blake2b

    return blake2b, urlsafe_b64encode


def _identity(title: str) -> str:
    folded = unicodedata.normalize("NFKC", title).casefold()
    folded = unicodedata.normalize("NFKC", re.sub(_UNSEEN, "", folded))
    folded = re.sub(_QUOTES, "'", re.sub(_DASHES, "-", folded))
    return re.sub(_NOT_IDENTITY, "", folded)


def _ascii_identity(title: str) -> str:
    """The same of what has no other signs, in a tenth of the time."""
    if "--" in title:
        title = re.sub(_DASHES, "-", title)
    return title.lower().replace("''", "'").translate(_ASCII_IDENTITY)


# A link is a scheme and what follows, or a bare host of a kind that abstracts name; brackets
# and full stops glued behind it, and a second link run into it, are not part of it.
_URL = (
    r"(?i)https?:\s?//[^\s<>\"\\{}|^`]+"
    r"|(?<![\w@./-])(?:[\w-]+\.)*(?:github\.(?:com|io)|gitlab\.com|huggingface\.co|arxiv\.org|"
    r"doi\.org|readthedocs\.io|sites\.google\.com|zenodo\.org|bitbucket\.org)"
    r"(?:/[^\s<>\"\\{}|^`]*)?"
)
_CLOSING = {")": "(", "]": "["}
# Without one of these, or two slashes, there is no link: faster to see than to look for links.
_LINK_SIGN = r"(?i)\.(?:co|org|io)"


def find_urls(text: str) -> list[str]:
    """The links in a text, each once, in order, with the scheme that a bare one left out."""
    if "//" not in text and not re.search(_LINK_SIGN, text):
        return []
    urls = (_trimmed(match.group()) for match in re.finditer(_URL, text))
    return list(dict.fromkeys(url for url in urls if url))


def _trimmed(url: str) -> str:
    """Take off what only stands behind the link; "" if nothing of a link is left."""
    url = re.sub(r"^(https?):\s?//", lambda m: f"{m.group(1).lower()}://", url, flags=re.IGNORECASE)
    while url and (url[-1] in ".,;:!?'*" or _unopened(url)):
        url = url[:-1]
    if "://" not in url:
        url = f"https://{url}"
    host = url.partition("://")[2].partition("/")[0]
    return url if "." in host else ""


def _unopened(url: str) -> bool:
    opening = _CLOSING.get(url[-1])
    return opening is not None and url.count(url[-1]) > url.count(opening)
