"""Finding papers, and saying why they were found."""
