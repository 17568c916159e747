"""What BibTeX and BibLaTeX have in common: the reading of both, and the writing of each."""
