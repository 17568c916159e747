"""What leaves the app: to the clipboard, to files, to the browser."""
