"""What things cost: `python scripts/bench.py [NAME ...] [--small]`; all of them, unnamed.

Names: ledger, harvest, dashboard, local_google.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from benches import dashboard, harvest, ledger, local_google

BENCHES = {
    "ledger": ledger.main,
    "harvest": harvest.main,
    "dashboard": dashboard.main,
    "local_google": local_google.main,
}


def main(arguments: Sequence[str]) -> int:
    names = [one for one in arguments if one != "--small"]
    if unknown := [name for name in names if name not in BENCHES]:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
        return 2
    for name in names or BENCHES:
        BENCHES[name]("--small" in arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
