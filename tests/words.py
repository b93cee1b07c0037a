"""Words for comparing what was said with what was heard."""

import re

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def number_in_words(number: int) -> str:
    """``1998`` as people say a year, anything else as a plain number below a million."""
    if 1100 <= number < 2000 and number % 100:
        return f"{number_in_words(number // 100)} {number_in_words(number % 100)}"
    if number < 20:
        return _UNITS[number]
    if number < 100:
        return _TENS[number // 10] + (f" {_UNITS[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" and {number_in_words(number % 100)}" if number % 100 else ""
        return f"{_UNITS[number // 100]} hundred{rest}"
    rest = f" {number_in_words(number % 1000)}" if number % 1000 else ""
    return f"{number_in_words(number // 1000)} thousand{rest}"


def normalise(text: str) -> str:
    """Lower case, numbers in words, no punctuation, single spaces."""
    folded = text.lower().replace("’", "'")
    folded = re.sub(r"\b(\d+)0s\b", lambda m: number_in_words(int(m[1] + "0")) + "s", folded)
    in_words = re.sub(r"\d+", lambda m: f" {number_in_words(int(m[0]))} ", folded)
    return " ".join(re.sub(r"[^a-z' ]+", " ", in_words).replace("'", "").split())
