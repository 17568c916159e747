"""The terminal app: screens decide, widgets say what happened, the library remembers."""
