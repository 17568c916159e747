"""How a captured listing is laid out, and which of its lines are titles and abstracts."""
