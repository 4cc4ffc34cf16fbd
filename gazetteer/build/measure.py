"""Measures the tables against a full GeoNames dump of Ukraine (a yardstick, never a source).

    python3 gazetteer/build/measure.py UA.zip
"""

import sys
import zipfile
from collections import Counter, defaultdict

import fold
import geometry
import tables

OBLAST = {
    "02": "UA74", "03": "UA73", "01": "UA71", "04": "UA12", "05": "UA14", "06": "UA26", "07": "UA63", "08": "UA65",
    "09": "UA68", "10": "UA35", "11": "UA01", "12": "UA80", "13": "UA32", "14": "UA44", "15": "UA46", "16": "UA48",
    "17": "UA51", "18": "UA53", "19": "UA56", "20": "UA85", "21": "UA59", "22": "UA61", "23": "UA05", "24": "UA07",
    "25": "UA21", "26": "UA23", "27": "UA18",
}


def yardstick(path):
    """(raion's four digits, key) and (oblast, key) → points of the dump's populated places."""
    by_raion, by_oblast = defaultdict(list), defaultdict(list)
    with zipfile.ZipFile(path) as packed, packed.open("UA.txt") as file:
        for line in file:
            cells = line.decode("utf-8").rstrip("\n").split("\t")
            if cells[6] != "P" or cells[10] not in OBLAST:
                continue
            point = (float(cells[5]), float(cells[4]))
            names = [cells[1]] + [n for n in cells[3].split(",") if n]
            for key in {k for n in names for k in fold.keys(n)}:
                by_oblast[OBLAST[cells[10]], key].append(point)
                by_raion["UA" + cells[11], key].append(point)
    return by_raion, by_oblast


def settlements():
    for row in tables.read(tables.ROOT / "places" / "ukraine.tsv"):
        if row["class"] == "settlement" and row["lon"]:
            yield row, (float(row["lon"]), float(row["lat"]))


def main(path):
    by_raion, by_oblast = yardstick(path)
    uk = {r["place"]: r["name"] for r in tables.read(tables.ROOT / "names" / "ukraine.tsv") if r["lang"] == "uk" and r["kind"] == "official"}
    errors, inside, shares = defaultdict(list), Counter(), defaultdict(Counter)
    for row, point in settlements():
        key = fold.key(uk.get(row["id"], row["name"]), "uk" if row["id"] in uk else None)
        shares[row["id"][:4]][row["point"]] += 1
        found = by_raion.get((row["id"][:6], key)) or by_oblast.get((row["id"][:4], key))
        label = f"{row['point']}/{row['source']}"
        if found:
            error = min(geometry.km(point, p) for p in found)
            for group in (row["point"], label):
                errors[group].append(error)
                inside[group] += error * 1000 <= int(row["radius_m"])
    for group, values in sorted(errors.items()):
        within = lambda d: sum(v < d for v in values) / len(values)
        print(f"{group:28} n {len(values):6} median {geometry.quantile(values, .5):5.1f} p90 {geometry.quantile(values, .9):5.1f}  "
              f"<2 km {within(2):.3f}  <5 km {within(5):.3f}  >20 km {1 - within(20):.3f}  inside radius {inside[group] / len(values):.3f}")
    total = Counter()
    for oblast, counter in sorted(shares.items()):
        total += counter
        print(oblast, f"{sum(counter.values()):6}", f"exact {counter['exact'] / sum(counter.values()):.3f}", f"derived {counter['derived'] / sum(counter.values()):.3f}")
    print("all ", sum(total.values()), {k: round(v / sum(total.values()), 4) for k, v in total.items()})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
