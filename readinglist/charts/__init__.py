"""Figures as pictures made of letters, for the terminal and for the app: colour only repeats."""
