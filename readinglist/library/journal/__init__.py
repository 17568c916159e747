"""What the user did: every edit with what was before it."""
