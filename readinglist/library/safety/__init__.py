"""What keeps a library from being lost: copies, examinations, dumps."""
