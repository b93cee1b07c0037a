"""Whether a transcript is fit to be asked about at all."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from adapters.rules_quiz.sentences import Sentence
from adapters.rules_quiz.words import COMMONEST, LOOSE, MYSELF, words_of
from lms_app.ports.quiz_generator import Abstention, AbstentionReason

_FEWEST_SENTENCES = 12
_FEWEST_WORDS = 120
_LONGEST_MEDIAN = 32
"""Words. People do not speak in longer sentences; captions without punctuation do."""
_LONGEST_SHARE = 0.3
"""Of all words, how many may stand in sentences of more than twice that length."""
_FEWEST_COMMON = 0.15
"""English has about 0.3 of its words among the twenty commonest."""
_MOST_PERSONAL, _MOST_LOOSE = 1.2, 0.6
"""Percent of the words: "I", and what people say while they think. Of 250 talks and panels at conferences nine in ten
are above one of the two, scripted lessons far below both. Of what the rules made from those talks, two in three
questions were useless."""
_MOST_REPEATED = 0.3
"""Share of sentences, or of five words in a row, that were there before."""


def why_not(sentences: Sequence[Sentence]) -> Abstention | None:
    """Why nothing should be asked about these sentences, or None."""
    words = [word for sentence in sentences for word in sentence.words]
    if len(words) < _FEWEST_WORDS:
        detail = f"Only {len(words)} words are said in this video; at least {_FEWEST_WORDS} are needed."
        return Abstention(AbstentionReason.TOO_SHORT, detail)
    return _unfit(sentences, words) or _unfit_speech(sentences, words)


def _unfit(sentences: Sequence[Sentence], words: Sequence[str]) -> Abstention | None:
    """What is wrong with the captions."""
    if sum(word in COMMONEST for word in words) < _FEWEST_COMMON * len(words):
        return Abstention(AbstentionReason.LANGUAGE, "What is said in this video does not read like English.")
    if _repeated(sentences, words) > _MOST_REPEATED:
        detail = "The same words come again and again in the captions; something may have gone wrong in hearing them."
        return Abstention(AbstentionReason.REPETITIVE, detail)
    lengths = [len(sentence.words) for sentence in sentences]
    in_long = sum(length for length in lengths if length > 2 * _LONGEST_MEDIAN) / len(words)
    if median(lengths) > _LONGEST_MEDIAN or in_long > _LONGEST_SHARE:
        detail = "The captions have hardly any punctuation, so it is not clear where a sentence ends."
        return Abstention(AbstentionReason.NO_SENTENCES, detail)
    return None


def _unfit_speech(sentences: Sequence[Sentence], words: Sequence[str]) -> Abstention | None:
    """What is wrong with what is said."""
    if len(sentences) < _FEWEST_SENTENCES:
        detail = f"Only {len(sentences)} sentences are said in this video; at least {_FEWEST_SENTENCES} are needed."
        return Abstention(AbstentionReason.TOO_SHORT, detail)
    if _is_free_speech(sentences, words):
        detail = "People talk freely in this video. Rules make good questions only from what was written to be taught."
        return Abstention(AbstentionReason.FREE_SPEECH, detail)
    return None


def without_loops(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Only those said once or twice: what comes a third time was invented by the recogniser, or is a refrain."""
    times = Counter(" ".join(sentence.words) for sentence in sentences)
    return [sentence for sentence in sentences if times[" ".join(sentence.words)] < 3]


def _is_free_speech(sentences: Sequence[Sentence], words: Sequence[str]) -> bool:
    loose = sum(len(LOOSE.findall(sentence.text)) for sentence in sentences)
    personal = sum(word in MYSELF for word in words)
    return 100 * personal > _MOST_PERSONAL * len(words) or 100 * loose > _MOST_LOOSE * len(words)


def _repeated(sentences: Sequence[Sentence], words: Sequence[str]) -> float:
    said = [" ".join(words_of(sentence.text)) for sentence in sentences]
    fives = [tuple(words[at : at + 5]) for at in range(len(words) - 4)]
    return max(1 - len(set(said)) / len(said), 1 - len(set(fives)) / len(fives))
