"""One validator for the drafts of every generator. What breaks a rule is dropped and counted, never repaired.

The rules are those for writing items that can be checked by machine (Haladyna, Downing, Rodriguez 2002), and evidence
for every question: https://doi.org/10.1207/S15324818AME1503_5.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, count
from uuid import UUID

from lms_domain.errors import InvalidInput
from lms_domain.learning.cited_words import holds
from lms_domain.learning.languages.known import words_of
from lms_domain.learning.languages.language_words import LanguageWords
from lms_domain.learning.question_draft import QuestionDraft, to_question
from lms_domain.learning.quiz import QuestionKind, QuestionOrigin
from lms_domain.learning.wording import as_number, content_stems, find_run, folded, split_words, stem, terms
from lms_domain.video.transcript import Segment

MIN_OPTIONS = 3
MAX_PROMPT_WORDS = 30
MIN_PROMPT_WORDS = 4
MAX_TYPED_WORDS = 5
MAX_LENGTH_RATIO = 3
MIN_FAMILIAR_WORDS = 0.5
"""Share of a prompt's words that are plain words of the language or are said in the video."""

_BLANK = re.compile(r"_{2,}|\.{3,}|…")
_ADDRESS = re.compile(r"://|\bwww\.|\w@\w|\w\.[a-z]{2,}/", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|[\"“”«„'‘(\[]\s*)(\w+)")


class RejectionReason(StrEnum):
    """Why a draft was dropped."""

    MALFORMED = "malformed"
    """Its parts do not fit its kind, or are too long to keep."""
    NO_EVIDENCE = "no_evidence"
    QUOTE_NOT_SAID = "quote_not_said"
    """The cited cues do not hold the quote, or the seconds are not theirs."""
    WRONG_LANGUAGE = "wrong_language"
    PROMPT_LENGTH = "prompt_length"
    DEICTIC = "deictic"
    """It points at something that only the room or the screen showed, at the speaker, or at an earlier sentence."""
    ADDRESS = "address"
    """A link or a mail address stands in it: questions lead nowhere, whoever talked a generator into it."""
    DUPLICATE_PROMPT = "duplicate_prompt"
    WEAK_KEY = "weak_key"
    """A pronoun, a stop word, nothing but such, or a piece of a phrase."""
    KEY_LENGTH = "key_length"
    """Too long to be typed and graded."""
    KEY_IN_PROMPT = "key_in_prompt"
    KEY_NOT_IN_QUOTE = "key_not_in_quote"
    """The first quote, which is kept with the question, does not say the key; or no quote another accepted answer."""
    NOT_ONE_KEY = "not_one_key"
    """Not exactly one option is the key, or there are too few options."""
    CATCH_ALL_OPTION = "catch_all_option"
    """"All of the above" and its kin."""
    OPTIONS_ALIKE = "options_alike"
    """Two options are the same but for endings, or one holds another."""
    OPTION_ALSO_SUPPORTED = "option_also_supported"
    """The quote names a wrong option as well."""
    OPTION_LENGTHS = "option_lengths"
    """One option is more than three times as long as another: it gives itself away."""
    ARTICLE_GIVES_AWAY = "article_gives_away"


@dataclass(frozen=True, slots=True)
class RejectedDraft:
    """A draft that was dropped, and for what: the first rule that it breaks."""

    draft: QuestionDraft
    reason: RejectionReason


@dataclass(frozen=True, slots=True)
class Validation:
    """What is left of a generator's drafts, in their order."""

    accepted: tuple[QuestionDraft, ...]
    rejected: tuple[RejectedDraft, ...]

    @property
    def rejections(self) -> Mapping[RejectionReason, int]:
        """How many were dropped for each reason."""
        return Counter(rejection.reason for rejection in self.rejected)


def validate(
    drafts: Iterable[QuestionDraft], cues: Sequence[Segment], *, language: str, avoid_prompts: Iterable[str] = ()
) -> Validation:
    """Those drafts that ask one clear thing which the cues really say.

    Args:
        drafts: proposals; of two with the same prompt the earlier one stays.
        cues: the ones that the generator was given; drafts cite them by their place.
        language: ISO 639-1. For a language without word lists only the rules that need none are checked.
        avoid_prompts: prompts that exist already.
    """
    words = words_of(language)
    said = frozenset(stem(part, words) for cue in cues for part in split_words(cue.text, words))
    taken = {_bare(prompt, words) for prompt in avoid_prompts}
    accepted: list[QuestionDraft] = []
    rejected: list[RejectedDraft] = []
    for draft in drafts:
        reason = next(_broken_rules(draft, cues, said, taken, words), None)
        if reason is None:
            accepted.append(draft)
            taken.add(_bare(draft.prompt, words))
        else:
            rejected.append(RejectedDraft(draft, reason))
    return Validation(tuple(accepted), tuple(rejected))


def _broken_rules(
    draft: QuestionDraft, cues: Sequence[Segment], said: frozenset[str], taken: set[str], words: LanguageWords
) -> Iterator[RejectionReason]:
    """The rules that a draft breaks, one after the other: later rules rely on the earlier ones."""
    if not draft.evidence:
        yield RejectionReason.NO_EVIDENCE
    if not all(holds(evidence, cues, words) for evidence in draft.evidence):
        yield RejectionReason.QUOTE_NOT_SAID
    if draft.kind is QuestionKind.MCQ and not _has_one_key(draft, words):
        yield RejectionReason.NOT_ONE_KEY
    if not _is_well_formed(draft):
        yield RejectionReason.MALFORMED
    written = (draft.prompt, draft.key, *draft.options, *draft.accepted, draft.explanation)
    if any(map(_ADDRESS.search, written)):
        yield RejectionReason.ADDRESS
    yield from _broken_by_prompt(draft, said, taken, words)
    yield from _broken_by_key(draft, words)
    if draft.kind is QuestionKind.MCQ:
        yield from _broken_by_options(draft, words)


def _is_well_formed(draft: QuestionDraft) -> bool:
    if draft.origin is QuestionOrigin.MANUAL or not draft.rule or not 0 <= draft.confidence <= 1:
        return False
    if bool(draft.options) != (draft.kind is QuestionKind.MCQ) or (draft.options and draft.accepted):
        return False
    ids = count(1)
    try:
        to_question(draft, position=0, new_id=lambda: UUID(int=next(ids)))
    except InvalidInput:
        return False
    return True


def _has_one_key(draft: QuestionDraft, words: LanguageWords) -> bool:
    key = _bare(draft.key, words)
    keys = sum(_bare(option, words) == key for option in draft.options)
    return keys == 1 and draft.key in draft.options and len(draft.options) >= MIN_OPTIONS


def _broken_by_prompt(
    draft: QuestionDraft, said: frozenset[str], taken: set[str], words: LanguageWords
) -> Iterator[RejectionReason]:
    parts = split_words(draft.prompt, words)
    if not MIN_PROMPT_WORDS <= len(parts) + len(_BLANK.findall(draft.prompt)) <= MAX_PROMPT_WORDS and words.stop_words:
        yield RejectionReason.PROMPT_LENGTH
    familiar = sum(words.is_weak(part) or stem(part, words) in said for part in parts)
    if words.stop_words and familiar < len(parts) * MIN_FAMILIAR_WORDS:
        yield RejectionReason.WRONG_LANGUAGE
    if _points_away(draft.prompt, words):
        yield RejectionReason.DEICTIC
    if " ".join(parts) in taken:
        yield RejectionReason.DUPLICATE_PROMPT


def _broken_by_key(draft: QuestionDraft, words: LanguageWords) -> Iterator[RejectionReason]:
    answers = [terms(answer, words) for answer in (draft.key, *draft.accepted)]
    if any(_is_weak(answer, words) for answer in answers):
        yield RejectionReason.WEAK_KEY
    if draft.kind is QuestionKind.SHORT_ANSWER and any(len(answer) > MAX_TYPED_WORDS for answer in answers):
        yield RejectionReason.KEY_LENGTH
    if _gives_key(draft, answers[0], words):
        yield RejectionReason.KEY_IN_PROMPT
    quotes = [_stems(evidence.quote, words) for evidence in draft.evidence]
    if not _is_said(answers[0], quotes[0], words):
        yield RejectionReason.KEY_NOT_IN_QUOTE
    for other in answers[1:]:
        if not (any(_is_said(other, quote, words) for quote in quotes) or _is_variant(other, answers[0], words)):
            yield RejectionReason.KEY_NOT_IN_QUOTE


def _broken_by_options(draft: QuestionDraft, words: LanguageWords) -> Iterator[RejectionReason]:
    options = [terms(option, words) for option in draft.options]
    if any(_names(option, words.catch_all, words) for option in draft.options):
        yield RejectionReason.CATCH_ALL_OPTION
    if any(_names(option, words.deictic, words) for option in draft.options):
        yield RejectionReason.DEICTIC
    if any(_are_alike(one, other, words) for one, other in combinations(options, 2)):
        yield RejectionReason.OPTIONS_ALIKE
    quotes = [_stems(evidence.quote, words) for evidence in draft.evidence]
    wrong = [terms(option, words) for option in draft.options if option != draft.key]
    if any(_is_said(option, quote, words) for option in wrong for quote in quotes):
        yield RejectionReason.OPTION_ALSO_SUPPORTED
    lengths = [len(option) for option in draft.options]
    # "7" and "1,500" differ in length as numbers do.
    all_numbers = all(any(as_number(part) is not None for part in option) for option in options)
    if max(lengths) > MAX_LENGTH_RATIO * min(lengths) and not all_numbers:
        yield RejectionReason.OPTION_LENGTHS
    if _article_gives_away(draft, words):
        yield RejectionReason.ARTICLE_GIVES_AWAY


def _points_away(prompt: str, words: LanguageWords) -> bool:
    """Whether a prompt needs more than itself to be understood."""
    if _names(prompt, words.deictic, words):
        return True
    return any(folded(first) in words.openers for first in _SENTENCE_START.findall(prompt))


def _is_weak(answer: Sequence[str], words: LanguageWords) -> bool:
    if not answer or all(words.is_weak(part) for part in answer):
        return True
    if len(answer) == 1 and len(answer[0]) == 1 and answer[0].isascii() and answer[0].isalpha():
        return True
    if any(as_number(part) is not None for part in answer):
        return False
    # A phrase that begins or ends with a plain word was cut out of its sentence. Whole clauses may begin with one.
    return len(answer) <= MAX_TYPED_WORDS and (_is_joint(answer[0], words) or _is_joint(answer[-1], words))


def _is_joint(part: str, words: LanguageWords) -> bool:
    return words.is_plain(part) and part not in words.negations


def _gives_key(draft: QuestionDraft, key: Sequence[str], words: LanguageWords) -> bool:
    """Whether the prompt has a word of the key that tells it apart."""
    prompt = frozenset(stem(part, words) for part in terms(draft.prompt, words))
    numbers = frozenset(part for part in key if as_number(part) is not None)
    if numbers:
        # The unit of a number may be asked for: "What percentage ...".
        return bool(numbers & prompt)
    telling = content_stems(key, words)
    if draft.kind is QuestionKind.MCQ:
        # What every option has tells nothing: "Which kind of assessment ...".
        telling -= frozenset.intersection(*(content_stems(terms(option, words), words) for option in draft.options))
    return bool(telling & prompt)


def _stems(text: str, words: LanguageWords) -> list[str]:
    return [stem(part, words) for part in terms(text, words)]


def _is_said(answer: Sequence[str], quote: Sequence[str], words: LanguageWords) -> bool:
    """Whether the words of an answer stand together in a quote (stems)."""
    return find_run([stem(part, words) for part in answer], quote) is not None


def _is_variant(other: Sequence[str], key: Sequence[str], words: LanguageWords) -> bool:
    """Whether another accepted answer is the key in other words: shorter, longer, or its first letters."""
    mine, theirs = content_stems(key, words), content_stems(other, words)
    if mine <= theirs or theirs <= mine:
        return True
    return len(key) > 1 and list(other) == ["".join(part[0] for part in key)]


def _are_alike(one: Sequence[str], other: Sequence[str], words: LanguageWords) -> bool:
    """Whether two options are one but for endings, or one holds the other."""
    mine, theirs = [stem(part, words) for part in one], [stem(part, words) for part in other]
    if not mine or not theirs or find_run(mine, theirs) is not None or find_run(theirs, mine) is not None:
        return True
    mine_content, their_content = content_stems(one, words), content_stems(other, words)
    # In long options the plain words may make all the difference: "before the lesson", "after the lesson".
    return mine_content == their_content and bool(mine_content) and len(one) <= MAX_TYPED_WORDS >= len(other)


def _article_gives_away(draft: QuestionDraft, words: LanguageWords) -> bool:
    """Whether the article before the blank fits only some of the options."""
    if words.vowel_articles is None:
        return False
    plain, before_vowel = words.vowel_articles
    blank = re.search(
        rf"(?<![/\w])({plain}|{before_vowel})\s*(?:_{{2,}}|\.{{3,}}|…|[?:]?\s*$)", draft.prompt.casefold()
    )
    if blank is None:
        return False
    wants_vowel = blank[1] == before_vowel
    return any((folded(option)[:1] in set("aeiou")) != wants_vowel for option in draft.options)


def _names(text: str, phrases: frozenset[str], words: LanguageWords) -> bool:
    """Whether ``text`` has one of ``phrases``, as whole words."""
    parts = split_words(text, words)
    longest = max((phrase.count(" ") + 1 for phrase in phrases), default=0)
    return any(
        " ".join(parts[start:end]) in phrases
        for start in range(len(parts))
        for end in range(start + 1, min(len(parts), start + longest) + 1)
    )


def _bare(text: str, words: LanguageWords) -> str:
    return " ".join(split_words(text, words))
