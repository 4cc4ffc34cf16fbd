"""Ukraine's settlements: the codifier's list joined to the points of the other sources.

1. A name that is unique in its oblast takes the point of that name.
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
import postal

OBLAST_BY_ISO = naturalearth.UKRAINE
ISO_BY_OBLAST = {code: iso for iso, code in OBLAST_BY_ISO.items()}
KYIV, SEVASTOPOL = "UA80000000000093317", "UA85000000000065278"
# A candidate must lie this near to the centre of the hromada's other settlements.
HROMADA_REACH_KM = 42.0
RAION_REACH_KM = 50.0
# A postal point this near to a city of the same name is that city's.
CITY_REACH_KM = 5.0


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
        if row.accuracy < 3:
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
    _drop_far(settlements)
    for _ in range(2):
        _match_namesakes(settlements, open_candidates, raions)
    _drop_far(settlements)
    _place(settlements)
    return settlements


def _drop_far(settlements):
    """A point far from all the rest of its hromada is a namesake's."""
    hromadas, raion_centres = _centres(settlements, "hromada"), _centres(settlements, "raion")
    size = Counter(s.hromada for s in settlements if s.candidate)
    for s in settlements:
        if s.candidate is None or s.candidate.source == "c500":
            continue
        far = geometry.km(hromadas[s.hromada], s.candidate.point) > HROMADA_REACH_KM * 1.4
        if size[s.hromada] < 3:
            far = geometry.km(raion_centres[s.raion], s.candidate.point) > RAION_REACH_KM * 1.4
        if far:
            s.candidate.taken, s.candidate = False, None


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
            if distance <= (reach if own_raion else reach * 0.7):
                town = s.entry.category in ("M", "X") and candidate.city is not None
                pairs.append((not town, distance, s.entry.code, s, candidate))
    for *_, s, candidate in sorted(pairs, key=lambda p: p[:3]):
        if s.candidate is None and not candidate.taken:
            _take(s, candidate)


def _place(settlements):
    hromadas, raion_centres = _centres(settlements, "hromada"), _centres(settlements, "raion")
    for s in settlements:
        if s.candidate:
            s.point, s.exactness, s.radius_m = s.candidate.point, "exact", 600
        elif s.hromada in hromadas:
            s.point, s.exactness, s.radius_m = hromadas[s.hromada], "admin3_centroid", 22000
        elif s.raion in raion_centres:
            s.point, s.exactness, s.radius_m = raion_centres[s.raion], "admin2_centroid", 48000
