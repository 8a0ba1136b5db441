"""Random reporting years in which everything goes wrong: `python scripts/torture.py [--seeds N]
[--seed S] [--minutes M] [--jobs J] [--no-postgres]`. What is done: scripts/hard_years/main.py.
"""

from __future__ import annotations

import sys

import environment

if __name__ == "__main__":
    python = environment.ensure(["local", "postgres"])
    sys.exit(environment.go_on_in(python, "hard_years/main.py", sys.argv[1:]))
