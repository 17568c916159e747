"""Captures are read whole, and what is damaged in them costs no more than itself."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from readinglist.formats import captures
from readinglist.formats.capture.lines import page_of
from readinglist.records import Reading
from readinglist.text import clean_line
from tests.formats.capture_factory import (
    BANNERS,
    ON_TEXT,
    VOICES,
    Capture,
    Paper,
    capture,
    papers,
)

LAYOUTS = sorted(BANNERS)

FIELDS = Paper(
    "Orbit: Learning Neural Fields from Few Views",
    "Neural fields are slow to train. We propose Orbit, which learns them from a few views of "
    "a scene. On three benchmarks, it needs half of the time that strong baselines take.",
)
TREES = Paper(
    "Tree Search for Code Generation",
    "Programs that look right often do not run. In this paper, we search over trees of programs "
    "and keep those that pass their tests. Our method solves more problems with fewer samples.",
)
ARMS = Paper(
    "Robot Arms That Ask for Help",
    "A robot that is unsure should ask. We study when it pays to do so, and train a policy that "
    "weighs the cost of a question against that of a mistake. Code is available at "
    "https://github.com/example/arms",
)
THREE = (FIELDS, TREES, ARMS)


def listing(*lines: str, layout: str = "compact", banner: Sequence[str] | None = None) -> str:
    """A page that says these lines under the usual banner of its layout."""
    between = "\n" if layout == "compact" else "\n\n"
    head = BANNERS[layout][0] if banner is None else banner
    top = between.join(head)
    top = top.removesuffix("+") if top.endswith("+") else top + between * bool(head)
    return top + between.join(lines) + "\n"


def lines_of(*some: Paper) -> list[str]:
    return [line for paper in some for line in (paper.title, paper.abstract)]


def pairs(reading: Reading) -> list[Paper]:
    return [Paper(record.title, record.abstract or "") for record in reading.records]


def said(reading: Reading) -> str:
    """Everything that came of a document, on lines of its own."""
    texts = [text for record in reading.records for text in (record.title, record.abstract or "")]
    texts += [problem.text for problem in reading.problems]
    return "\n".join(clean_line(text) for text in texts)


def numbered(text: str) -> list[str]:
    return [clean_line(line) for line in re.split("\r\n|\r|\n", text)]


def assert_nothing_is_lost(made: Capture, reading: Reading) -> None:
    """Each stretch outside of a pair is in a problem that points at its line."""
    lines = numbered(made.text)
    for first, whole in made.lost:
        found = [p for p in reading.problems if clean_line(whole) in clean_line(p.text)]
        assert found, whole
        assert any(lines[problem.line - 1].endswith(first) for problem in found)


# ------------------------------------------------------------------------------ whole pages


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("at", range(7))
def test_every_banner_vanishes_and_nothing_of_it_leaks(layout: str, at: int) -> None:
    reading = captures.read(listing(*lines_of(*THREE), layout=layout, banner=BANNERS[layout][at]))
    assert pairs(reading) == list(THREE)
    assert reading.problems == []


@pytest.mark.parametrize(
    "date",
    ["Apr 3", "December 31", "Mar 20, 2025", "2025-03-20", "Today", "Yesterday", "20 March 2025",
     "Thu, Mar 20", "20.03.2025", "3/20/2025", "Sept 1st", "May 2025", "2025年3月20日"],
)  # fmt: skip
def test_a_date_in_any_form_belongs_to_the_banner(date: str) -> None:
    banner = ("new", "Get trending papers in your email inbox!", "Subscribe", "byQZ and friends")
    reading = captures.read(listing(*lines_of(*THREE), layout="spaced", banner=(*banner, date)))
    assert pairs(reading) == list(THREE)
    assert reading.problems == []


@pytest.mark.parametrize(
    "title",
    ["reStructured Pretraining", "3D Gaussians for Everyone", "Subscriber Churn, Predicted",
     "π-Flow", "“Quoted” Titles", "深度学习", "-1 Is Not an Option", "d-SNE Revisited"],
)  # fmt: skip
def test_a_title_glued_to_subscribe_comes_off_whole(title: str) -> None:
    reading = captures.read(listing(title, FIELDS.abstract, *lines_of(TREES)))
    assert [record.title for record in reading.records] == [title, TREES.title]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_title_about_subscribers_is_left_alone(layout: str) -> None:
    paper = Paper("Subscriber Churn, Predicted", FIELDS.abstract)
    banner = ("Get trending papers in your email inbox!", *(("Subscribe",) * (layout == "spaced")))
    text = listing(*lines_of(paper, TREES), layout=layout, banner=banner)
    assert pairs(captures.read(text)) == [paper, TREES]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_may_list_one_paper_or_none(layout: str) -> None:
    assert pairs(captures.read(listing(*lines_of(FIELDS), layout=layout))) == [FIELDS]
    empty = captures.read(listing(layout=layout))
    assert (empty.kind, empty.records, empty.problems) == ("capture", [], [])


def test_two_captures_in_one_file_are_read_through_both_banners() -> None:
    text = listing(*lines_of(FIELDS, TREES), layout="spaced") + listing(
        *lines_of(ARMS, FIELDS), layout="spaced"
    )
    reading = captures.read(text)
    assert pairs(reading) == [FIELDS, TREES, ARMS, FIELDS]
    assert reading.problems == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_record_knows_the_line_of_its_title(layout: str) -> None:
    text = listing(*lines_of(*THREE), layout=layout)
    lines = text.split("\n")
    for record in captures.read(text).records:
        assert lines[record.line - 1].removeprefix("Subscribe") == record.title


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("voice", [*VOICES, "mixed"])
@pytest.mark.parametrize("seed", range(8))
def test_an_undamaged_page_comes_back_whole(layout: str, voice: str, seed: int) -> None:
    rng = Random(seed)
    made = capture(rng, papers(rng, rng.choice((1, 2, 9, 40)), voice), layout)
    assert pairs(captures.read(made.text)) == made.whole


TITLES = (
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=90)
    .map(clean_line)
    .filter(lambda title: title and not re.match(r"Subscribe|(?:rs?|d|s)\b", title))
)
"""Any line, but for what makes another word of the `Subscribe` that it is glued to."""


@settings(max_examples=60, derandomize=True)
@given(st.lists(TITLES, min_size=1, max_size=12, unique=True), st.sampled_from(LAYOUTS))
def test_titles_may_be_any_text_at_all(titles: list[str], layout: str) -> None:
    listed = [
        Paper(title, f"We study topic {at}. It works well. Results improve by 3%.")
        for at, title in enumerate(titles)
    ]
    assert pairs(captures.read(listing(*lines_of(*listed), layout=layout))) == listed


# ----------------------------------------------------------------------- ways to write it down


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("damage", [name for name in ON_TEXT if name != "blank noise"])
def test_how_a_page_is_written_down_changes_nothing(layout: str, damage: str) -> None:
    rng = Random(damage)
    made = capture(rng, papers(rng, 20, "academic"), layout, [damage])
    reading = captures.read(made.text)
    assert pairs(reading) == made.whole
    assert [problem for problem in reading.problems if "cut off" not in problem.reason] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blank_lines_come_and_go(layout: str) -> None:
    found = missed = 0
    for seed in range(30):
        made = capture(Random(seed), papers(Random(seed), 20), layout, ["blank noise"])
        got = pairs(captures.read(made.text))
        found += len(set(got) & set(made.whole))
        missed += len(set(made.whole) - set(got))
    assert missed <= 0.01 * found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("width", [40, 57, 80, 101, 120])
def test_a_wrapped_abstract_is_joined_by_single_spaces(layout: str, width: int) -> None:
    folded = [re.sub(rf"(.{{1,{width}}})(?: |$)", r"\1\n", p.abstract).strip() for p in THREE]
    lines = [line for p, text in zip(THREE, folded, strict=True) for line in (p.title, text)]
    assert pairs(captures.read(listing(*lines, layout=layout))) == list(THREE)


def test_a_wrapped_abstract_without_spaces_is_joined_without_them() -> None:
    abstract = "我们提出了一种新的方法，用于图像生成和机器翻译。实验结果表明，性能显著提高。" * 3
    folded = "\n".join(abstract[at : at + 40] for at in range(0, len(abstract), 40))
    reading = captures.read(listing("基于深度学习的图像生成研究", folded, layout="spaced"))
    assert reading.records[0].abstract == abstract


@pytest.mark.parametrize("layout", LAYOUTS)
def test_paragraphs_stay_apart(layout: str) -> None:
    first, rest = TREES.abstract.split(". ", 1)
    split = Paper(TREES.title, f"{first}.\n\n{rest}")
    reading = captures.read(listing(*lines_of(FIELDS, split, ARMS), layout=layout))
    assert pairs(reading) == [FIELDS, split, ARMS]


# ------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_missing_abstract_costs_only_its_title(layout: str) -> None:
    text = listing(FIELDS.title, *lines_of(TREES, ARMS), layout=layout)
    reading = captures.read(text)
    assert pairs(reading) == [TREES, ARMS]
    (problem,) = reading.problems
    assert problem.text == FIELDS.title
    assert text.split("\n")[problem.line - 1].endswith(FIELDS.title)
    assert problem.reason == "a title with no abstract after it"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_missing_title_costs_only_its_abstract(layout: str) -> None:
    text = listing(*lines_of(FIELDS), TREES.abstract, *lines_of(ARMS), layout=layout)
    reading = captures.read(text)
    assert pairs(reading) == [FIELDS, ARMS]
    (problem,) = reading.problems
    assert (problem.text, problem.reason) == (TREES.abstract, "an abstract with no title before it")
    assert text.split("\n")[problem.line - 1] == TREES.abstract


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_first_title_that_is_missing_is_not_replaced_by_the_banner(layout: str) -> None:
    banner = ("Get trending papers in your email inbox!", "Subscribe", "byAK and friends", "Mar 20")
    text = listing(FIELDS.abstract, *lines_of(TREES), layout=layout, banner=banner)
    reading = captures.read(text)
    assert pairs(reading) == [TREES]
    assert [problem.text for problem in reading.problems] == [FIELDS.abstract]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_that_ends_after_a_title_says_so(layout: str) -> None:
    reading = captures.read(listing(*lines_of(FIELDS, TREES), ARMS.title, layout=layout))
    assert pairs(reading) == [FIELDS, TREES]
    assert [problem.text for problem in reading.problems] == [ARMS.title]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kept", [12, 60, 130])
def test_a_cut_off_abstract_is_kept_and_reported(layout: str, kept: int) -> None:
    cut = Paper(ARMS.title, ARMS.abstract[:kept].strip())
    reading = captures.read(listing(*lines_of(FIELDS, TREES, FIELDS, TREES, cut), layout=layout))
    assert pairs(reading)[-1] == cut
    (problem,) = reading.problems
    assert problem.text == cut.abstract
    assert "cut off" in problem.reason


def test_a_page_of_unfinished_abstracts_is_not_called_cut_off() -> None:
    listed = [Paper(p.title, p.abstract.rstrip(".")) for p in (FIELDS, TREES, FIELDS, TREES)]
    assert captures.read(listing(*lines_of(*listed))).problems == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("junk", ["Mar 21", "Load more", "12 upvotes", "View all papers"])
def test_a_stray_line_belongs_to_no_paper(layout: str, junk: str) -> None:
    text = listing(*lines_of(FIELDS, TREES), junk, *lines_of(ARMS), layout=layout)
    reading = captures.read(text)
    assert pairs(reading) == list(THREE)
    (problem,) = reading.problems
    assert (problem.text, problem.reason) == (junk, "a line that belongs to no paper")
    assert text.split("\n")[problem.line - 1] == junk


def test_a_footer_is_reported_and_not_read() -> None:
    text = listing(*lines_of(*THREE), "Previous", "Next", "© 2025 Example, Inc.", layout="spaced")
    reading = captures.read(text)
    assert pairs(reading) == list(THREE)
    assert [problem.text for problem in reading.problems] == [
        "Previous",
        "Next",
        "© 2025 Example, Inc.",
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "odd",
    [
        Paper("Attention", TREES.abstract),
        Paper("Is Prompting All You Need? No. A Second Look at Instructions", TREES.abstract),
        Paper("learning to rank with $\\mathcal{O}(n)$ comparisons.", TREES.abstract),
        Paper("On " + "Very Many Things and " * 10 + "More", "We study many things. It works."),
        Paper("Short Answers", "small models can be enough, as we show here"),
        Paper("Open Ends", "3 questions remain open after ten years. Which one is hardest?"),
        Paper("Quotations", "“Less is more” is a saying. We test it (and find it true)."),
        Paper("图像生成的新方法", "近年来，图像生成受到了广泛关注。我们提出了一种新的方法。"),
        Paper("Новый подход", "Мы предлагаем новый метод. Он работает лучше, чем прежние."),
    ],
)  # fmt: skip
def test_an_odd_paper_among_others_comes_back_verbatim(layout: str, odd: Paper) -> None:
    listed = [FIELDS, TREES, odd, ARMS, FIELDS]
    assert pairs(captures.read(listing(*lines_of(*listed), layout=layout))) == listed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_paper_twice_is_two_records(layout: str) -> None:
    text = listing(*lines_of(FIELDS, TREES, FIELDS), layout=layout)
    assert pairs(captures.read(text)) == [FIELDS, TREES, FIELDS]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_two_missing_abstracts_in_a_row_make_no_paper(layout: str) -> None:
    text = listing(*lines_of(FIELDS), ARMS.title, TREES.title, *lines_of(TREES), layout=layout)
    reading = captures.read(text)
    assert pairs(reading) == [FIELDS, TREES]
    assert [problem.text for problem in reading.problems] == [ARMS.title, TREES.title]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_banner_of_unknown_wording_makes_no_paper(layout: str) -> None:
    banner = ("Hot picks of the week", "Curated with love by Jane")
    reading = captures.read(listing(*lines_of(*THREE, *THREE), layout=layout, banner=banner))
    assert pairs(reading) == [*THREE, *THREE]
    assert [problem.text for problem in reading.problems] == list(banner)


def test_an_unknown_line_between_subscribe_and_date_is_banner() -> None:
    banner = ("Get trending papers in your email inbox!", "Subscribe", "picked by Jane", "Mar 20")
    reading = captures.read(listing(*lines_of(*THREE), layout="spaced", banner=banner))
    assert pairs(reading) == list(THREE)
    assert reading.problems == []


@settings(max_examples=60, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    layout=st.sampled_from(LAYOUTS),
    voice=st.sampled_from(["academic", "lorem", "numbered", "foreign"]),
    damage=st.lists(
        st.sampled_from(["junk", "odd sizes", "footer", "repeat", "crlf", "nbsp", "bom"])
    ),
)
def test_around_stray_lines_every_pair_comes_back(
    seed: int, layout: str, voice: str, damage: list[str]
) -> None:
    rng = Random(seed)
    made = capture(rng, papers(rng, rng.choice((3, 8, 20)), voice), layout, damage)
    reading = captures.read(made.text)
    assert pairs(reading) == made.whole
    assert_nothing_is_lost(made, reading)


RATES = [
    ("missing abstract", 0.98),
    ("missing title", 0.96),
    ("some in paragraphs", 0.95),
    ("some wrapped", 0.98),
    ("all wrapped", 0.97),
    ("cut tail", 0.99),
]
"""What damage leaves in doubt, and the share of intact papers that must come back all the same."""


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("damage", "share"), RATES)
def test_one_broken_pair_costs_hardly_more_than_that_pair(
    layout: str, damage: str, share: float
) -> None:
    found = expected = 0
    for seed in range(40):
        rng = Random(f"{layout} {damage} {seed}")
        voice = ("academic", "lorem", "numbered", "foreign")[seed % 4]
        made = capture(rng, papers(rng, rng.choice((4, 9, 30)), voice), layout, [damage])
        reading = captures.read(made.text)
        found += (Counter(pairs(reading)) & Counter(made.whole)).total()
        expected += len(made.whole)
        assert not [text for _, text in made.lost if clean_line(text) not in said(reading)]
    assert found >= share * expected


# ---------------------------------------------------------------------------- anything at all


@settings(max_examples=150)
@given(st.text(max_size=400))
def test_any_text_is_read_and_no_line_of_it_is_lost(text: str) -> None:
    assume(not page_of(text).banner)
    everything = said(captures.read(text))
    for line in filter(None, numbered(text)):
        assert line in everything


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([*lines_of(*THREE), "", "  ", "Mar 21", "new", "Load more", "lower case",
                         "The end.", "图像生成", FIELDS.abstract[:70], FIELDS.abstract[70:]]),
        max_size=30,
    )
)  # fmt: skip
def test_no_line_of_a_shuffled_page_is_lost(lines: list[str]) -> None:
    banner = ("Get trending papers in your email inbox!", "Subscribe", "byAK and friends")
    reading = captures.read("\n".join([*banner, *lines_of(FIELDS), *lines]))
    everything = said(reading)
    for line in filter(str.strip, lines):
        assert line in everything


def test_ten_thousand_papers_take_seconds() -> None:
    listed = papers(Random(1), 400)
    many = [Paper(f"{p.title} ({at})", p.abstract) for at in range(25) for p in listed]
    text = capture(Random(1), many, "compact").text
    start = time.perf_counter()
    reading = captures.read(text)
    assert len(reading.records) == 10_000
    assert time.perf_counter() - start < 10


# -------------------------------------------------------------------------- the real captures


def truth(path: Path) -> list[Paper]:
    """The papers of a real capture, by its plain alternation under a banner of known size."""
    lines = [line for line in path.read_text().split("\n") if line]
    body = lines[2:] if lines[2].startswith("Subscribe") and lines[2] != "Subscribe" else lines[5:]
    body[0] = body[0].removeprefix("Subscribe")
    return [Paper(*pair) for pair in zip(body[::2], body[1::2], strict=True)]


def test_the_real_captures_are_read_whole(corpus: list[Path]) -> None:
    readings = [captures.read(path.read_text()) for path in corpus]
    assert [len(reading.records) for reading in readings] == [264, 110]
    assert [reading.problems for reading in readings] == [[], []]
    assert [pairs(reading) for reading in readings] == [truth(path) for path in corpus]
    assert readings[0].records[0].title == "MindBridge: A Cross-Subject Brain Decoding Framework"


@pytest.mark.parametrize("seed", range(6))
def test_lines_lost_from_a_real_capture_cost_only_their_pairs(
    corpus: list[Path], seed: int
) -> None:
    for path, layout in zip(corpus, LAYOUTS, strict=True):
        rng = Random(seed)
        lines = lines_of(*truth(path))
        gone = set(rng.sample(range(len(lines)), 8))
        kept = [line for at, line in enumerate(lines) if at not in gone]
        broken = {at // 2 for at in gone}
        intact = [paper for at, paper in enumerate(truth(path)) if at not in broken]
        reading = captures.read(listing(*kept, layout=layout))
        assert [paper for paper in pairs(reading) if paper in intact] == intact
        halves = [at for at in range(len(lines)) if at // 2 in broken and at not in gone]
        everything = said(reading)
        assert all(lines[at] in everything for at in halves)


def test_a_real_capture_survives_wrapping(corpus: list[Path]) -> None:
    for path, layout in zip(corpus, LAYOUTS, strict=True):
        listed = truth(path)
        wrapped = [
            line
            for paper in listed
            for line in (paper.title, re.sub(r"(.{1,100})(?: |$)", r"\1\n", paper.abstract).strip())
        ]
        found = set(pairs(captures.read(listing(*wrapped, layout=layout))))
        assert len(found & set(listed)) >= 0.98 * len(listed)


# -------------------------------------------------------------------------------- recognition


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("at", range(5))
def test_a_capture_is_recognised_by_its_banner_or_its_papers(layout: str, at: int) -> None:
    assert captures.looks_like(listing(layout=layout, banner=BANNERS[layout][at]))
    assert captures.looks_like(listing(*lines_of(*THREE), layout=layout, banner=()))


@pytest.mark.parametrize("path", ["pyproject.toml", "README.md", "readinglist/text.py"])
def test_a_file_of_the_project_is_no_capture(path: str) -> None:
    assert not captures.looks_like((Path(__file__).parents[2] / path).read_text())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, world",
        '{"title": "Orbit",\n "abstract": "We do this. It works."}\n',
        "title,abstract\nOrbit,We do this.\nTrees,It works.\n",
        "2025-01-01 10:00:01 INFO start\n2025-01-01 10:00:02 WARN a thing happened.\n" * 3,
        "\\documentclass{article}\n\\begin{document}\nWe do this. It works.\n\\end{document}\n",
        "@article{orbit,\n  title = {Orbit},\n}\n",
        "TY  - JOUR\nTI  - Orbit\nAB  - We do this. It works.\nER  - \n",
        "It was a dark night. The wind howled.\n\n“Who is there?” asked Anna.\n\nNobody knew.\n",
        "Milk\nBread\nCall the dentist.\n",
        "# Install\n\nRun this first. Then run that.\n\n# Use\n\nOpen it. Read it.\n",
        "root:x:0:0:root:/root:/bin/sh\nmail:x:8:8:the mail program:/var/mail:/bin/false.\n",
        "READ_AHEAD\nHow many pages are read ahead. The default suits most. It can be changed.\n",
        "text/plain  txt asc text\ntext/html  html htm. These are pages. They are many.\n" * 4,
    ],
)  # fmt: skip
def test_other_texts_are_no_captures(text: str) -> None:
    assert not captures.looks_like(text)


@pytest.mark.parametrize(
    "abstract", ["We study it, see github.com/x/y", "An abstract", "It works."]
)
def test_one_paper_under_any_banner_that_asks_to_subscribe_is_a_capture(abstract: str) -> None:
    text = f"Sign up for the newsletter\nWeekly papers by mail\nSubscribeThe One Paper\n{abstract}"
    assert captures.looks_like(text)
    assert [record.abstract for record in captures.read(text).records] == [abstract]


@pytest.mark.parametrize("count", [1, 2, 3, 10])
def test_where_no_line_looks_like_an_abstract_alternation_alone_tells(count: int) -> None:
    lines = [f"{kind} {number}" for number in range(count) for kind in ("Title", "Abstract")]
    compact = "A banner\nAnother line of it\nSubscribe" + "\n".join(lines)
    reading = captures.read(compact)
    assert [record.title for record in reading.records] == lines[::2]
    assert [record.abstract for record in reading.records] == lines[1::2]
    assert reading.problems == []
