"""The fault campaign: `python scripts/torture.py [--seeds N] [--seed S] [--minutes M] [--jobs J]`.

A seed is a reporting year of a small office on a local Google of its own. Schools submit and edit,
from their own addresses and others', what is hostile to programs too; reviewers decide, extend,
receive, void, accept, revoke; people delete responses, and sort, cut, paste, rename and delete in
the spreadsheet of answers; harvests come between, in calm, in a storm of faults, killed by SIGKILL,
two at once. They read both sides, or the Sheet or the forms alone; the log lies in a file or in
PostgreSQL, and is now and then left for a copy of it, for the dashboard's, or for one rebuilt from
Google.

What is true is worked out from what the schools and reviewers did (`deeds`, `truth`), by a reading
of the ledger's rules that shares nothing with the product, and is compared with `cchc ledger show`,
and with the log: every deed once, as written. It must be so whenever a harvest says that all went
well, and at the end of every seed, once the faults have stopped. The table at the end counts what
came about; a long run in which something of it never did has failed (`tally`).
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import postgres

if TYPE_CHECKING:
    from hard_years.campaign import Outcome


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    place = None if options.no_postgres else postgres.binaries()
    if place is None:
        print("no PostgreSQL server: all logs lie in files", flush=True)
        return _campaign(options, None)
    with postgres.serving(place) as server:
        return _campaign(options, server)


def _campaign(options: argparse.Namespace, server: str | None) -> int:
    """1 when a seed came out wrong, or when in many of them something never came about."""
    from hard_years import tally  # not where a killed harvest imports this file

    lived = failed = 0
    did: Counter[str] = Counter()
    begun = time.monotonic()
    for outcome in _lived(options, server):
        lived += 1
        did.update(outcome.did)
        failed += bool(outcome.wrong)
        _print(outcome)
        if options.minutes and time.monotonic() > begun + options.minutes * 60:
            break
    print(f"{lived} seeds, {failed} failed, {time.monotonic() - begun:.0f} s")
    for line in tally.table(did):
        print(f"  {line}")
    absent = tally.absent(did, with_server=server is not None)
    if absent:
        print(f"never: {', '.join(absent)}")
    return 1 if failed or (absent and lived >= tally.ENOUGH) else 0


def _lived(options: argparse.Namespace, server: str | None) -> Iterator[Outcome]:
    """In the order of the seeds; several at a time are in processes of their own."""
    from hard_years.campaign import live_through

    live = partial(live_through, server=server)
    if options.minutes:
        yield from map(live, itertools.count(options.seed))
    elif options.jobs == 1:
        yield from map(live, range(options.seed, options.seed + options.seeds))
    else:
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(options.jobs, spawn) as pool:
            yield from pool.map(live, range(options.seed, options.seed + options.seeds))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Random years in which everything goes wrong.")
    parser.add_argument("--seeds", type=int, default=20, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="the first of them")
    parser.add_argument("--minutes", type=float, help="as many seeds as that takes")
    parser.add_argument("--jobs", type=int, default=1, help="so many at a time (but for --minutes)")
    parser.add_argument("--no-postgres", action="store_true", help="all logs in files")
    return parser


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
