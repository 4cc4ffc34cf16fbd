"""Russian names of Ukrainian settlements, made by the rules of `russian_rules.tsv`.

Word by word: the longest fitting rule for the start, then for the end, then those within, then the
letters. What the folded key merges anyhow (и/ы/і/й, е/ё/є) needs no rule.
"""

import re
from functools import cache
from pathlib import Path

import tables

_LETTERS = str.maketrans({"і": "е", "ї": "и", "є": "е", "ґ": "г", "'": ""})
_KEPT_I = re.compile("(?:^і|і(?=[аеиоуюяєіїй]))")


@cache
def _rules(where):
    rows = tables.read(Path(__file__).parent / "russian_rules.tsv")
    return sorted(((r["ukrainian"], r["russian"]) for r in rows if r["where"] == where), key=lambda r: -len(r[0]))


def _word(word):
    head = ""
    for part in ("ново", "старо", "верхньо", "нижньо", "велико", "мало", "красно"):
        if word.startswith(part) and len(word) > len(part) + 3:
            head, word = part.replace("ньо", "не"), word[len(part):]
            break
    tail = ""
    for uk, ru in _rules("start"):
        if word.startswith(uk):
            head, word = head + ru, word[len(uk):]
            break
    for uk, ru in _rules("end"):
        whole = head + word
        if word.endswith(uk):
            if uk == "івка" and (whole[:-4].endswith(("й", "ь")) or head.endswith(("е", "и", "ь")) and word == uk):
                ru = "евка"
            word, tail = word[: len(word) - len(uk)], ru
            break
    if head.endswith(("андре", "серге", "матве", "тимофе", "авде", "алексе")) and tail in ("евка", "иевка") and word == "":
        tail = "евка"
    for uk, ru in _rules("within"):
        word = word.replace(uk, ru)
    word = word.replace("'я", "ья").replace("'ю", "ью").replace("'є", "ье").replace("'ї", "ьи")
    word = word.replace("ьо", "е").replace("йо", "е").replace("ськ", "ск").replace("цьк", "цк")
    return _KEPT_I.sub("и", head + word + tail).translate(_LETTERS)


def variants(name):
    """The Russian forms of a Ukrainian name: `Калинове` may be a possessive (-ово) or an adjective (-овое)."""
    form = generated(name)
    other = form[:-1] + "ое" if form.endswith(("ово", "ево")) else None
    return [form] + ([other] if other else [])


def generated(name):
    """The first Russian form of a Ukrainian name, in title case."""
    words = []
    parts = name.lower().replace("’", "'").split(" ")
    for i, part in enumerate(parts):
        if i + 1 < len(parts) and part.endswith(("ка", "ва", "ра", "ла", "га", "на", "та", "ша")):
            words.append(_word(part[:-1] + "ий")[:-2].capitalize() + "ая")
            continue
        words.append("-".join(w[:1].upper() + w[1:] for w in (_word(p) for p in part.split("-") if p)))
    return " ".join(words)
