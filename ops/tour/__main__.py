"""`python -m ops.tour`: both ways round."""

import os
import sys

from ops.tour.long_way import LongWay
from ops.tour.people import NotAsItShould
from ops.tour.short_way import ShortWay


def main() -> int:
    """Run the tour against SIDAN_PORT on this machine, or the address given as the first word."""
    at_home = f"http://127.0.0.1:{os.environ.get('SIDAN_PORT', '8000')}"
    base = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else at_home
    try:
        for way in (ShortWay(base), LongWay(base)):
            way.run()
    except NotAsItShould as problem:
        print(f"The tour ended: {problem}", file=sys.stderr)
        return 1
    print("The tour went all the way round, twice.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
