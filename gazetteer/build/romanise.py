"""Latin display names: Ukrainian by the national system of 2010, Russian by the BGN/PCGN system."""

_UK = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "'": "", "’": "", "ʼ": "",
}
_UK_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RU = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "yu", "я": "ya", "'": "",
}
_RU_VOWELS = set("аеёиоуыэюяйьъ")


def ukrainian(name):
    """`Куп'янськ` → `Kupiansk`: no apostrophes, glides written out only at the start of a word."""
    out, lower = [], name.lower()
    for i, letter in enumerate(lower):
        initial = i == 0 or not (lower[i - 1].isalpha() or lower[i - 1] in "'’ʼ")
        if lower[i - 1:i + 1] == "зг" and i > 0:
            latin = "gh"
        elif initial and letter in _UK_INITIAL:
            latin = _UK_INITIAL[letter]
        else:
            latin = _UK.get(letter, letter)
        out.append(latin.capitalize() if name[i] != letter else latin)
    return "".join(out)


def russian(name):
    """`Зелёный Шлях` → `Zelyony Shlyakh`: soft and hard signs dropped, -ый and -ий to -y."""
    out, lower = [], name.lower()
    for i, letter in enumerate(lower):
        before = lower[i - 1] if i else " "
        ends = i + 1 == len(lower) or not lower[i + 1].isalpha()
        if letter == "е" and (not before.isalpha() or before in _RU_VOWELS):
            latin = "ye"
        elif letter == "й" and ends and before in "ыи":
            latin = "" if before == "ы" else "y"
            if before == "и":
                out[-1] = ""
        else:
            latin = _RU.get(letter, letter)
        out.append(latin.capitalize() if name[i] != letter else latin)
    return "".join(out)
