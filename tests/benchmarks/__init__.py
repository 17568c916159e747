"""How fast, how small and how forgiving the program is, beside what else could do the work."""
