"""LaTeX leftovers read as Unicode, and Unicode written so that LaTeX prints it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglist.latex import escape, to_unicode
from readinglist.latex.fields import read_field

# What stands in real captures, then what bibliographies have.
READINGS = [
    (r"360{\deg} and 360\deg", "360° and 360°"),
    (r"8\% -- 30\%", "8% -- 30%"),
    (r"(Carath\'eodory, 1909)", "(Carathéodory, 1909)"),
    (r"i.\,i.\,d data, e.g.\ that", "i. i. d data, e.g. that"),
    (r"LLMs, e.g., \textgreater 13B", "LLMs, e.g., > 13B"),
    (r"a scheme, \bf mix-cd, that", "a scheme, mix-cd, that"),
    ("termed ``scaling law crossover''", "termed “scaling law crossover”"),
    ("a representation~(and more)", "a representation (and more)"),
    (r"\'e \'{e} {\'e} \"o {\"o} \~n \c{c} {\c c} \v{s}", "é é é ö ö ñ ç ç š"),
    (r"\H{o} \`a \^i \'{\i} \'\i \.{z} {\'E}tat", "ő à î í í ż État"),
    (r"Stra\ss e, S\o ren, {\O}rsted, \AA{}ngstr\"om", "Straße, Søren, Ørsted, Ångström"),
    (r"\textit{x \emph{y} z} {\bf b} \texttt{c} \mathbf{d} {\em e}", "x y z b c d e"),
    (r"\alpha-level \times \leq \infty \rightarrow", "α-level × ≤ ∞ →"),
    (r"x\&y \#1 a\_b \$5", "x&y #1 a_b $5"),
    (r"M^{3} H_{2}O x^{-1} 90^{\circ} x^{n} y_{i}", "M³ H₂O x⁻¹ 90° xⁿ yᵢ"),
    (r"$O(n \log n)$, $k$-means, $x^2$", "O(n log n), k-means, x²"),
    (r"$\mathbf{x} \in \mathbb{R}^d$, $N=10$", "x ∈ Rᵈ, N=10"),
    (r"$\mathcal{O}(n^{2k})$ and $x_{train}$", "O(n²ᵏ) and x_train"),
]


@pytest.mark.parametrize(("source", "reading"), READINGS)
def test_leftovers_read_as_their_author_meant(source: str, reading: str) -> None:
    assert to_unicode(source) == reading
    assert to_unicode(reading) == reading


@pytest.mark.parametrize(
    "text",
    [
        r'50% of #1_x^2 ~ {a} "q" <b> $5 C:\new',
        r"C:\alpha\beta and D:\users\delta\o.txt",
        "$5 and $10, or US$ 3, or $HOME_A/$USER",
        r"it\'s, we\'re, don\'t, \"only\", \'quoted\', \`code\`",
        r"a\b \d+\s*\w \n \t \x1b \u00e9 example\.com \~user Smith\, John",
        r"\\alpha \\% \frac{1}{2} $\frac{a}{b}$ \cite{key} \unknown{x}",
        "{OpenPrompt} keeps {its} braces, {{both}}, { and }",
        "''informative'' ``living`` ```code``` ''empty'' ``",
        "LaSOT_{ext} x^2 O(N^2) a_b ^_^ ~50% f~ ~/bin",
        "$textbf{specialist} and textbf{generalist}$ models",
        r"app\beta\release in \to out, \mid, \log",
        r"\textbf{open {x}",
        "\\",
        "",
    ],
)
def test_text_that_is_not_evidently_latex_stays_exactly_as_it_was(text: str) -> None:
    assert to_unicode(text) == text


MARKS = list("\\{}$^_~'\"%&#xA1() é漢\n")
COMMANDS = [r"\textbf{", r"{\bf ", r"\'e", r"\c{c}", r"\mathbf{", "^{", "_{2}", "``", "''", r"\%"]
COMMANDS += [r"\$", r"\alpha", r"\deg", r"\,", r"\unknown", r"\textgreater", r"\sum", r"\o"]
MIXED = st.lists(st.sampled_from(MARKS + COMMANDS) | st.text(max_size=3), max_size=30).map("".join)


@given(MIXED)
@example("\\")
@example("$\\")
def test_reading_takes_any_text(text: str) -> None:
    assert len(to_unicode(text)) <= 2 * len(text)


@given(st.text().filter(lambda text: not set("\\$`^_~") & set(text)))
def test_text_without_a_mark_of_latex_is_never_touched(text: str) -> None:
    assert to_unicode(text) == text


@pytest.mark.parametrize("read", [to_unicode, read_field])
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "{",
            "}",
            "}{",
            "{{}",
            "$",
            "$x_",
            "\\",
            "\\textbf{",
            "^{",
            "``",
            "\\'",
            "$\\a",
            "{\\bf ",
        ),
        *("A:\\", "_{a", "\\(", "\\( x", "\\url{", "\\href{a}{", "\\ensuremath{", "$_{\\textrm{"),
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(
    piece: str, read: Callable[[str], str]
) -> None:
    def once(text: str) -> float:
        start = time.process_time()
        read(text)
        return time.process_time() - start

    def seconds(times: int) -> float:
        return min(once(piece * times) for _ in range(2))

    # 32 times the text: 32 times the time, where quadratic reading would take 1 000 times.
    assert seconds(32_000) < 100 * max(seconds(1_000), 0.001)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"50% of #1_x^2", r"50\% of \#1\_x\textasciicircum{}2"),
        (r"a & b ~ $5 C:\new", r"a \& b \textasciitilde{} \$5 C:\textbackslash{}new"),
        ("<b> | é 漢", "<b> | é 漢"),
        ("{a {b}} c", r"\{a \{b\}\} c"),
        ("} {a} {", r"\textbraceright{} \{a\} \textbraceleft{}"),
        ("one\n\n two\tthree ", "one two three"),
    ],
)
def test_escaped_text_prints_as_it_was(text: str, written: str) -> None:
    assert escape(text) == written


@given(MIXED)
def test_escaped_text_never_unbalances_an_entry(text: str) -> None:
    depth = 0
    for character in escape(text):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
