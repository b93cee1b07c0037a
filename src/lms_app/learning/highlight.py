"""Where the words that somebody looks for stand in a text: as parts, not as markup, so that there is nothing in a text
that a page could take for markup."""

import re
from collections.abc import Iterable, Iterator

import msgspec


class TextPart(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a text. The pieces in their order are the text; ``is_match``: it is what was looked for."""

    text: str
    is_match: bool


def highlighted(text: str, words: Iterable[str], *, within_words: bool) -> list[TextPart]:
    """``text`` in parts.

    Args:
        words: what was looked for, whatever signs it has.
        within_words: whether a match may begin within a word, as in titles; else only where one begins.
    """
    wanted = {word for word in words if word}
    if not within_words:
        # Of "isn't" each piece is looked for; the longest match is shown.
        wanted |= {piece for word in wanted for piece in re.findall(r"\w+", word)}
    if not wanted:
        return [TextPart(text=text, is_match=False)]
    either = "|".join(re.escape(each) for each in sorted(wanted, key=lambda each: (-len(each), each)))
    found = re.compile(either if within_words else rf"(?<!\w)(?:{either})", re.IGNORECASE)
    return list(_parts(text, found))


def _parts(text: str, found: re.Pattern[str]) -> Iterator[TextPart]:
    end = 0
    for match in found.finditer(text):
        if match.start() > end:
            yield TextPart(text=text[end : match.start()], is_match=False)
        yield TextPart(text=match.group(), is_match=True)
        end = match.end()
    if end < len(text):
        yield TextPart(text=text[end:], is_match=False)
