"""`python -m liaison_desk` is `liaison-desk`."""

from __future__ import annotations

import sys

from liaison_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
