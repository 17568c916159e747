"""The SQLite file: opened, made, converted, written."""
