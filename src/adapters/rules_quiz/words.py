"""Words of English that rules look for."""

import re
from typing import Final

from lms_domain.learning.languages.english import ENGLISH
from lms_domain.learning.languages.language_words import word_set
from lms_domain.learning.wording import content_stems, split_words

WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word, with what is glued to it: ``don't``, ``well-being``."""

_APOSTROPHES: Final = re.compile("['’]")

COMMONEST: Final = word_set("the be is are to of and a in that it for on with as was you this but at by an or")
"""Every text in English is full of them, and no other language is."""

FILLERS: Final = re.compile(
    r"(?:(?:so|okay|ok|well|now|and|but|um|uh|er|right|then|also|again|basically|actually|yeah|yes|alright|"
    r"in other words|as i said|as we said|remember|of course|you know|first of all|finally)\b[,\s]+)+",
    re.IGNORECASE,
)
"""With what people begin a sentence before they begin it."""

POINTING: Final = re.compile(
    r"\b(?:i|i'm|i've|i'll|me|my|mine|we|we're|we've|we'll|us|our|ours|let's|here|this|these|those|over there|slide|"
    r"screen|as you (?:can )?see|you can see|you see|shown|on the (?:left|right|board)|today|tomorrow|yesterday|"
    r"earlier|previous|next (?:video|lesson|week|time|slide)|last (?:video|week|time|slide)|above|below|"
    r"aforementioned|the former|the latter)\b",
    re.IGNORECASE,
)
"""What only the speaker, the room or the screen could explain."""

BACKWARD: Final = word_set("he her here his it its she such that their there they this these those")
"""A sentence that opens with one of them needs the sentence before it."""

MYSELF: Final = word_set("i im ive id ill")

LOOSE: Final = re.compile(
    r"\b(?:kind of|sort of|you know|i mean|um|uh|basically|actually|right|okay|stuff|guys|gonna|wanna|a lot of|"
    r"i think|i guess|whatever|something like|things like that|or so)\b",
    re.IGNORECASE,
)
"""What people say while they think."""

PASSING: Final = re.compile(
    r"\b(?:ago|now|nowadays|currently|these days|recently|so far|since then|yet|roughly|somewhere|"
    r"(?:last|past|next|coming) (?:few )?(?:____ )?(?:seconds|minutes|hours|days|weeks|months|years|decades))\b",
    re.IGNORECASE,
)
"""What was true when it was said, or nearly."""

THEY: Final = word_set("he her him his she their them they")
"""Whom they mean must be said before."""

LEADERS: Final = word_set(
    "because for if imagine let listen look notice please remember since suppose think to try unless until welcome"
)
"""A sentence that opens with one of them asks, invites or supposes; it tells nothing."""

SUPPOSED: Final = re.compile(
    r"\b(?:for example|for instance|say|let's say|imagine|suppose|pretend|maybe|perhaps|might|could be|would be|"
    r"i think|i guess|probably)\b",
    re.IGNORECASE,
)
"""What is made up, or not certain, is not asked."""


def words_of(text: str) -> list[str]:
    """The words, as small letters without apostrophes."""
    return [_APOSTROPHES.sub("", word).casefold() for word in WORD.findall(text)]


def is_weak(word: str) -> bool:
    """Whether a word carries no meaning of its own."""
    return ENGLISH.is_weak(word)


def stems_of(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning, as the validator sees them; of a word with a hyphen its parts."""
    return content_stems(split_words(text, ENGLISH), ENGLISH)


def is_plural(term: str) -> bool:
    """Whether the last word looks like more than one."""
    last = words_of(term)[-1]
    return len(last) > 3 and last.endswith("s") and not last.endswith(("ss", "us", "is", "ics"))
