"""The pictures in docs/: `python scripts/pictures.py [--into FOLDER] [--width PIXELS]`.

Each tab of the dashboard in a browser, and pages of the local Google, in the sample year, three
days after a deadline. For whoever changed one of them.
"""

from __future__ import annotations

import sys

import environment

if __name__ == "__main__":
    python = environment.ensure(["local", "postgres", "dev"])
    sys.exit(environment.go_on_in(python, "sample_year/pictures.py", sys.argv[1:]))
