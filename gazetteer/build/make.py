"""Rebuilds every generated table of the gazetteer from the pinned packages.

    python3 gazetteer/build/make.py [ukraine] [units] [russia] [neighbours] [world] [roads] [outlines] [common_words]

Needs openpyxl, shapely and babel; the packages go into the cache (see `sources.py`).
"""

import sys

import common_words
import outlines
import roads
import tables
import ukraine_rows
import units
import world

STEPS = {
    "ukraine": lambda: tables.write_region("ukraine", *ukraine_rows.rows()),
    "units": lambda: tables.write_region("units", *units.rows()),
    "russia": lambda: tables.write_region("russia", *world.russia()),
    "neighbours": lambda: tables.write_region("neighbours", *world.neighbours()),
    "world": lambda: tables.write_region("world", *world.world()),
    "roads": lambda: tables.write_region("roads", *roads.rows()),
    "outlines": outlines.write,
    "common_words": common_words.write,
}

if __name__ == "__main__":
    chosen = sys.argv[1:] or list(STEPS)
    unknown = [step for step in chosen if step not in STEPS]
    if unknown:
        sys.exit(f"no such step: {', '.join(unknown)}\n{__doc__}")
    for step in chosen:
        print(step, flush=True)
        STEPS[step]()
