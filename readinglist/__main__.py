"""The door for `python -m readinglist`; the console script comes through it too."""

import sys


def main() -> int:
    """Run the command line on `sys.argv` and return its exit code."""
    from readinglist.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
