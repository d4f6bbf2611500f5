"""Hold the branch coverage: fail where it falls below its recorded floor.

    python tools/coverage_floor.py      read COVERAGE_FILE (or .coverage) of the last pytest --cov run

Floors are whole percents, raised by hand as the figures rise, never lowered (design page 5: 100 % for `sync/` and
`domain/`, never falling elsewhere).
"""

from __future__ import annotations

import io
import sys

import coverage

FLOORS = {
    "sync": ("sync/*", 100),
    "domain": ("liaison_desk/domain/*", 100),
    "all": ("*", 92),
}


def main() -> int:
    """Print a line for each floor; 1 when any is not reached."""
    data = coverage.Coverage()
    data.load()
    fallen = 0
    for name, (pattern, floor) in FLOORS.items():
        table = io.StringIO()
        try:
            reached = data.report(include=[pattern], file=table, show_missing=True, skip_covered=True)
        except coverage.CoverageException as error:  # the tests did not get as far as writing any
            print(f"{name:<8}no figure: {error}")
            return 1
        if reached < floor:
            fallen += 1
            print(table.getvalue())
        print(f"{name:<8}{reached:7.2f} %   floor {floor} %{'' if reached >= floor else '   FALLEN BELOW'}")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
