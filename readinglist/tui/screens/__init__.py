"""The app's screens: the main one, and dialogs that return typed results."""
