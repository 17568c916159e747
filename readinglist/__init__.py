"""readinglist: turn piles of paper listings into a reading list you finish."""

__version__ = "0.1.0"
