"""The fault campaign: `python scripts/torture.py [--seeds N] [--seed S] [--minutes M]`.

A seed is a reporting year of a small office on a local Google of its own. Schools submit and edit,
from their own addresses and others', what is hostile to programs too; reviewers decide, extend,
receive, void, accept, revoke; people sort, cut, paste, rename and delete in the spreadsheet of
answers; harvests come between, in calm, in a storm of faults, killed by SIGKILL, two at once.

What is true is worked out from what the schools and reviewers did (`deeds`, `truth`), by a reading
of the ledger's rules that shares nothing with the product, and is compared with `cchc ledger show`,
and with the log: every deed once, as written. It must be so whenever a harvest says that all went
well, and at the end of every seed, once the faults have stopped.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from hard_years.campaign import Outcome


def main(arguments: Sequence[str] | None = None) -> int:
    from hard_years.campaign import live_through  # not where a killed harvest imports this file

    options = _options().parse_args(arguments)
    lived = failed = 0
    did: Counter[str] = Counter()
    seconds = time.monotonic()
    until = seconds + options.minutes * 60 if options.minutes else float("inf")
    for seed in _seeds(options):
        outcome = live_through(seed)
        lived += 1
        did.update(outcome.did)
        failed += bool(outcome.wrong)
        _print(outcome)
        if time.monotonic() > until:
            break
    seconds = time.monotonic() - seconds
    print(f"{lived} seeds, {failed} failed, {seconds:.0f} s:")
    print(", ".join(f"{count} {kind}" for kind, count in did.most_common()))
    return 1 if failed else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Random years in which everything goes wrong.")
    parser.add_argument("--seeds", type=int, default=20, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="the first of them")
    parser.add_argument("--minutes", type=float, help="as many seeds as that takes")
    return parser


def _seeds(options: argparse.Namespace) -> Iterator[int]:
    if options.minutes:
        return itertools.count(options.seed)
    return iter(range(options.seed, options.seed + options.seeds))


def _print(outcome: Outcome) -> None:
    word = "FAILED" if outcome.wrong else "ok"
    print(f"seed {outcome.seed}: {word}, {len(outcome.story)} steps, {outcome.seconds:.1f} s")
    if outcome.wrong:
        for line in outcome.story:
            print(f"  {line}")
        for line in outcome.wrong:
            print(f"  WRONG: {line}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
