"""`make bench`: run every benchmark, or those named on the command line."""

from __future__ import annotations

import sys

from benchmarks import delivery, extraction, memory, polling, stories

BENCHMARKS = {
    "delivery": delivery.main,
    "extraction": extraction.main,
    "memory": memory.main,
    "polling": polling.main,
    "stories": stories.main,
}


def main() -> int:
    names = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark is called {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
        return 2
    for name in names:
        print(f"== {name}")
        BENCHMARKS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
