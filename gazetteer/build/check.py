"""Checks the tables: ids, parents, ranges, every Ukrainian and Russian point inside its unit's outline, duplicates.

    python3 gazetteer/build/check.py

Prints each complaint; the exit code is 1 if there is any.
"""

import sys
from collections import Counter

from shapely.geometry import Point, shape
from shapely.prepared import prep

import json

import tables

# About 5 km, and a little for what the outlines lost in being simplified.
MARGIN_DEGREES = 0.065
# Elsewhere GeoNames' towns and Natural Earth's outlines disagree at some borders (Moscow and its oblast).
CHECKED = ("UA", "gn538555", "gn578071", "gn571473", "gn501165", "gn472039")
# Reviewed: outside their unit's outline in truth, or for a reason that the table gives.
KNOWN = {r["place"] for r in tables.read(tables.ROOT / "exceptions.tsv")}
CRIMEA, SEVASTOPOL, UKRAINE = "UA01000000000013043", "UA85000000000065278", "gn690791"


def main():
    places = [r for path in sorted((tables.ROOT / "places").glob("*.tsv")) for r in tables.read(path)]
    by_id = {r["id"]: r for r in places}
    complaints = [f"id {i} stands {n} times" for i, n in Counter(r["id"] for r in places).items() if n > 1]
    complaints += [f"{r['id']}: no parent {r['parent']}" for r in places if r["parent"] and r["parent"] not in by_id]
    complaints += [f"{r['id']}: bad range" for r in places if r["lon"] and not (-180 <= float(r["lon"]) <= 180 and -90 <= float(r["lat"]) <= 90)]
    complaints += [f"{r['id']}: point {r['point']} without radius" for r in places if r["lon"] and not r["radius_m"]]
    names = Counter()
    for path in sorted((tables.ROOT / "names").glob("*.tsv")):
        for r in tables.read(path):
            if r["place"] not in by_id:
                complaints.append(f"{path.name}: no place {r['place']}")
            names[r["place"], r["name"], r["lang"]] += 1
    complaints += [f"{key}: {n} times" for key, n in names.items() if n > 1]
    complaints += [f"{c} is not Ukraine's" for c in (CRIMEA, SEVASTOPOL) if by_id[c]["parent"] != UKRAINE]
    complaints += _outside(places, by_id)
    print(*complaints[:50], sep="\n")
    print(len(places), "places,", sum(names.values()), "names,", len(complaints), "complaints")
    return bool(complaints)


def _first_level(row, by_id):
    while row and row["class"] != "admin1":
        row = by_id.get(row["parent"])
    return row


def _outside(places, by_id):
    outlines = {}
    for feature in json.loads((tables.ROOT / "outlines" / "admin1.geojson").read_text(encoding="utf-8"))["features"]:
        outlines[feature["properties"]["id"]] = prep(shape(feature["geometry"]).buffer(MARGIN_DEGREES))
    found = []
    for row in places:
        if row["class"] == "settlement" and row["lon"] and row["point"] in ("exact", "derived"):
            unit = _first_level(row, by_id)
            if unit and unit["id"] in outlines and unit["id"].startswith(CHECKED) and row["id"] not in KNOWN and not outlines[unit["id"]].contains(Point(float(row["lon"]), float(row["lat"]))):
                found.append(f"{row['id']} {row['name']} lies outside {unit['name']}")
    return found


if __name__ == "__main__":
    sys.exit(main())
