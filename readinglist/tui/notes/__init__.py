"""A note while it is written: its draft, its links, and what others write meanwhile."""
