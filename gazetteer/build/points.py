"""Points that are kept by hand under `gazetteer/points/`: the overlay's and those learned from reports."""

import tables

FOLDER = tables.ROOT / "points"


def overlay():
    """place id → (point, radius in metres, source); each row of the table cites a public page."""
    return {r["place"]: ((float(r["lon"]), float(r["lat"])), int(r["radius_m"]), "overlay")
            for r in tables.read(FOLDER / "overlay.tsv")}


def learned():
    """place id → (point, radius in metres, source with the first statement's date)."""
    return {r["place"]: ((float(r["lon"]), float(r["lat"])), int(r["radius_m"]), "learned-" + r["date"])
            for r in tables.read(FOLDER / "learned.tsv")}
