"""The command `autograder`, also as `python -m autograder`."""

import os
import signal


def main() -> None:
    """Run the command. Ctrl-C ends it without a word as long as nothing has begun."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    from autograder.cli import main as begin

    begin()


if __name__ == "__main__":
    main()
