"""Definitions: "X is the process of ...", "X refers to ...", "X means ..."."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.rules_quiz.sentences import Sentence
from adapters.rules_quiz.terms import Terms, is_term
from adapters.rules_quiz.words import POINTING, SUPPOSED, is_plural, stems_of, words_of
from lms_domain.learning.languages.language_words import word_set

_TERM = r"(?:(?P<article>an?|the) )?(?P<term>\w[\w'’-]*(?: \w[\w'’-]*){0,3}?)"
_FORMS = (
    (r"(?:is|are) (?:formally |usually |often )?defined as (?P<meaning>.+)", "Which term is defined as “{}”?"),
    (r"refers? to (?P<meaning>.+)", "Which term refers to “{}”?"),
    (r"means? that (?P<meaning>.+)", "Which term means that {}?"),
    (r"means? (?P<meaning>(?:an?|the|to|\w+ing) .+)", "Which term means “{}”?"),
    (r"is when (?P<meaning>(?:an?|the) .+)", "What is the name for it when {}?"),
    (r"(?:is|are) (?P<meaning>(?:an?|the) .+)", "Which term does the video describe as “{}”?"),
)
_PATTERNS = tuple((re.compile(rf"{_TERM} {verb}", re.IGNORECASE), prompt) for verb, prompt in _FORMS)
_CALLED = re.compile(
    r"(?P<meaning>(?:an?|the) .+) (?:is|are) (?:called|known as) (?:an? |the )?(?P<term>[\w'’-]+(?: [\w'’-]+){0,3})",
    re.IGNORECASE,
)
_CALLED_PROMPT = "What does the video call “{}”?"
_PLAIN = _PATTERNS[-1][0]

# "X is a Y" defines only when it says which Y: "a question that ...", "the practice of ...".
_SAYS_WHICH = re.compile(
    r"(?:an?|the) (?P<head>[\w'’-]+(?: [\w'’-]+){0,3}?),? (?:of|that|which|who|whose|where|when|in which|by which|"
    r"between|for|used|made|designed|given|taken|to|with|from) (?P<rest>.+)",
    re.IGNORECASE,
)
_NO_KIND = word_set(
    """
    aim answer attempt beginning best better big bit biggest bunch cause challenge common core crucial danger
    difference end enemy essential example excellent fact first focus friend gift goal good great greatest heart
    hope idea important interesting issue job joy key kind last lot main major matter mistake moment most must
    name necessity nice number one only other part perfect place point powerful problem race real reason result
    right role same second secret shame simplest sort source start step sum third thing top trick truth useful
    way whole wonderful worst
    """
)
_PEOPLE = word_set(
    """
    author boy child coach consultant director doctor expert father founder girl head leader lecturer man mother
    people person philosopher politician principal professor psychologist researcher scholar scientist student
    teacher woman writer
    """
)
_UNFIT = re.compile(
    r"\b(?:you|your|they are|he|she)\b|(?<!what )\bit\b|\b(?:is|was|are) what\b|"
    r"\b(?:and|but|so|because) (?:they|there|then)\b|"
    r"\bthat (?:effect|thing|way|kind|sort|one|point|problem|case)\b",
    re.IGNORECASE,
)
"""Speech that runs on, or explains by what was said before."""
_SHORTEST, _LONGEST = 4, 21
"""Words of a meaning that can be asked for."""
_CUT = re.compile(r"(?:,|;| –| —)? (?:so that|which|because|although|while|but|whereas|rather than)\b|;|: | – | — ")


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what the video says it is."""

    term: str
    """As it stands in the middle of a sentence, without its article."""
    prompt: str
    meaning: str
    """As it was said, up to where an afterthought begins, which would make it the longest answer to choose."""
    is_explicit: bool
    """Said with a verb that does nothing but define. Otherwise the meaning is a thing: "the pause between ..."."""
    named: str
    """The term with the article with which it was said."""
    sentence: Sentence


def definitions_in(sentences: Sequence[Sentence], terms: Terms) -> Iterator[Definition]:
    """Every definition, in order; of two of the same term the first."""
    seen: set[frozenset[str]] = set()
    for sentence in sentences:
        found = None if sentence.is_question else _definition(sentence, terms)
        if found is not None and stems_of(found.term) not in seen:
            seen.add(stems_of(found.term))
            yield found


def _definition(sentence: Sentence, terms: Terms) -> Definition | None:
    told = sentence.told()
    if POINTING.search(told) or SUPPOSED.search(told):
        return None
    for pattern, prompt in _PATTERNS:
        if match := pattern.fullmatch(told):
            is_plain = pattern is _PLAIN
            return _checked(match, prompt, sentence, terms, is_plain=is_plain)
    if match := _CALLED.fullmatch(told):
        return _checked(match, _CALLED_PROMPT, sentence, terms, is_plain=False)
    return None


def _checked(
    match: re.Match[str], prompt: str, sentence: Sentence, terms: Terms, *, is_plain: bool
) -> Definition | None:
    term, meaning = match["term"], _shortened(match["meaning"])
    article = match.groupdict().get("article")
    if not is_term(term) or not _SHORTEST <= len(words_of(meaning)) <= _LONGEST:
        return None
    if is_plain and ((article or "").casefold() == "the" or not _says_which(meaning)):
        return None
    if len(words_of(term)) > 2 and terms.times(term) < 2:
        return None  # more likely the beginning of a sentence than a name
    if _UNFIT.search(meaning) or (is_plural(term) and meaning.casefold().startswith(("a ", "an "))):
        return None
    if stems_of(term) & stems_of(meaning):
        return None  # it explains a word by itself
    written = terms.as_written(term)
    named = f"{article.casefold()} {written}" if article else written
    return Definition(written, prompt.format(meaning), _cut(meaning), not is_plain, named, sentence)


def _says_which(meaning: str) -> bool:
    match = _SAYS_WHICH.fullmatch(meaning)
    if match is None or len(words_of(match["rest"])) < 2:
        return False
    head = words_of(match["head"])
    return not (_NO_KIND.intersection(head) or head[-1] in _PEOPLE)


def _shortened(meaning: str) -> str:
    """The meaning up to where an afterthought begins, if it is too long with it."""
    return meaning if len(words_of(meaning)) <= _LONGEST else _cut(meaning)


def _cut(meaning: str) -> str:
    cut = _CUT.search(meaning)
    whole = meaning[: cut.start()] if cut else meaning
    return whole if len(words_of(whole)) >= _SHORTEST else meaning
