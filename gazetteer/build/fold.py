"""The folded key of a name: what two spellings of one place have in common.

The reference for the Rust implementation in `src/text`; both are tested on `fold_examples.tsv`.
Cyrillic is first transliterated (the language decides only what becomes of г), then every Latin
form loses the marks and glides on which the romanisations of Ukrainian and Russian differ.
"""

import re
import unicodedata

_SHARED = {
    "а": "a", "б": "b", "в": "v", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "ё": "e",
}
_UK = {**_SHARED, "г": "h"}
_RU = {**_SHARED, "г": "g"}

_APOSTROPHES = re.compile("['’ʼ‘`´′″ʹʺ\"“”„«»]")
_CARONS = (("šč", "shch"), ("š", "sh"), ("č", "ch"), ("ž", "zh"))
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ə": "e",
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
})
_ONLY_UK = re.compile("[ієїґўІЄЇҐЎ]")
_ONLY_RU = re.compile("[ыэёъЫЭЁЪ]")


def language(name):
    """'uk' or 'ru' where a letter tells them apart (Belarusian ў counts as uk), else None."""
    if _ONLY_UK.search(name):
        return "uk"
    if _ONLY_RU.search(name):
        return "ru"
    return None


def transliterate(text, lang):
    """Lower-case Cyrillic to Latin; other letters pass through."""
    table = _RU if lang == "ru" else _UK
    if lang != "ru":
        text = text.replace("зг", "zgh")
    return "".join(table.get(c, c) for c in text)


def fold(text):
    """Folds a Latin, lower-case text (step by step; the order is part of the definition)."""
    text = _APOSTROPHES.sub("", text)
    text = unicodedata.normalize("NFC", text)
    for mark, letters in _CARONS:
        text = text.replace(mark, letters)
    text = unicodedata.normalize("NFD", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Mn").translate(_LETTERS)
    text = "".join(c if c.isalnum() else " " for c in text)
    text = re.sub("c(?!h)", "ts", text)
    text = text.replace("x", "ks").replace("w", "v").replace("q", "k").replace("zgh", "zh")
    text = text.replace("y", "i").replace("j", "i")
    text = re.sub("i+", "i", text)
    text = text.replace("io", "e").replace("ie", "e")
    text = text.replace(" ", "")
    text = re.sub("(zh|sh|ch)\\1+", r"\1", text)
    return re.sub(r"([^\W\d_])\1+", r"\1", text)


def keys(name, lang=None):
    """The one or two keys of a name. `lang` is the language of the name where it is known;
    a Cyrillic name of unknown language with г in it has a Ukrainian and a Russian key."""
    text = unicodedata.normalize("NFC", name).lower()
    lang = lang if lang in ("uk", "be", "ru") else language(text)
    found = []
    for choice in ([lang] if lang else ["uk", "ru"]):
        key = fold(transliterate(_APOSTROPHES.sub("", text), choice))
        if key and key not in found:
            found.append(key)
    return found


def key(name, lang=None):
    """The first key of a name."""
    return (keys(name, lang) or [""])[0]
