"""The main screen's widgets: they show, and say by messages what the user did."""
