"""What LaTeX names and marks print: the tables that `latex` reads by."""

from __future__ import annotations

from typing import Final


def _pairs(table: str) -> dict[str, str]:
    """Read a table of `name character name character …`."""
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# Letters swallow the space after them, as in TeX: `S\o ren`.
LETTERS: Final = _pairs("aa å AA Å ae æ AE Æ oe œ OE Œ ss ß o ø O Ø l ł L Ł")

GREEK: Final = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι"
    " kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ"
    " omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
SYMBOLS: Final = _pairs(
    "deg ° times × cdot · div ÷ pm ± mp ∓ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ sim ∼"
    " simeq ≃ equiv ≡ propto ∝ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ sqrt √ forall ∀"
    " exists ∃ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ emptyset ∅ oplus ⊕ otimes ⊗ odot ⊙ circ ∘"
    " ell ℓ rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔"
    " mapsto ↦ uparrow ↑ downarrow ↓ langle ⟨ rangle ⟩ ldots … dots … cdots ⋯ dagger †"
    " degree ° prime ′ hbar ℏ copyright © pounds £ euro €"
)
TEXT_SYMBOLS: Final = _pairs(
    "textgreater > textless < textbar | textasciitilde ~ textasciicircum ^ textbackslash \\"
    " textunderscore _ textbraceleft { textbraceright } textdollar $ textdegree ° textmu µ"
    " texttimes × textpm ± texteuro € textendash – textemdash — textellipsis … textbullet •"
    " textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” texttrademark ™"
    " textregistered ® textcopyright © textsection §"
)
# English words, which only maths makes unmistakable.
MATHS_ONLY: Final = (
    _pairs(
        "in ∈ to → gets ← mid | top ᵀ star ⋆ ast * cdotp · colon : wedge ∧ vee ∨ neg ¬ log log"
        " ln ln exp exp min min max max arg arg argmin argmin argmax argmax sup sup inf inf"
        " lim lim sin sin cos cos tan tan tanh tanh det det dim dim ker ker Pr Pr mod mod"
        " lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ supset ⊃ supseteq ⊇ parallel ∥ perp ⊥ prec ≺ succ ≻"
        " cong ≅ ni ∋ aleph ℵ Re ℜ Im ℑ"
    )
    | dict.fromkeys(("left", "right", "nolimits", "big", "Big"), "")
    | {"quad": " ", "qquad": " "}
)

STYLES: Final = frozenset(
    f"{prefix}{style}"
    for prefix, styles in {
        "text": ("bf", "it", "md", "normal", "rm", "sc", "sf", "sl", "tt", "up", ""),
        "math": ("bb", "bf", "cal", "frak", "it", "rm", "sf", "tt"),
        "": ("bm", "boldsymbol", "emph", "operatorname", "underline"),
    }.items()
    for style in styles
)
SWITCHES: Final = "bf|it|em|tt|rm|sc|sl|sf|cal|bfseries|itshape|ttfamily|scshape|slshape"

# Combining character, and the letters that it takes without braces: `\.com`, `\~user` and
# the apostrophe of `it\'s` are no accents.
ACCENTS: Final = {
    "'": ("\u0301", "aceginorsuyzACEGINORSUYZ"),
    "`": ("\u0300", "aeiouAEIOU"),
    '"': ("\u0308", "aeiouyAEIOUY"),
    "^": ("\u0302", "aceghijosuwyACEGHIJOSUWY"),
    "~": ("\u0303", "anoANO"),
    "=": ("\u0304", "aeiouAEIOU"),
    ".": ("\u0307", ""),
    "c": ("\u0327", ""),
    "v": ("\u030c", ""),
    "u": ("\u0306", ""),
    "H": ("\u030b", ""),
    "k": ("\u0328", ""),
    "r": ("\u030a", ""),
    "d": ("\u0323", ""),
}
SCRIPTS: Final = {
    "^": str.maketrans(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzT",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ",
    ),
    "_": str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"),
}
RAISED: Final = {"∘": "°", "°": "°", "′": "′", "†": "†", "ᵀ": "ᵀ"}

_SPACES: Final = (
    "newline linebreak par space quad qquad hfill thinspace medspace thickspace enspace emspace"
    " nobreakspace enskip"
)
# What only a field of a bibliography makes unmistakable.
FIELD_SYMBOLS: Final[dict[str, str]] = (
    _pairs(
        "S § P ¶ i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ TeX TeX LaTeX LaTeX BibTeX BibTeX"
        " textquotesingle ' textquotedbl \" guillemotleft « guillemotright » quotedblbase „"
        " quotesinglbase ‚ slash / textperiodcentered · textasteriskcentered * textordfeminine ª"
        " textordmasculine º textexclamdown ¡ textquestiondown ¿ textonehalf ½ textonequarter ¼"
        " lbrace { rbrace } textsterling £ textyen ¥ textcent ¢ textminus − textasciigrave `"
        " textasciiacute ´ textasciidieresis ¨ textparagraph ¶ dag † ddag ‡ textdagger †"
        " textdaggerdbl ‡"
    )
    | dict.fromkeys(_SPACES.split(), " ")
    | dict.fromkeys(("noindent", "protect", "relax", "xspace", "allowbreak", "negthinspace"), "")
)
# Commands whose argument prints between two marks.
ENCLOSING: Final = {
    "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"),
    "mkbibparens": ("(", ")"),
} | dict.fromkeys(
    ("mkbibemph", "mkbibbold", "mkbibitalic", "mbox", "hbox", "NoCaseChange"), ("", "")
)

# What amsmath and amssymb bring, and what is nearest to it in every document.
NEAREST: Final = _pairs(
    "mathbb mathbf boldsymbol mathbf bm mathbf mathfrak mathbf mathscr mathcal text mathrm"
    " textrm mathrm textnormal mathrm mbox mathrm textbf mathbf textit mathit texttt mathtt"
    " operatorname mathrm lvert vert rvert vert lVert Vert rVert Vert"
    " leqslant leq geqslant geq varnothing emptyset"
)
# Signs that pdfTeX has in no font and LaTeX prints as others do, each as nobody else writes it.
TWINS: Final = {"⋅": r"\cdot{}", "∗": r"\ast{}"}
# Commands of a formula that have an argument in braces: fonts, and accents on one sign.
FONTS: Final = frozenset(("mathbf", "mathcal", "mathit", "mathrm", "mathsf", "mathtt"))
SIGN_ACCENTS: Final = {
    "hat": "\u0302",
    "tilde": "\u0303",
    "bar": "\u0304",
    "vec": "\u20d7",
    "dot": "\u0307",
    "check": "\u030c",
    "acute": "\u0301",
    "grave": "\u0300",
    "breve": "\u0306",
}
_KERNEL: Final = """
    vert Vert cdot cdots ldots dots times div pm mp ast star circ bullet oplus otimes odot wedge
    vee cap cup leq le geq ge neq ne ll gg approx sim simeq cong equiv propto in ni notin subset
    subseteq supset supseteq mid parallel perp prec succ to gets rightarrow leftarrow
    leftrightarrow Rightarrow Leftarrow Leftrightarrow mapsto uparrow downarrow longrightarrow
    infty partial nabla sum prod int forall exists neg emptyset prime top bot ell hbar Re Im aleph
    langle rangle lfloor rfloor lceil rceil nolimits quad qquad dagger log ln exp min max
    arg sup inf lim sin cos tan tanh sinh cosh det dim ker Pr gcd limsup liminf
"""
IN_EVERY_DOCUMENT: Final = frozenset(_KERNEL.split()).union(GREEK, FONTS, SIGN_ACCENTS)
