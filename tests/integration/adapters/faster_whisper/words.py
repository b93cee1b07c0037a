"""Compares texts by their words: numbers spoken and written, spellings, marks."""

import re

_BELOW_TEN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    *(f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
]
UNITS = {word: number for number, word in enumerate([*_BELOW_TEN, *_TEENS])}
TENS = {
    f"{stem}ty": 10 * number
    for number, stem in enumerate(("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"), 2)
}
DECADES = {word.removesuffix("y") + "ies": number for word, number in TENS.items()}


def normalised(text: str) -> str:
    """Lower case, digits for numbers, no marks: '1998', 'nineteen ninety eight' and 'Nineteen-ninety-eight' agree."""
    words = re.sub(r"[^a-z0-9 ]", " ", text.lower().replace("'", "").replace("’", "")).split()
    spoken: list[str] = []
    place = 0
    while place < len(words):
        number, length = number_at(words, place)
        spoken.append(words[place] if length == 0 else number)
        place += max(1, length)
    return " ".join(spoken)


def number_at(words: list[str], place: int) -> tuple[str, int]:
    """(digits, words used) of the number that starts here; ("", 0) when there is none."""
    return year_at(words, place) or cardinal_at(words, place) or ("", 0)


def year_at(words: list[str], place: int) -> tuple[str, int] | None:
    """'nineteen ninety eight' and 'nineteen seventies', which is written 1970s."""
    century = UNITS.get(words[place], 0)
    if not 10 <= century <= 19 or place + 1 == len(words):
        return None
    following = words[place + 1]
    if following in DECADES:
        return f"{century}{DECADES[following]}s", 2
    if following not in TENS:
        return None
    unit = UNITS.get(words[place + 2], 0) if place + 2 < len(words) else 0
    if 1 <= unit <= 9:
        return f"{century}{TENS[following] + unit}", 3
    return f"{century}{TENS[following]}", 2


def cardinal_at(words: list[str], place: int) -> tuple[str, int] | None:
    """Up to 'nine hundred and ninety nine'."""
    total, used = 0, 0
    for step, word in enumerate(words[place:]):
        following = words[place + step + 1] if place + step + 1 < len(words) else ""
        if word in UNITS and (step == 0 or words[place + step - 1] in {*TENS, "and", "hundred"}):
            total += UNITS[word]
        elif word in TENS and (step == 0 or words[place + step - 1] in {"and", "hundred"}):
            total += TENS[word]
        elif word == "hundred" and 0 < total < 10:
            total *= 100
        elif not (word == "and" and total >= 100 and total % 100 == 0 and following in {*UNITS, *TENS}):
            break
        used = step + 1
    return (str(total), used) if used else None
