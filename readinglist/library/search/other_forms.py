"""Forms of a word that mean the same: its number, the other English, a Greek letter's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# What stands in one spelling and in the other, after so many letters. Most words that come of it
# are none, so a form is only asked for where papers have it.
_ENDINGS: Final = tuple(
    (re.compile(rf"(?<=\w{{{least}}})(?<!{one[0]}){one}({rest})\Z"), rf"{other}\1")
    for least, left, right, rest in (
        (3, "is", "iz", "e|es|ed|er|ers|ing|able|ation|ations|ational"),
        (3, "ys", "yz", "e|es|ed|er|ers|ing|able"),
        (2, "our", "or", "|s|ed|ing|al|ally|able|ite|ful|less|ist|ists"),
        (3, "ll", "l", "ed|ing|er|ers"),
        (3, "re", "er", "|s"),
        (3, "red", "ered", ""),
        (3, "ogue", "og", "|s"),
        (2, "ence", "ense", "|s|less"),
        (2, "tefact", "tifact", "|s|ual"),
    )
    for one, other in ((left, right), (right, left))
)
_PAIRS: Final = (("grey", "gray"), ("programme", "program"), ("programmes", "programs"))
_LETTERS: Final = (
    "α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu"
    " ν nu ξ xi π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega"
)
_GREEK: Final = _LETTERS.split()
_NAMED: Final = {
    one: other
    for left, right in (*_PAIRS, *zip(_GREEK[::2], _GREEK[1::2], strict=True))
    for one, other in ((left, right), (right, left))
}


@lru_cache(maxsize=1024)
def other_forms(word: str) -> tuple[str, ...]:
    """What a folded word may be in other papers, whether they have it or not."""
    return tuple(dict.fromkeys(form for form in _forms(word) if form != word))


def _forms(word: str) -> Iterator[str]:
    if word in _NAMED:
        yield _NAMED[word]
    if len(word) < 4 or not word.isalpha():
        return
    if not word.endswith("s"):
        yield word + "s"
    elif not word.endswith("ss"):
        yield word[:-1]
    for ending, other in _ENDINGS:
        if ending.search(word):
            yield ending.sub(other, word)
