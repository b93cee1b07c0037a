"""Which of the questions that could be asked make a quiz."""

import re
from collections.abc import Sequence

from lms_domain.learning.question_draft import DraftEvidence, QuestionDraft
from lms_domain.learning.wording import folded

MAX_GENERATED_QUESTIONS = 8
MAX_NUMBER_QUESTIONS = 2
"""A quiz of figures tests memory for figures."""

_NO_WORD = re.compile(r"[^\w-]")


def choose(drafts: Sequence[QuestionDraft], *, count: int = MAX_GENERATED_QUESTIONS) -> tuple[QuestionDraft, ...]:
    """At most ``count`` of the accepted drafts, in the order of the video; often fewer.

    One for each sentence and one for each key, at most two about numbers, spread over the video: the best of every
    part first, then the best of what is left.
    """
    ranked = sorted(drafts, key=lambda draft: -draft.confidence)
    first = min((_cited(draft).start for draft in drafts), default=0.0)
    last = max((_cited(draft).end for draft in drafts), default=0.0)
    width = max((last - first) / max(count, 1), 1.0)
    chosen: list[QuestionDraft] = []
    covered: set[int] = set()
    for spread in (True, False):
        for draft in ranked:
            part = int((_cited(draft).start - first) // width)
            if len(chosen) < count and not (spread and part in covered) and _adds(draft, chosen):
                chosen.append(draft)
                covered.add(part)
    return tuple(sorted(chosen, key=lambda draft: _cited(draft).start))


def _adds(draft: QuestionDraft, chosen: Sequence[QuestionDraft]) -> bool:
    if any(draft is other or _overlap(draft, other) for other in chosen):
        return False
    numbers = sum(_is_about_number(other) for other in chosen)
    return not _is_about_number(draft) or numbers < MAX_NUMBER_QUESTIONS


def _overlap(one: QuestionDraft, other: QuestionDraft) -> bool:
    """Whether two ask for the same, rest on the same sentence, or one tells what the other asks for."""
    keys = folded(one.key), folded(other.key)
    if keys[0] == keys[1] or folded(_cited(one).quote) == folded(_cited(other).quote):
        return True
    return _tells(one.prompt, keys[1]) or _tells(other.prompt, keys[0])


def _tells(prompt: str, key: str) -> bool:
    words = " ".join(_NO_WORD.sub(" ", folded(prompt)).split())
    return f" {key} " in f" {words} "


def _is_about_number(draft: QuestionDraft) -> bool:
    return any(character.isdecimal() for character in draft.key)


def _cited(draft: QuestionDraft) -> DraftEvidence:
    return draft.evidence[0]
