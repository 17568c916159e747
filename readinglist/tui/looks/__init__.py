"""How the app looks: themes and their inks, signs, and text that fits a grid of cells."""
