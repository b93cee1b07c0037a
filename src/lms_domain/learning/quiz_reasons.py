"""Why a version of a quiz is not one that learners meet, as codes for screens in any language and as sentences."""

from collections.abc import Mapping
from enum import StrEnum


class QuizReason(StrEnum):
    """Why a version waits, or was taken away. Stable: screens translate it."""

    NO_CAPTIONS = "NO_CAPTIONS"
    """Nobody speaks in the video, or what is said could not be heard."""
    LANGUAGE_NOT_SUPPORTED = "LANGUAGE_NOT_SUPPORTED"
    TOO_SHORT = "TOO_SHORT"
    """Too little is said."""
    NO_SENTENCES = "NO_SENTENCES"
    """The captions have no punctuation."""
    REPETITIVE = "REPETITIVE"
    """The captions say the same again and again."""
    FREE_SPEECH = "FREE_SPEECH"
    """People talk off the cuff."""
    NOTHING_FOUND = "NOTHING_FOUND"
    OUT_OF_BUDGET = "OUT_OF_BUDGET"
    TOO_FEW_QUESTIONS = "TOO_FEW_QUESTIONS"
    """Some good questions were found, but not enough for a quiz."""
    GENERATOR_UNAVAILABLE = "GENERATOR_UNAVAILABLE"
    GENERATOR_REFUSED = "GENERATOR_REFUSED"
    GENERATOR_FAILED = "GENERATOR_FAILED"
    REVIEW_FIRST = "REVIEW_FIRST"
    """The school's policy."""
    ALREADY_MET = "ALREADY_MET"
    """People have begun with the version before, or have worked on it."""
    EDITED_AFTER_START = "EDITED_AFTER_START"
    """An administrator changed a version with which people had begun: this is the copy."""
    WITHDRAWN = "WITHDRAWN"
    """An administrator took the quiz back."""
    REPLACED = "REPLACED"
    """A newer version took its place."""
    CAPTIONS_CHANGED = "CAPTIONS_CHANGED"
    """The captions say nothing any more of what its questions rest on."""


SENTENCES: Mapping[QuizReason, str] = {
    QuizReason.NO_CAPTIONS: "There are no captions to make questions from: nobody speaks in this video, or what is "
    "said could not be heard.",
    QuizReason.REVIEW_FIRST: "Your school looks at questions before teachers meet them.",
    QuizReason.ALREADY_MET: "People have begun with the published version, or have worked on it: publish this one when "
    "you like.",
    QuizReason.EDITED_AFTER_START: "Changed after people had begun with the version before.",
    QuizReason.WITHDRAWN: "The quiz was withdrawn: publish this version when you like.",
    QuizReason.REPLACED: "A newer version took its place.",
    QuizReason.CAPTIONS_CHANGED: "The captions changed, and no question of this version is said in them any more.",
}
"""What administrators read where no code is understood. Reasons of generators come with sentences of their own, which
know the numbers."""
