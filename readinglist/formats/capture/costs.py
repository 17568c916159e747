"""What each break in the alternation of titles and abstracts costs, in log-odds.

They were weighed against each other on captures damaged at random; the evidence of the text that
they stand against is in `capture_traits`.
"""

PAIR = 0.2
"""What a title followed by an abstract earns; all other numbers are costs."""

HALF, FIRST_HALF, LAST_HALF, HEAD = 4.5, 3.0, 2.5, 4
"""A title without an abstract or an abstract without a title; such a title among the first
lines (so many), which may be more banner; a title at the very end."""

NO_TITLE, NO_ABSTRACT, NO_FIRST_ABSTRACT = 7.0, -10.0, -7.0
"""Evidence for and against an abstract that a title, an abstract, and the first abstract under
a banner whose wording may be new, can hardly have."""

EVEN, EVEN_PARAGRAPH, PLAIN = 1.5, 1.2, 6.0
"""How much dearer half pairs, and second paragraphs, are on a page whose lines could simply
alternate, unless most titles and abstracts are so plain that one that is not stands out."""

STRAY, FURNITURE = 0.5, 0.3
"""A line that is neither title nor abstract, over a half pair; one that looks like part of the
page around the papers."""

MISCAST_FURNITURE = 6.0
"""Taking such a part of the page for a title or an abstract."""

FOLDED, MID_SENTENCE = 2.5, 3.0
"""Beginning something new where the text was only wrapped; and if that was in mid-sentence."""

BLANK_IN_SPACED, BLANK_IN_COMPACT, NEW_SENTENCE, NOT_FOLDED = 2.5, 1.5, 0.7, 2.0
PERHAPS_FOLDED = 1.0
"""Going on with a paragraph across a blank line, a full stop, a line that was not full, or one
that only may have been."""

LONG_TITLE = 3.5
"""Going on with a title on the next line."""

FIRST_OF_SEVERAL = 3.0
"""Taking what looks like a piece of an abstract for the first paragraph of one."""

CUT_SHORT = -1.0
"""The least evidence for the page's last abstract: a cut-off one is short and does not end."""

FEW, OTHER_LAYOUT = 0.15, 8.0
"""With so few blank lines, or all lines but so few set apart by them, the layout is plain.
Else the less likely layout must explain the page so much better."""

ROUNDS, SAMPLE = 2, 4000
"""How often the page is read again with the habits learnt from the reading before, and how
many of its blocks are enough to learn from."""
