"""Measurements, run by hand: each script prints a table, and proves nothing by itself."""
