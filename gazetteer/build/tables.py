"""The rows of the gazetteer's tables, and how they are written."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE_COLUMNS = ("id", "class", "kind", "name", "lon", "lat", "point", "radius_m", "population", "parent", "source")
NAME_COLUMNS = ("place", "name", "lang", "kind", "from", "to")


@dataclass
class Place:
    """One row of `places/*.tsv`; `cls` is the column `class`."""

    id: str
    cls: str
    kind: str
    name: str
    lon: float | None = None
    lat: float | None = None
    point: str = "none"
    radius_m: int | None = None
    population: int | None = None
    parent: str = ""
    source: str = ""

    def cells(self):
        number = lambda v, digits: "" if v is None else f"{v:.{digits}f}".rstrip("0").rstrip(".")
        return (
            self.id, self.cls, self.kind, self.name, number(self.lon, 5), number(self.lat, 5), self.point,
            "" if self.radius_m is None else str(int(self.radius_m)),
            str(self.population) if self.population else "", self.parent, self.source,
        )


@dataclass(frozen=True)
class Name:
    """One row of `names/*.tsv`: a further name of the place `place`."""

    place: str
    name: str
    lang: str = ""
    kind: str = "alternate"
    since: str = ""
    until: str = ""

    def cells(self):
        return (self.place, self.name, self.lang, self.kind, self.since, self.until)


def write(path, columns, rows):
    """Writes a table sorted by its first column (stable otherwise)."""
    out = io.StringIO()
    out.write("\t".join(columns) + "\n")
    for row in sorted(rows, key=lambda r: r[0]):
        if any("\t" in cell or "\n" in cell for cell in row):
            raise ValueError(f"{path}: a cell holds a tab or a line end: {row}")
        out.write("\t".join(row) + "\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(out.getvalue(), encoding="utf-8")


def write_region(region, places, names):
    """Writes `places/<region>.tsv` and `names/<region>.tsv`; a name that repeats the display name,
    an earlier row of its place or one of `names/aliases.tsv` is left out."""
    write(ROOT / "places" / f"{region}.tsv", PLACE_COLUMNS, [p.cells() for p in places])
    display = {p.id: p.name for p in places}
    rows, seen = [], {(r["place"], r["name"], r["lang"]) for r in read(ROOT / "names" / "aliases.tsv")}
    for name in names:
        if name.name == display.get(name.place) or (name.place, name.name, name.lang) in seen:
            continue
        seen.add((name.place, name.name, name.lang))
        rows.append(name.cells())
    write(ROOT / "names" / f"{region}.tsv", NAME_COLUMNS, rows)


def read(path):
    """The rows of a table as dictionaries; nothing where there is no such file."""
    if not Path(path).exists():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
