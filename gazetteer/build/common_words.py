"""English words that equal the folded key of a settlement: such a name needs more than its letters to be a place."""

import gzip
import json

import fold
import sources
import tables

# Words that are rarer than this in the frequency list are left out: they stand in no report.
LEAST_COUNT = 300


def write():
    """Writes `lexicon/en/common_words.tsv`."""
    listed = set(json.loads(sources.file("an-array-of-english-words", "index.json").read_text(encoding="utf-8")))
    with gzip.open(sources.file("pyspellchecker", "resources/en.json.gz"), "rt", encoding="utf-8") as file:
        counts = json.load(file)
    keys = set()
    for path in sorted((tables.ROOT / "places").glob("*.tsv")):
        for row in tables.read(path):
            if row["class"] == "settlement":
                keys.update(fold.keys(row["name"]))
    for path in sorted((tables.ROOT / "names").glob("*.tsv")):
        for row in tables.read(path):
            keys.update(fold.keys(row["name"], row["lang"] or None))
    words = sorted(w for w, n in counts.items() if n >= LEAST_COUNT and w in listed and len(w) > 2 and fold.key(w) in keys)
    tables.write(tables.ROOT / "lexicon" / "en" / "common_words.tsv", ("word",), [(w,) for w in words])
