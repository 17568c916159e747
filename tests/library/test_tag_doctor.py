"""The tag doctor: what is one tag in other letters, and what hardly anything has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.library.tag_doctor import SINGLE, ailments


@pytest.mark.parametrize(
    ("rare", "usual", "why", "sure"),
    [
        ("to cite", "to-cite", "spelling", True),
        ("ToCite", "to-cite", "spelling", True),
        ("naïve", "naive", "spelling", True),
        ("rl-offline", "rl/offline", "spelling", True),
        ("transformers", "transformer", "plural", True),
        ("policies", "policy", "plural", True),
        ("offline rl", "rl/offline", "order of words", True),
        ("difusion", "diffusion", "typing error", False),
        ("reinforcment laerning", "reinforcement learning", "typing error", False),
        ("offline", "rl/offline", "branch", False),
    ],
)
def test_the_rarer_one_becomes_the_other(rare: str, usual: str, why: str, sure: bool) -> None:
    (found,) = ailments({usual: 9, rare: 2})
    assert found == (rare, 2, why, usual, 9, sure)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gpt-3.5", "gpt-4.5"),
        ("vision", "language"),
        ("cat", "cut"),
        ("rl", "ml"),
        ("class", "glass"),
        ("bias", "rl"),
        ("2024", "2025"),
    ],
)
def test_different_tags_are_left_alone(one: str, other: str) -> None:
    found = [each for each in ailments({one: 2, other: 3}) if each.sure]
    assert not found


def test_single_ones_come_last_and_without_a_cure() -> None:
    found = ailments({"vision": 5, "seminar": 1, "visoin": 1})
    assert [(each.tag, each.why, each.cure) for each in found] == [
        ("visoin", "typing error", "vision"),
        ("seminar", SINGLE, None),
    ]


def test_many_spellings_become_one() -> None:
    found = ailments({"to-cite": 4, "to cite": 2, "tocite": 1, "To_Cites": 3})
    assert {each.cure for each in found} == {"to-cite"}
    assert len(found) == 3


NAMES = st.dictionaries(
    st.text("abcs -/É1", min_size=1, max_size=6).filter(str.strip), st.integers(1, 5), max_size=8
)


@given(NAMES)
def test_no_cure_is_ill_itself(counts: dict[str, int]) -> None:
    found = ailments(counts)
    ill = [each.tag for each in found]
    assert len(ill) == len({*ill})
    assert {*ill} <= {*counts}
    assert not {each.cure for each in found} & {*ill}
    assert all(counts[each.tag] == each.papers for each in found)
