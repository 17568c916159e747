"""The door for `python -m readinglist`; the console script comes through it too."""

import gc
import sys

_PACE = 50_000  # objects between two looks for garbage; a start makes many, and all of them stay


def main() -> int:
    """Run the command line on `sys.argv` and return its exit code."""
    gc.set_threshold(_PACE)
    from readinglist.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
