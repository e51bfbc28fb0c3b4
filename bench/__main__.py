"""`python -m bench [--quick] [row ...]`: run the rows, print the table, exit 1 unless every row
passes.
"""

import argparse
import importlib
import sys

from bench.harness import Result, Verdict, table

# In the order of the printed table. Each module has `run(quick)`, which yields results.
ROWS = (
    "notice_list",
    "growth",
    "entry_post",
    "deadline_rush",
    "slow_clients",
    "log_append",
    "log_proof",
    "draw_order",
    "weighted_order",
    "sealed_quotes",
    "row_deadline",
    "row_sweep",
    "home_wire",
    "text_search",
    "open_data",
    "draw_watchers",
    "auction_bids",
)


def main(words: list[str] | None = None) -> int:
    """Run what was asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller volumes and fewer rounds")
    parser.add_argument("rows", nargs="*", metavar="row", help=", ".join(ROWS))
    asked = parser.parse_args(words)
    if unknown := set(asked.rows) - set(ROWS):
        parser.error(f"no row {', '.join(sorted(unknown))}")
    results: list[Result] = []
    for name in asked.rows or ROWS:
        for result in importlib.import_module(f"bench.{name}").run(asked.quick):
            print(table([result]), flush=True)
            results.append(result)
    print("\n" + table(results))
    return 0 if all(row.verdict is Verdict.PASS for row in results) else 1


if __name__ == "__main__":
    sys.exit(main())
