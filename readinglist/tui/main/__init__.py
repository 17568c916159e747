"""The main screen, and what it can do, a base class for each kind of thing."""
