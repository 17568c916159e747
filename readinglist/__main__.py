"""The door for `python -m readinglist`; the console script comes through it too."""

import gc
import sys

_PACE = 50_000  # objects made between two looks for garbage


def main() -> int:
    """Run the command line on `sys.argv` and return its exit code."""
    gc.set_threshold(_PACE)
    gc.disable()  # until there may be garbage: what a start makes stays, and looking takes 25 ms
    from readinglist.cli import main as run

    code = run(sys.argv[1:])
    gc.disable()
    gc.freeze()  # Python would look through everything once more before it ends, for 6 ms
    return code


if __name__ == "__main__":
    sys.exit(main())
