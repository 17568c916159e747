"""Makes captures, whole and damaged, and knows what a reader should find in them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

BANNERS = {
    "compact": (
        ("Get trending papers in your email inbox once a day!",
         "Get trending papers in your email inbox!", "Subscribe+"),
        ("Get trending papers in your email inbox!", "Subscribe+"),
        ("Get trending papers in your email inbox once a day!",
         "Get trending papers in your email inbox!"),
        ("new", "Fresh preprints, straight to your mailbox", "Subscribe", "byXY and friends",
         "Apr 3"),
        ("Subscribe+",),
        ("Subscribe",),
        (),
    ),
    "spaced": (
        ("new", "Get trending papers in your email inbox!", "Subscribe",
         "byAK and the research community", "Mar 20"),
        ("Get trending papers in your email inbox!", "Subscribe",
         "by AK and the research community", "December 31"),
        ("new", "All the news that fits your reading group", "Subscribe", "byJD and many others",
         "Mar 20, 2025"),
        ("new", "Get trending papers in your email inbox!", "Subscribe+"),
        ("byAK and the research community", "2025-03-20"),
        ("Get trending papers in your email inbox!", "Today"),
        ("Subscribe",),
        (),
    ),
}  # fmt: skip
"""Banners by layout; `Subscribe+` is glued to the first title."""

_THINGS = [
    "graph networks",
    "diffusion models",
    "robot arms",
    "language models",
    "protein folding",
    "speech signals",
    "sparse attention",
    "causal graphs",
    "image codecs",
    "neural fields",
    "tree search",
    "user feedback",
    "time series",
    "medical scans",
    "tabular data",
    "code generation",
    "reward models",
    "optical flow",
]
_ACTS = [
    "learning to rank",
    "fast sampling",
    "robust training",
    "self-supervised pretraining",
    "zero-shot transfer",
    "distillation",
    "alignment",
    "compression",
    "retrieval",
    "planning",
    "calibration",
    "few-shot adaptation",
]
_NAMES = [
    "Orbit",
    "DeepSieve",
    "LoRAX",
    "3D-Gauss",
    "eStructure",
    "Quill",
    "M^{3}Net",
    "Nimbus",
    "π-Flow",
    "FastTok",
]
_SENTENCES = (
    "{A} for {t} remains an open problem in practice.",
    "Recent work on {t} has made great progress, yet {a} is still slow and brittle.",
    "We propose {n}, a simple method that brings {a} to {t} without extra labels.",
    "In this paper, we study how {t} and {u} interact, e.g. when data are scarce.",
    "Can {t} be trained with {a} alone?",
    "However, existing methods for {t} rely on heavy supervision (see Smith et al., 2023).",
    "Our approach improves accuracy by {k}.{k}\\% over strong baselines on {k} benchmarks.",
    "Extensive experiments on {t} and {u} show that {n} outperforms prior work.",
    "These results suggest that {a} matters more than scale.",
    "Specifically, we first encode {t}, and then decode {u} with a learned prior: {a}.",
    "Code is available at https://github.com/example/{k}.",
)
_OPENERS = 5
_ENDINGS = (
    "Project page: https://example.github.io/{k}",
    "What does this mean for {t}?",
    "(Code will be released at https://example.org/{k}.)",
    "This offers a path towards {a} for {t}",
)
_LOREM = [
    "lorem",
    "ipsum",
    "dolor",
    "sit",
    "amet",
    "consectetur",
    "adipiscing",
    "elit",
    "sed",
    "do",
    "eiusmod",
    "tempor",
    "incididunt",
    "ut",
    "labore",
    "et",
    "dolore",
    "magna",
    "aliqua",
    "enim",
    "ad",
    "minim",
    "veniam",
    "quis",
    "nostrud",
    "exercitation",
    "ullamco",
    "laboris",
]
_FOREIGN = {
    "chinese": (
        ["深度学习", "大型语言模型", "图像生成", "强化学习", "机器翻译", "知识蒸馏"],
        ["我们提出了一种新的方法，用于{a}和{b}。", "实验结果表明，{a}的性能显著提高。",
         "近年来，{b}受到了广泛关注。"],
        "基于{a}的{b}研究",
        "",
    ),
    "russian": (
        ["нейронных сетей", "языковых моделей", "обработки речи", "анализа данных"],
        ["Мы предлагаем новый метод для {a} и {b}.", "Однако задача {b} остаётся нерешённой.",
         "Эксперименты показывают прирост для {a}."],
        "Новый подход к задаче {a} для {b}",
        " ",
    ),
    "greek": (
        ["νευρωνικά δίκτυα", "γλωσσικά μοντέλα", "ανάλυση εικόνας"],
        ["Προτείνουμε μια νέα μέθοδο για {a} και {b}.", "Τα αποτελέσματα βελτιώνουν τα {a}."],
        "Μια μελέτη για {a} και {b}",
        " ",
    ),
    "arabic": (
        ["الشبكات العصبية", "نماذج اللغة", "تحليل الصور"],
        ["نقترح طريقة جديدة من أجل {a} و{b}.", "تظهر النتائج تحسنا كبيرا في {a}."],
        "دراسة حول {a} و{b}",
        " ",
    ),
}  # fmt: skip
_JUNK = ("Mar 21", "Load more", "12 upvotes", "3 comments", "View all papers", "Submitted by jdoe")
_FOOTERS = ("Previous", "Next", "Privacy", "Terms of service", "© 2025 Example, Inc.")


@dataclass(frozen=True)
class Paper:
    """What a capture says of one paper; a break in the abstract separates paragraphs."""

    title: str
    abstract: str


@dataclass(frozen=True)
class Part:
    """A stretch of a capture: a title, an abstract or something else, as paragraphs of lines."""

    kind: str
    text: str
    paragraphs: tuple[tuple[str, ...], ...]
    paper: int = -1


@dataclass(frozen=True)
class Capture:
    """A capture's text and the truth about it.

    `whole` are the papers that a reader must find, in order; `lost` are the other stretches
    as first line and whole text; `cut` is the last paper, when its abstract was cut off.
    """

    text: str
    whole: list[Paper]
    lost: list[tuple[str, str]] = field(default_factory=list)
    cut: Paper | None = None
    damage: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------- papers


def _english(rng: Random, sentences: int) -> Paper:
    def fill(pattern: str) -> str:
        text = pattern.format(
            a=act, A=act.capitalize(), t=thing, u=rng.choice(_THINGS), n=name, k=rng.randint(1, 99)
        )
        return text[0].upper() + text[1:]

    act, thing, name = rng.choice(_ACTS), rng.choice(_THINGS), rng.choice(_NAMES)
    words = f"{act} for {thing}"
    headline = words.title() if rng.random() < 0.8 else words
    title = rng.choice(
        (
            f"{name}: {headline}",
            headline,
            f"Is {words.title()} Enough?",
            f"{headline} with {rng.choice(_THINGS).title()}: {name} and Beyond",
            f"What is {act}? A Study of {thing.title()}",
            f"“{headline}” Revisited",
            act.split()[0].title(),
            f"{name.lower()}: {headline}",
            f"Stop. Look. {headline}!",
        )
    )
    body = [fill(rng.choice(_SENTENCES[: 11 if at else _OPENERS])) for at in range(sentences)]
    if rng.random() < 0.12:
        body.append(fill(rng.choice(_ENDINGS)))
    return Paper(title, " ".join(body))


def _academic(rng: Random) -> Paper:
    return _english(rng, rng.randint(6, 14))


def _brief(rng: Random) -> Paper:
    return _english(rng, rng.randint(1, 3))


def _lorem(rng: Random) -> Paper:
    words = rng.choices(_LOREM, k=rng.randint(20, 120))
    title = " ".join(rng.choices(_LOREM, k=rng.randint(2, 9))).title()
    return Paper(title, "Lorem ipsum " + " ".join(words) + ".")


def _words(rng: Random) -> Paper:
    title = " ".join(rng.choices(_LOREM, k=rng.randint(2, 10)))
    return Paper(title, " ".join(rng.choices(_LOREM, k=rng.randint(25, 90))))


def _numbered(rng: Random) -> Paper:
    k = rng.randint(1, 9999)
    title = rng.choice((f"Paper {k}", f"Paper number {k}: a study"))
    return Paper(
        title,
        rng.choice(
            (
                f"We study topic {k}. It works well. Results improve by 3%.",
                f"This is abstract number {k}. It has several sentences.",
                f"Abstract of paper {k}. We propose a method and evaluate it on {k} datasets.",
            )
        ),
    )


def _foreign(rng: Random) -> Paper:
    words, sentences, title, space = _FOREIGN[rng.choice(sorted(_FOREIGN))]

    def fill(pattern: str) -> str:
        return pattern.format(a=rng.choice(words), b=rng.choice(words))

    return Paper(
        fill(title), space.join(fill(rng.choice(sentences)) for _ in range(rng.randint(5, 12)))
    )


VOICES: dict[str, Callable[[Random], Paper]] = {
    "academic": _academic,
    "brief": _brief,
    "lorem": _lorem,
    "words": _words,
    "numbered": _numbered,
    "foreign": _foreign,
}


def papers(rng: Random, count: int, voice: str = "academic") -> list[Paper]:
    """Some papers with different titles, all in one voice (`mixed`: in all of them)."""
    made: dict[str, Paper] = {}
    while len(made) < count:
        chosen = rng.choice(sorted(VOICES)) if voice == "mixed" else voice
        paper = VOICES[chosen](rng)
        if paper.title in made:
            paper = replace(paper, title=f"{paper.title} {len(made) + 1}")
        made[paper.title] = paper
    return list(made.values())


# ---------------------------------------------------------------------------------- damage


def _parts(listed: Sequence[Paper]) -> list[Part]:
    parts = []
    for number, paper in enumerate(listed):
        parts.append(Part("title", paper.title, ((paper.title,),), number))
        paragraphs = tuple((paragraph,) for paragraph in paper.abstract.split("\n\n"))
        parts.append(Part("abstract", paper.abstract, paragraphs, number))
    return parts


def _drop(kind: str) -> Callable[[Random, list[Part]], list[Part]]:
    def drop(rng: Random, parts: list[Part]) -> list[Part]:
        at = [i for i, part in enumerate(parts) if part.kind == kind]
        gone = set(rng.sample(at, max(1, len(at) // 12)))
        return [part for i, part in enumerate(parts) if i not in gone]

    return drop


def _wrap(share: float) -> Callable[[Random, list[Part]], list[Part]]:
    def wrap(rng: Random, parts: list[Part]) -> list[Part]:
        width = rng.randint(40, 120)
        return [
            replace(part, paragraphs=tuple(tuple(_folded(p[0], width)) for p in part.paragraphs))
            if part.kind == "abstract" and rng.random() < share
            else part
            for part in parts
        ]

    return wrap


def _folded(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def _split(share: float) -> Callable[[Random, list[Part]], list[Part]]:
    def split(rng: Random, parts: list[Part]) -> list[Part]:
        done = []
        for part in parts:
            sentences = re.split(r"(?<=\.) (?![a-z])", part.text)
            if part.kind == "abstract" and len(sentences) > 3 and rng.random() < share:
                cuts = sorted(rng.sample(range(1, len(sentences)), rng.randint(1, 3)))
                pieces = [
                    " ".join(sentences[a:b])
                    for a, b in zip([0, *cuts], [*cuts, len(sentences)], strict=True)
                ]
                part = replace(
                    part, text="\n\n".join(pieces), paragraphs=tuple((p,) for p in pieces)
                )
            done.append(part)
        return done

    return split


def _junk(rng: Random, parts: list[Part]) -> list[Part]:
    done: list[Part] = []
    for part in parts:
        if part.kind == "title" and done and rng.random() < 0.1:
            text = rng.choice(_JUNK)
            done.append(Part("junk", text, ((text,),)))
        done.append(part)
    return done


def _footer(rng: Random, parts: list[Part]) -> list[Part]:
    chosen = rng.sample(_FOOTERS, rng.randint(1, 3))
    return parts + [Part("junk", text, ((text,),)) for text in chosen]


def _odd_sizes(rng: Random, parts: list[Part]) -> list[Part]:
    """A few very long titles, and a few very short abstracts."""
    done = []
    for part in parts:
        if rng.random() < 0.1 and part.kind == "title":
            text = part.text + ": " + " and ".join(x.title() for x in rng.choices(_THINGS, k=9))
            part = replace(part, text=text, paragraphs=((text,),))
        elif rng.random() < 0.1 and part.kind == "abstract":
            text = f"We show that {rng.choice(_THINGS)} are all that {rng.choice(_ACTS)} needs."
            part = replace(part, text=text, paragraphs=((text,),))
        done.append(part)
    return done


def _repeat(rng: Random, parts: list[Part]) -> list[Part]:
    at = rng.randrange(0, len(parts), 2) if parts else 0
    return parts + [replace(part, paper=10_000) for part in parts[at : at + 2]]


ON_PARTS: dict[str, Callable[[Random, list[Part]], list[Part]]] = {
    "odd sizes": _odd_sizes,
    "repeat": _repeat,
    "some in paragraphs": _split(0.15),
    "all in paragraphs": _split(1.0),
    "some wrapped": _wrap(0.15),
    "all wrapped": _wrap(1.0),
    "missing abstract": _drop("abstract"),
    "missing title": _drop("title"),
    "junk": _junk,
    "footer": _footer,
}
"""Damage to what a capture says, in the order in which it can be combined."""


def _blank_noise(rng: Random, text: str) -> str:
    """Blank lines, some with spaces in them, more of them and fewer."""
    done: list[str] = []
    spaced = text.count("\n\n") * 3 > text.count("\n")
    for line in text.split("\n"):
        if not line and spaced and rng.random() < 0.12:
            continue
        done.append(line)
        if rng.random() < 0.15:
            done += [rng.choice(("", "  ", "\u00a0", "\t"))] * rng.randint(1, 2)
    return "\n".join(done)


def _extra_blanks(rng: Random, text: str) -> str:
    return "\n".join(line or rng.choice(("", "\n", "\n\n")) for line in text.split("\n"))


ON_TEXT: dict[str, Callable[[Random, str], str]] = {
    "blank noise": _blank_noise,
    "extra blanks": _extra_blanks,
    "edges": lambda rng, text: "\n \n" + text.rstrip("\n") + rng.choice(("", "\n\n\n", "  ")),
    "indents": lambda rng, text: "\n".join(
        rng.choice(("", "  ", "\u00a0")) + line + rng.choice(("", " ", "\u00a0 "))
        for line in text.split("\n")
    ),
    "nbsp": lambda rng, text: "".join(
        "\u00a0" if c == " " and rng.random() < 0.1 else c for c in text
    ),
    "crlf": lambda rng, text: text.replace("\n", "\r\n"),
    "cr": lambda rng, text: text.replace("\n", "\r"),
    "bom": lambda rng, text: "\ufeff" + text,
}
"""Damage to how a capture is written down, which changes nothing of what it says."""

DAMAGE = (*ON_PARTS, *ON_TEXT, "cut tail")


# --------------------------------------------------------------------------------- captures


def capture(
    rng: Random,
    listed: Sequence[Paper],
    layout: str,
    damage: Sequence[str] = (),
    banner: Sequence[str] | None = None,
) -> Capture:
    """The text of a page that lists these papers, damaged in these ways."""
    parts = _parts(listed)
    for name in (name for name in ON_PARTS if name in damage):
        parts = ON_PARTS[name](rng, parts)
    cut = None
    if "cut tail" in damage and parts and parts[-1].kind == "abstract":
        parts, cut = _cut(rng, parts)
    banner = rng.choice(BANNERS[layout]) if banner is None else banner
    text = _rendered(parts, layout, banner)
    for name in (name for name in ON_TEXT if name in damage):
        text = ON_TEXT[name](rng, text)
    both = [i for i in range(len(parts) - 1) if _is_pair(parts[i], parts[i + 1])]
    paired = {at for i in both for at in (i, i + 1)}
    whole = [Paper(parts[i].text, parts[i + 1].text) for i in both]
    lost = [(part.paragraphs[0][0], part.text) for at, part in enumerate(parts) if at not in paired]
    return Capture(text, whole[:-1] if cut else whole, lost, cut, tuple(damage))


def _is_pair(part: Part, following: Part) -> bool:
    return (part.kind, following.kind) == ("title", "abstract") and part.paper == following.paper


def _cut(rng: Random, parts: list[Part]) -> tuple[list[Part], Paper | None]:
    lines = [list(paragraph) for paragraph in parts[-1].paragraphs]
    lines[-1][-1] = lines[-1][-1][: rng.randint(1, len(lines[-1][-1]))].strip()
    text = "\n\n".join(" ".join(paragraph) for paragraph in lines)
    last = replace(parts[-1], text=text, paragraphs=tuple(tuple(p) for p in lines))
    title = parts[-2].text if len(parts) > 1 and _is_pair(parts[-2], last) else None
    return [*parts[:-1], last], None if title is None else Paper(title, text)


def _rendered(parts: Sequence[Part], layout: str, banner: Sequence[str]) -> str:
    between = "\n" if layout == "compact" else "\n\n"
    glued = bool(banner) and banner[-1] == "Subscribe+"
    body = between.join(
        "\n\n".join("\n".join(lines) for lines in part.paragraphs) for part in parts
    )
    head = between.join(banner).removesuffix("+")
    if not body or not head:
        return head + body + "\n"
    return head + ("" if glued else between) + body + "\n"
