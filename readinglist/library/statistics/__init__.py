"""How the reading goes, reckoned from the journal."""
