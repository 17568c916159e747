"""The query language: from text to a tree, and what each field means."""
