"""The commands by which ADS names journals, which only astronomers' document classes know."""

from __future__ import annotations

import re
from typing import Final

_COMMAND: Final = re.compile(r"\s*\{?\\([a-z]+)\}?\s*")
_TABLE: Final = """
    aap Astronomy & Astrophysics
    aapr Astronomy & Astrophysics Reviews
    aaps Astronomy & Astrophysics Supplement Series
    aj The Astronomical Journal
    ao Applied Optics
    apj The Astrophysical Journal
    apjl The Astrophysical Journal Letters
    apjs The Astrophysical Journal Supplement Series
    applopt Applied Optics
    apss Astrophysics and Space Science
    araa Annual Review of Astronomy and Astrophysics
    azh Astronomicheskii Zhurnal
    baas Bulletin of the American Astronomical Society
    gca Geochimica et Cosmochimica Acta
    grl Geophysical Research Letters
    icarus Icarus
    jcap Journal of Cosmology and Astroparticle Physics
    jcp The Journal of Chemical Physics
    jgr Journal of Geophysical Research
    jqsrt Journal of Quantitative Spectroscopy and Radiative Transfer
    jrasc Journal of the Royal Astronomical Society of Canada
    memras Memoirs of the Royal Astronomical Society
    memsai Memorie della Società Astronomica Italiana
    mnras Monthly Notices of the Royal Astronomical Society
    na New Astronomy
    nar New Astronomy Reviews
    nat Nature
    nphysa Nuclear Physics A
    pasa Publications of the Astronomical Society of Australia
    pasj Publications of the Astronomical Society of Japan
    pasp Publications of the Astronomical Society of the Pacific
    physrep Physics Reports
    physscr Physica Scripta
    planss Planetary and Space Science
    pra Physical Review A
    prb Physical Review B
    prc Physical Review C
    prd Physical Review D
    pre Physical Review E
    prl Physical Review Letters
    procspie Proceedings of SPIE
    qjras Quarterly Journal of the Royal Astronomical Society
    rmxaa Revista Mexicana de Astronomía y Astrofísica
    skytel Sky and Telescope
    solphys Solar Physics
    sovast Soviet Astronomy
    ssr Space Science Reviews
    zap Zeitschrift für Astrophysik
"""
_NAMES: Final = dict(line.split(maxsplit=1) for line in _TABLE.strip().splitlines())


def journal_named(raw: str) -> str | None:
    r"""The journal that a field names by a command, such as `\prl`; None if it does not."""
    found = _COMMAND.fullmatch(raw)
    return _NAMES.get(found[1]) if found else None
