"""Runs a whole reporting year on this machine: `python scripts/demo.py [--serve]`.

Nothing is needed before it but Python 3.11 and a connection to the package index.
"""

from __future__ import annotations

import sys

import environment

if __name__ == "__main__":
    python = environment.ensure(["local"])
    sys.exit(environment.go_on_in(python, "sample_year/main.py", sys.argv[1:]))
