"""The full-text index: what it holds, and how it keeps up with the papers."""
