"""Texts made comparable: folded, cut into words, numbers read, words reduced to their stems."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from lms_domain.learning.languages.language_words import LanguageWords

_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
# Of marks, only accents are dropped: in many scripts marks are vowels, and a word without them is another word.
_ACCENTS = re.compile("[\u0300-\u036f]")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+")


def folded(text: str) -> str:
    """``text`` without case and accents, with plain digits and single spaces."""
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(_plain_digit(character) for character in _ACCENTS.sub("", flat))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def split_words(text: str, words: LanguageWords) -> list[str]:
    """The words and numbers of ``text`` in order, folded; punctuation is dropped, symbols become words."""
    flat = folded(text.translate(_APOSTROPHES))
    parts: list[str] = []
    place = 0
    while place < len(flat):
        number = _NUMBER.match(flat, place) if _starts_number(flat, place) else None
        if number is not None:
            parts.append(number[0])
            place = number.end()
            continue
        end = place
        while end < len(flat) and _is_letter(flat[end]):
            end += 1
        if end > place:
            # Digits glued to letters belong to the word: "co2", "covid19".
            while end < len(flat) and (_is_letter(flat[end]) or flat[end].isdecimal()):
                end += 1
            parts.append(flat[place:end])
            place = end
            continue
        symbol = flat[place]
        if symbol in words.symbols:
            parts.append(words.symbols[symbol])
        elif unicodedata.category(symbol) in {"Sc", "Sm", "So", "No", "Nl"} or symbol == "%":
            parts.append(symbol)
        place += 1
    return parts


def read_numbers(parts: Sequence[str], words: LanguageWords) -> list[str]:
    """``parts`` with every number in one form: ``forty two`` and ``42`` are both ``42``, ``1,500`` is ``1500``."""
    return [part for part, _ in located_numbers(parts, words)]


def located_numbers(parts: Sequence[str], words: LanguageWords) -> Iterator[tuple[str, int]]:
    """The same, each with the place in ``parts`` where it begins: a number may be spoken in several words."""
    place = 0
    while place < len(parts):
        value, end = _number_at(parts, place, words)
        yield (parts[place] if value is None else f"{value:f}"), place
        place = end


def terms(text: str, words: LanguageWords) -> list[str]:
    """``text`` as words to compare: folded, numbers in one form, articles before other words left out."""
    parts = read_numbers(split_words(text, words), words)
    last = len(parts) - 1
    return [part for place, part in enumerate(parts) if place == last or part not in words.articles]


def stem(word: str, words: LanguageWords) -> str:
    """A word without the ending of its inflected form. Rough on purpose: it is compared, never shown."""
    for ending, instead in words.endings:
        if word.endswith(ending):
            rest = word[: len(word) - len(ending)]
            if len(rest) >= 3:
                word = rest + instead
            break
    return word[:-1] if words.endings and len(word) > 4 and word.endswith("e") else word


def content_stems(parts: Iterable[str], words: LanguageWords) -> frozenset[str]:
    """The stems of those words that carry knowledge."""
    return frozenset(stem(part, words) for part in parts if not words.is_plain(part))


def as_number(part: str) -> Decimal | None:
    """The number that ``part`` writes in digits: 3.5, 3,5, 1,500 and 1,500.25 are read as people mean them."""
    if not _NUMBER.fullmatch(part):
        return None
    dots, commas = part.count("."), part.count(",")
    if dots and commas:
        decimal = max(part.rfind("."), part.rfind(","))
        return Decimal(re.sub("[.,]", "", part[:decimal]) + "." + re.sub("[.,]", "", part[decimal + 1 :]))
    if _THOUSANDS.fullmatch(part) or dots > 1 or commas > 1:
        return Decimal(re.sub("[.,]", "", part))
    return Decimal(part.replace(",", "."))


def find_run(needle: Sequence[str], hay: Sequence[str]) -> int | None:
    """Where ``needle`` stands in ``hay`` without a gap; None when it does not, or is empty."""
    if not needle:
        return None
    return next((at for at in range(len(hay) - len(needle) + 1) if hay[at : at + len(needle)] == list(needle)), None)


def typing_distance(one: str, other: str) -> int:
    """Letters missing, added, changed or swapped with their neighbour: the least number of such slips between the
    two (optimal string alignment, the restricted form of Damerau and Levenshtein's distance)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def _number_at(parts: Sequence[str], place: int, words: LanguageWords) -> tuple[Decimal | None, int]:
    """The number that begins at ``place``, and where the next word begins."""
    total, current = Decimal(0), None
    previous: int | None = None
    """What the word before added; 0 after a multiplier."""
    at = place
    while at < len(parts):
        part = parts[at]
        if part in words.multipliers:
            factor = words.multipliers[part]
            if current is None:
                if at == 0 or parts[at - 1] not in words.articles:
                    break
                current = Decimal(1)
            if factor == 100:
                current *= 100
            else:
                total, current = total + current * factor, Decimal(0)
            previous = 0
        elif part in words.number_words:
            value = words.number_words[part]
            follows_tens = previous is not None and previous >= 20 and previous % 10 == 0 and 0 < value < 10
            if current is not None and previous != 0 and not follows_tens:
                break
            current = (current or Decimal(0)) + value
            # A plain zero is not a multiplier: nothing may follow it.
            previous = value or 1
        elif at == place and (digits := as_number(part)) is not None:
            current, previous = digits, 1
        elif (
            part == words.number_joiner
            and previous == 0
            and at + 1 < len(parts)
            and parts[at + 1] in words.number_words
        ):
            pass
        else:
            break
        at += 1
    return (None, place + 1) if current is None else (total + current, at)


def _starts_number(text: str, place: int) -> bool:
    if text[place].isdecimal():
        return True
    is_minus = text[place] == "-" and place + 1 < len(text) and text[place + 1].isdecimal()
    return is_minus and (place == 0 or text[place - 1] == " ")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _plain_digit(character: str) -> str:
    if character == "\u2212":
        return "-"
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
