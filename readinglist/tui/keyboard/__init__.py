"""The keys: what they do, what they are called, and which the user has chosen instead."""
