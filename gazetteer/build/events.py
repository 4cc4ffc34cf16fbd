"""Where geolocated sentences put the settlements that they name.

A sentence with a point ("tank destroyed in X", "strike north of X") says that X is at that point, near it, or on the
other side of the bearing. Only facts are taken: name, relation, point, day. Of the lines of the file the even ones
are read, counted from zero as the tables of names count them; the odd ones are left for measuring.
"""

import json
import re
from dataclasses import dataclass

_DIRECTIONS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
BEARING = {word: 45 * i for i, word in enumerate(_DIRECTIONS)}
BEARING |= {"".join(part[0] for part in re.findall("north|south|east|west", word)): b for word, b in BEARING.items()}
# Standard errors in kilometres, of 740 sentences that name a village whose point is known: the event lies a median of
# 0.8 km from the village it is "in", 1.9 km from the one it is "near", 2.4 km along the bearing it is "north of".
IN_KM, NEAR_KM = 1.0, 1.8
OFF_KM, ALONG_KM, ACROSS_KM = 2.5, 1.7, 1.3
# Two reports of one position are one.
SAME_KM = 0.15

_NAME = r"(?P<name>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?)"
_PART = r"(?:the )?(?:(?:(?:north|south|east|west)\w*|[NSEW]{1,2}|center|centre)(?: part)?(?: of)? )?(?:the (?:town|village) of )?"
_SAID = re.compile(
    r"\b(?:(?P<direction>(?i:(?:north|south) ?(?:east|west)?|east|west)|[NS][EW]?|[EW]) (?:of|from) (?:the (?:town|village) of )?"
    rf"|(?P<relation>in|at|near|around) {_PART}){_NAME}"
)


@dataclass
class Naming:
    """A sentence's naming of a place: where that puts it, and the standard errors along and across the bearing."""

    date: str
    name: str
    event: tuple
    bearing: int | None
    along: float
    across: float


def namings(path):
    """Every naming after a place word in the even lines of a file of sentences (`first_seen`, `lon`, `lat`, `text`)."""
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % 2 == 0:
                sentence = json.loads(line)
                for m in _SAID.finditer(sentence["text"]):
                    yield _naming(sentence, m)


def _naming(sentence, m):
    event = (sentence["lon"], sentence["lat"])
    if m["direction"]:
        bearing = BEARING[m["direction"].lower().replace(" ", "")]
        return Naming(sentence["first_seen"], m["name"], event, bearing, ALONG_KM, ACROSS_KM)
    error = IN_KM if m["relation"] in ("in", "at") else NEAR_KM
    return Naming(sentence["first_seen"], m["name"], event, None, error, error)
