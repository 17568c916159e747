"""Tags renamed, merged, split and coloured: everywhere, in one change, with one way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readinglist.errors import UnknownTag, UsageError
from readinglist.library import Library
from readinglist.library.safety.doctor import Verdict, examine
from readinglist.library.safety.dump import dump, load
from tests.conftest import put_in

TAGS = [("rl",), ("rl", "rl/offline"), ("rl/offline", "vision"), ("vision",), ()]


@pytest.fixture
def papers(library: Library) -> list[int]:
    """Five papers with the tags above."""
    ids = put_in(library, *"ABCDE")
    for paper, tags in zip(ids, TAGS, strict=True):
        if tags:
            library.edit_tags([paper], add=tags)
    return ids


def tags(library: Library, ids: list[int]) -> list[tuple[str, ...]]:
    return [entry.tags for entry in library.entries(ids)]


def test_a_tag_is_renamed_alone_or_with_those_below_it(library: Library, papers: list[int]) -> None:
    library.rename_tag("rl", "ml")
    assert tags(library, papers)[:3] == [("ml",), ("ml", "rl/offline"), ("rl/offline", "vision")]
    library.undo()
    done = library.rename_tag("RL", "ml", branch=True)
    assert done is not None
    assert done.label == "renamed the tag rl and 1 below it to ml"
    assert tags(library, papers)[:3] == [("ml",), ("ml", "ml/offline"), ("ml/offline", "vision")]
    library.undo()
    assert tags(library, papers) == TAGS


def test_a_branch_that_is_no_tag_itself_can_be_renamed(library: Library, papers: list[int]) -> None:
    library.edit_tags(papers, remove=["rl"])
    with pytest.raises(UnknownTag):
        library.rename_tag("rl", "ml")
    library.rename_tag("rl", "ml", branch=True)
    assert tags(library, papers)[1] == ("ml/offline",)


def test_tags_are_merged_in_one_change(library: Library, papers: list[int]) -> None:
    before = len(library.history())
    done = library.replace_tags(
        {"rl": ["vision"], "rl/offline": ["vision"]}, "merged the tags rl, rl/offline into vision"
    )
    assert done is not None
    assert len(done.ids) == 3
    assert tags(library, papers) == [("vision",)] * 4 + [()]
    assert len(library.history()) == before + 1
    library.undo()
    assert tags(library, papers) == TAGS
    library.redo()
    assert library.counts().tags == {"vision": 4}


def test_a_tag_is_split_or_removed(library: Library, papers: list[int]) -> None:
    library.replace_tags({"rl/offline": ["rl", "offline"]}, "split")
    assert tags(library, papers)[:3] == [("rl",), ("offline", "rl"), ("offline", "rl", "vision")]
    library.replace_tags({"offline": []}, "removed")
    assert tags(library, papers)[:3] == [("rl",), ("rl",), ("rl", "vision")]


def test_the_other_spelling_of_a_tag_is_no_other_tag(library: Library, papers: list[int]) -> None:
    library.replace_tags({"rl": ["VISION"]}, "merged")
    assert library.counts().tags == {"rl/offline": 2, "vision": 4}
    library.rename_tag("vision", "Vision")
    assert library.counts().tags == {"rl/offline": 2, "Vision": 4}


def test_what_no_paper_has_cannot_be_replaced(library: Library, papers: list[int]) -> None:
    with pytest.raises(UnknownTag):
        library.replace_tags({"nobody": ["rl"]}, "merged")
    with pytest.raises(UsageError):
        library.replace_tags({"rl": [" "]}, "merged")
    assert tags(library, papers) == TAGS


def test_a_colour_is_an_edit_like_others(library: Library, papers: list[int]) -> None:
    done = library.colour_tag("RL", "red")
    assert done is not None
    assert done == ("coloured the tag rl red", (), False)
    library.colour_tag("rl", "green")
    assert library.colour_tag("rl", "green") is None
    assert library.tag_colours() == {"rl": "green"}
    library.undo()
    assert library.tag_colours() == {"rl": "red"}
    library.undo()
    assert library.tag_colours() == {}
    library.redo()
    assert library.tag_colours() == {"rl": "red"}


def test_no_other_colours_and_no_other_tags(library: Library, papers: list[int]) -> None:
    with pytest.raises(UsageError, match="mauve"):
        library.colour_tag("rl", "mauve")
    with pytest.raises(UnknownTag, match="nobody"):
        library.colour_tag("nobody", "red")


def test_a_colour_goes_with_its_tag_and_comes_back_with_it(
    library: Library, papers: list[int]
) -> None:
    library.colour_tag("rl", "red")
    library.rename_tag("rl", "ml")
    assert library.tag_colours()["ml"] == "red"
    library.undo()
    assert library.counts().tags["rl"] == 2
    assert library.tag_colours()["rl"] == "red"
    library.edit_tags(papers, remove=["rl"])
    library.undo()
    assert library.tag_colours()["rl"] == "red"
    checks = {finding.check: finding.verdict for finding in examine(library.path)}
    assert checks["tags"] is Verdict.OK


def test_colours_and_their_edits_are_in_a_dump(
    library: Library, papers: list[int], tmp_path: Path
) -> None:
    library.colour_tag("rl", "red")
    lines = list(dump(library.path))
    loaded = tmp_path / "loaded.sqlite3"
    load(loaded, iter(lines))
    assert list(dump(loaded)) == lines
    with Library(loaded) as other:
        assert other.tag_colours() == {"rl": "red"}
        other.undo()
        assert other.tag_colours() == {}


def test_two_coloured_tags_can_become_one_that_is_new(library: Library, papers: list[int]) -> None:
    library.colour_tag("rl", "red")
    library.colour_tag("vision", "blue")
    library.replace_tags({"rl": ["new"], "vision": ["new"]}, "merged")
    assert library.tag_colours()["new"] == "red"


COLOURING = st.tuples(st.just("colour"), st.sampled_from(["a", "a/b", "c"]), st.just("red"))
RENAMING = st.tuples(
    st.sampled_from(["rename", "branch", "split", "add"]),
    st.sampled_from(["a", "a/b", "c"]),
    st.sampled_from(["a", "a/b", "c", "A", "d"]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(COLOURING | RENAMING, max_size=8))
def test_undoing_everything_leads_back(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str, str]]
) -> None:
    path: Path = tmp_path_factory.mktemp("papers") / "papers.sqlite3"
    with Library(path) as library:
        ids = put_in(library, *"XYZ")
        for paper, names in zip(ids, (["a"], ["a", "a/b"], ["c"]), strict=True):
            library.edit_tags([paper], add=names)
        before, steps = tags(library, ids), 0
        for act, old, new in acts:
            try:
                if act == "colour":
                    done = library.colour_tag(old, new)
                elif act == "add":
                    done = library.edit_tags(ids[:2], add=[new], remove=[old])
                elif act == "split":
                    done = library.replace_tags({old: [old, new]}, "split")
                else:
                    done = library.rename_tag(old, new, branch=act == "branch")
            except UnknownTag:
                continue
            steps += done is not None
        after, counts = tags(library, ids), library.counts()
        for _ in range(steps):
            library.undo()
        assert tags(library, ids) == before
        shown = library.counts().tags
        assert not {*library.tag_colours()} & {*shown}
        for _ in range(steps):
            library.redo()
        assert tags(library, ids) == after
        assert library.counts() == counts
