"""Points derived from statements of dated reports: "X (N km DIR of Y)" places X, if Y is known.

Each statement is a spot at the distance and bearing from Y with an error across the bearing (one of
eight names for it) and along it; the spots of one settlement and the centre of its hromada are
combined by their precision. Where a town is named without a distance, the usual one is assumed. Sentences of events
with a point are such spots too (`events.py`). Only the fact is kept (name, point, radius, dates), never a sentence.
Run by hand with a table of statements (columns date, name, km, direction, anchor), of which the even days
of the month are taken and the odd ones left for measuring; those of `points/statements.tsv`, each with the
page it stands on, are added; and with a file of geolocated sentences, of which the even lines are taken:

    python3 gazetteer/build/learned.py STATEMENTS.tsv SENTENCES.jsonl
"""

import sys
from collections import defaultdict
from math import cos, hypot, radians, sin, sqrt

import events
import fold
import geometry
import tables

BEARING = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315}
# Distances are stated from a town's edge: centre to centre it is this much more.
EDGE_KM = 1.2
EDGE_OF_VILLAGE_KM = 0.4
# Standard errors of a statement: along the bearing, and across it by the distance.
ALONG_KM, ALONG_SHARE, ACROSS_SHARE = 1.0, 0.10, 0.27
# "X (northwest of Y)" for a town Y: the middle of what such statements meant, and its standard errors along and
# across the bearing; of 64 known villages the median error fell from 8.2 to 5.3 km.
USUAL_KM, USUAL_ALONG_KM, USUAL_ACROSS_KM = 12.0, 8.0, 5.0
# From this many inhabitants on a place is a town, and from that many a city: "southeast of Sumy City" reaches to the border.
TOWN_POPULATION, CITY_POPULATION = 8000, 100_000
# Standard error of the centre of a hromada as a point for one of its settlements.
HROMADA_KM = 11.0
# A settlement of the name whose present point lies this many errors off is not the one that is meant.
TOO_FAR = 2.2
# The ninetieth percentile of the distance in terms of the larger standard error; measured, see README.
RADIUS_FACTOR = 2.4
# What all spots of a settlement may have in common: its middle is not where the fighting is.
COMMON_KM = 0.8
# A spot that lies further off than this many of its standard errors counts for less, in proportion.
FAR_OFF = 1.5
# An event nearer than this to a settlement of the name whose point is known is told of that one.
EVENT_REACH_KM = 15.0
# With a larger error a derived point says no more than the centre of the hromada.
LARGEST_ERROR_KM = 7.0
KM_PER_DEGREE = 111.2


def statements(path):
    """(date, name, kilometres or None, bearing, anchor) of every statement."""
    found = []
    even = [row for row in tables.read(path) if int(row["date"][-2:]) % 2 == 0]
    for row in even + tables.read(tables.ROOT / "points" / "statements.tsv"):
        if row["direction"] in BEARING:
            km = float(row["km"]) if row["km"] else None
            found.append((row["date"], row["name"], km, BEARING[row["direction"]], row["anchor"]))
    return found


class Known:
    """The settlements of the tables by folded key."""

    def __init__(self):
        self.places, self.by_key = {}, defaultdict(set)
        rows = [r for region in ("ukraine", "russia", "overlay", "units") for r in tables.read(tables.ROOT / "places" / f"{region}.tsv")]
        units = {r["id"]: r for r in rows if r["class"] in ("admin3", "admin2") and r["lon"]}
        for row in rows:
            if row["class"] == "settlement" and row["lon"]:
                if row["point"] != "exact" and row["parent"] in units:
                    # What was learned before must not be learned from: the middle of the unit is all that is known.
                    unit = units[row["parent"]]
                    row |= {"lon": unit["lon"], "lat": unit["lat"], "point": unit["class"] + "_centroid"}
                self.places[row["id"]] = row
                for key in fold.keys(row["name"]):
                    self.by_key[key].add(row["id"])
        for region in ("ukraine", "russia", "aliases"):
            for row in tables.read(tables.ROOT / "names" / f"{region}.tsv"):
                if row["place"] in self.places and row["kind"] != "ru_generated":
                    for key in fold.keys(row["name"], row["lang"] or None):
                        self.by_key[key].add(row["place"])

    def named(self, name):
        name = name.removesuffix(" City").removesuffix(" city")
        return [self.places[i] for key in fold.keys(name) for i in sorted(self.by_key[key])]


def point(row):
    return (float(row["lon"]), float(row["lat"]))


def _moved(origin, km, bearing):
    lon, lat = origin
    return (
        lon + km * sin(radians(bearing)) / (KM_PER_DEGREE * cos(radians(lat))),
        lat + km * cos(radians(bearing)) / KM_PER_DEGREE,
    )


def _size(row):
    return int(row["population"] or 0)


def _anchor(known, name, wanted):
    """The anchor that is meant: exact, and the largest place of its name, or the one that the
    settlements of the wanted name lie around."""
    found = [r for r in known.named(name) if r["point"] == "exact"]
    if not found:
        return None
    large = [r for r in found if _size(r) >= TOWN_POPULATION]
    # "Donetsk" is not the Russian one where the place may be Ukraine's.
    if any(r["id"].startswith("UA") for r in wanted):
        large = [r for r in large if r["id"].startswith("UA")] or large
    # Nikopol was once called Sloviansk.
    large = [r for r in large if set(fold.keys(r["name"])) & set(fold.keys(name))] or large
    if len(large) == 1:
        return large[0]
    near = [(min(geometry.km(point(a), point(w)) for w in wanted), a["id"], a) for a in large or found]
    return min(near)[2] if near and min(near)[0] < 60 else None


def _assign(known, path):
    """settlement id → [(date, spot, bearing, along, across)] for settlements without an exact point."""
    found = defaultdict(list)
    for date, name, km, bearing, anchor_name in statements(path):
        wanted = known.named(name)
        if not wanted:
            continue
        anchor = _anchor(known, anchor_name, wanted)
        if anchor is None or (km or 0) > 45 or (km is None and not TOWN_POPULATION <= _size(anchor) < CITY_POPULATION):
            continue
        if km is None:
            spot, along, across = _moved(point(anchor), USUAL_KM, bearing), USUAL_ALONG_KM, USUAL_ACROSS_KM
        else:
            edge = EDGE_KM if _size(anchor) >= TOWN_POPULATION else EDGE_OF_VILLAGE_KM
            spot = _moved(point(anchor), km + edge, bearing)
            along, across = ALONG_KM + ALONG_SHARE * km, 0.5 + ACROSS_SHARE * km
        reach = max(along, across)
        fits = []
        for row in wanted:
            error = reach if row["point"] == "exact" else hypot(reach, HROMADA_KM if row["point"] == "admin3_centroid" else 25)
            off = geometry.km(point(row), spot) / error
            if off < TOO_FAR:
                fits.append((off * (1 if row["point"] == "exact" else 1.0), row["id"], row))
        if any(row["point"] == "exact" for _, _, row in fits) or not fits:
            continue
        fits.sort(key=lambda f: f[:2])
        if len(fits) > 1 and fits[1][0] < fits[0][0] * 1.6:
            continue  # Two settlements of the name could be meant.
        found[fits[0][1]].append((date, spot, bearing, along, across))
    return found


def _events(known, path):
    """settlement id → [(date, spot, bearing, along, across)] of sentences with a point, for the same settlements."""
    found = defaultdict(list)
    for naming in events.namings(path):
        wanted = known.named(naming.name) or known.named(naming.name.split(" ")[0])
        if any(r["point"] == "exact" and geometry.km(point(r), naming.event) < EVENT_REACH_KM for r in wanted):
            continue
        fits = []
        for row in wanted:
            off = geometry.km(point(row), naming.event) / (HROMADA_KM if row["point"] == "admin3_centroid" else 25)
            if row["point"] != "exact" and off < TOO_FAR:
                fits.append((off, row["id"]))
        fits.sort()
        if not fits or (len(fits) > 1 and fits[1][0] < fits[0][0] * 1.6):
            continue
        spot = naming.event
        if naming.bearing is not None:
            spot = _moved(spot, events.OFF_KM, (naming.bearing + 180) % 360)
        if all(geometry.km(spot, other[1]) > events.SAME_KM for other in found[fits[0][1]]):
            found[fits[0][1]].append((naming.date, spot, naming.bearing or 0, naming.along, naming.across))
    return found


def _combined(row, spots):
    """The mean of the spots and the hromada's centre by their precision, in which a spot that lies far from the rest
    counts for less; (point, larger standard error)."""
    lon0, lat0 = point(row)
    scale = KM_PER_DEGREE * cos(radians(lat0))
    prior = HROMADA_KM if row["point"] == "admin3_centroid" else 25.0
    local = [((lon - lon0) * scale, (lat - lat0) * KM_PER_DEGREE, radians(bearing), along, across)
             for _, (lon, lat), bearing, along, across in spots]
    shares = [1.0] * len(local)
    for _ in range(6):
        a, b, c = 1 / prior**2, 0.0, 1 / prior**2
        u = v = 0.0
        for share, (x, y, bearing, along, across) in zip(shares, local):
            s, t = sin(bearing), cos(bearing)
            wa, wc = share / along**2, share / across**2
            xx, xy, yy = wa * s * s + wc * t * t, (wa - wc) * s * t, wa * t * t + wc * s * s
            a, b, c = a + xx, b + xy, c + yy
            u, v = u + xx * x + xy * y, v + xy * x + yy * y
        det = a * c - b * b
        x, y = (c * u - b * v) / det, (a * v - b * u) / det
        shares = [min(1.0, FAR_OFF / max(_off(spot, x, y), 1e-9)) for spot in local]
    trace = (a + c) / det
    larger = sqrt(trace / 2 + sqrt(max(0.0, trace * trace / 4 - 1 / det)))
    return (lon0 + x / scale, lat0 + y / KM_PER_DEGREE), hypot(larger, COMMON_KM)


def _off(spot, x, y):
    """How many of its standard errors a spot lies from a place."""
    spot_x, spot_y, bearing, along, across = spot
    dx, dy, s, t = spot_x - x, spot_y - y, sin(bearing), cos(bearing)
    return hypot((dx * s + dy * t) / along, (dx * t - dy * s) / across)


def derive(statements_path, sentences_path):
    """Rows of `points/learned.tsv`: place, name, lon, lat, radius_m, date, statements, events."""
    known = Known()
    told, seen = _assign(known, statements_path), _events(known, sentences_path)
    rows = []
    for id_ in sorted(told.keys() | seen.keys()):
        row = known.places[id_]
        distinct = list({(s[1], s[2]): s for s in told[id_]}.values())
        (lon, lat), error = _combined(row, distinct + seen[id_])
        if error <= LARGEST_ERROR_KM:
            radius = round(error * RADIUS_FACTOR * 10) * 100
            date = min(s[0] for s in told[id_] + seen[id_])
            rows.append((id_, row["name"], f"{lon:.4f}", f"{lat:.4f}", str(radius), date, str(len(distinct)), str(len(seen[id_]))))
    return rows


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    columns = ("place", "name", "lon", "lat", "radius_m", "date", "statements", "events")
    tables.write(tables.ROOT / "points" / "learned.tsv", columns, derive(*sys.argv[1:]))
