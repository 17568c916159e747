"""Papers that are about the same, told by their words alone."""
