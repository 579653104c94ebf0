"""The command: `python -m ops.checks [step …]` runs the steps and prints a table; non-zero if any failed."""

import argparse
import sys
from collections.abc import Sequence

from ops.checks.steps import STEPS, Outcome, run_steps


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named steps, or all, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ops.checks", description=__doc__)
    parser.add_argument("steps", nargs="*", metavar="step", help=", ".join(step.name for step in STEPS))
    wanted = parser.parse_args(arguments).steps
    unknown = set(wanted) - {step.name for step in STEPS}
    if unknown:
        parser.error(f"no such step: {', '.join(sorted(unknown))}")
    outcomes = run_steps([step for step in STEPS if not wanted or step.name in wanted])
    for outcome in outcomes:
        if not outcome.passed:
            print(f"--- {outcome.step.name} ---\n{outcome.said}\n")
    print(*(_line(outcome) for outcome in outcomes), sep="\n")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _line(outcome: Outcome) -> str:
    verdict = "ok" if outcome.passed else f"FAILED  to mend: {outcome.step.mend}"
    return f"{outcome.step.name:<11}{outcome.seconds:6.1f} s  {verdict}"


if __name__ == "__main__":
    sys.exit(main())
