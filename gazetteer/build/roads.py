"""Ukraine's roads by number, after the rule that names them: the territorial road T2207 is the seventh of oblast 22.

Roads of which a point is known, or more than the number, stand in `places/features.tsv` and are left out here; so are
the numbers that are better known as weapons (M16, M30).
"""

import tables
from tables import Name, Place

UKRAINE = "gn690791"
# The oblast's number in the names of its roads → the codifier's oblast; the numbers follow the alphabet of 1990.
OBLASTS = {
    1: "UA01000000000013043", 2: "UA05000000000010236", 3: "UA07000000000024379", 4: "UA12000000000090473",
    5: "UA14000000000091971", 6: "UA18000000000041385", 7: "UA21000000000011690", 8: "UA23000000000064947",
    9: "UA26000000000069363", 10: "UA32000000000030281", 12: "UA35000000000016081", 13: "UA44000000000018893",
    14: "UA46000000000026241", 15: "UA48000000000039575", 16: "UA51000000000030770", 17: "UA53000000000028050",
    18: "UA56000000000066151", 19: "UA59000000000057109", 20: "UA61000000000060328", 21: "UA63000000000041885",
    22: "UA65000000000030969", 23: "UA68000000000099709", 24: "UA71000000000010357", 25: "UA74000000000025378",
    26: "UA73000000000044923",
}
TERRITORIAL = range(1, 41)
NATIONAL = range(1, 34)
INTERNATIONAL = (1, 2, 5, 6, 7, 8, 9, 11, 12, 13, 15, 17, 19, 21, 22, 29)
EUROPEAN = (38, 50, 58, 85, 87, 95, 97, 101, 105, 372, 373, 381, 391, 471, 573, 577, 578, 581, 583, 584)


def rows():
    """(places, names) of the numbered roads, none of them with a point."""
    by_hand = {r["id"] for r in tables.read(tables.ROOT / "places" / "features.tsv")}
    places, names = [], []

    def add(number, display, parent):
        id_ = f"fm-{number.lower()}-highway"
        if id_ not in by_hand:
            places.append(Place(id_, "road", "road", f"{display} highway", parent=parent, source="rule"))
            names.append(Name(id_, number))

    for oblast, code in OBLASTS.items():
        for road in TERRITORIAL:
            add(f"T{oblast:02}{road:02}", f"T-{oblast:02}-{road:02}", code)
    for road in NATIONAL:
        add(f"H{road:02}", f"H-{road:02}", UKRAINE)
    for road in INTERNATIONAL:
        add(f"M{road:02}", f"M-{road:02}", UKRAINE)
    for road in EUROPEAN:
        add(f"E{road}", f"E{road}", "")
    return places, names
