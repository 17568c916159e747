"""The words that say nothing of what a paper is about: grammar, and what every abstract says."""

from __future__ import annotations

import re
from typing import Final

_GRAMMAR: Final = """
a about above across actually after again against ago all almost alone along alongside already also
although always am amid among an and another any anything are aren around as at away back be became
because become been before being below beside besides between beyond both but by can cannot could
did do does doing done down due during each either else enough even ever every everything few fewer
first five for former four from further furthermore get gets getting given giving goes going gone
got had has have having he hence her here herself him his how however i if in indeed instead into is
isn it its itself just last later latter least less let lots made main make makes making many may
maybe me might mine more moreover most mostly much must my near nearly neither never nevertheless
next no none nor not nothing notwithstanding now of off often on once one ones only onto or other
others otherwise our ours ourselves out over own per perhaps please quite rather really same second
see seem seen several shall she should since six so some something sometimes somewhat soon still
such than that the their theirs them themselves then there thereby therefore therein these they
thing third this those though three through throughout thus till to together too toward towards
twice two under unless unlike until up upon us versus very via was way we well were what whatever
when whenever where whereas whereby wherein whether which while who whole whom whose why will with
within without won would yes yet you your yours zero
"""
# In their simplest forms; `is_empty` knows the others.
_ABSTRACTS: Final = """
ability able abstract accept accomplish according account accurate achieve achievement acquire
action actual add addition additional address adequate advance advancement advantage affect afford
aforementioned aim al allow alongside alternative analyse analysis analyze appear application apply
approach appropriate area arise art article arxiv aspect assess assessment associate assume attain
attempt attention author auxiliary available avenue average base baseline basic basis bear begin
behave behind benefit best better big boost bound bring broad broader build building built call
capability capable capacity capture care carefully carry case cause central certain challenge change
characteristic check choice choose chosen claim clear close closely co collect collection com
combination combine come common commonly community comparable comparative compare comparison
compelling competitive complement complete completely component comprehensive compute con concept
concern conclude conclusion conduct confirm consequence consider considerable consist consistent
constitute construct contain context contrast contribute contribution conventional core correct
correspond cost cover create critical crucial current data dataset day deal decade dedicate deep
define definition degree deliver demand demonstrate demonstration depend depth derive describe
description design desirable desire despite detail determine develop developer development differ
difference different difficult difficulty dimension direct direction directly discover discuss
discussion distinct diverse diversity domain downside draw drawback drive driven drop early easily
easy edge effect effective effectiveness efficacy efficiency efficient effort element emerge
emphasize empirical empirically employ enable encompass encounter end engage enhance enhancement
enormous ensure entire equip era especially essential establish estimate etc evaluate evaluation
eventually evidence evident evolve examine example exceed excel excellent exception exhibit exist
expand expect expensive experiment experimental explain explicit explicitly exploit exploration
explore extend extension extensive extent extra face facilitate fact factor fail fall far fast
feasible feature field final finally find finding finish focus follow form found foundational
framework free freely frequent full fully fundamental future gain gap general generally generate
generic github go goal good great greatly ground grow growth guide handle happen hard help helpful
high higher highest highlight highly hinder hold hope house http https huge huggingface idea ideal
identify illustrate imagine impact implement implementation implication importance important
impressive improve improvement inadequate include incorporate increase incredible indicate
individual inevitable inform information inherent initial innovative input insight inspire instance
insufficient integrate integration intend intensive interest introduce introduction investigate
investigation involve io issue item joint keep key kind know known lack large largely larger largest
late lead leading led left length level leverage lie light like likely limit limitation line link
list literature little long longer look low lower maintain major majority manage manner mark massive
match material matter maximum meaningful means measure mechanism meet mention merely method
methodology metric million minimal minimum minor mitigate moderate modern modest month motivate move
multi multiple name namely native natural nature necessary necessity need new nontrivial normal
notable note noteworthy notion novel number numerous observation observe obtain occur offer open
operate opportunity optimal org organize origin original outcome outline outperform output overall
overcome overview page paper paradigm part particular particularly pave perform performance period
perspective phase phenomenon piece place play plus point poor popular pose position possess
possibility possible potential power powerful practical practice precise predominant prefer
preliminary present prevalent prevent previous previously primarily primary principle prior pro
problem procedure proceed process produce profound progress project prominent promise promising
proper properly property proposal propose prospect prove provide public publicly publish purpose
pursue put quality quantify quantitative quantity quick raise range rapid rare rate reach ready real
realistic reality realize receive recent recently recognize reduce reduction refer reflect regard
region relate relation relationship relative release relevant reliable rely remain remarkable remove
replace report represent representative require requirement research researcher reside resolve
resource respect respective respectively response rest result retain reveal review rich rise roadmap
robust role root rough run satisfy scale scenario scheme scope score section seek select selection
separate serious serve set setting setup shape share shed shift short shortcoming show showcase
shown side significance significant significantly similar similarity simple simplicity simply
simultaneous single situation size small smaller solely solid solution solve sophisticated sota
source space span special specific specifically stage stand standard start state step stimulate
straightforward strategy strength strengthen stress strong strongly structure struggle study sub
subject subsequent subset substantial substantially success successful successfully suffer
sufficient suggest suitable suite sum summarize summary superior support surpass survey synthesize
systematic tackle take target task technical technique technology tell tend term test theoretical
thorough time top topic total toy traditional trained trains treat tremendous trend trivial true try
turn type typical typically ubiquitous ubiquity ultimate uncover underexplored undergo underlie
underlying underperform underscore understand understanding unified unify unique unit unknown unlock
unprecedented unseen update urgent url use useful user utilise utility utilize v1 v2 v3 valid
validate validation valuable variant variation variety various vary vast version view vital want
weak website wide widely widespread wise work workflow world worth write written wrong year yield
"""
# They say what a paper is about together with another word, and little by themselves.
_OF_OTHERS: Final = """
ai algorithm language learn learning machine model network neural system train training
"""
_PLAIN: Final = frozenset(_OF_OTHERS.split())
_WORDS: Final = frozenset(_GRAMMAR.split()) | frozenset(_ABSTRACTS.split())
# How much a word's ending may hide of it, and what may have stood there.
_ENDINGS: Final = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"),
                   ("ing", ""), ("ing", "e"))  # fmt: skip
_SHORTEST: Final = 3
# How, not what: "significantly", but neither "family" nor "anomaly".
_HOW: Final = re.compile(".+(?:al|able|ant|ar|ate|ed|ent|ess|ete|ic|ing|ise|ite|ive|ous|ute)ly")


def is_plain(spelt: str) -> bool:
    """Whether a term says little to someone who reads it by itself."""
    return spelt in _PLAIN or spelt.removesuffix("s") in _PLAIN


def is_empty(word: str) -> bool:
    """Whether a folded word says nothing of what a paper is about."""
    if word in _WORDS or word.isdigit() or len(word) == 1 or _HOW.fullmatch(word):
        return True
    return any(
        len(root := word.removesuffix(ending) + before) >= _SHORTEST and root in _WORDS
        for ending, before in _ENDINGS
        if word.endswith(ending)
    )
