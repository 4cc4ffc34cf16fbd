"""Ukraine's settlements: the codifier's list joined to the points of the other sources.

1. A name that is unique in its oblast takes the point of that name, and the one town of a name that of the city.
2. A name with namesakes takes the candidate of its own old raion, else the one nearest its hromada.
3. What is left gets its hromada's centre, else its raion's, and says so.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import cities
import fold
import geometry
import katottg
import naturalearth
import points
import postal
import russian

OBLAST_BY_ISO = naturalearth.UKRAINE
ISO_BY_OBLAST = {code: iso for iso, code in OBLAST_BY_ISO.items()}
KYIV, SEVASTOPOL = "UA80000000000093317", "UA85000000000065278"
# A candidate must lie this near to the centre of the hromada's other settlements.
HROMADA_REACH_KM = 42.0
RAION_REACH_KM = 50.0
# A candidate of another old raion stands back behind one of the settlement's own that is so much further off.
FOREIGN_RAION_KM = 12.0
# Where six points and more of a hromada are known, a point this many times the third quartile from its middle
# (and further than this at least) is not one of them.
SPREAD, SMALL_HROMADA_KM = 2.4, 28.0
# Where so many points of a hromada are known, one this far from its middle and from the nearest other stands alone:
# of 26 such points only 18 were the village's.
CROWD, ALONE_KM, APART_KM = 13, 15.0, 12.0
# A postal point this near to a city of the same name is that city's.
CITY_REACH_KM = 5.0
# Two namesakes are not as near as this.
DOUBLE_KM = 0.5
# A city of GeoNames with so many inhabitants is a town rather than a village of the name.
TOWN_POPULATION = 2000
# The point of a village's council is the village's within this radius, if it is this near to the hromada's centre.
COUNCIL_RADIUS_M, COUNCIL_REACH_KM = 7000, 25.0
# Names this long may differ by one letter, this near to the hromada's centre.
SPELLING_LENGTH = 6
SPELLING_REACH_KM = 22.0


@dataclass
class Candidate:
    """A point that some source gives for a name in an oblast."""

    point: tuple
    source: str
    raion: str = ""
    clean: bool = True
    city: cities.City | None = None
    taken: bool = False


@dataclass
class Settlement:
    """A settlement of the codifier and what is known of where it is."""

    entry: katottg.Entry
    keys: list
    candidate: Candidate | None = None
    point: tuple | None = None
    exactness: str = "none"
    radius_m: int | None = None
    source: str = "katottg"
    former: list = field(default_factory=list)

    @property
    def oblast(self):
        return (self.entry.chain + (self.entry.code,))[0]

    @property
    def hromada(self):
        return self.entry.chain[2] if len(self.entry.chain) > 2 else self.entry.code

    @property
    def raion(self):
        return self.entry.chain[1] if len(self.entry.chain) > 1 else self.entry.code


def _settlements():
    former = katottg.former_names()
    found = []
    for code, entry in katottg.edition("2026").items():
        if entry.is_settlement:
            old = former.get(code, [])
            keys = [fold.key(entry.name, "uk")]
            keys += [k for name, _ in old if (k := fold.key(name, "uk")) not in keys]
            found.append(Settlement(entry, keys, former=old))
    return found


def oblast_of_city():
    """GeoNames first-level code → the codifier's oblast."""
    table = {}
    for iso, (properties, _) in naturalearth.units().items():
        if iso in OBLAST_BY_ISO:
            table[properties["gn_a1_code"].split(".")[1]] = OBLAST_BY_ISO[iso]
    return table


def _candidates():
    """(oblast, key) → candidates; a postal point near a city of that name is the city's."""
    found = defaultdict(list)
    oblast = oblast_of_city()
    for city in cities.all_cities().values():
        if city.country != "UA" or city.admin1 not in oblast:
            continue
        # Slavutych lies far outside its oblast, and Kyiv's suburbs on both sides of the line.
        if city.admin1 not in ("12", "13") and not naturalearth.within(ISO_BY_OBLAST[oblast[city.admin1]], city.point, 12.0):
            continue
        candidate = Candidate(city.point, "c500", city=city)
        names = {fold.key(city.name)} | {fold.key(n, "uk") for n in city.names if cities.script(n) == "cyrillic"}
        for key in names:
            found[oblast[city.admin1], key].append(candidate)
    for row in postal.rows("UA"):
        if not row.inside or row.council:
            continue
        same = found[OBLAST_BY_ISO[row.iso], postal.key(row)]
        near = [c for c in same if geometry.km(c.point, row.raw) < CITY_REACH_KM]
        if near:
            near[0].raion = near[0].raion or row.raion
        else:
            same.append(Candidate(row.raw, "postal", raion=row.raion, clean=row.point is not None))
    return found


def _old_raions(settlements):
    """hromada → share of its settlements by the old raion that the postal rows of their names give."""
    by_key = defaultdict(set)
    for row in postal.rows("UA"):
        by_key[OBLAST_BY_ISO[row.iso], postal.key(row)].add(row.raion)
    count = Counter((s.oblast, s.keys[0]) for s in settlements)
    shares = defaultdict(Counter)
    for s in settlements:
        raions = by_key.get((s.oblast, s.keys[0]), ())
        if count[s.oblast, s.keys[0]] == 1 and len(raions) == 1:
            shares[s.hromada][next(iter(raions))] += 1
    return {
        hromada: {raion: n / sum(counter.values()) for raion, n in counter.items()}
        for hromada, counter in shares.items()
    }


def _centres(settlements, level):
    points = defaultdict(list)
    for s in settlements:
        if s.candidate:
            points[getattr(s, level)].append(s.candidate.point)
    return {unit: geometry.centre(p) for unit, p in points.items()}


def _take(settlement, candidate):
    settlement.candidate = candidate
    candidate.taken = True


def join():
    """Every settlement of Ukraine with its best point."""
    settlements = _settlements()
    candidates = _candidates()
    raions = _old_raions(settlements)
    rivals = Counter((s.oblast, key) for s in settlements for key in set(s.keys))

    def open_candidates(s):
        return [c for key in s.keys for c in candidates.get((s.oblast, key), ()) if not c.taken]

    for s in settlements:
        offers = [c for c in open_candidates(s) if c.clean]
        if len(offers) == 1 and all(rivals[s.oblast, k] == 1 for k in s.keys if candidates.get((s.oblast, k))):
            _take(s, offers[0])
    _match_towns(settlements, open_candidates)
    _drop_far(settlements)
    for _ in range(2):
        _match_namesakes(settlements, open_candidates, raions)
    _match_spellings(settlements, candidates, raions)
    _match_russian(settlements, candidates)
    _drop_far(settlements)
    _drop_doubles(settlements)
    _place(settlements, raions)
    _better_points(settlements)
    return settlements


def _better_points(settlements):
    """Points of the overlay and of the statements of reports, for settlements that have none of their own."""
    overlay, learned = points.overlay(), points.learned()
    for s in settlements:
        if s.entry.code in overlay:
            s.point, s.radius_m, s.source = overlay[s.entry.code]
            s.exactness = "exact"
        elif s.entry.code in learned and s.candidate is None:
            s.point, s.radius_m, s.source = learned[s.entry.code]
            s.exactness = "derived"


def _match_towns(settlements, open_candidates):
    """Gives the one open town or urban-type settlement of a name in an oblast the one city of that name."""
    urban, raion_centres = katottg.was_urban(), _centres(settlements, "raion")
    towns = [s for s in settlements if not s.candidate and (s.entry.category == "M" or s.entry.code in urban)]
    rivals = Counter((s.oblast, s.keys[0]) for s in towns)
    for s in towns:
        offers = [c for c in open_candidates(s) if c.city and c.city.population >= TOWN_POPULATION]
        centre = raion_centres.get(s.raion)
        near = centre is None or (offers and geometry.km(centre, offers[0].point) <= RAION_REACH_KM)
        if len(offers) == 1 and near and rivals[s.oblast, s.keys[0]] == 1:
            _take(s, offers[0])


def _drop_far(settlements):
    """A point far from all the rest of its hromada is a namesake's."""
    hromadas, raion_centres = _centres(settlements, "hromada"), _centres(settlements, "raion")
    distances, known = defaultdict(list), defaultdict(list)
    for s in settlements:
        if s.candidate:
            distances[s.hromada].append(geometry.km(hromadas[s.hromada], s.candidate.point))
            known[s.hromada].append(s)
    for s in settlements:
        if s.candidate is None or (s.candidate.city and s.entry.category in ("M", "X", "K")):
            continue
        if len(distances[s.hromada]) < 3:
            far = not s.candidate.city and geometry.km(raion_centres[s.raion], s.candidate.point) > RAION_REACH_KM * 1.4
        else:
            reach = HROMADA_REACH_KM * 1.4
            if len(distances[s.hromada]) >= 6:
                reach = min(reach, max(SMALL_HROMADA_KM, SPREAD * geometry.quantile(distances[s.hromada], 0.75)))
            off = geometry.km(hromadas[s.hromada], s.candidate.point)
            far = off > reach or off > ALONE_KM and _is_apart(s, known[s.hromada])
        if far:
            s.candidate.taken, s.candidate = False, None


def _is_apart(settlement, hromada):
    others = [s.candidate.point for s in hromada if s.candidate and s is not settlement]
    return len(others) + 1 >= CROWD and all(geometry.km(settlement.candidate.point, point) > APART_KM for point in others)


def _drop_doubles(settlements):
    """Namesakes on both sides of an oblast's border may have got one and the same point: it is that settlement's
    in whose oblast it lies, else that one's whose hromada is nearer."""
    hromadas = _centres(settlements, "hromada")
    by_key = defaultdict(list)
    for s in settlements:
        if s.candidate:
            by_key[s.keys[0]].append(s)

    def foreignness(s):
        outside = not naturalearth.within(ISO_BY_OBLAST[s.oblast], s.candidate.point, 0.0)
        return outside, geometry.km(hromadas[s.hromada], s.candidate.point)

    for namesakes in by_key.values():
        kept = []
        for s in sorted(namesakes, key=foreignness) if len(namesakes) > 1 else ():
            if any(geometry.km(s.candidate.point, other) < DOUBLE_KM for other in kept):
                s.candidate = None
            else:
                kept.append(s.candidate.point)


def _match_namesakes(settlements, open_candidates, raions):
    """Pairs settlements and candidates of one name in one oblast, the surest pair first."""
    hromadas, raion_centres = _centres(settlements, "hromada"), _centres(settlements, "raion")
    pairs = []
    for s in settlements:
        if s.candidate:
            continue
        for candidate in open_candidates(s):
            if s.hromada in hromadas:
                distance, reach = geometry.km(hromadas[s.hromada], candidate.point), HROMADA_REACH_KM
            elif s.raion in raion_centres:
                distance, reach = geometry.km(raion_centres[s.raion], candidate.point), RAION_REACH_KM
            else:
                continue
            share = raions.get(s.hromada, {}).get(candidate.raion, 0.0) if candidate.raion else 0.5
            own_raion = share > 0.03 or s.hromada not in raions
            if distance <= (reach if own_raion else reach * 0.95):
                town = s.entry.category in ("M", "X") and candidate.city is not None
                far = distance + (0.0 if own_raion else FOREIGN_RAION_KM)
                pairs.append((not town, far, s.entry.code, s, candidate))
    for *_, s, candidate in sorted(pairs, key=lambda p: p[:3]):
        if s.candidate is None and not candidate.taken:
            _take(s, candidate)


def _place(settlements, raions):
    hromadas, raion_centres = _centres(settlements, "hromada"), _centres(settlements, "raion")
    codes, councils = _postal_codes(settlements, raions), _councils()
    coded = defaultdict(list)
    for s in settlements:
        if s.candidate and s.entry.code in codes:
            coded[s.hromada].append((codes[s.entry.code], s.candidate.point))
    for s in settlements:
        if s.candidate:
            s.point, s.exactness, s.radius_m = s.candidate.point, "exact", _exact_radius(s.candidate)
        elif s.hromada in hromadas:
            s.point, s.exactness = hromadas[s.hromada], "admin3_centroid"
            s.radius_m = 22000
            if s.entry.code in codes and coded[s.hromada]:
                s.point = _near_in_code(codes[s.entry.code], coded[s.hromada], hromadas[s.hromada])
                s.radius_m = 19000
            near = [p for k in s.keys for p in councils[s.oblast, k] if geometry.km(p, hromadas[s.hromada]) <= COUNCIL_REACH_KM]
            if len(near) == 1:
                s.point, s.radius_m = near[0], COUNCIL_RADIUS_M
        elif s.raion in raion_centres:
            s.point, s.exactness, s.radius_m = raion_centres[s.raion], "admin2_centroid", 70000


def _councils():
    """(oblast, key) → the points of the village councils that postal rows have behind the name."""
    found = defaultdict(list)
    for row in postal.rows("UA"):
        if row.inside and row.council:
            found[OBLAST_BY_ISO[row.iso], postal.key(row)].append(row.raw)
    return found


def _exact_radius(candidate):
    if candidate.source == "postal":
        return 600
    people = candidate.city.population
    return 600 if people < 20_000 else 1500 if people < 200_000 else 3000


def _match_spellings(settlements, candidates, raions):
    """Pairs what is left over on both sides, of one old raion, near each other and one edit apart."""
    hromadas = _centres(settlements, "hromada")
    left = defaultdict(dict)
    for (oblast, key), offers in candidates.items():
        for c in offers:
            if not c.taken and c.clean and c.raion and len(key) >= SPELLING_LENGTH:
                left[oblast, c.raion].setdefault(key, []).append(c)
    pairs = []
    for s in settlements:
        if s.candidate or s.hromada not in hromadas:
            continue
        for raion, share in raions.get(s.hromada, {}).items():
            for key, offers in left.get((s.oblast, raion), {}).items() if share > 0.03 else ():
                if any(_one_edit(key, k) for k in s.keys if len(k) >= SPELLING_LENGTH):
                    for c in offers:
                        distance = geometry.km(hromadas[s.hromada], c.point)
                        if distance <= SPELLING_REACH_KM:
                            pairs.append((distance, s.entry.code, s, c))
    for *_, s, c in sorted(pairs, key=lambda p: p[:2]):
        if s.candidate is None and not c.taken:
            _take(s, c)


def _match_russian(settlements, candidates):
    """Pairs settlements and what is left of the cities whose only Cyrillic name is Russian."""
    hromadas, raion_centres = _centres(settlements, "hromada"), _centres(settlements, "raion")
    left = defaultdict(list)
    for offers in {(oblast, id(c)): (oblast, c) for (oblast, _), cs in candidates.items() for c in cs}.values():
        oblast, candidate = offers
        if candidate.city and not candidate.taken:
            for name in candidate.city.names:
                if cities.script(name) == "cyrillic":
                    left[oblast, fold.key(name, "ru")].append(candidate)
    pairs = []
    for s in settlements:
        if s.candidate:
            continue
        centre, reach = hromadas.get(s.hromada), HROMADA_REACH_KM
        if centre is None:
            centre, reach = raion_centres.get(s.raion), RAION_REACH_KM
        for form in russian.variants(s.entry.name):
            for candidate in left.get((s.oblast, fold.key(form, "ru")), ()):
                if centre and (distance := geometry.km(centre, candidate.point)) <= reach:
                    pairs.append((distance, s.entry.code, s, candidate))
    for *_, s, candidate in sorted(pairs, key=lambda p: p[:2]):
        if s.candidate is None and not candidate.taken:
            _take(s, candidate)


def _one_edit(a, b):
    """Whether one letter changed, added or left out makes `b` of `a`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return a[i + 1 :] == b[i + 1 :] or a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:]


def _postal_codes(settlements, raions):
    """The codifier's code → postal code, where the postal rows of the name in its old raion give one."""
    rows = defaultdict(set)
    for row in postal.rows("UA"):
        rows[OBLAST_BY_ISO[row.iso], postal.key(row)].add((row.raion, int(row.code)))
    found = {}
    for s in settlements:
        share = raions.get(s.hromada, {})
        codes = {code for k in s.keys for raion, code in rows.get((s.oblast, k), ()) if share.get(raion, 0) > 0.03}
        if len(codes) == 1:
            found[s.entry.code] = codes.pop()
    return found


def _near_in_code(code, neighbours, centre):
    """The hromada's centre drawn to those of its settlements whose postal codes are near: their post offices
    are. The median error falls from 10.1 to 8.2 km."""
    weights = [(1 / (0.5 + abs(code - other)) ** 2, point) for other, point in neighbours] + [(0.1, centre)]
    total = sum(w for w, _ in weights)
    return (sum(w * p[0] for w, p in weights) / total, sum(w * p[1] for w, p in weights) / total)
